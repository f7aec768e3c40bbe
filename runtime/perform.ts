import type { Group, Planning, Remediation } from '../remediations/remediation';
import { resourceKey, type Resource } from '../signals/signal';
import { decideAdmission } from '../statemachines/admission';
import type { Effect } from '../statemachines/effect';
import { strictest } from '../statemachines/policy/modes';
import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { readsOfAlarm } from '../vitals/alarm';
import { openAccess, type Access, type Allowed } from './aws/access';
import { failureOf, failureOfStart } from './aws/failure';
import type { Claim, HistoryEntry, RecordedCall } from './store/incident-store';
import { planHashOf } from './plan-hash';
import type { Surroundings } from './surroundings';
import { modeAt } from './windows';
import { readSymptom } from './symptom';

type PlanMade = Extract<IncidentEvent, { type: 'plan.made' }>;
type Planned = Extract<Planning<unknown>, { kind: 'planned' }>;

/** What came of an effect. */
export interface Performed {
  readonly event: IncidentEvent;
  readonly calls: readonly RecordedCall[];
  /** To be written with the next commit. */
  readonly claim?: Claim;
  readonly watches?: readonly Resource[];
  /** The plan that was just made, for the admission that follows it. */
  readonly planned?: Planned;
}

/** An effect in its place: whose it is, what was planned just before, and what the incident has been through. */
export interface Occasion {
  readonly incident: Incident;
  readonly planned: Planned | undefined;
  readonly history: readonly HistoryEntry[];
}

/** Does one effect and tells the machine what came of it. Never throws for what AWS or a person's inbox does. */
export async function perform(effect: Effect, occasion: Occasion, world: Surroundings): Promise<Performed> {
  switch (effect.type) {
    case 'read-symptom':
      return lookForSymptom(occasion.incident, world);
    case 'plan':
      return plan(effect, occasion.incident, world);
    case 'admit':
      return admit(occasion, world);
    case 'start':
      return start(effect, occasion.incident, world);
    case 'check':
      return check(effect, occasion.incident, world);
    case 'notify':
      return notify(effect, occasion, world);
    case 'wake':
      throw new Error('A wake-up is armed with the commit, not performed.');
  }
}

async function lookForSymptom(incident: Incident, world: Surroundings): Promise<Performed> {
  const vitals = world.vitals.get(incident.resource.kind);
  const reads = new Set<string>([...readsOfAlarm, ...(vitals?.reads ?? [])]);
  const { aws, calls } = open(incident, { by: `vitals of ${incident.resource.kind}`, reads, writes: new Set() }, world);
  try {
    const { type, detail } = await readSymptom(incident, vitals, aws);
    return { event: { type, at: world.clock.now(), detail }, calls };
  } catch (error) {
    return { event: { type: 'symptom.unreadable', at: world.clock.now(), detail: failureOf(error).reason }, calls };
  }
}

async function plan(
  effect: Extract<Effect, { type: 'plan' }>,
  incident: Incident,
  world: Surroundings,
): Promise<Performed> {
  const { remediation: name, parameters } = effect;
  const remediation = world.remediations.get(name);
  if (!remediation)
    return {
      event: { type: 'plan.refused', at: world.clock.now(), remediation: name, reason: unknown(name) },
      calls: [],
    };
  const { aws, calls } = open(incident, readsOf(remediation), world);
  const attemptKey = `${incident.id}/${incident.memory.rung}`;
  try {
    const answer = await remediation.plan(
      { resource: incident.resource, condition: incident.condition, attemptKey },
      parameters,
      aws,
    );
    const at = world.clock.now();
    if (answer.kind === 'refused')
      return { event: { type: 'plan.refused', at, remediation: name, reason: answer.reason }, calls };
    if (answer.kind === 'notNeeded')
      return { event: { type: 'plan.notNeeded', at, remediation: name, reason: answer.reason }, calls };
    const planHash = planHashOf(name, answer.plan, answer.touches);
    const touches = claimedBy(answer).map(resourceKey);
    // A plan lives as JSON from here on: what JSON cannot carry must not be missed first after a crash.
    const stored = JSON.parse(JSON.stringify(answer.plan)) as PlanMade['plan'];
    const { summary } = answer;
    const event = {
      type: 'plan.made',
      at,
      remediation: name,
      plan: stored,
      planHash,
      touches: [...new Set(touches)],
      summary,
      patience: remediation.patience,
    } as const;
    return { event, calls, planned: answer };
  } catch (error) {
    const reason = `it could not read what it needs: ${failureOf(error).reason}`;
    return { event: { type: 'plan.refused', at: world.clock.now(), remediation: name, reason }, calls };
  }
}

