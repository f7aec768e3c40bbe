import type { RecoveredSignal, UnhealthySignal } from '../signals/signal';
import { listed } from './policy/nearest-name';
import type { Policy } from './policy';
import type { PolicyRule } from './policy/rule';
import type { Rule } from './rule';
import { hangsOnTags, type Tags, takes } from './policy/where';

type Sickness = UnhealthySignal | RecoveredSignal;

/** The rule that takes a signal, or why none does. */
export type Route = { readonly kind: 'rule'; readonly rule: Rule } | { readonly kind: 'none'; readonly reason: string };

/** What one rule says to a signal, in words for people. */
export interface RouteReason {
  /** Name of the rule. */
  readonly rule: string;
  /** Whether it is on the signal's condition at all. */
  readonly concerned: boolean;
  /** Whether it has the signal; of several that match, the first has it. */
  readonly matches: boolean;
  readonly why: string;
}

type Answer = { readonly kind: 'yes' | 'no' | 'undecided'; readonly why: string };

function answer({ on, where }: PolicyRule, signal: Sickness, tags: Tags): Answer {
  if (!on.includes(signal.condition))
    return { kind: 'no', why: `it is on ${listed(on, 'or')}, not ${signal.condition}` };
  const asked = takes(where, signal, tags);
  if (asked.kind !== 'yes') return asked;
  return { kind: 'yes', why: where.length > 0 ? 'its on and its where match' : `it is on ${signal.condition}` };
}

/**
 * Routes a signal to the first rule that takes it. A rule that cannot decide, because the tags are unreadable, ends the
 * search: a later rule must not get what an earlier one may have meant to keep from it.
 */
export function route(policy: Policy, signal: Sickness, tags: Tags): Route {
  for (const one of policy.rules) {
    const { kind, why } = answer(one, signal, tags);
    if (kind === 'yes') return { kind: 'rule', rule: one.rule };
    if (kind === 'undecided') return { kind: 'none', reason: `rule ${one.rule.name} cannot decide: ${why}` };
  }
  const { condition, resource } = signal;
  const hasCondition = policy.rules.some(({ on }) => on.includes(condition));
  const reason = hasCondition
    ? `no rule on ${condition} takes ${resource.kind} ${resource.id}: see its where`
    : `no rule is on ${condition}`;
  return { kind: 'none', reason };
}

/** Why each rule takes a signal or does not, in the order of the policy. */
export function explainRouting(policy: Policy, signal: Sickness, tags: Tags): readonly RouteReason[] {
  let decided: string | undefined;
  return policy.rules.map((one) => {
    const told = { rule: one.rule.name, concerned: one.on.includes(signal.condition) };
    const { kind, why } = answer(one, signal, tags);
    if (kind === 'no') return { ...told, matches: false, why };
    if (decided !== undefined) return { ...told, matches: false, why: `${why}, but ${decided}` };
    decided = kind === 'yes' ? `${told.rule} comes first` : `${told.rule} could not decide`;
    return { ...told, matches: kind === 'yes', why };
  });
}

/** Whether the tags of its resource can make a difference to who takes the signal. */
export function asksForTags(policy: Policy, signal: Sickness): boolean {
  return policy.rules.some(({ on, where }) => on.includes(signal.condition) && where.some(hangsOnTags));
}
