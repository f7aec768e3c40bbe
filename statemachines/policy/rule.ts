import { z } from 'zod';
import type { ConditionMapping } from '../../signals/condition-mapping';
import { type EventPattern, parseEventPattern } from '../../signals/event-pattern';
import type { WrittenRung } from './ladder';
import { heldTo } from './modes';
import type { WrittenPolicy, WrittenRule } from './schema';
import type { RemediationFacts } from './remediation-facts';
import type { Limits, Rule, Rung, Tier } from '../rule';
import { parseWhere, type Where } from './where';

/** A rule of a policy, and what it takes. */
export interface PolicyRule {
  /** As the machine uses it, in the policy's mode. */
  readonly rule: Rule;
  /** The same rule as it would be in a policy of mode act. */
  readonly asWritten: Rule;
  /** Conditions that it takes; of a rule that has `events`, the one of its own name. */
  readonly on: readonly [string, ...string[]];
  /** Empty: it takes every resource. */
  readonly where: Where;
}

const json = z.record(z.string(), z.json());

function patternOf(events: unknown): EventPattern {
  const read = parseEventPattern(json.parse(events));
  if (read.kind === 'pattern') return read.pattern;
  throw new Error(`an event pattern passed the check of the policy and yet is none: ${read.reason}`);
}

function whereOf(written: WrittenRule['where']): Where {
  const read = parseWhere(json.parse(written ?? {}));
  if (read.kind === 'where') return read.where;
  throw new Error('a where passed the check of the policy and yet is none');
}

function rungOf(
  { remediation, approval, mode, parameters, snapshotFirst }: WrittenRung,
  ofRule: WrittenRule,
  facts: readonly RemediationFacts[],
): Rung {
  // A remediation that is not in the list is not trusted to go without a person.
  const needsApproval = facts.find(({ name }) => name === remediation)?.needsApproval ?? true;
  const byItself = approval ?? (needsApproval ? 'required' : 'notRequired');
  const approves = mode === 'approve' && byItself === 'notRequired';
  const first = snapshotFirst ?? ofRule.snapshotFirst ?? false;
  return {
    remediation,
    approval: approves ? 'required' : byItself,
    parameters,
    ...(first && { snapshotFirst: true }),
  };
}

const byDefault = {
  waitSeconds: 0,
  holdDownSeconds: 0,
  verify: { within: 600, healthyFor: 180 },
  limits: { atOnce: 1, perHour: 4, minHealthy: { percent: 50 }, backoff: 120, recursWithin: 7_200 },
  approvalWithinSeconds: 1_800,
} as const;

/** The fields that are set, so that an absent one does not hide a default. */
function set<T extends object>(fields: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as never;
}

function tiersOf(written: NonNullable<WrittenRule['escalate']>): readonly [Tier, ...Tier[]] {
  const [first, ...others] = written.map((tier): Tier => {
    if (typeof tier === 'string') return { contact: tier, afterSeconds: 0 };
    const [contact = '', timing] = Object.entries(tier)[0] ?? [];
    return { contact, afterSeconds: timing?.after ?? 0 };
  });
  if (!first) throw new Error('a rule that calls nobody passed the check of the policy');
  return [first, ...others];
}

type Defaults = NonNullable<WrittenPolicy['defaults']>;

function limitsOf(written: WrittenRule, defaults: Defaults, ladder: readonly Rung[]): Limits {
  const {
    backoff: backoffSeconds,
    recursWithin: recursWithinSeconds,
    ...counted
  } = { ...byDefault.limits, attempts: ladder.length, ...set(defaults.limits), ...set(written.limits) };
  return { ...counted, backoffSeconds, recursWithinSeconds };
}

function waitsOf(written: WrittenRule, defaults: Defaults): Pick<Rule, 'waitSeconds' | 'holdDownSeconds'> {
  return {
    waitSeconds: written.wait ?? defaults.wait ?? byDefault.waitSeconds,
    holdDownSeconds: written.holdDown ?? defaults.holdDown ?? byDefault.holdDownSeconds,
  };
}

/** A rule with its defaults: its own, the policy's, the program's. */
export function policyRuleOf(
  written: WrittenRule,
  policy: WrittenPolicy,
  facts: readonly RemediationFacts[],
): PolicyRule {
  const { defaults = {} } = policy;
  const ladder = written.try.map((rung) => rungOf(rung, written, facts));
  const verify = { ...byDefault.verify, ...set(defaults.verify), ...set(written.verify) };
  const limits = limitsOf(written, defaults, ladder);
  const asWritten: Rule = heldTo(written.mode ?? 'act', {
    name: written.name,
    mode: 'act',
    ...waitsOf(written, defaults),
    ladder,
    verify: { withinSeconds: verify.within, healthyForSeconds: verify.healthyFor },
    limits,
    approvalWithinSeconds: written.approval?.within ?? defaults.approval?.within ?? byDefault.approvalWithinSeconds,
    escalate: tiersOf(written.escalate ?? defaults.escalate ?? []),
  });
  const [first = written.name, ...others] = written.on ?? [];
  return { rule: heldTo(policy.mode, asWritten), asWritten, on: [first, ...others], where: whereOf(written.where) };
}

/** How the operator's events become conditions. */
export function mappingsOf({ conditions = [], rules }: WrittenPolicy): ConditionMapping[] {
  const own = conditions.map(({ condition, events, resource, means }) => ({
    condition,
    pattern: patternOf(events),
    resource,
    means,
  }));
  const ofRules = rules.flatMap(({ name, events, resource }) =>
    events && resource ? [{ condition: name, pattern: patternOf(events), resource, means: 'unhealthy' as const }] : [],
  );
  return [...own, ...ofRules];
}
