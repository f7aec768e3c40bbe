import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore, type StoreOptions } from '../../../../runtime/store/dynamodb-store';
import type { TableClient } from '../../../../runtime/store/dynamodb-store/client';

type Operation = keyof TableClient;

/** What DynamoDB does next: which operation it is asked for, and what it answers or throws. */
export type Turn = readonly [Operation, object | Error];

export interface Sent {
  readonly operation: Operation;
  readonly input: {
    readonly ClientRequestToken?: string;
    readonly TransactItems?: readonly {
      readonly Put?: { readonly Item: Record<string, AttributeValue> };
      readonly Delete?: object;
    }[];
    readonly RequestItems?: Record<string, { readonly Keys: readonly object[] }>;
    readonly [other: string]: unknown;
  };
}

interface Scripted {
  readonly store: DynamoDbStore;
  /** Requests so far. */
  readonly sent: readonly Sent[];
  /** Milliseconds that were waited, each time. */
  readonly pauses: readonly number[];
}

/** A store on a table that answers turn by turn; a request that is not the next turn's fails the test. */
export function scripted(turns: readonly Turn[], options: StoreOptions = {}): Scripted {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const answer = (operation: Operation) => async (input: Sent['input']) => {
    const [expected, outcome] = turns[sent.length] ?? ['nothing', {}];
    sent.push({ operation, input });
    if (expected !== operation) throw new Error(`${operation} was asked for, and ${expected} is what comes next.`);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const client = {
    batchGetItem: answer('batchGetItem'),
    getItem: answer('getItem'),
    putItem: answer('putItem'),
    query: answer('query'),
    transactWriteItems: answer('transactWriteItems'),
    updateItem: answer('updateItem'),
  } as unknown as TableClient;
  const store = new DynamoDbStore(client, 'T', {
    pause: async (milliseconds) => void pauses.push(milliseconds),
    random: () => 0.5,
    mark: () => 'mine',
    ...options,
  });
  return { store, sent, pauses };
}

/** An error as the SDK throws it. */
export function failure(name: string, rest: { status?: number; reasons?: readonly object[] } = {}): Error {
  const { status, reasons } = rest;
  const error = Object.assign(new Error(`${name} of the script`), { name });
  return Object.assign(error, {
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
    ...(reasons && { CancellationReasons: reasons }),
  });
}

/** A transaction cancelled for these reasons, one for each row in turn. */
export const cancelled = (...codes: readonly (string | readonly [string, object])[]): Error =>
  failure('TransactionCanceledException', {
    status: 400,
    reasons: codes.map((code) => (typeof code === 'string' ? { Code: code } : { Code: code[0], Item: code[1] })),
  });

/** Rows that BatchGetItem finds. */
export const found = (...rows: readonly object[]): Turn => ['batchGetItem', { Responses: { T: rows } }];
