import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Step } from './case';

type Client = Pick<
  DynamoDB,
  'batchGetItem' | 'deleteItem' | 'getItem' | 'putItem' | 'query' | 'transactWriteItems' | 'updateItem'
>;

/** What a table answers, step by step: what our code reads of it, or the name of the error with its reasons. */
export async function answersOf(client: Client, table: string, steps: readonly Step[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const step of steps) answers.push(await answerTo(client, table, step));
  return answers;
}

async function answerTo(client: Client, table: string, step: Step): Promise<unknown> {
  try {
    const { $metadata: _unread, ...answer } = (await ask(client, table, step)) as Record<string, unknown>;
    return plain(answer);
  } catch (error) {
    const { name, Item, CancellationReasons } = error as {
      readonly name: string;
      readonly Item?: unknown;
      readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: unknown }[];
    };
    const reasons = CancellationReasons?.map(({ Code = 'None', Item: shown }) => ({ Code, shown }));
    return plain({ refused: name, shown: Item, reasons });
  }
}

async function ask(client: Client, TableName: string, [operation, input]: Step): Promise<object> {
  const asked = { TableName, ...input } as never;
  switch (operation) {
    case 'get':
      return client.getItem({ ConsistentRead: true, ...(asked as object) } as never);
    case 'put':
      return client.putItem(asked);
    case 'update':
      return client.updateItem(asked);
    case 'delete':
      return client.deleteItem(asked);
    case 'query':
      return client.query(asked);
    case 'batch': {
      const { Responses } = await client.batchGetItem({ RequestItems: { [TableName]: input } } as never);
      return { found: sorted(Responses?.[TableName] ?? []) };
    }
    case 'transact':
      return client.transactWriteItems(named(input, TableName) as never);
  }
}

/** With the name of the table in each item. */
function named(input: object, TableName: string): object {
  const { TransactItems } = input as { readonly TransactItems: readonly Record<string, object>[] };
  const items = TransactItems.map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, { TableName, ...write }])),
  );
  return { ...input, TransactItems: items };
}

/** What a transaction and an update tell besides, whether or not they are asked. */
const unread = new Set(['ConsumedCapacity', 'ItemCollectionMetrics']);
/** What is left out where there is nothing to tell. */
const leftOut = new Set(['Item', 'Attributes']);

/** As JSON, with the members of sets in one order, and without what is empty where AWS may leave it out. */
function plain(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, (name, value: unknown) => {
      if (unread.has(name) || (leftOut.has(name) && isEmpty(value))) return undefined;
      if (name === 'SS' || name === 'NS') return sorted(value as readonly unknown[]);
      return ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value;
    }),
  );
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const sorted = (rows: readonly unknown[]): readonly unknown[] =>
  rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
