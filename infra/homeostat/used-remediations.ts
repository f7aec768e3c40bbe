import { remediations } from '../../remediations/index';
import type { Remediation } from '../../remediations/remediation';
import type { Policy } from '../../statemachines/policy';
import type { Rung } from '../../statemachines/rule';

/** A remediation that rules of the policy name, with the settings that each of them gives it. */
export interface UsedRemediation {
  readonly remediation: Remediation;
  readonly rungs: readonly Rung[];
}

function usedBy(rungs: readonly Rung[]): readonly UsedRemediation[] {
  return remediations
    .map((remediation) => ({ remediation, rungs: rungs.filter((rung) => rung.remediation === remediation.name) }))
    .filter((used) => used.rungs.length > 0);
}

/** Remediations that the policy may plan: rules in observe plan, too. */
export function plannedRemediations({ rules }: Policy): readonly UsedRemediation[] {
  return usedBy(rules.flatMap(({ rule }) => rule.ladder));
}

/** Remediations that the policy may start. Windows only make a rule stricter, so that its own mode is the loosest. */
export function startedRemediations({ rules }: Policy): readonly UsedRemediation[] {
  return usedBy(rules.filter(({ rule }) => rule.mode !== 'observe').flatMap(({ rule }) => rule.ladder));
}
