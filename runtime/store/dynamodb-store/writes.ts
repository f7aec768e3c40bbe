import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { resourceKey } from '../../../signals/signal';
import { hasEnded, type Incident } from '../../../statemachines/incident';
import type { Claim, Commit } from '../incident-store';
import { headOf } from './head';
import { pointer, pointerIn, type Held } from './held';
import type { HistoryBody, Opening } from './history-row';
import { aboutKey, claimKey, headKey, historyKey, keyName, ledgerKey, seenKey, watchKey } from './keys';
import { ledgerAfter } from './ledger';
import { packed } from './packing';
import { expiresAfter, number, text, type Row } from './row';
import { sightingRow } from './sightings';
import { itemsAtMost, type Transaction, type Write } from './transaction';

/** What an incident had taken before a commit. */
export interface Taken {
  /** Resources with a watch row of it. */
  readonly watches: readonly string[];
  /** Resources of its present claim. */
  readonly claims: readonly string[];
}

export const takenNothing: Taken = { watches: [], claims: [] };

/** The rows that a commit writes on this ground, each on condition that the ground is still the same. */
export function transactionOf(commit: Commit, writer: string, held: Held, taken: Taken, table: string): Transaction {
  const { incident, claim, entries } = commit;
  const { id, revision } = incident;
  const at = lastOf(commit);
  const expires = expiresAfter(at, 'row');
  const watches = watchesOf(commit, taken);
  const body: HistoryBody = {
    entries,
    ...(revision === 1 && { opening: openingOf(incident) }),
    ...(watches.length > 0 && { watches }),
    ...(claim && { claims: claim.resources }),
  };
  const isOfHead =
    revision === 1 || !!claim || watches.length > 0 || entries.some(({ event }) => event.type === 'plan.made');
  const keyOfHistory = historyKey(id, revision, isOfHead);
  const put = (row: Row, rest: Partial<NonNullable<TransactWriteItem['Put']>> = {}): TransactWriteItem => ({
    Put: { TableName: table, Item: row, ...rest },
  });
  const named = { ...pointer(id, revision), expires };
  const history = { ...keyOfHistory, revision: number(revision), writer: text(writer), body: packed(body), expires };
  const needed = [
    lost(headUpdate(commit, writer, at, table)),
    lost(put(history, absent)),
    ...[...new Set(commit.signals)].map((signal) => lost(put({ ...seenKey(signal), ...named }, absent))),
    ...(revision === 1 ? [changed(put({ ...aboutKey(incident), ...named }, asRead(held, aboutKey(incident))))] : []),
    ...watches.map((resource) => lost(put({ ...watchKey(resource, id), ...named }))),
    ...(claim ? claimWrites(commit, claim, held, named, put) : []),
  ];
  const room = roomBeside(needed, commit);
  const sightings = [...new Set(commit.sightings)].map((scope) => sightingRow(incident, scope));
  // A watch that stays behind names an incident that has ended: it means nothing, and expires.
  const gone = hasEnded(incident) ? taken.watches.slice(0, Math.max(0, room - sightings.length)) : [];
  return {
    writer,
    revision,
    headKey: headKey(id),
    historyKey: keyOfHistory,
    early: sightings.slice(room),
    writes: [
      ...needed,
      ...sightings.slice(0, room).map((row) => lost(put(row))),
      ...gone.map((resource) => lost({ Delete: { TableName: table, Key: watchKey(resource, id) } })),
    ],
  };
}

/** How many more rows the transaction takes. What is not among these it cannot do without. */
function roomBeside(needed: readonly Write[], { incident: { id, revision }, claim }: Commit): number {
  if (needed.length <= itemsAtMost) return itemsAtMost - needed.length;
  throw new Error(
    `Revision ${revision} of incident ${id} takes ${needed.length} rows, ${claim?.resources.length ?? 0} of them claims; DynamoDB writes at most ${itemsAtMost} at once. Nothing was written. Give its rule a remediation that touches less.`,
  );
}

const lost = (item: TransactWriteItem): Write => ({ ifOthersWere: 'lost', item });
const changed = (item: TransactWriteItem): Write => ({ ifOthersWere: 'changed', item });

const shown = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
const absent = { ConditionExpression: 'attribute_not_exists(pk)', ...shown };

export function lastOf({ entries, incident }: Commit): number {
  return entries.at(-1)?.at ?? incident.openedAt;
}

function openingOf({ rule, condition, resource, evidence, place, openedAt }: Incident): Opening {
  return { rule, condition, resource, evidence, place, openedAt };
}

/** What needs a watch row of its own: neither the incident's resource nor what it claims, for those rows name it already. */
function watchesOf({ incident, claim, watches }: Commit, taken: Taken): readonly string[] {
  if (hasEnded(incident)) return [];
  const named = new Set([resourceKey(incident.resource), ...taken.watches, ...(claim?.resources ?? [])]);
  // A claim that is replaced leaves a watch behind.
  const dropped = claim ? taken.claims : [];
  return [...new Set([...watches, ...dropped])].filter((resource) => !named.has(resource));
}

function headUpdate(commit: Commit, writer: string, at: number, table: string): TransactWriteItem {
  const { incident, claim } = commit;
  const { set, remove } = headOf(incident, writer, at);
  const attributes = { ...set, ...(claim && { claim: number(incident.revision) }) };
  const isNext = '#revision = :before AND attribute_not_exists(#expires)';
  const opens = incident.revision === 1;
  const names = [...Object.keys(attributes), ...remove, ...(opens ? [] : ['expires'])];
  return {
    Update: {
      TableName: table,
      Key: headKey(incident.id),
      ConditionExpression: opens ? 'attribute_not_exists(pk)' : isNext,
      ...shown,
      UpdateExpression: [
        `SET ${Object.keys(attributes)
          .map((name) => `#${name} = :${name}`)
          .join(', ')}`,
        ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
      ].join(' '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
        ...(!opens && { ':before': number(incident.revision - 1) }),
      },
    },
  };
}

type Put = (row: Row, rest?: Partial<NonNullable<TransactWriteItem['Put']>>) => TransactWriteItem;

function claimWrites({ incident }: Commit, claim: Claim, held: Held, named: Row, put: Put): readonly Write[] {
  const ledger = held.rows.get(keyName(ledgerKey));
  const after = ledgerAfter({ incident: incident.id, revision: incident.revision }, claim, held);
  const expiry = { expires: expiresAfter(claim.at, 'row') };
  const sameVersion = {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': ledger?.['version'] ?? number(0) },
    ...shown,
  };
  return [
    // It goes before the heads that it names, as every row does: a place that nobody can be asked about would be taken for ever.
    changed(put({ ...ledgerKey, ...after, ...expiry }, ledger ? sameVersion : absent)),
    ...[...new Set(claim.resources)].map((resource) =>
      changed(put({ ...claimKey(resource), ...named }, asRead(held, claimKey(resource)))),
    ),
  ];
}

/** On condition that the row, or its absence, is as it was read. */
function asRead(held: Held, key: Row): Partial<NonNullable<TransactWriteItem['Put']>> {
  const row = held.rows.get(keyName(key));
  if (!row) return absent;
  const { incident, revision } = pointerIn(row);
  const values: Record<string, AttributeValue> = { ':incident': text(incident), ':before': number(revision) };
  return {
    ConditionExpression: '#incident = :incident AND #revision = :before',
    ExpressionAttributeNames: { '#incident': 'incident', '#revision': 'revision' },
    ExpressionAttributeValues: values,
    ...shown,
  };
}
