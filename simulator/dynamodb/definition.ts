import type * as sdk from '@aws-sdk/client-dynamodb';
import { invalid, notSimulated } from './refusal';

export type KeyKind = 'S' | 'N' | 'B';

interface KeyAttribute {
  readonly name: string;
  readonly kind: KeyKind;
}

/** What identifies a row in a table, or places it in an index. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

export interface IndexDefinition {
  readonly name: string;
  readonly keys: KeySchema;
  /** Names of the attributes that it carries besides the keys of both; undefined for all that there are. */
  readonly carries: readonly string[] | undefined;
}

/** A table as it was created. */
export interface TableDefinition {
  readonly name: string;
  readonly keys: KeySchema;
  readonly indexes: readonly IndexDefinition[];
}

export const attributesOf = ({ partition, sort }: KeySchema): readonly KeyAttribute[] =>
  sort ? [partition, sort] : [partition];

/** Throws for what is not simulated, and for what CreateTable refuses. */
export function definitionFrom(input: sdk.CreateTableCommandInput): TableDefinition {
  const { TableName: name = '', AttributeDefinitions = [], KeySchema, GlobalSecondaryIndexes = [] } = input;
  if (input.LocalSecondaryIndexes?.length) throw notSimulated('local secondary indexes');
  if (input.StreamSpecification?.StreamEnabled) throw notSimulated('streams');
  if (!/^[\w.-]{3,255}$/.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have length between 3 and 255`,
    );
  }
  const kinds = new Map(AttributeDefinitions.map((one) => [one.AttributeName ?? '', one.AttributeType as KeyKind]));
  const indexes = GlobalSecondaryIndexes.map((index) => ({
    name: index.IndexName ?? '',
    keys: schemaFrom(index.KeySchema, kinds),
    carries: carriedBy(index.Projection),
  }));
  const keys = schemaFrom(KeySchema, kinds);
  const used = new Set([keys, ...indexes.map((index) => index.keys)].flatMap(attributesOf).map((key) => key.name));
  if (used.size !== kinds.size) {
    throw invalid(
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  return { name, keys, indexes };
}

function schemaFrom(schema: readonly sdk.KeySchemaElement[] = [], kinds: ReadonlyMap<string, KeyKind>): KeySchema {
  const [partition, sort] = (['HASH', 'RANGE'] as const).map((type) => {
    const name = schema.find((key) => key.KeyType === type)?.AttributeName;
    if (name === undefined) return undefined;
    const kind = kinds.get(name);
    if (kind) return { name, kind };
    throw invalid(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}]`,
    );
  });
  if (!partition) throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  return sort ? { partition, sort } : { partition };
}

function carriedBy({ ProjectionType = 'ALL', NonKeyAttributes = [] }: sdk.Projection = {}):
  readonly string[] | undefined {
  if (ProjectionType === 'ALL') return undefined;
  return ProjectionType === 'INCLUDE' ? NonKeyAttributes : [];
}
