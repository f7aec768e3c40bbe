import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableClient } from './client';
import { keyName } from './keys';
import type { Patience } from './patience';
import { text, type Row } from './row';

/** Keys that one BatchGetItem takes. */
const keysAtMost = 100;

/** Reading the table: strongly consistent, and to the end of what was asked for. */
export class Table {
  constructor(
    readonly client: TableClient,
    readonly name: string,
    private readonly patience: Patience,
  ) {}

  async get(key: Row): Promise<Row | undefined> {
    return (await this.client.getItem({ TableName: this.name, Key: key, ConsistentRead: true })).Item;
  }

  /** By the name of its key, each row that is there. */
  async getAll(keys: readonly Row[]): Promise<ReadonlyMap<string, Row>> {
    const found = new Map<string, Row>();
    let left = [...new Map(keys.map((key) => [keyName(key), key])).values()];
    for (let tries = 0; left.length > 0; tries += 1) {
      const asked = left.splice(0, keysAtMost);
      const { Responses, UnprocessedKeys } = await this.client.batchGetItem({
        RequestItems: { [this.name]: { Keys: asked, ConsistentRead: true } },
      });
      for (const row of Responses?.[this.name] ?? []) found.set(keyName(row), row);
      const unprocessed = UnprocessedKeys?.[this.name]?.Keys ?? [];
      // The table was too busy for these, or the answer too large.
      if (unprocessed.length > 0) await this.patience.wait(tries, `reading ${unprocessed.length} rows of ${this.name}`);
      else tries = -1;
      left = [...unprocessed, ...left];
    }
    return found;
  }

  /** Rows of a partition, in the order of their sort keys. */
  async partition(partition: string, prefix = ''): Promise<readonly Row[]> {
    const asked = this.query({
      ConsistentRead: true,
      KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': text(partition), ...(prefix !== '' && { ':sk': text(prefix) }) },
    });
    const rows: Row[] = [];
    for await (const page of asked) rows.push(...page);
    return rows;
  }

  /** Page by page, for as long as the caller goes on. */
  async *query(input: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<readonly Row[]> {
    let from: Row | undefined;
    do {
      const answer = await this.client.query({
        ...input,
        TableName: this.name,
        ...(from && { ExclusiveStartKey: from }),
      });
      yield answer.Items ?? [];
      from = answer.LastEvaluatedKey;
    } while (from);
  }
}
