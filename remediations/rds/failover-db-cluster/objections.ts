import type { Calls } from '../../../vitals/aws';
import type { DbCluster } from '../../../vitals/rds/db-cluster';
import { workOnDatabase } from '../../../vitals/rds/db-instance';
import { failedOverLately } from '../../../vitals/rds/failovers';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';

type Reads = Calls<'rds:DescribeEvents' | 'rds:DescribeGlobalClusters'>;

/** Why this cluster is not failed over as it stands; undefined when it may be. */
export async function hindranceTo(cluster: DbCluster, aws: Reads): Promise<Hindrance | undefined> {
  return (
    refusedFor(unfitness(cluster)) ??
    busyWith(workOn(cluster)) ??
    refusedFor(
      objectionTo(cluster) ??
        (await distantWriter(cluster, aws)) ??
        (await failedOverLately(cluster.id, 'db-cluster', aws)),
    )
  );
}

/** What RDS or people are doing to the cluster or to its writer now; a writer that restarts may come up well. */
function workOn(cluster: DbCluster): string | undefined {
  const writer = cluster.members.find((member) => member.writer);
  return (
    workOnDatabase(cluster) ??
    (writer && workOnDatabase(writer) && `${writer.id}, the writer of ${cluster.id}, is ${writer.status}`)
  );
}

/** Why this cluster must not be failed over, whatever state it is in; undefined when it may. */
function unfitness({ id, engine, members, replicaOf, globalCluster }: DbCluster): string | undefined {
  if (engine === 'mysql') return `${id} is a Multi-AZ cluster of RDS for MySQL, where a failover can't name its target`;
  if (!engine.startsWith('aurora') && engine !== 'postgres') return `${id} runs ${engine}, which is not known here`;
  if (replicaOf) return `${id} follows ${replicaOf} and has no writer of its own`;
  if (globalCluster && !members.some((member) => member.writer)) {
    return `${id} follows the primary of the global cluster ${globalCluster} and has no writer of its own`;
  }
  return members.length < 2 ? `${id} has no reader to promote` : undefined;
}

/** Why this cluster must not be failed over as it stands; undefined when it may. */
export function objectionTo(cluster: DbCluster): string | undefined {
  const { id, status } = cluster;
  return unfitness(cluster) ?? (status === 'available' ? undefined : `${id} is ${status}, not available`);
}

/** Says so when the cluster's writer is, or may be, in another Region of a global cluster. */
async function distantWriter({ id, arn, globalCluster }: DbCluster, aws: Reads): Promise<string | undefined> {
  if (!globalCluster) return undefined;
  const { GlobalClusters = [] } = await aws.rds.describeGlobalClusters({ GlobalClusterIdentifier: globalCluster });
  const member = GlobalClusters.flatMap((each) => each.GlobalClusterMembers ?? []).find(
    (each) => each.DBClusterArn === arn,
  );
  return member?.IsWriter ? undefined : `${id} is not shown as the primary of the global cluster ${globalCluster}`;
}

/** Why the one must not be promoted instead of the other; undefined when it may. */
export function objectionToPromotion({ id, members }: DbCluster, to: string, from: string): string | undefined {
  const writers = members.filter((member) => member.writer).map((member) => member.id);
  if (writers.join() !== from) return `${writers.join(' and ') || 'nobody'} writes in ${id} now, and not ${from}`;
  const target = members.find((member) => member.id === to);
  if (!target) return `${to} is no member of ${id} any more`;
  return target.status === 'available' ? undefined : `${to} is ${target.status} now`;
}
