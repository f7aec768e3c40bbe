import type { DbInstance } from '../../../vitals/rds/db-instance';
import { isLost } from '../../../vitals/rds/db-restore';
import { checkOfCreated } from '../../named-creation';
import type { Check, Start } from '../../remediation';
import { answerToCreated, createdTags, createOnce, readCreated } from '../creation/created-instance';
import { handover, type Plan, type Reads, type Writes } from './plan';

/** Why this instance must not be restored for this condition, whatever its backups hold; undefined when it may. */
export function objectionToInstance(
  { id, status, cluster, source }: DbInstance,
  condition: string,
): string | undefined {
  if (cluster !== undefined) return `${id} is a member of the cluster ${cluster}, which is restored as a whole`;
  if (source !== undefined) return `${id} is a read replica of ${source}: make another one instead`;
  if (status === 'deleting') return `${id} is being deleted`;
  return condition === 'db-instance-failed' && !isLost(status)
    ? `${id} is ${status}, which is no failure that takes a restore`
    : undefined;
}

/** Makes the copy, unless it is there. */
export async function startInstance(
  plan: Plan,
  source: DbInstance,
  objection: string | undefined,
  aws: Writes,
): Promise<Start> {
  const answer = answerToCreated((await readCreated(plan.copy, plan.attemptKey, aws)).created, plan.copy);
  if (answer) return answer;
  if (objection) return { kind: 'refused', reason: objection };
  return createOnce(() =>
    aws.rds.restoreDBInstanceToPointInTime({
      ...source.settings.ofRestored,
      SourceDBInstanceIdentifier: plan.source,
      TargetDBInstanceIdentifier: plan.copy,
      RestoreTime: new Date(plan.at),
      Tags: createdTags(source.tags, plan.attemptKey),
    }),
  );
}

export async function checkInstance(plan: Plan, aws: Reads): Promise<Check> {
  const { created, instance } = await readCreated(plan.copy, plan.attemptKey, aws);
  const answer = checkOfCreated(created, `the copy ${plan.copy}`);
  return answer.kind === 'done' ? { ...answer, detail: handover(plan, instance?.address) } : answer;
}
