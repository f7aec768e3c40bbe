import { z } from 'zod';
import type { EpochMillis } from '../../signals/signal';
import { notificationKinds } from '../../statemachines/effect';
import type { Digest, DigestStore, Folded, Single, SinglesLimit } from './digest-store';
import type { TableClient } from './dynamodb-store/client';
import { digestPartition, foldedKey, foldedPrefix, sentKey, singlesKey } from './dynamodb-store/digest-keys';
import { number, numberIn, text, textIn, type Row } from './dynamodb-store/row';
import { countedWith } from './singles';

const day = 24 * 60 * 60_000;
/** What could not be told for so long is told to nobody any more; the alarm has rung all the while. */
const foldedKept = 30 * day;
const sentKept = day;

const expiryAt = (at: EpochMillis) => number(Math.ceil(at / 1_000));

const countedSchema = z.array(z.strictObject({ notice: z.string(), at: z.number() }));
/** A program of another version may have written it: what cannot be read of it is taken for what needs people. */
const foldedSchema = z
  .object({
    kind: z.enum([...notificationKinds, 'parked']).catch('escalated'),
    incident: z.string().catch('unknown'),
    at: z.number().catch(0),
    openedAt: z.number().catch(0),
    rule: z.string().catch('unknown'),
    condition: z.string().catch('unknown'),
    resource: z.string().exactOptional().catch(''),
    scopes: z.array(z.string()).catch([]),
    until: z.number().exactOptional(),
  })
  .catch({
    kind: 'escalated',
    incident: 'unknown',
    at: 0,
    openedAt: 0,
    rule: 'unknown',
    condition: 'unknown',
    scopes: [],
  });

/** Items that one transaction takes. */
const itemsAtMost = 100;
/** Times that a contact's count is tried to be raised before others are taken to have filled it. */
const triesAtMost = 5;

/** Digests in Homeostat's table: a row for each folded notice, and one for each contact with what it got by itself. */
export class DynamoDbDigests implements DigestStore {
  constructor(
    private readonly client: Pick<TableClient, 'getItem' | 'putItem' | 'query' | 'transactWriteItems'>,
    private readonly table: string,
  ) {}

  async mayGoAlone(single: Single, limit: SinglesLimit): Promise<boolean> {
    // Read before it is written: in a storm nearly all are told no, and a read costs none of the row's writes.
    for (let tries = 0; tries < triesAtMost; tries += 1) {
      const answer = await this.#tryToCount(single, limit);
      if (answer !== 'overtaken') return answer;
    }
    return false;
  }

  async fold({ contact, notice, ...folded }: Folded): Promise<void> {
    await this.client.putItem({
      TableName: this.table,
      Item: {
        ...foldedKey(contact, notice),
        contact: text(contact),
        folded: text(JSON.stringify(folded)),
        expires: expiryAt(folded.at + foldedKept),
      },
    });
  }

  async pending(): Promise<readonly Digest[]> {
    const folded = new Map<string, Folded[]>();
    const sentAt = new Map<string, EpochMillis>();
    for (const row of await this.#rows()) {
      const contact = textIn(row, 'contact');
      if (row['folded']) folded.set(contact, [...(folded.get(contact) ?? []), foldedIn(row, contact)]);
      else sentAt.set(contact, numberIn(row, 'sentAt'));
    }
    return [...folded].map(([contact, ofContact]) => {
      const sent = sentAt.get(contact);
      return { contact, folded: ofContact, ...(sent !== undefined && { sentAt: sent }) };
    });
  }

  async told({ contact, folded }: Pick<Digest, 'contact' | 'folded'>, at: EpochMillis): Promise<void> {
    const sent = { ...sentKey(contact), contact: text(contact), sentAt: number(at), expires: expiryAt(at + sentKept) };
    await this.client.putItem({ TableName: this.table, Item: sent });
    // A row is named by its notice: what was folded anew under the same name is what has just been told.
    const deletions = folded.map(({ notice }) => ({
      Delete: { TableName: this.table, Key: foldedKey(contact, notice) },
    }));
    for (let from = 0; from < deletions.length; from += itemsAtMost) {
      await this.client.transactWriteItems({ TransactItems: deletions.slice(from, from + itemsAtMost) });
    }
  }

  async #tryToCount(single: Single, limit: SinglesLimit): Promise<boolean | 'overtaken'> {
    const { contact, notice, at } = single;
    const Key = singlesKey(contact);
    const { Item } = await this.client.getItem({ TableName: this.table, Key, ConsistentRead: true });
    const before = Item ? countedSchema.parse(JSON.parse(textIn(Item, 'singles'))) : [];
    const counted = countedWith(before, single, limit);
    if (!counted) return false;
    const revision = Item ? numberIn(Item, 'revision') : 0;
    const row = {
      ...Key,
      singles: text(JSON.stringify(counted)),
      revision: number(revision + 1),
      expires: expiryAt(at + limit.withinMillis + day),
    };
    const unchanged = {
      ConditionExpression: 'attribute_not_exists(#revision) OR #revision = :revision',
      ExpressionAttributeNames: { '#revision': 'revision' },
      ExpressionAttributeValues: { ':revision': number(revision) },
    };
    try {
      await this.client.transactWriteItems({
        TransactItems: [
          { Put: { TableName: this.table, Item: row, ...unchanged } },
          { Delete: { TableName: this.table, Key: foldedKey(contact, notice) } },
        ],
      });
      return true;
    } catch (error) {
      if ((error as Error).name !== 'TransactionCanceledException') throw error;
      return 'overtaken';
    }
  }

  async #rows(): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let from: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.query({
        TableName: this.table,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': text(digestPartition) },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      });
      rows.push(...Items);
      from = LastEvaluatedKey;
    } while (from);
    return rows;
  }
}

function foldedIn(row: Row, contact: string): Folded {
  const { sk, folded } = { sk: textIn(row, 'sk'), folded: textIn(row, 'folded') };
  return { contact, notice: sk.slice(foldedPrefix(contact).length), ...foldedSchema.parse(jsonIn(folded)) };
}

function jsonIn(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
