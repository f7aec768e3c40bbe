import { readDbCluster, type DbCluster } from '../../../vitals/rds/db-cluster';
import { checkOfCreated, type Created } from '../../named-creation';
import type { Check, Start } from '../../remediation';
import { answerToCreated, createdOf, createdTags, createOnce, readCreated } from '../creation/created-instance';
import { handover, type Plan, type Reads, type Writes } from './plan';

/** Why this cluster must not be restored, whatever its backups hold; undefined when it may. */
export function objectionToCluster({ id, engine, status, members, replicaOf }: DbCluster): string | undefined {
  if (!engine.startsWith('aurora')) return `${id} runs ${engine}: only Aurora clusters are restored here`;
  if (status === 'deleting') return `${id} is being deleted`;
  if (replicaOf !== undefined) return `${id} is a replica of ${replicaOf}: restore that`;
  return members.some(({ writer }) => writer) ? undefined : `${id} has no writer whose class a copy could have`;
}

/** The first step restores the storage under a cluster without members; the second gives it a writer. */
export async function startCluster(
  plan: Plan,
  source: DbCluster,
  objection: string | undefined,
  aws: Writes,
): Promise<Start> {
  const { created, cluster } = await readCopy(plan, aws);
  if (created.kind === 'found' && created.standing === 'ready' && cluster?.members.length === 0) {
    return startMember(plan, source, aws);
  }
  const answer = answerToCreated(created, plan.copy);
  if (answer) return answer;
  if (objection) return { kind: 'refused', reason: objection };
  return createOnce(() =>
    aws.rds.restoreDBClusterToPointInTime({
      ...source.settings,
      SourceDBClusterIdentifier: plan.source,
      DBClusterIdentifier: plan.copy,
      RestoreToTime: new Date(plan.at),
      Tags: createdTags(source.tags, plan.attemptKey),
    }),
  );
}

async function startMember(plan: Plan, source: DbCluster, aws: Writes): Promise<Start> {
  const model = source.members.find(({ writer }) => writer);
  if (!model) return { kind: 'refused', reason: `${plan.source} has no writer any more whose class a copy could have` };
  const answer = answerToCreated((await readCreated(plan.copy, plan.attemptKey, aws)).created, plan.copy);
  if (answer) return answer;
  return createOnce(() =>
    aws.rds.createDBInstance({
      ...model.settings.ofMember,
      // An instance and a cluster may have one and the same identifier.
      DBInstanceIdentifier: plan.copy,
      DBClusterIdentifier: plan.copy,
      DBInstanceClass: model.instanceClass,
      Engine: source.engine,
      Tags: createdTags(model.tags, plan.attemptKey),
    }),
  );
}

export async function checkCluster(plan: Plan, aws: Reads): Promise<Check> {
  const { created, cluster } = await readCopy(plan, aws);
  const restored = checkOfCreated(created, `the copy ${plan.copy}`);
  if (restored.kind !== 'done') return restored;
  const member = await readCreated(plan.copy, plan.attemptKey, aws);
  if (member.created.kind === 'absent')
    return { kind: 'continue', detail: `${plan.copy} is restored and needs a writer` };
  const answer = checkOfCreated(member.created, `the writer ${plan.copy} of the copy`);
  return answer.kind === 'done' ? { ...answer, detail: handover(plan, cluster?.address) } : answer;
}

async function readCopy({ copy, attemptKey }: Plan, aws: Reads): Promise<{ created: Created; cluster?: DbCluster }> {
  const reading = await readDbCluster(copy, aws);
  if (reading.kind === 'absent') return { created: { kind: 'absent' } };
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return { created: createdOf(reading.cluster, attemptKey), cluster: reading.cluster };
}
