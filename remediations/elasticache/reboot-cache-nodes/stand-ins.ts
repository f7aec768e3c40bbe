import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import type { CacheCluster } from '../../../vitals/elasticache/cache-cluster';
import { readCacheGroup, readGroupNodes } from '../../../vitals/elasticache/cache-group';
import { cacheServes } from '../../../vitals/elasticache/cache-status';
import type { Group } from '../../remediation';

type Reads = Calls<'elasticache:DescribeCacheClusters' | 'elasticache:DescribeReplicationGroups'>;

/** Who does the work of a node while it restarts; or why it must not restart, being what it is. */
export async function standInsOf(
  cluster: CacheCluster,
  node: string,
  { account, region }: Resource,
  aws: Reads,
): Promise<{ readonly group: Group | 'alone' } | { readonly refused: string }> {
  const { id, nodes } = cluster;
  if (cluster.group !== undefined) return inGroup(id, { kind: 'cache-group', id: cluster.group, account, region }, aws);
  if (nodes.length === 1) return { group: 'alone' };
  const healthyOthers = nodes.filter((other) => other.id !== node && cacheServes(other.status)).length;
  return { group: { resource: { kind: 'cache-cluster', id, account, region }, size: nodes.length, healthyOthers } };
}

async function inGroup(id: string, resource: Resource, aws: Reads): ReturnType<typeof standInsOf> {
  const reading = await readCacheGroup(resource.id, aws);
  if (reading.kind === 'absent') return { refused: `${resource.id}, which ${id} is a node of, does not exist` };
  if (reading.kind === 'unreadable') return { refused: reading.detail };
  const { group } = reading;
  if (group.clusterMode)
    return { refused: `${group.id} has cluster mode, and ElastiCache restarts no nodes of such a group` };
  const role = group.shards[0].nodes.find((node) => node.id === id)?.role ?? 'untold';
  if (role !== 'replica') {
    const why =
      role === 'primary' ? `is the primary of ${group.id}: use failover-cache-shard` : `has a role that is not told`;
    return { refused: `${id} ${why}` };
  }
  const nodes = [...(await readGroupNodes(group, aws)).values()];
  const healthyOthers = nodes.filter((node) => node.id !== id && cacheServes(node.status)).length;
  return { group: { resource, size: nodes.length, healthyOthers } };
}
