import type * as sdk from '@aws-sdk/client-dynamodb';
import { Binding, type Placeholders } from './expression/binding';
import { changed } from './expression/change';
import { parseCondition, type Condition } from './expression/condition';
import { holds } from './expression/judgement';
import { overlapOf, pathText, type Path } from './expression/path';
import { parseUpdate } from './expression/update';
import { attributesOf } from './definition';
import { checkIndexKeys, checkKeys, keyFrom, keyNameOf } from './key';
import { ConditionalCheckFailed, invalid } from './refusal';
import type { Stored } from './shelf';
import { storedRow } from './stored';
import type { Table } from './table';
import { bytesOf, type Row } from './value';

const rowBytesAtMost = 400 * 1_024;

/** A write that was read and can be carried out; whether it may be, depends on the row that it meets. */
export interface Write {
  readonly table: Table;
  readonly key: Row;
  /** Names the row among all of its table. */
  readonly name: string;
  /** The row after it. Throws `ConditionalCheckFailed`, and for a row that it does not fit. */
  after(before: Row | undefined): Stored | undefined;
  /** What an update changes. */
  readonly paths: readonly Path[];
}

interface Conditional extends Placeholders {
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: sdk.ReturnValuesOnConditionCheckFailure | undefined;
}

type Put = Conditional & { readonly Item: Record<string, sdk.AttributeValue> | undefined };
type Keyed = Conditional & { readonly Key: Record<string, sdk.AttributeValue> | undefined };
type Update = Keyed & { readonly UpdateExpression?: string | undefined };

export function readPut(table: Table, input: Put): Write {
  const { keys, indexes } = table.definition;
  const guard = guardOf(input, new Binding(input));
  const row = storedRow(input.Item ?? {});
  const stored = { row, bytes: bytesOf(row) };
  checkKeys(row, keys, indexes);
  if (stored.bytes > rowBytesAtMost) throw invalid('Item size has exceeded the maximum allowed size');
  return writeOf(table, row, (before) => {
    guard(before);
    return stored;
  });
}

export function readUpdate(table: Table, input: Update): Write {
  const { keys, indexes } = table.definition;
  const bound = new Binding(input);
  const update = bound.use(parseUpdate, 'UpdateExpression', input.UpdateExpression);
  const guard = guardOf(input, bound);
  const key = keyFrom(input.Key, keys);
  const paths = update?.paths.map((path) => bound.path(path)) ?? [];
  checkPaths(
    paths,
    attributesOf(keys).map(({ name }) => name),
  );
  const after = (before: Row | undefined): Stored => {
    guard(before);
    const row = update ? changed(before ?? key, update, bound) : (before ?? key);
    for (const index of indexes) checkIndexKeys(row, index);
    const bytes = bytesOf(row);
    if (bytes > rowBytesAtMost) throw invalid('Item size to update has exceeded the maximum allowed size');
    return { row, bytes };
  };
  return writeOf(table, key, after, paths);
}

export function readDelete(table: Table, input: Keyed): Write {
  const guard = guardOf(input, new Binding(input));
  return writeOf(table, keyFrom(input.Key, table.definition.keys), (before) => {
    guard(before);
    return undefined;
  });
}

/** A condition that is checked and changes nothing. */
export function readCheck(table: Table, input: Keyed): Write {
  const guard = guardOf(input, new Binding(input));
  return writeOf(table, keyFrom(input.Key, table.definition.keys), (before) => {
    guard(before);
    return before && { row: before, bytes: bytesOf(before) };
  });
}

function writeOf(table: Table, key: Row, after: Write['after'], paths: readonly Path[] = []): Write {
  return { table, key, name: keyNameOf(key, table.definition.keys), after, paths };
}

/** Throws `ConditionalCheckFailed` for a row of which the condition does not hold. */
function guardOf(input: Conditional, bound: Binding): (before: Row | undefined) => void {
  const condition: Condition | undefined = bound.use(parseCondition, 'ConditionExpression', input.ConditionExpression);
  bound.close();
  if (!condition) return () => undefined;
  return (before) => {
    if (holds(condition, before ?? {}, bound)) return;
    throw new ConditionalCheckFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
  };
}

function checkPaths(paths: readonly Path[], keys: readonly string[]): void {
  const key = keys.find((name) => paths.some(([head]) => head === name));
  if (key !== undefined) {
    throw invalid(
      `One or more parameter values were invalid: Cannot update attribute ${key}. This attribute is part of the key`,
    );
  }
  const overlap = overlapOf(paths);
  if (!overlap) return;
  const [one, other] = overlap.map(pathText);
  throw invalid(
    `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${other}`,
  );
}
