import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { takenNothing, transactionOf } from '../../../../runtime/store/dynamodb-store/writes';
import type { Commit } from '../../../../runtime/store/incident-store';
import type { Incident } from '../../../../statemachines/incident';
import { anIncident } from '../../../statemachines/incident';

type Row = Record<string, AttributeValue>;

export const at = Date.parse('2026-03-02T10:00:00Z');

export function commitOf(revision: number, rest: Partial<Commit> = {}, incident: Partial<Incident> = {}): Commit {
  const stored: Incident = { ...anIncident(), openedAt: at, state: 'confirming', revision, ...incident };
  return { incident: stored, entries: [], signals: [], watches: [], sightings: [], ...rest };
}

/** The rows that a commit leaves in an empty table, the head first, then the history row. */
export function rowsOf(commit: Commit, writer = 'mine'): readonly Row[] {
  const { writes } = transactionOf(commit, writer, { rows: new Map(), heads: new Map() }, takenNothing, 'T');
  return writes.map(({ item }) => rowOf(item));
}

function rowOf({ Put, Update }: TransactWriteItem): Row {
  if (Put?.Item) return Put.Item;
  const values = Object.entries(Update?.ExpressionAttributeValues ?? {}).filter(([name]) => name !== ':before');
  return { ...Update?.Key, ...Object.fromEntries(values.map(([name, value]) => [name.slice(1), value])) };
}
