import { createHash } from 'node:crypto';
import { readEvent } from '../signals';
import { plainText } from '../signals/plain-text';
import {
  resourceKey,
  type Place,
  type Reading,
  type Resource,
  type Signal,
  type UnhealthySignal,
} from '../signals/signal';
import { newIncident, sicknessKey, type Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { heldTo } from '../statemachines/policy/modes';
import { recurrenceOf } from '../statemachines/recurrence';
import { asksForTags, route } from '../statemachines/routing';
import type { Tags } from '../statemachines/policy/where';
import type { Action, Calls } from '../vitals/aws';
import type { Vitals } from '../vitals/vitals';
import { advance } from './advance';
import { openAccess } from './aws/access';
import { mayBeEchoOf } from './echo';
import { ownDoing } from './own-doing';
import { advanceOrPark } from './parking';
import type { Surroundings } from './surroundings';
import { modeAt } from './windows';

export const decisionKinds = ['opened', 'joined', 'recovered', 'progress', 'ignored', 'refused', 'invalid'] as const;

/** What was decided of one signal of an event, or of the event when it carries none. */
export interface Decision {
  /** EventBridge's id; empty when the event has none. */
  readonly eventId: string;
  readonly decision: (typeof decisionKinds)[number];
  readonly incident?: string;
  readonly reason?: string;
}

/** Times that an event is taken up again after another worker was faster; then it is given back to the queue. */
const raceAtMost = 5;

/** An event could not be taken up now: others kept advancing its incident, or what it hangs on could not be read. */
export class RedeliveryError extends Error {
  override readonly name = 'RedeliveryError';
}

/**
 * Takes one event as EventBridge delivers it: at least one decision comes of it, in the order of its signals.
 * `before` is told what the event says before anything is decided: a replay makes its world so.
 */
export async function takeEvent(
  event: unknown,
  world: Surroundings,
  before: (reading: Reading) => void = () => undefined,
): Promise<readonly Decision[]> {
  const { accounts = world.takesFrom.accounts, regions = world.takesFrom.regions, mappings } = world.policy;
  const reading = readEvent(event, { accounts, regions, mappings });
  before(reading);
  if (reading.kind !== 'signals') return [unread(event, reading)];
  const own = ownDoing(event, world.rolePrefix);
  const decisions: Decision[] = [];
  for (const signal of reading.signals) {
    const isOwn = own !== undefined && signal.kind === 'unhealthy';
    decisions.push(
      isOwn ? { eventId: signal.eventId, decision: 'ignored', reason: own } : await takeSignal(signal, world),
    );
  }
  return decisions;
}

function unread(event: unknown, reading: Exclude<Reading, { kind: 'signals' }>): Decision {
  return { eventId: eventIdOf(event), decision: reading.kind, reason: reading.reason };
}

/** The id of what may not even be an event; empty when it has none. */
export function eventIdOf(event: unknown): string {
  const id = (event as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? plainText(id, 100) : '';
}

async function takeSignal(signal: Signal, world: Surroundings): Promise<Decision> {
  for (let tries = 0; tries < raceAtMost; tries += 1) {
    const decision = await decide(signal, world);
    if (decision !== 'lost') return decision;
  }
  throw new RedeliveryError(
    `Others kept advancing the incident on ${resourceKey(signal.resource)}; event ${signal.eventId} must be delivered again.`,
  );
}

async function decide(signal: Signal, world: Surroundings): Promise<Decision | 'lost'> {
  const { eventId } = signal;
  if (await world.store.isSeen(signal.dedupKey)) {
    return { eventId, decision: 'ignored', reason: 'a duplicate: this was told before and is taken account of' };
  }
  const open = await world.store.openOn(resourceKey(signal.resource));
  const about = open.filter((incident) => resourceKey(incident.resource) === resourceKey(signal.resource));
  switch (signal.kind) {
    case 'progress':
      return tell(open, 'progress', signal, world);
    case 'recovered':
      return tell(
        about.filter((incident) => isSame(incident, signal)),
        'recovered',
        signal,
        world,
      );
    case 'unhealthy': {
      const same = about.find(({ condition }) => condition === signal.condition);
      if (same) return join(same, { type: 'signal.repeated' }, signal, world);
      const cause = open.find((incident) => mayBeEchoOf(incident, signal.resource));
      return cause ? join(cause, echo(signal), signal, world) : openIncident(signal, world);
    }
  }
}

/** Whether the recovery is of what the incident is about: the same alarm, or the same condition. */
function isSame(incident: Incident, signal: Signal & { kind: 'recovered' }): boolean {
  return signal.evidence.alarmArn !== undefined && incident.evidence.alarmArn !== undefined
    ? incident.evidence.alarmArn === signal.evidence.alarmArn
    : incident.condition === signal.condition;
}

const eventOf = {
  progress: 'signal.progressed',
  recovered: 'signal.recovered',
} as const;

/** Tells every open incident that the signal concerns. Progress told twice is a second look, so it is not remembered. */
async function tell(
  incidents: readonly Incident[],
  decision: 'progress' | 'recovered',
  signal: Signal,
  world: Surroundings,
): Promise<Decision | 'lost'> {
  const { eventId } = signal;
  if (incidents.length === 0)
    return { eventId, decision: 'ignored', reason: `no open incident waits for it: ${signal.detail}` };
  let first: Incident | undefined;
  const parked: string[] = [];
  for (const incident of incidents) {
    const event: IncidentEvent = { type: eventOf[decision], at: world.clock.now(), detail: signal.detail };
    // With the last of them: told again after a race, the signal must not be a duplicate before all have heard it.
    const signals = decision === 'recovered' && incident === incidents.at(-1) ? [signal.dedupKey] : [];
    const result = await advanceOrPark(incident, event, signals, world);
    if (result.kind === 'lost') return 'lost';
    if (result.kind === 'advanced') first ??= incident;
    else parked.push(result.reason);
  }
  return first
    ? { eventId, decision, incident: first.id }
    : { eventId, decision: 'refused', reason: parked.join('; ') };
}

type Told = Extract<IncidentEvent, { type: 'signal.repeated' | 'signal.echoed' }>;
type Telling = Told extends infer E ? (E extends Told ? Omit<E, 'at' | 'detail'> : never) : never;

/** What falls sick because of us opens nothing: the incident that is touching it has to answer for it. */
function echo({ resource, condition, evidence: { alarmArn } }: UnhealthySignal): Telling {
  return { type: 'signal.echoed', resource, condition, ...(alarmArn !== undefined && { alarmArn }) };
}

/** A sickness that an incident is open on, or may have caused, is told to that incident. */
async function join(
  incident: Incident,
  telling: Telling,
  signal: UnhealthySignal,
  world: Surroundings,
): Promise<Decision | 'lost'> {
  const event: IncidentEvent = { ...telling, at: world.clock.now(), detail: signal.detail };
  const { eventId } = signal;
  const result = await advanceOrPark(incident, event, [signal.dedupKey], world);
  if (result.kind === 'lost') return 'lost';
  if (result.kind === 'parked') return { eventId, decision: 'refused', incident: incident.id, reason: result.reason };
  const why = telling.type === 'signal.echoed' ? 'that incident is touching it, and has to answer for it' : undefined;
  return { eventId, decision: 'joined', incident: incident.id, ...(why !== undefined && { reason: why }) };
}

async function openIncident(signal: UnhealthySignal, world: Surroundings): Promise<Decision | 'lost'> {
  const { eventId, resource, condition, evidence } = signal;
  const at = world.clock.now();
  const tags = await tagsOf(signal, world);
  const routed = route(world.policy, signal, tags);
  if (routed.kind === 'none' && tags === 'unreadable' && world.vitals.has(resource.kind)) {
    // A read that fails now may succeed later: to ignore the event would be to lose it.
    throw new RedeliveryError(`${routed.reason}; event ${eventId} must be delivered again.`);
  }
  if (routed.kind === 'none') return { eventId, decision: 'ignored', reason: routed.reason };
  const rule = heldTo(modeAt(world.policy.mode, world.policy.windows, at), routed.rule);
  const place = await placeOf(resource, world);
  const incident = newIncident({ id: incidentId(signal), rule, condition, resource, evidence, place, openedAt: at });
  const before = await world.store.lastOn(sicknessKey(incident));
  const recurrence = before && recurrenceOf(before, rule, at);
  const opening: IncidentEvent = {
    type: 'incident.opened',
    at,
    detail: signal.detail,
    ...(recurrence && { recurrence }),
  };
  const result = await advance(incident, opening, [signal.dedupKey], world);
  return result.kind === 'lost' ? 'lost' : { eventId, decision: 'opened', incident: incident.id };
}

/** The same signal always opens the same incident, so that two workers cannot open two. */
function incidentId(signal: UnhealthySignal): string {
  const hash = createHash('sha256').update(`${resourceKey(signal.resource)}\n${signal.condition}\n${signal.dedupKey}`);
  return `inc-${hash.digest('hex').slice(0, 12)}`;
}

/** Tags that the event carries, completed by a live read where a rule asks for tags. */
export async function tagsOf(
  signal: UnhealthySignal,
  world: Pick<Surroundings, 'policy' | 'vitals' | 'clients' | 'clock'>,
): Promise<Tags> {
  const vitals = world.vitals.get(signal.resource.kind);
  if (!asksForTags(world.policy, signal)) return signal.tags;
  // What nobody can read, and the event does not tell, is not taken for a resource without tags.
  if (!vitals) return Object.keys(signal.tags).length > 0 ? signal.tags : 'unreadable';
  try {
    return { ...signal.tags, ...(await vitals.tags(signal.resource, look(vitals, signal.resource, world))) };
  } catch {
    return 'unreadable';
  }
}

/**
 * Where it stands, so that what falls sick together is known before anything is done. What cannot be read now does not keep the
 * incident from opening: the guards read it again, and refuse.
 */
async function placeOf(resource: Resource, world: Surroundings): Promise<Place> {
  const vitals = world.vitals.get(resource.kind);
  try {
    return vitals ? await vitals.place(resource, look(vitals, resource, world)) : { groups: [] };
  } catch {
    return { groups: [] };
  }
}

function look(vitals: Vitals, resource: Resource, world: Pick<Surroundings, 'clients' | 'clock'>): Calls<Action> {
  const allowed = { by: `vitals of ${vitals.kind}`, reads: new Set<string>(vitals.reads), writes: new Set<string>() };
  return openAccess(world.clients, world.clock, resource, allowed).aws;
}
