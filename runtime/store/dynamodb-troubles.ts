import type { EpochMillis } from '../../signals/signal';
import type { TableClient } from './dynamodb-store/client';
import { number, text, textIn } from './dynamodb-store/row';
import type { TroubleStore } from './trouble-store';

const partition = 'contacts';
/** Trouble that lasts so long is told once more. */
const kept = 30 * 24 * 60 * 60_000;

/** Homeostat's table: one row for each contact that others were once told of. There are as few as there are contacts. */
export class DynamoDbTroubles implements TroubleStore {
  constructor(
    private readonly client: Pick<TableClient, 'putItem' | 'query'>,
    private readonly table: string,
  ) {}

  async told(): Promise<ReadonlyMap<string, string>> {
    const { Items = [] } = await this.client.query({
      TableName: this.table,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': text(partition) },
      ConsistentRead: true,
    });
    const rows = Items.map((row) => [textIn(row, 'sk'), textIn(row, 'trouble')] as const);
    return new Map(rows.filter(([, trouble]) => trouble !== ended));
  }

  async remember(contact: string, trouble: string | undefined, at: EpochMillis): Promise<void> {
    await this.client.putItem({
      TableName: this.table,
      Item: {
        pk: text(partition),
        sk: text(contact),
        trouble: text(trouble ?? ended),
        expires: number(Math.ceil((at + kept) / 1_000)),
      },
    });
  }
}

/** No trouble has this name. */
const ended = 'none';
