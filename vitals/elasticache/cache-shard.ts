import type { Calls } from '../aws';
import { readCacheCluster } from './cache-cluster';
import {
  latestByNode,
  readCacheGroup,
  readGroupNodes,
  type CacheGroup,
  type GroupNode,
  type Shard,
} from './cache-group';

/** All actions of `readShard`. */
export const shardReads = [
  'cloudwatch:GetMetricData',
  'elasticache:DescribeCacheClusters',
  'elasticache:DescribeReplicationGroups',
] as const;

export interface Replica extends GroupNode {
  readonly status: string;
  /** Seconds by which it follows its primary; undefined where CloudWatch is silent. */
  readonly lagSeconds: number | undefined;
}

/** A shard of a replication group, with all that a failover of it depends on. */
export interface ShardReading {
  readonly kind: 'found';
  readonly group: CacheGroup;
  readonly shard: Shard;
  readonly primary: GroupNode;
  readonly replicas: readonly Replica[];
  /** What waits for the maintenance window, in the group or in a node of the shard. */
  readonly pending: readonly string[];
}

type Reads = Calls<(typeof shardReads)[number]>;
type NotFound = { readonly kind: 'refused'; readonly reason: string };

/** The shard that a node is of, or the only one that a group has. */
export async function readShard(
  of: { readonly kind: 'cache-group' | 'cache-cluster'; readonly id: string },
  aws: Reads,
): Promise<ShardReading | NotFound> {
  const named = of.kind === 'cache-group' ? { kind: 'group' as const, id: of.id } : await groupOfNode(of.id, aws);
  if (named.kind === 'refused') return named;
  const reading = await readCacheGroup(named.id, aws);
  if (reading.kind === 'absent') return { kind: 'refused', reason: `${named.id} no longer exists` };
  if (reading.kind === 'unreadable') return { kind: 'refused', reason: reading.detail };
  const { group } = reading;
  const asked: readonly Shard[] =
    of.kind === 'cache-group'
      ? group.shards
      : group.shards.filter(({ nodes }) => nodes.some(({ id }) => id.toLowerCase() === of.id.toLowerCase()));
  const [shard, ...more] = asked;
  if (!shard) return { kind: 'refused', reason: `ElastiCache does not show ${of.id} in a shard of ${group.id}` };
  if (more.length > 0) {
    return {
      kind: 'refused',
      reason: `which of the ${more.length + 1} shards of ${group.id} is sick only a node can tell`,
    };
  }
  const primary = await primaryOf(shard, aws);
  if (!primary)
    return { kind: 'refused', reason: `which node of shard ${shard.id} of ${group.id} is its primary is not told` };
  return withReplicas(group, shard, primary, aws);
}

async function groupOfNode(
  id: string,
  aws: Reads,
): Promise<{ readonly kind: 'group'; readonly id: string } | NotFound> {
  const reading = await readCacheCluster(id, aws);
  if (reading.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
  if (reading.kind === 'unreadable') return { kind: 'refused', reason: reading.detail };
  const { group } = reading.cluster;
  return group === undefined
    ? { kind: 'refused', reason: `${id} is in no replication group: nothing could take over` }
    : { kind: 'group', id: group };
}

/** ElastiCache shows the roles of a group that has no shards to spread keys over; of others a metric tells. */
async function primaryOf({ nodes }: Shard, aws: Reads): Promise<GroupNode | undefined> {
  const masters = nodes.some(({ role }) => role === 'untold') ? await latestByNode('IsMaster', nodes, aws) : undefined;
  const primaries = nodes.filter(({ id, role }) => (masters ? masters.get(id) === 1 : role === 'primary'));
  return primaries.length === 1 ? primaries[0] : undefined;
}

async function withReplicas(group: CacheGroup, shard: Shard, primary: GroupNode, aws: Reads): Promise<ShardReading> {
  const nodes = await readGroupNodes(group, aws);
  const others = shard.nodes.filter((node) => node !== primary);
  const lags = await latestByNode('ReplicationLag', others, aws);
  const replicas = others.map((node) => ({
    ...node,
    status: nodes.get(node.id)?.status ?? 'unknown',
    lagSeconds: lags.get(node.id),
  }));
  const waiting = shard.nodes.flatMap(({ id }) => nodes.get(id)?.pending ?? []);
  return { kind: 'found', group, shard, primary, replicas, pending: [...new Set([...group.pending, ...waiting])] };
}