async function admit({ incident, planned }: Occasion, world: Surroundings): Promise<Performed> {
  const at = world.clock.now();
  if (!planned)
    return { event: { type: 'admission.refused', at, reasons: ['its plan is no longer at hand'] }, calls: [] };
  const { limits, name: rule } = incident.rule;
  const group: Group | 'alone' = planned.group;
  const resources = claimedBy(planned);
  const keys = [...new Set(resources.map(resourceKey))];
  const holdings = await world.store.holdings(incident.id, rule, keys, at);
  const hold = await holdReason(world);
  const modeNow = modeAt(world.policy.mode, world.policy.windows, at);
  const admission = decideAdmission(limits, {
    ...holdings,
    hold,
    tightenedTo: strictest(modeNow, incident.rule.mode) === incident.rule.mode ? undefined : modeNow,
    group:
      group === 'alone' ? 'alone' : { name: group.resource.id, size: group.size, healthyOthers: group.healthyOthers },
  });
  if (admission.kind === 'refused')
    return { event: { type: 'admission.refused', at, reasons: [...admission.reasons] }, calls: [] };
  const claim = { rule, resources: keys, at, atOnce: limits.atOnce, perHour: limits.perHour };
  return { event: { type: 'admission.granted', at }, calls: [], claim, watches: resources };
}

/** Why nothing may start at all; undefined when the hold is off. What cannot be read is taken for on. */
async function holdReason({ store }: Surroundings): Promise<string | undefined> {
  try {
    const hold = await store.hold();
    return hold.on ? `everything is on hold, by ${hold.by}: ${hold.reason}` : undefined;
  } catch (error) {
    return `whether everything is on hold cannot be read: ${failureOf(error).reason}`;
  }
}

/** What a plan needs for itself: all that it changes, and the group whose members must not be touched meanwhile. */
function claimedBy({ touches, group }: Planned): readonly Resource[] {
  return [...touches, ...(group === 'alone' ? [] : [group.resource])];
}

async function start(
  effect: Extract<Effect, { type: 'start' }>,
  incident: Incident,
  world: Surroundings,
): Promise<Performed> {
  const remediation = world.remediations.get(effect.remediation);
  if (!remediation)
    return { event: { type: 'start.refused', at: world.clock.now(), reason: unknown(effect.remediation) }, calls: [] };
  const { aws, calls } = open(incident, writesOf(remediation, incident), world);
  try {
    const answer = await remediation.start(effect.plan, aws);
    const at = world.clock.now();
    if (answer.kind === 'refused') return { event: { type: 'start.refused', at, reason: answer.reason }, calls };
    const handle = answer.handle === undefined ? {} : { handle: answer.handle };
    return {
      event: { type: 'start.succeeded', at, ...handle },
      calls,
      watches: answer.progressOf ? [answer.progressOf] : [],
    };
  } catch (error) {
    const goesOn = incident.memory.deadlineAt !== null;
    const { kind, reason } = failureOfStart(error, calls, goesOn);
    return { event: { type: `start.${kind}`, at: world.clock.now(), reason }, calls };
  }
}

async function check(
  effect: Extract<Effect, { type: 'check' }>,
  incident: Incident,
  world: Surroundings,
): Promise<Performed> {
  const remediation = world.remediations.get(effect.remediation);
  if (!remediation)
    return { event: { type: 'check.failed', at: world.clock.now(), detail: unknown(effect.remediation) }, calls: [] };
  const { aws, calls } = open(incident, readsOf(remediation), world);
  try {
    const { kind, detail } = await remediation.check(effect.plan, effect.handle ?? undefined, aws);
    return { event: { type: `check.${kind}`, at: world.clock.now(), detail }, calls };
  } catch (error) {
    const detail = `it could not be read: ${failureOf(error).reason}`;
    return { event: { type: 'check.pending', at: world.clock.now(), detail }, calls };
  }
}

async function notify(
  effect: Extract<Effect, { type: 'notify' }>,
  { incident, history }: Occasion,
  world: Surroundings,
): Promise<Performed> {
  const { contact } = effect;
  try {
    await world.notifier.notify(effect.kind, contact, incident, history);
    return { event: { type: 'notification.sent', at: world.clock.now(), contact }, calls: [] };
  } catch (error) {
    return {
      event: { type: 'notification.failed', at: world.clock.now(), contact, reason: failureOf(error).reason },
      calls: [],
    };
  }
}

function open(incident: Incident, allowed: Allowed, world: Surroundings): Access {
  return openAccess(world.clients, world.clock, incident.resource, allowed);
}

function readsOf({ name, permissions }: Remediation): Allowed {
  return { by: name, reads: new Set<string>(permissions.read), writes: new Set() };
}

function writesOf({ name, permissions }: Remediation, { id, rule, memory, wake }: Incident): Allowed {
  const touches = memory.planned?.touches ?? [];
  return {
    by: name,
    caller: { kind: 'remediation', remediation: name, incident: id, mode: rule.mode, touches },
    reads: new Set<string>(permissions.read),
    writes: new Set(permissions.write.map(({ action }) => action)),
    // The wake-up that was armed with the intent looks after whoever has not come back by then.
    ...(wake && { writesUntil: wake.at }),
  };
}

function unknown(name: string): string {
  return `there is no remediation named ${name}; was it removed while an incident was using it?`;
}
