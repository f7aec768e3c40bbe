import { remediations } from '../../remediations/index';
import type { Remediation } from '../../remediations/remediation';
import type { Policy } from '../../statemachines/policy';
import { plannedRungs, startedRungs } from '../../statemachines/policy/used-rungs';
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

/** Remediations that the policy may plan, for the reader's role. */
export function plannedRemediations(policy: Policy): readonly UsedRemediation[] {
  return usedBy(plannedRungs(policy));
}

/** Remediations that the policy may start, each of which has a role. */
export function startedRemediations(policy: Policy): readonly UsedRemediation[] {
  return usedBy(startedRungs(policy));
}
