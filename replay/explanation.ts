import { asWanted } from '../remediations/snapshot-first';
import { unfitness, type Remediation } from '../remediations/remediation';
import { openAccess } from '../runtime/aws/access';
import { failureOf } from '../runtime/aws/failure';
import { tagsOf } from '../runtime/intake';
import { readEvent } from '../signals';
import type { Reading, Resource, UnhealthySignal } from '../signals/signal';
import { inMode } from '../statemachines/policy';
import { explainRouting, route, type RouteReason } from '../statemachines/routing';
import type { Rule, Rung } from '../statemachines/rule';
import { askGuards, type GuardAnswer } from './guard-answers';
import { timeOf, type RecordedEvent } from './recorded-events';
import { replay, type ReplaySetting } from './replay';
import type { ReportedIncident } from './report';
import { setStage, type Stage } from './stage';

/** What one rung would answer if it were its turn now. */
export interface RungAnswer extends Rung {
  readonly title: string;
  readonly risk: string;
  readonly whenNot: string;
  readonly answer: 'planned' | 'busy' | 'refused' | 'notNeeded' | 'unknown';
  /** What it would do, or why not. */
  readonly detail: string;
  /** What would be lost for good by it, one line each. */
  readonly destroys: readonly string[];
  /** What each guard would decide of the plan, in order; empty where there is none. */
  readonly guards: readonly GuardAnswer[];
}

/** What becomes of one signal of the event. */
export interface ExplainedSignal {
  readonly kind: 'unhealthy' | 'recovered' | 'progress';
  readonly condition: string | null;
  readonly resource: Resource;
  readonly detail: string;
  /** What each rule of the policy says to it, in order; empty for progress. */
  readonly routing: readonly RouteReason[];
  /** The rule that takes it, as the policy has it; null when none does. */
  readonly rule: Rule | null;
  readonly ladder: readonly RungAnswer[];
}

/** What `explain` says of one event; as JSON the names are a contract. */
export interface Explanation {
  readonly reading: Reading['kind'];
  /** Why there is no signal. */
  readonly reason: string | null;
  readonly signals: readonly ExplainedSignal[];
  /** What would have been recorded in mode `observe`. */
  readonly observed: readonly ReportedIncident[];
  /** What was made up because no account was described, one line each. */
  readonly assumed: readonly string[];
}

/** Explains what an event means to a policy, on the account of the setting or an assumed one. Nothing is started. */
export async function explain(recorded: RecordedEvent, setting: ReplaySetting): Promise<Explanation> {
  const { policy } = setting;
  const { accounts = 'any', regions = 'any', mappings } = policy;
  const reading = readEvent(recorded.event, { accounts, regions, mappings });
  if (reading.kind !== 'signals') {
    return { reading: reading.kind, reason: reading.reason, signals: [], observed: [], assumed: [] };
  }
  const time = timeOf(recorded);
  const stage = setStage(Number.isFinite(time) ? time : 0, setting);
  stage.follow(recorded.event);
  const ground = { ...setting, ...stage };
  const signals: ExplainedSignal[] = [];
  for (const signal of reading.signals) signals.push(await explainSignal(signal, ground));
  const { incidents } = await replay(only(recorded), { ...setting, policy: inMode('observe', policy) });
  return { reading: 'signals', reason: null, signals, observed: incidents, assumed: stage.assumed() };
}

type Ground = ReplaySetting & Pick<Stage, 'clock' | 'clients' | 'store'>;

async function explainSignal(
  signal: Extract<Reading, { kind: 'signals' }>['signals'][number],
  ground: Ground,
): Promise<ExplainedSignal> {
  const { kind, resource, detail } = signal;
  if (signal.kind === 'progress')
    return { kind, condition: null, resource, detail, routing: [], rule: null, ladder: [] };
  const { policy } = ground;
  const unhealthy: UnhealthySignal = { ...signal, kind: 'unhealthy' };
  const tags = await tagsOf(unhealthy, ground);
  const routed = route(policy, unhealthy, tags);
  const rule = routed.kind === 'rule' ? routed.rule : null;
  const ladder: RungAnswer[] = [];
  if (signal.kind === 'unhealthy')
    for (const rung of rule?.ladder ?? []) if (rule) ladder.push(await ask(rung, rule, unhealthy, ground));
  return {
    kind,
    condition: signal.condition,
    resource,
    detail,
    routing: explainRouting(policy, unhealthy, tags),
    rule,
    ladder,
  };
}

async function ask(rung: Rung, rule: Rule, signal: UnhealthySignal, ground: Ground): Promise<RungAnswer> {
  const known = ground.remediations.get(rung.remediation);
  const remediation = known && asWanted(known, rung);
  if (!remediation)
    return {
      ...rung,
      ...{ title: '', risk: '', whenNot: '', answer: 'unknown', detail: 'there is no such remediation' },
      ...nothingPlanned,
    };
  const { title, risk, whenNot } = remediation;
  return { ...rung, title, risk, whenNot, ...(await planOf(remediation, rung, rule, signal, ground)) };
}

const nothingPlanned = { destroys: [], guards: [] } as const;

async function planOf(
  remediation: Remediation,
  { parameters }: Rung,
  rule: Rule,
  signal: UnhealthySignal,
  ground: Ground,
): Promise<Pick<RungAnswer, 'answer' | 'detail' | 'destroys' | 'guards'>> {
  const { name, permissions } = remediation;
  const { resource, condition } = signal;
  const unfit = unfitness(remediation, resource.kind);
  if (unfit) return { answer: 'refused', detail: unfit, ...nothingPlanned };
  const allowed = { by: name, reads: new Set<string>(permissions.read), writes: new Set<string>() };
  try {
    const { aws } = openAccess(ground.clients, ground.clock, resource, allowed);
    const planning = await remediation.plan({ resource, condition, attemptKey: 'explain/0' }, parameters, aws);
    if (planning.kind !== 'planned') return { answer: planning.kind, detail: planning.reason, ...nothingPlanned };
    const { summary, destroys = [] } = planning;
    return {
      answer: 'planned',
      detail: summary,
      destroys,
      guards: await askGuards(name, planning, rule, signal, ground),
    };
  } catch (error) {
    return {
      answer: 'refused',
      detail: `it could not read what it needs: ${failureOf(error).reason}`,
      ...nothingPlanned,
    };
  }
}

async function* only(recorded: RecordedEvent): AsyncGenerator<RecordedEvent> {
  yield recorded;
}
