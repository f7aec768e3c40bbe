import { resourceKey, resourceNamed } from '../../../signals/signal';
import { hasEnded, type Incident, type State } from '../../../statemachines/incident';
import { UnreadableIncidentError, type IncidentSummary, type LastIncident } from '../incident-store';
import { planIn, type HistoryRow } from './history-row';
import { incidentOf } from './keys';
import { expiresAfter, number, numberIn, text, textIn, type Row } from './row';
import { memoryIn, snapshotOf } from './snapshot';

/** Number of the shape of heads and history rows. It rises when a program that knows only this one could not read them. */
const schema = 2;

/** The only value of the constant partition of the index of what is due. */
export const due = 'due';
/** Partitions of the index of states; an incident that has ended is in that of its end. */
export const openList = 'open';
export const parkedList = 'parked';

/**
 * The attributes of a head after a commit, without its keys, and those that it loses. All but `snapshot` are the envelope:
 * they mean the same in every schema, so that an incident can be listed, parked and found ended by a program that can't read it.
 */
export function headOf(
  incident: Incident,
  writer: string,
  at: number,
): { readonly set: Row; readonly remove: string[] } {
  const { machine, revision, state, rule, condition, resource, wake, openedAt, id } = incident;
  const ended = hasEnded(incident);
  const set = {
    schema: number(schema),
    machine: text(machine.name),
    version: number(machine.version),
    revision: number(revision),
    writer: text(writer),
    state: text(state),
    rule: text(rule.name),
    condition: text(condition),
    resource: text(resourceKey(resource)),
    listed: text(ended ? state : openList),
    opened: text(`${new Date(openedAt).toISOString()} ${id}`),
    snapshot: text(snapshotOf(incident)),
    ...(wake && { wakeAt: number(wake.at), wakeBy: number(wake.revision) }),
    ...(wake && !ended && { due: text(due) }),
    ...(ended && { endedAt: number(at), tried: text(triedOf(incident)), expires: expiresAfter(at, 'head') }),
  };
  return { set, remove: ['parked', 'due', 'wakeAt', 'wakeBy'].filter((name) => !(name in set)) };
}

/** What the next incident on the same sickness has to know of this one. */
function triedOf({ memory: { rung, starts, traceless, spent, lastStartAt } }: Incident): string {
  const tried: LastIncident['memory'] = { rung, starts, traceless, spent, lastStartAt };
  return JSON.stringify(tried);
}

/** An incident that has ended, as its head tells of it to every program; undefined for one that is open, or does not tell. */
export function lastFrom(head: Row): LastIncident | undefined {
  const { id, state, rule, ended } = envelopeOf(head);
  // Programs of schema 1 did not write it.
  if (!ended || !head['tried'] || !head['endedAt']) return undefined;
  const memory = JSON.parse(textIn(head, 'tried')) as LastIncident['memory'];
  return { id, state, rule, memory, endedAt: numberIn(head, 'endedAt') };
}

/** What a head says to every program, whatever its schema. */
export interface Envelope extends IncidentSummary {
  readonly writer: string;
  readonly ended: boolean;
  /** Revision of the commit with its present claim. */
  readonly claim?: number;
}

export function envelopeOf(head: Row): Envelope {
  const parked = head['parked']?.S;
  return {
    id: incidentOf(head),
    revision: numberIn(head, 'revision'),
    condition: textIn(head, 'condition'),
    resource: resourceNamed(textIn(head, 'resource')),
    openedAt: Date.parse(textIn(head, 'opened').split(' ')[0] ?? ''),
    rule: textIn(head, 'rule'),
    state: textIn(head, 'state') as State,
    writer: textIn(head, 'writer'),
    ended: head['expires'] !== undefined,
    ...(head['claim'] && { claim: numberIn(head, 'claim') }),
    ...(parked !== undefined && { parked }),
  };
}

/** Throws for a head of another schema: whatever else it holds may mean something else. */
export function checkSchema(head: Row): void {
  const found = head['schema']?.N ?? 'none';
  if (found === String(schema)) return;
  throw new UnreadableIncidentError(
    `Incident ${incidentOf(head)} is stored in schema ${found}; this program knows schema ${schema}. It is left alone: run the release that wrote it.`,
  );
}

/** The incident as the head and its history rows tell it; undefined when a row that the head needs is not among them. */
export function incidentFrom(head: Row, rows: readonly HistoryRow[]): Incident | undefined {
  checkSchema(head);
  const { id, revision, state } = envelopeOf(head);
  const opening = rows.find((row) => row.revision === 1)?.body.opening;
  const { planned: planHash, ...memory } = memoryIn(textIn(head, 'snapshot'));
  const entries = rows.flatMap(({ body }) => body.entries);
  const planned = planHash === null ? null : planIn(entries, planHash);
  if (!opening || (planHash !== null && !planned)) return undefined;
  const wake = head['wakeAt'] ? { at: numberIn(head, 'wakeAt'), revision: numberIn(head, 'wakeBy') } : null;
  const machine = { name: textIn(head, 'machine'), version: numberIn(head, 'version') };
  return { ...opening, id, revision, machine, state, memory: { ...memory, planned }, wake };
}

/** Stands for an incident that cannot be read where others must not be kept from theirs: `step` refuses its machine. */
export function unreadableIncident(head: Row): Incident {
  const { id, revision, condition, resource, openedAt, state, rule } = envelopeOf(head);
  const machine = { name: `of schema ${head['schema']?.N ?? 'none'}`, version: 0 };
  const unknown = { rule: { name: rule }, memory: {} } as Pick<Incident, 'rule' | 'memory'>;
  const evidence = {};
  const place = { groups: [] };
  return { ...unknown, id, revision, machine, condition, resource, evidence, place, openedAt, state, wake: null };
}
