import { unfitness, type Planning, type Remediation, type Start } from '../remediations/remediation';
import { resourceKey, type Resource } from '../signals/signal';
import type { Effect } from '../statemachines/effect';
import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { readsOfAlarm } from '../vitals/cloudwatch/alarm';
import { readsBesideVitals } from '../vitals/reads-beside';
import { admit } from './admission';
import { openAccess, type Access, type Allowed } from './aws/access';
import { failureOf, failureOfStart } from './aws/failure';
import type { Claim, HistoryEntry, RecordedCall } from './store/incident-store';
import { planHashOf } from './plan-hash';
import type { Surroundings } from './surroundings';
import { echoesIn, worstOf } from './echo';
import { readSymptom } from './symptom';
import { readsOf, wantedRemediation, writesOf } from './wanted-remediation';

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
      return lookForSymptom(occasion, world);
    case 'plan':
      return plan(effect, occasion.incident, world);
    case 'admit':
      return askGuards(effect, occasion, world);
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

async function lookForSymptom({ incident, history }: Occasion, world: Surroundings): Promise<Performed> {
  const sick = [incident, ...(incident.memory.echoes > 0 ? echoesIn(history) : [])];
  const kinds = [...new Set(sick.map(({ resource }) => resource.kind))];
  const reads = new Set<string>([...readsOfAlarm, ...kinds.flatMap((kind) => world.vitals.get(kind)?.reads ?? [])]);
  const { aws, calls } = open(incident, { by: `vitals of ${kinds.join(', ')}`, reads, writes: new Set() }, world);
  try {
    const seen = await Promise.all(sick.map((one) => readSymptom(one, world.vitals.get(one.resource.kind), aws)));
    const { type, detail, elsewhere } = worstOf(seen);
    const at = world.clock.now();
    if (type === 'symptom.present') return { event: { type, at, detail, ...(elsewhere && { elsewhere }) }, calls };
    return { event: { type, at, detail }, calls };
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
  const remediation = wantedRemediation(name, incident, world);
  if (!remediation)
    return {
      event: { type: 'plan.refused', at: world.clock.now(), remediation: name, reason: unknown(name) },
      calls: [],
    };
  const { aws, calls } = open(incident, readsOf(remediation), world);
  const unfit = unfitness(remediation, incident.resource.kind);
  if (unfit)
    return { event: { type: 'plan.refused', at: world.clock.now(), remediation: name, reason: unfit }, calls: [] };
  const attemptKey = `${incident.id}/${incident.memory.rung}`;
  try {
    const answer = await remediation.plan(
      { resource: incident.resource, condition: incident.condition, attemptKey, since: incident.openedAt },
      parameters,
      aws,
    );
    const at = world.clock.now();
    if (answer.kind === 'refused')
      return { event: { type: 'plan.refused', at, remediation: name, reason: answer.reason }, calls };
    if (answer.kind === 'busy')
      return { event: { type: 'plan.busy', at, remediation: name, reason: answer.reason }, calls };
    if (answer.kind === 'notNeeded')
      return { event: { type: 'plan.notNeeded', at, remediation: name, reason: answer.reason }, calls };
    const touches = claimedBy(answer).map(resourceKey);
    // A plan lives as JSON from here on: what JSON cannot carry must not be missed first after a crash.
    const stored = JSON.parse(JSON.stringify(answer.plan)) as PlanMade['plan'];
    const { summary, destroys = [] } = answer;
    const planHash = planHashOf(name, answer.plan, answer.touches, destroys);
    const event = {
      type: 'plan.made',
      at,
      remediation: name,
      plan: stored,
      planHash,
      touches: [...new Set(touches)],
      summary,
      destroys: [...destroys],
      patience: remediation.patience,
    } as const;
    return { event, calls, planned: answer };
  } catch (error) {
    const { kind, reason: why } = failureOf(error);
    const reason = `it could not read what it needs: ${why}`;
    // What fails now may go through later: a harsher remediation is not called for by that.
    const type = kind === 'unknown' ? 'plan.busy' : 'plan.refused';
    return { event: { type, at: world.clock.now(), remediation: name, reason }, calls };
  }
}

async function askGuards(
  effect: Extract<Effect, { type: 'admit' }>,
  { incident, planned }: Occasion,
  world: Surroundings,
): Promise<Performed> {
  const reads = new Set<string>([...readsBesideVitals, ...[...world.vitals.values()].flatMap((one) => one.reads)]);
  const { aws, calls } = open(incident, { by: 'the guards', reads, writes: new Set() }, world);
  return { ...(await admit(effect, incident, planned, aws, world)), calls };
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
  const remediation = wantedRemediation(effect.remediation, incident, world);
  if (!remediation)
    return { event: { type: 'start.refused', at: world.clock.now(), reason: unknown(effect.remediation) }, calls: [] };
  const { aws, calls } = open(incident, writesOf(remediation, incident), world);
  try {
    const answer = await startOnce(remediation, effect.plan, aws, calls);
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

/** Tries of a start that could not read what it needs to know: a harsher remediation is not called for by a call that failed. */
const readTriesAtMost = 3;

/** Starts it. What threw before anything was sent is tried again at once; from the first write on nothing is. */
async function startOnce(
  remediation: Remediation,
  plan: unknown,
  aws: Access['aws'],
  calls: readonly RecordedCall[],
): Promise<Start> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await remediation.start(plan, aws);
    } catch (error) {
      const hasWritten = calls.some(({ access }) => access === 'write');
      if (hasWritten || tries === readTriesAtMost || failureOf(error).kind === 'refused') throw error;
    }
  }
}

async function check(
  effect: Extract<Effect, { type: 'check' }>,
  incident: Incident,
  world: Surroundings,
): Promise<Performed> {
  const remediation = wantedRemediation(effect.remediation, incident, world);
  if (!remediation)
    return { event: { type: 'check.failed', at: world.clock.now(), detail: unknown(effect.remediation) }, calls: [] };
  // Nothing was started: the question is whether somebody else did it.
  if (incident.state === 'comparing' && remediation.unseen !== undefined)
    return { event: { type: 'check.pending', at: world.clock.now(), detail: remediation.unseen }, calls: [] };
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
  { kind, contact, ofMany }: Extract<Effect, { type: 'notify' }>,
  { incident, history }: Occasion,
  world: Surroundings,
): Promise<Performed> {
  try {
    const told = await world.notifier.notify({ kind, contact, ofMany }, incident, history);
    const folded = told === 'folded' ? { folded: true } : {};
    return { event: { type: 'notification.sent', at: world.clock.now(), contact, ...folded }, calls: [] };
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

function unknown(name: string): string {
  return `there is no remediation named ${name}; was it removed while an incident was using it?`;
}
