import { createHash } from 'node:crypto';
import { sicknessKey, type Incident } from '../../../statemachines/incident';
import type { Scope } from '../../../statemachines/scope';
import { heldName } from '../held-name';
import type { Held } from '../incident-store';
import { text, type Row } from './row';
import { holdPartition } from './table-definition';

/** Partition and sort key of every row, and nothing but them: the layout of the table is read off here. */
const key = (partition: string, sort: string): Row => ({ pk: text(partition), sk: text(sort) });

/** DynamoDB takes partition keys up to 2,048 bytes. What comes from events and is longer is named by its hash. */
const longest = 1_000;

function bounded(name: string): string {
  return Buffer.byteLength(name) <= longest ? name : `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

const ofIncident = 'incident/';

export const incidentPartition = (id: string): string => `${ofIncident}${id}`;
export const resourcePartition = (resource: string): string => `resource/${bounded(resource)}`;

export const headKey = (id: string): Row => key(incidentPartition(id), headPrefix);

/** The head, and the history rows without which it cannot be read: one query finds them together. */
export const headPrefix = 'head';

/** Revisions are padded, so that they sort. */
export function historyKey(id: string, revision: number, isOfHead: boolean): Row {
  return key(incidentPartition(id), `${isOfHead ? headPrefix : 'later'}/${String(revision).padStart(10, '0')}`);
}

export const aboutKey = ({ resource, condition }: Pick<Incident, 'resource' | 'condition'>): Row =>
  aboutKeyOf(sicknessKey({ resource, condition }));
/** A condition has no slash: what is before the last one is the resource. */
export function aboutKeyOf(sickness: string): Row {
  const [resource, condition] = [sickness.slice(0, sickness.lastIndexOf('/')), sickness.split('/').at(-1) ?? ''];
  return key(resourcePartition(resource), `about/${bounded(condition)}`);
}
export const claimKey = (resource: string): Row => key(resourcePartition(resource), 'claim');
export const watchKey = (resource: string, id: string): Row => key(resourcePartition(resource), `watch/${id}`);
export const seenKey = (signal: string): Row => key(`signal/${bounded(signal)}`, 'seen');
export const ledgerKey: Row = key('ledger', 'starts');
export const scopePartition = (scope: Scope): string => `scope/${bounded(scope)}`;
/** Sorts as the time does, from 1970 on. */
export const sightingTime = (at: number): string => new Date(Math.max(0, at)).toISOString();
export const sightingKey = (scope: Scope, at: number, incident: string): Row =>
  key(scopePartition(scope), `${sightingTime(at)} ${incident}`);
export const holdKey = (of: Held): Row => key(holdPartition, bounded(heldName(of)));

/** Two keys of one row have one name. */
export const keyName = (row: Row): string => `${row['pk']?.S ?? ''}\n${row['sk']?.S ?? ''}`;

/** The incident in whose partition a row is. */
export function incidentOf(row: Row): string {
  return (row['pk']?.S ?? '').slice(ofIncident.length);
}
