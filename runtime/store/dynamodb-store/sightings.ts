import { resourceKey, type EpochMillis } from '../../../signals/signal';
import type { Incident } from '../../../statemachines/incident';
import type { Scope } from '../../../statemachines/scope';
import { sightingsAtMost, type Sighting } from '../../../statemachines/storm';
import { scopePartition, sightingKey, sightingTime } from './keys';
import { expiresAfter, numberIn, text, textIn, number, type Row } from './row';
import type { Table } from './table';

/** One for each scope and incident: nobody else writes it, and it is never changed. */
export function sightingRow({ id, resource, openedAt }: Incident, scope: Scope): Row {
  return {
    ...sightingKey(scope, openedAt, id),
    resource: text(resourceKey(resource)),
    at: number(openedAt),
    expires: expiresAfter(openedAt, 'sighting'),
  };
}

/** The latest first, and no more than can matter. */
export async function sightingsIn(table: Table, scope: Scope, since: EpochMillis): Promise<readonly Sighting[]> {
  const pages = table.query({
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk >= :since',
    ExpressionAttributeValues: { ':pk': text(scopePartition(scope)), ':since': text(sightingTime(since)) },
    ScanIndexForward: false,
    Limit: sightingsAtMost,
  });
  const rows: Row[] = [];
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length >= sightingsAtMost) break;
  }
  return rows.slice(0, sightingsAtMost).map((row) => ({ resource: textIn(row, 'resource'), at: numberIn(row, 'at') }));
}
