import { tableDefinition } from '../../runtime/store/dynamodb-store/table-definition';
import {
  indexUnits,
  readUnits,
  sizeOf,
  writeUnits,
  type IndexShape,
  type WireRow,
  type WireValue,
} from '../write-units';

/** What was consumed so far, in units. */
export interface Consumed {
  /** Of the table, of its indexes, and both of each transaction in turn. */
  readonly write: number;
  readonly index: number;
  readonly read: number;
  readonly commits: readonly number[];
}

interface Change {
  readonly Key: WireRow;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, WireValue>>;
}

interface TransactItem {
  readonly Put?: { readonly Item: WireRow };
  readonly Update?: Change;
  readonly Delete?: { readonly Key: WireRow };
  readonly ConditionCheck?: { readonly Key: WireRow };
}

interface Lookup {
  readonly ExpressionAttributeValues: {
    readonly ':pk': { readonly S: string };
    /** What the sort key begins with. */
    readonly ':sk'?: { readonly S: string };
    /** What it is not less than. */
    readonly ':since'?: { readonly S: string };
  };
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
}

const { partitionKey, sortKey } = tableDefinition;
const keys = [partitionKey.name, sortKey.name];
const indexes: readonly IndexShape[] = tableDefinition.indexes.map(({ name, partitionKey, sortKey, carries }) => ({
  name,
  keys: [partitionKey.name, sortKey.name],
  carries: [...keys, ...carries],
}));

/**
 * Homeostat's table in memory, for one worker: it takes every write, whatever its conditions say, and reckons what DynamoDB
 * would charge. Whether conditions hold is not asked here but in the tests of the store.
 */
export class LoopbackTable {
  readonly #rows = new Map<string, WireRow>();
  #consumed: Consumed = { write: 0, index: 0, read: 0, commits: [] };

  get consumed(): Consumed {
    return this.#consumed;
  }

  /** Throws for an operation that the store does not use. */
  answer(operation: string, input: object): object {
    const known = this.#operations[operation];
    if (!known) throw new Error(`The table on loopback does not know ${operation}.`);
    return known(input as never);
  }

  readonly #operations: Readonly<Record<string, (input: never) => object>> = {
    GetItem: ({ Key }: { readonly Key: WireRow }) => {
      const Item = this.#read(Key);
      return Item ? { Item } : {};
    },
    BatchGetItem: ({ RequestItems }: { readonly RequestItems: Readonly<Record<string, { Keys: WireRow[] }>> }) => ({
      Responses: Object.fromEntries(
        Object.entries(RequestItems).map(([table, { Keys }]) => [
          table,
          Keys.map((key) => this.#read(key)).filter((row) => row !== undefined),
        ]),
      ),
      UnprocessedKeys: {},
    }),
    Query: ({ ExpressionAttributeValues: values, ScanIndexForward: isForward = true, Limit }: Lookup) => {
      const [partition, prefix, since] = [values[':pk'].S, values[':sk']?.S ?? '', values[':since']?.S ?? ''];
      const found = [...this.#rows.values()]
        .filter((row) => textOf(row, 'pk') === partition)
        .filter((row) => textOf(row, 'sk').startsWith(prefix) && textOf(row, 'sk') >= since)
        .sort((one, other) => (textOf(one, 'sk') < textOf(other, 'sk') ? -1 : 1));
      const Items = (isForward ? found : found.toReversed()).slice(0, Limit);
      this.#chargeRead(readUnits(Items.reduce((all, row) => all + sizeOf(row), 0)));
      return { Items, Count: Items.length, ScannedCount: Items.length };
    },
    PutItem: ({ Item }: { readonly Item: WireRow }) => {
      this.#write(Item, Item, false);
      return {};
    },
    UpdateItem: (change: Change) => {
      this.#write(change.Key, this.#changed(change), false);
      return {};
    },
    TransactWriteItems: ({ TransactItems }: { readonly TransactItems: readonly TransactItem[] }) => {
      const before = this.#consumed;
      for (const { Put, Update, Delete, ConditionCheck } of TransactItems) {
        if (Put) this.#write(Put.Item, Put.Item, true);
        if (Update) this.#write(Update.Key, this.#changed(Update), true);
        if (Delete) this.#write(Delete.Key, undefined, true);
        // A condition that is only checked is charged like a write.
        if (ConditionCheck) this.#write(ConditionCheck.Key, this.#rows.get(nameOf(ConditionCheck.Key)), true);
      }
      const { write, index, commits } = this.#consumed;
      const units = write - before.write + (index - before.index);
      this.#consumed = { ...this.#consumed, commits: [...commits, units] };
      return {};
    },
  };

  #read(key: WireRow): WireRow | undefined {
    const row = this.#rows.get(nameOf(key));
    this.#chargeRead(readUnits(row ? sizeOf(row) : 0));
    return row;
  }

  #chargeRead(units: number): void {
    this.#consumed = { ...this.#consumed, read: this.#consumed.read + units };
  }

  #changed(change: Change): WireRow {
    return changed(this.#rows.get(nameOf(change.Key)) ?? change.Key, change);
  }

  #write(key: WireRow, after: WireRow | undefined, inTransaction: boolean): void {
    const name = nameOf(key);
    const before = this.#rows.get(name);
    const { write, index } = this.#consumed;
    this.#consumed = {
      ...this.#consumed,
      write: write + writeUnits(before, after, inTransaction),
      index: index + indexes.reduce((all, one) => all + indexUnits(one, before, after), 0),
    };
    if (after) this.#rows.set(name, after);
    else this.#rows.delete(name);
  }
}

const nameOf = (row: WireRow): string => keys.map((key) => textOf(row, key)).join('\n');

function textOf(row: WireRow, name: string): string {
  const value = row[name];
  return value && 'S' in value ? value.S : '';
}

/** `SET #a = :a, … REMOVE #b, …` is all that the store says. */
function changed(row: WireRow, { UpdateExpression, ExpressionAttributeNames: names, ...of }: Change): WireRow {
  const [, sets = '', removes = ''] = /^SET (.*?)(?: REMOVE (.*))?$/.exec(UpdateExpression) ?? [];
  const set = sets.split(', ').map((part) => {
    const [name = '', value = ''] = part.split(' = ');
    const found = of.ExpressionAttributeValues[value];
    if (!found) throw new Error(`The table on loopback does not understand ${UpdateExpression}`);
    return [names[name] ?? name, found] as const;
  });
  const removed = new Set(removes.split(', ').map((name) => names[name] ?? name));
  return Object.fromEntries(
    Object.entries({ ...row, ...Object.fromEntries(set) }).filter(([name]) => !removed.has(name)),
  );
}
