import type { NodeGroup, ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { Calls } from '../aws';
import { cacheCluster, type CacheCluster } from './cache-cluster';
import { cacheIdentifier, cacheServes, notACacheId, readCacheTags, waitingChanges, workOnCache } from './cache-status';
import { latestValues } from '../latest-values';
import { everyItem } from '../pages';
import { defineVitals, type Health } from '../vitals';

export interface GroupNode {
  /** Id of the cluster that it is to ElastiCache. */
  readonly id: string;
  readonly zone: string | undefined;
  /** Untold where the group has shards: its clients find out themselves. */
  readonly role: 'primary' | 'replica' | 'untold';
}

export interface Shard {
  readonly id: string;
  readonly nodes: readonly GroupNode[];
}

/** What keeps a group's primary replaced: on in both is AWS's own healing. */
export interface Guard {
  readonly automaticFailover: boolean;
  readonly multiAz: boolean;
}

/** A replication group of Valkey or Redis OSS, as far as healing it needs. */
export interface CacheGroup {
  readonly id: string;
  readonly arn: string;
  /** ElastiCache's own word, such as `available` or `snapshotting`. */
  readonly status: string;
  readonly nodeType: string;
  /** Whether its keys are spread over shards that can be added. */
  readonly clusterMode: boolean;
  readonly guard: Guard;
  /** Never empty. */
  readonly shards: readonly [Shard, ...Shard[]];
  /** Name of the global datastore that it is part of. */
  readonly globalDatastore: string | undefined;
  /** Names of the settings that wait to be applied. */
  readonly pending: readonly string[];
}

export type CacheGroupReading =
  | { readonly kind: 'found'; readonly group: CacheGroup }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with one whole group of that id. */
  | { readonly kind: 'unreadable'; readonly detail: string };

type Reads = Calls<'elasticache:DescribeReplicationGroups'>;

/** Reads a replication group. AWS's refusals other than "not found" are thrown as they come. */
export async function readCacheGroup(id: string, aws: Reads): Promise<CacheGroupReading> {
  if (!cacheIdentifier.test(id)) return { kind: 'unreadable', detail: notACacheId(id) };
  try {
    const { ReplicationGroups = [] } = await aws.elasticache.describeReplicationGroups({ ReplicationGroupId: id });
    const [raw, ...more] = ReplicationGroups;
    const group = raw && cacheGroup(raw);
    if (!group || more.length > 0 || group.id.toLowerCase() !== id.toLowerCase()) {
      return {
        kind: 'unreadable',
        detail: `ElastiCache did not answer with exactly one whole replication group ${id}`,
      };
    }
    return { kind: 'found', group };
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplicationGroupNotFoundFault') return { kind: 'absent' };
    throw error;
  }
}

function cacheGroup(raw: ReplicationGroup): CacheGroup | undefined {
  const {
    ReplicationGroupId: id,
    ARN: arn,
    Status: status,
    CacheNodeType: nodeType,
    ClusterEnabled: clusterMode,
  } = raw;
  const [first, ...others] = (raw.NodeGroups ?? []).map(shardOf);
  if (!id || !arn || !status || !nodeType || clusterMode === undefined || !first) return undefined;
  const shards: CacheGroup['shards'] = [first, ...others];
  const shown = shards.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (shown === 0 || shown !== raw.MemberClusters?.length) return undefined;
  return {
    id,
    arn,
    status,
    nodeType,
    clusterMode,
    guard: { automaticFailover: raw.AutomaticFailover === 'enabled', multiAz: raw.MultiAZ === 'enabled' },
    shards,
    globalDatastore: raw.GlobalReplicationGroupInfo?.GlobalReplicationGroupId,
    pending: waitingChanges(raw.PendingModifiedValues),
  };
}

function shardOf({ NodeGroupId, NodeGroupMembers = [] }: NodeGroup): Shard {
  return {
    id: NodeGroupId ?? '',
    nodes: NodeGroupMembers.flatMap(({ CacheClusterId, PreferredAvailabilityZone: zone, CurrentRole }) => {
      const role = CurrentRole === 'primary' || CurrentRole === 'replica' ? CurrentRole : 'untold';
      return CacheClusterId ? [{ id: CacheClusterId, zone, role } as const] : [];
    }),
  };
}

/** The clusters that the nodes of a group are to ElastiCache. Throws unless it shows every one. */
export async function readGroupNodes(
  { id, shards }: CacheGroup,
  aws: Calls<'elasticache:DescribeCacheClusters'>,
): Promise<ReadonlyMap<string, CacheCluster>> {
  const described = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.elasticache.describeCacheClusters({
        ShowCacheNodeInfo: true,
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { CacheClusters: page.CacheClusters, NextToken: page.Marker };
    },
    (page) => page.CacheClusters,
  );
  const own = described.filter(({ ReplicationGroupId }) => ReplicationGroupId === id);
  const nodes = new Map(own.flatMap((raw) => cacheCluster(raw) ?? []).map((cluster) => [cluster.id, cluster]));
  const missing = shards.flatMap((shard) => shard.nodes).find((node) => !nodes.has(node.id));
  if (missing) throw new Error(`ElastiCache does not show ${missing.id}, a node of ${id}, as a cluster`);
  return nodes;
}

/** The latest value of a metric for each node, by its id; one that CloudWatch is silent about is left out. */
export async function latestByNode(
  metric: string,
  nodes: readonly GroupNode[],
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<ReadonlyMap<string, number>> {
  const metrics = nodes.map(({ id }) => ({
    namespace: 'AWS/ElastiCache',
    name: metric,
    dimensions: { CacheClusterId: id },
  }));
  const values = await latestValues(metrics, 'Average', aws);
  return new Map(nodes.flatMap(({ id }, place) => (values[place] === undefined ? [] : [[id, values[place]] as const])));
}

function healthOf({ id, status, clusterMode, shards }: CacheGroup): Health {
  if (status === 'deleting') return { kind: 'gone', detail: `${id} is being deleted` };
  if (!cacheServes(status)) return { kind: 'unhealthy', detail: `${id} is ${status}` };
  if (clusterMode) return { kind: 'healthy', detail: `${id} is ${status} with ${shards.length} shards` };
  const [primary, ...more] = shards[0].nodes.filter(({ role }) => role === 'primary');
  if (!primary) return { kind: 'unhealthy', detail: `${id} has no primary` };
  if (more.length > 0) return { kind: 'unknown', detail: `ElastiCache shows ${more.length + 1} primaries in ${id}` };
  return { kind: 'healthy', detail: `${id} is ${status} and its primary is ${primary.id}` };
}

async function readOrThrow(id: string, aws: Reads): Promise<CacheGroup | undefined> {
  const reading = await readCacheGroup(id, aws);
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.group : undefined;
}

/** A replication group is well when it answers clients and has one primary. It is itself the group that it stands in. */
export const cacheGroupVitals = defineVitals({
  kind: 'cache-group',
  reads: [
    'elasticache:DescribeReplicationGroups',
    'elasticache:DescribeCacheClusters',
    'elasticache:ListTagsForResource',
  ],
  // Nothing: a primary that is there may answer late, or not at all, and no status says so.
  sees: [],
  async health({ id }, _condition, aws) {
    const reading = await readCacheGroup(id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.group);
      case 'absent':
        return { kind: 'gone', detail: `${id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags({ id }, aws) {
    const group = await readOrThrow(id, aws);
    return group ? readCacheTags(group.arn, aws) : {};
  },
  async place(resource, aws) {
    const group = await readOrThrow(resource.id, aws);
    if (!group) return { groups: [] };
    const zone = group.shards[0].nodes.find(({ role }) => role === 'primary')?.zone;
    return { ...(zone !== undefined && { zone }), groups: [resource] };
  },
  async members({ id }, aws) {
    const group = await readOrThrow(id, aws);
    if (!group) return { size: 0, sick: 0 };
    const nodes = [...(await readGroupNodes(group, aws)).values()];
    return { size: nodes.length, sick: nodes.filter(({ status }) => !cacheServes(status)).length };
  },
  async busy({ id }, aws) {
    const group = await readOrThrow(id, aws);
    return group && workOnCache(group);
  },
});
