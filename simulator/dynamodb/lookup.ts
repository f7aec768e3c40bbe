import type * as sdk from '@aws-sdk/client-dynamodb';
import { attributesOf } from './definition';
import { Binding } from './expression/binding';
import { parseCondition } from './expression/condition';
import { textOf } from './key';
import { keyRangeOf, type KeyRange } from './key-condition';
import { Page, startKeysOf } from './page';
import { invalid, notSimulated } from './refusal';
import { comparePositions, type Position } from './shelf';
import { storedRow } from './stored';
import type { Table, View } from './table';
import { kindOf, type Row } from './value';

/** One page of the rows of a partition, in the order of their sort keys. */
export function query(table: Table, pageBytes: number, input: sdk.QueryCommandInput): Page {
  const view = viewOf(table, input);
  const bound = new Binding(input);
  const condition = bound.use(parseCondition, 'KeyConditionExpression', input.KeyConditionExpression);
  if (!condition) {
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  }
  const page = new Page(input, bound, view, table.definition.keys, pageBytes);
  bound.close();
  const range = keyRangeOf(condition, view.keys, bound);
  page.refuseFilterOn(view.keys);
  const partition = textOf(range.partition);
  const isForward = input.ScanIndexForward ?? true;
  const start = startOf(input.ExclusiveStartKey, view, table);
  if (start && start.partition !== partition) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  const [from, to] = boundsOf(view, partition, range, start?.position, isForward);
  const time = table.seenAt(view, input.ConsistentRead);
  for (let at = isForward ? from : to - 1; from <= at && at < to; at += isForward ? 1 : -1) {
    const stored = view.shelf.at(partition, at, time);
    if (stored && !page.take(stored)) break;
  }
  return page;
}

/** One page of all rows, partition by partition. */
export function scan(table: Table, pageBytes: number, input: sdk.ScanCommandInput): Page {
  if (input.TotalSegments !== undefined) throw notSimulated('scans in segments');
  const view = viewOf(table, input);
  const bound = new Binding(input);
  const page = new Page(input, bound, view, table.definition.keys, pageBytes);
  bound.close();
  const start = startOf(input.ExclusiveStartKey, view, table);
  const time = table.seenAt(view, input.ConsistentRead);
  const partitions = view.shelf.partitions();
  const begun = start ? partitions.indexOf(start.partition) : 0;
  if (begun < 0) throw notSimulated('a scan that starts in a partition without rows');
  for (const partition of partitions.slice(begun)) {
    const begin = start?.partition === partition ? start.position : undefined;
    const [from, to] = boundsOf(view, partition, undefined, begin, true);
    for (let at = from; at < to; at += 1) {
      const stored = view.shelf.at(partition, at, time);
      if (stored && !page.take(stored)) return page;
    }
  }
  return page;
}

function viewOf(
  table: Table,
  {
    IndexName,
    ConsistentRead,
  }: { readonly IndexName?: string | undefined; readonly ConsistentRead?: boolean | undefined },
): View {
  if (IndexName !== undefined && ConsistentRead) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  return table.view(IndexName);
}

/** First place of what is to be looked at, and the one after the last. */
function boundsOf(
  { shelf }: View,
  partition: string,
  range: KeyRange | undefined,
  start: Position | undefined,
  isForward: boolean,
): readonly [from: number, to: number] {
  const place = (position: Position): number => (range && position.sort ? range.place(position.sort) : 0);
  const from = shelf.firstPlace(partition, (position) => place(position) >= 0);
  const to = shelf.firstPlace(partition, (position) => place(position) > 0);
  if (!start) return [from, to];
  if (!isForward)
    return [
      from,
      Math.min(
        to,
        shelf.firstPlace(partition, (one) => comparePositions(one, start) >= 0),
      ),
    ];
  return [
    Math.max(
      from,
      shelf.firstPlace(partition, (one) => comparePositions(one, start) > 0),
    ),
    to,
  ];
}

function startOf(
  given: Record<string, sdk.AttributeValue> | undefined,
  view: View,
  table: Table,
): { readonly partition: string; readonly position: Position } | undefined {
  if (!given) return undefined;
  const row: Row = storedRow(given);
  const wanted = startKeysOf(view, table.definition.keys);
  const keys = [...attributesOf(view.keys), ...attributesOf(table.definition.keys)];
  const fits = keys.every(({ name, kind }) => row[name] && kindOf(row[name]) === kind);
  if (!fits || Object.keys(row).length !== wanted.length) throw invalid('The provided starting key is invalid');
  return { partition: textOf(row[view.keys.partition.name]), position: view.positionOf(row) };
}
