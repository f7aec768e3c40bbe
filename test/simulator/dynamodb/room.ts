import type { AttributeValue, CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { VirtualClock } from '../../../simulator/clock';
import { clientOf } from '../../../simulator/dynamodb/client';
import type { DynamoDbSettings } from '../../../simulator/dynamodb/settings';
import { World, type SimulatedAccount } from '../../../simulator/world';

export type Row = Record<string, AttributeValue>;

/** A table `rows` with the keys `pk` and `sk`, and a sparse index `byGrade` of the partition `kind` by the number `grade`. */
export const rowsTable: CreateTableCommandInput = {
  TableName: 'rows',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'kind', AttributeType: 'S' },
    { AttributeName: 'grade', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byGrade',
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'grade', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['carried'] },
    },
  ],
};

interface Room {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly settings: DynamoDbSettings;
  readonly client: ReturnType<typeof clientOf>;
  readonly put: (row: Row, rest?: object) => Promise<object>;
  readonly get: (key: Row, isConsistent?: boolean) => Promise<Row | undefined>;
}

export function room(): Room {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const account = new World(clock).account('111122223333', 'eu-central-1');
  account.call('dynamodb', 'CreateTable', rowsTable);
  const client = clientOf(account);
  return {
    account,
    clock,
    settings: account.services.dynamodb.settings,
    client,
    put: (row, rest = {}) => client.putItem({ TableName: 'rows', Item: row, ...rest }),
    get: async (Key, ConsistentRead = true) => (await client.getItem({ TableName: 'rows', Key, ConsistentRead })).Item,
  };
}

export const key = (sk = 'a', pk = 'p'): Row => ({ pk: { S: pk }, sk: { S: sk } });
