import { remediations } from '../../remediations/index';
import type { Remediation } from '../../remediations/remediation';
import { snapshotFirst } from '../../remediations/snapshot-first';
import type { Policy } from '../../statemachines/policy';
import { plannedRungs, startedRungs } from '../../statemachines/policy/used-rungs';
import type { Rung } from '../../statemachines/rule';

/** A remediation that rules of the policy name, with the settings that each of them gives it. */
export interface UsedRemediation {
  /** With leave for snapshots where a rung wants one first, and without where none does. */
  readonly remediation: Remediation;
  readonly rungs: readonly Rung[];
}

function usedBy(rungs: readonly Rung[]): readonly UsedRemediation[] {
  return remediations
    .map((remediation) => ({ remediation, rungs: rungs.filter((rung) => rung.remediation === remediation.name) }))
    .filter((used) => used.rungs.length > 0)
    .map((used) => (used.rungs.some((rung) => rung.snapshotFirst) ? withSnapshots(used) : used));
}

function withSnapshots({ remediation, rungs }: UsedRemediation): UsedRemediation {
  return { remediation: snapshotFirst(remediation), rungs };
}

/** Remediations that the policy may plan, for the reader's role. */
export function plannedRemediations(policy: Policy): readonly UsedRemediation[] {
  return usedBy(plannedRungs(policy));
}

/** Remediations that the policy may start, each of which has a role. */
export function startedRemediations(policy: Policy): readonly UsedRemediation[] {
  return usedBy(startedRungs(policy));
}
