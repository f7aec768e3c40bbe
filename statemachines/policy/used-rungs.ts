import type { Policy } from '../policy';
import type { Rung } from '../rule';

/** Rungs that the policy may plan: rules in observe plan, too. */
export function plannedRungs({ rules }: Policy): readonly Rung[] {
  return rules.flatMap(({ rule }) => rule.ladder);
}

/** Rungs that the policy may start. Windows only make a rule stricter, so that its own mode is the loosest. */
export function startedRungs({ rules }: Policy): readonly Rung[] {
  return rules.filter(({ rule }) => rule.mode !== 'observe').flatMap(({ rule }) => rule.ladder);
}
