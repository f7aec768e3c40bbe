import { createHash } from 'node:crypto';
import { readEvent } from '../signals';
import { plainText } from '../signals/plain-text';
import { resourceKey, type Reading, type Signal, type UnhealthySignal } from '../signals/signal';
import { newIncident, type Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { heldTo } from '../statemachines/policy/modes';
import { asksForTags, route } from '../statemachines/routing';
import type { Tags } from '../statemachines/policy/where';
import { advance } from './advance';
import { openAccess } from './aws-access';
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

/** An event could not be taken up because others kept advancing the same incident; it should be delivered again. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
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
  const decisions: Decision[] = [];
  for (const signal of reading.signals) decisions.push(await takeSignal(signal, world));
  return decisions;
}

function unread(event: unknown, reading: Exclude<Reading, { kind: 'signals' }>): Decision {
  const id = (event as { id?: unknown } | null | undefined)?.id;
  return { eventId: typeof id === 'string' ? plainText(id, 100) : '', decision: reading.kind, reason: reading.reason };
}

async function takeSignal(signal: Signal, world: Surroundings): Promise<Decision> {
  for (let tries = 0; tries < raceAtMost; tries += 1) {
    const decision = await decide(signal, world);
    if (decision !== 'lost') return decision;
  }
  throw new ContentionError(
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
    case 'unhealthy':
      return about[0] ? join(about[0], signal, world) : openIncident(signal, world);
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
  const [first] = incidents;
  if (!first) return { eventId, decision: 'ignored', reason: `no open incident waits for it: ${signal.detail}` };
  for (const incident of incidents) {
    const event: IncidentEvent = { type: eventOf[decision], at: world.clock.now(), detail: signal.detail };
    const result = await advance(
      incident,
      event,
      decision === 'recovered' && incident === first ? [signal.dedupKey] : [],
      world,
    );
    if (result.kind === 'lost') return 'lost';
  }
  return { eventId, decision, incident: first.id };
}

/** One resource is in one incident at a time: another sickness of it is told to the incident that is open. */
async function join(incident: Incident, signal: UnhealthySignal, world: Surroundings): Promise<Decision | 'lost'> {
  const event: IncidentEvent = { type: 'signal.repeated', at: world.clock.now(), detail: signal.detail };
  const result = await advance(incident, event, [signal.dedupKey], world);
  return result.kind === 'lost' ? 'lost' : { eventId: signal.eventId, decision: 'joined', incident: incident.id };
}

async function openIncident(signal: UnhealthySignal, world: Surroundings): Promise<Decision | 'lost'> {
  const { eventId, resource, condition, evidence } = signal;
  const at = world.clock.now();
  const routed = route(world.policy, signal, await tagsOf(signal, world));
  if (routed.kind === 'none') return { eventId, decision: 'ignored', reason: routed.reason };
  const rule = heldTo(modeAt(world.policy.mode, world.policy.windows, at), routed.rule);
  const incident = newIncident({ id: incidentId(signal), rule, condition, resource, evidence, openedAt: at });
  const result = await advance(
    incident,
    { type: 'incident.opened', at, detail: signal.detail },
    [signal.dedupKey],
    world,
  );
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
  const allowed = { by: `vitals of ${vitals.kind}`, reads: new Set<string>(vitals.reads), writes: new Set<string>() };
  try {
    const { aws } = openAccess(world.clients, world.clock, signal.resource, allowed);
    return { ...signal.tags, ...(await vitals.tags(signal.resource, aws)) };
  } catch {
    return 'unreadable';
  }
}
