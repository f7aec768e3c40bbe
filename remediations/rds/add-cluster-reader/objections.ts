import type { Calls } from '../../../vitals/aws';
import type { DbCluster, DbClusterMember } from '../../../vitals/rds/db-cluster';
import { workOnDatabase } from '../../../vitals/rds/db-instance';
import { readReaderScaling } from '../../../vitals/rds/db-readers';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';
import type { Plan } from '../add-cluster-reader';

type Reads = Calls<'application-autoscaling:DescribeScalableTargets'>;
type Chosen = Pick<Plan, 'condition' | 'mostReaders'>;

/** Why this cluster is not given a reader as it stands; undefined when it may be. */
export async function hindranceTo(cluster: DbCluster, chosen: Chosen, aws: Reads): Promise<Hindrance | undefined> {
  return busyWith(workOn(cluster)) ?? refusedFor(await objectionTo(cluster, chosen, aws));
}

/** The writer: a reader is made like it. */
export function writerOf({ members }: DbCluster): DbClusterMember | undefined {
  return members.find(({ writer }) => writer);
}

/** What is under way in the cluster: a reader that comes or goes changes what is needed. */
function workOn(cluster: DbCluster): string | undefined {
  const moving = cluster.members.find(({ status }) => status === 'creating' || status === 'deleting');
  return workOnDatabase(cluster) ?? (moving && `${moving.id} of ${cluster.id} is ${moving.status}`);
}

async function objectionTo(
  cluster: DbCluster,
  { condition, mostReaders }: Chosen,
  aws: Reads,
): Promise<string | undefined> {
  const { id, engine, status, members } = cluster;
  if (!engine.startsWith('aurora')) return `${id} runs ${engine}: only an Aurora cluster takes further readers`;
  if (status !== 'available') return `${id} is ${status}: RDS adds a reader only to what is available`;
  if (!writerOf(cluster)) return `${id} has no writer whose class a reader could have`;
  const readers = members.filter(({ writer }) => !writer);
  if (condition === 'db-writer-unhealthy' && readers.length > 0) {
    return `${id} has ${readers.length === 1 ? 'a reader' : 'readers'} already: use failover-db-cluster`;
  }
  if (readers.length >= mostReaders) return `${id} has ${readers.length} readers, and may have ${mostReaders}`;
  const scaling = await readReaderScaling(id, aws);
  return scaling && `auto scaling keeps ${scaling.min} to ${scaling.max} readers in ${id}: raise its bounds instead`;
}
