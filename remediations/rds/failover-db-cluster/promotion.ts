import type { Calls } from '../../../vitals/aws';
import { readDbCluster } from '../../../vitals/rds/db-cluster';
import { failedOverLately } from '../../../vitals/rds/failovers';
import type { Start } from '../../remediation';
import type { Plan } from '../failover-db-cluster';
import { objectionTo, objectionToPromotion } from './objections';

type Writes = Calls<
  'rds:DescribeDBClusters' | 'rds:DescribeDBInstances' | 'rds:DescribeEvents' | 'rds:FailoverDBCluster'
>;

/** Makes `to` the writer instead of `from`, unless it is so already. */
export async function promote(plan: Plan, to: string, from: string, aws: Writes): Promise<Start> {
  const reading = await readDbCluster(plan.cluster, aws);
  if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.cluster} can't be read any more` };
  const { cluster } = reading;
  if (cluster.members.some(({ id, writer }) => writer && id === to)) return { kind: 'started' };
  const objection =
    objectionToPromotion(cluster, to, from) ??
    objectionTo(cluster) ??
    // Putting back what the plan did follows a failover by nature.
    (to === plan.target ? await failedOverLately(cluster.id, 'db-cluster', aws) : undefined);
  if (objection) return { kind: 'refused', reason: objection };
  try {
    await aws.rds.failoverDBCluster({ DBClusterIdentifier: plan.cluster, TargetDBInstanceIdentifier: to });
  } catch (error) {
    if (!(error instanceof Error && /^InvalidDB(Cluster|Instance)StateFault$/.test(error.name))) throw error;
    return { kind: 'refused', reason: `${plan.cluster} is busy, maybe failing over already: ${error.message}` };
  }
  return { kind: 'started' };
}
