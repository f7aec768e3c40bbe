import type { Calls } from '../../../vitals/aws';
import type { CacheCluster } from '../../../vitals/elasticache/cache-cluster';
import { readNodeRestarts, type CacheEvent } from '../../../vitals/elasticache/cache-events';
import { findSickNode } from '../../../vitals/elasticache/cache-node';
import type { Plan } from '../reboot-cache-nodes';
import { standInsOf } from './stand-ins';

type Reads = Calls<
  | 'cloudwatch:GetMetricData'
  | 'elasticache:DescribeCacheClusters'
  | 'elasticache:DescribeEvents'
  | 'elasticache:DescribeReplicationGroups'
>;

/** What has changed since the plan; undefined when nothing has. */
export async function change(plan: Plan, cluster: CacheCluster, aws: Reads): Promise<string | undefined> {
  const { node, account, region } = plan;
  const [since] = await restartsSince(plan, aws);
  if (since) return `${cluster.id} was restarted since the plan: ${since.message}`;
  const sick = await findSickNode(cluster, aws);
  if (sick.kind !== 'found') return sick.reason;
  if (sick.node.id !== node) return `node ${node} of ${cluster.id} is well again, and ${sick.node.id} is sick`;
  const standIns = await standInsOf(cluster, node, { kind: 'cache-cluster', id: cluster.id, account, region }, aws);
  return 'refused' in standIns ? standIns.refused : undefined;
}

/** Restarts of the node that the plan did not know of. */
export async function restartsSince(
  { cluster, node, lastRestartAt }: Plan,
  aws: Reads,
): Promise<readonly CacheEvent[]> {
  return (await readNodeRestarts(cluster, node, aws)).filter(({ at }) => at > lastRestartAt);
}
