import type { Policy } from '../../statemachines/policy';

/**
 * Whom to tell instead of a contact that the policy does not have, or where an incident's own cannot be read: the first tier of
 * today's rule of that name; else of every rule, for one of them must know.
 */
export function standIns(rule: string | undefined, { rules }: Pick<Policy, 'rules'>): readonly string[] {
  const today = rules.find((one) => one.rule.name === rule);
  return [...new Set((today ? [today] : rules).map((one) => one.rule.escalate[0].contact))];
}
