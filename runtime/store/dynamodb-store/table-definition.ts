import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** Partition of the holds. What Homeostat runs as may read it, and only people write it. */
export const holdPartition = 'hold';

/** An attribute that a key is made of: text or number. */
interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N';
}

/** The shape of the one table. The infrastructure and the tests make it from this. */
export interface TableDefinition {
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute;
  /** Epoch seconds after which DynamoDB may delete a row: tidiness only, nothing waits for it. */
  readonly expiry: string;
  /** Sparse: only rows that have both attributes are in an index. */
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: KeyAttribute;
    readonly sortKey: KeyAttribute;
    /** Attributes that it carries besides the keys. */
    readonly carries: readonly string[];
  }[];
}

export const dueIndex = 'due';
export const stateIndex = 'state';

/**
 * `due`: heads with a wake-up, by its time; not those that are parked or have ended.
 * `state`: all heads, in the order of their opening, those open in one partition, those parked in another, and one for each end.
 * Its keys change twice in the life of an incident, so a commit in between costs nothing there.
 */
export const tableDefinition: TableDefinition = {
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  expiry: 'expires',
  indexes: [
    {
      name: dueIndex,
      partitionKey: { name: 'due', type: 'S' },
      sortKey: { name: 'wakeAt', type: 'N' },
      carries: ['wakeBy'],
    },
    {
      name: stateIndex,
      partitionKey: { name: 'listed', type: 'S' },
      sortKey: { name: 'opened', type: 'S' },
      carries: [],
    },
  ],
};

/** The definition as `CreateTable` takes it. */
export function createTableInput(name: string): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const keys = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: schemaOf(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: schemaOf(index.partitionKey, index.sortKey),
      Projection:
        index.carries.length === 0
          ? { ProjectionType: 'KEYS_ONLY' }
          : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.carries] },
    })),
  };
}

function schemaOf(partition: KeyAttribute, sort: KeyAttribute): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition.name, KeyType: 'HASH' },
    { AttributeName: sort.name, KeyType: 'RANGE' },
  ];
}
