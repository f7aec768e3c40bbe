import { guards } from './guards';
import type { Facts } from './guards/facts';
import type { Asking, Refusal } from './guards/guard';
import type { OverallLimits } from './guards/overall-limits';
import type { Quota } from './quota';
import type { Rule } from './rule';
import { accountScope, kindOfScope, ruleScope, type Scope } from './scope';
import type { Resource } from '../signals/signal';

export type Admission =
  { readonly kind: 'granted' } | { readonly kind: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

/** Whether a remediation may start now. All that stands in the way is told, not the first thing only. */
export function decideAdmission(asking: Asking, facts: Facts): Admission {
  const [first, ...rest] = guards.flatMap((guard) => guard.refusals(asking, facts));
  return first === undefined ? { kind: 'granted' } : { kind: 'refused', refusals: [first, ...rest] };
}

const hour = 3_600;

/**
 * What a start counts in and how much of that there may be. `places` are the scopes of what is touched: its groups, zone and
 * region. A group has one at a time by its lock.
 */
export function quotasFor(
  rule: Rule,
  overall: OverallLimits,
  { account }: Pick<Resource, 'account'>,
  places: readonly Scope[],
): readonly Quota[] {
  const perHour = (scope: Scope, atMost: number): Quota => ({ scope, of: { startedWithinSeconds: hour }, atMost });
  return [
    { scope: ruleScope(rule.name), of: 'touching', atMost: rule.limits.atOnce },
    { scope: accountScope(account), of: 'touching', atMost: overall.account.atOnce },
    perHour(ruleScope(rule.name), rule.limits.perHour),
    perHour(accountScope(account), overall.account.perHour),
    ...places.filter((place) => kindOfScope(place) === 'group').map((place) => perHour(place, overall.group.perHour)),
  ];
}
