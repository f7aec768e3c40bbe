import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { attributesOf, type IndexDefinition, type KeySchema } from './definition';
import { invalid } from './refusal';
import { storedRow } from './stored';
import { kindOf, type Row } from './value';

const bytesAtMost = { partition: 2_048, sort: 1_024 };
const wrong = 'One or more parameter values were invalid:';

/** A key as one text: two rows of one key have one name. */
export function keyNameOf(row: Row, { partition, sort }: KeySchema): string {
  const first = textOf(row[partition.name]);
  return sort ? `${first.length} ${first} ${textOf(row[sort.name])}` : first;
}

/** A value of a key as text: of one kind in all rows, so that values that differ have texts that differ. */
export function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? value?.N ?? (value?.B ? Buffer.from(value.B).toString('hex') : '');
}

/** Throws for a `Key` that has not the attributes of the schema, and none besides. */
export function keyFrom(given: Readonly<Record<string, AttributeValue>> | undefined, schema: KeySchema): Row {
  const key = storedRow(given ?? {});
  const keys = attributesOf(schema);
  const fits = keys.every(({ name, kind }) => key[name] && kindOf(key[name]) === kind);
  if (!fits || Object.keys(key).length !== keys.length) {
    throw invalid('The provided key element does not match the schema');
  }
  checkKeyValues(key, schema);
  return key;
}

/** Throws for an item that lacks its key, or whose attributes do not fit into an index. */
export function checkKeys(row: Row, schema: KeySchema, indexes: readonly IndexDefinition[]): void {
  for (const { name, kind } of attributesOf(schema)) {
    const value = row[name];
    if (!value) throw invalid(`${wrong} Missing the key ${name} in the item`);
    if (kindOf(value) !== kind) {
      throw invalid(`${wrong} Type mismatch for key ${name} expected: ${kind} actual: ${kindOf(value)}`);
    }
  }
  checkKeyValues(row, schema);
  for (const index of indexes) checkIndexKeys(row, index);
}

/** A row that lacks a key of an index is not in it; one that has it has it of the right kind. */
export function checkIndexKeys(row: Row, { name: index, keys }: IndexDefinition): void {
  for (const { name, kind } of attributesOf(keys)) {
    const value = row[name];
    if (!value) continue;
    if (kindOf(value) !== kind) {
      throw invalid(
        `${wrong} Type mismatch for Index Key ${name} Expected: ${kind} Actual: ${kindOf(value)} IndexName: ${index}`,
      );
    }
    if (textOf(value) === '') {
      throw invalid(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index}, IndexKey: ${name}`,
      );
    }
  }
}

function checkKeyValues(row: Row, { partition, sort }: KeySchema): void {
  checkKeyValue(row, partition.name, bytesAtMost.partition, 'hashkey');
  if (sort) checkKeyValue(row, sort.name, bytesAtMost.sort, 'rangekey');
}

function checkKeyValue(row: Row, name: string, atMost: number, called: string): void {
  const { S, B } = row[name] as AttributeValue;
  const bytes = S === undefined ? B?.byteLength : Buffer.byteLength(S);
  if (bytes === undefined) return;
  if (bytes === 0) {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${S === undefined ? 'binary' : 'string'} value. Key: ${name}`,
    );
  }
  if (bytes > atMost) {
    throw invalid(`${wrong} Size of ${called} has exceeded the maximum size limit of ${atMost} bytes`);
  }
}
