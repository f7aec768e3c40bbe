import type { CacheCluster, NodeGroup, ReplicationGroup } from '@aws-sdk/client-elasticache';
import { z } from 'zod';
import type { SimulatedAccount } from '../world';
import { nodeType } from './node-type';
import { type Burden, type CacheSickness, cacheSicknessSchema, engineValue } from './sickness';

/** A replication group of Valkey or Redis OSS as a description of an account writes it; everything but the id has a default. */
export const cacheGroupSchema = z.strictObject({
  id: z.string().min(1),
  engine: z.enum(['valkey', 'redis']).default('valkey'),
  /** Whether its keys are spread over shards; else there is one shard. */
  clusterMode: z.boolean().default(false),
  nodeType: z.string().default('cache.r7g.large'),
  shards: z.int().positive().default(1),
  /** Of each shard. */
  replicas: z.int().nonnegative().default(1),
  /** Zones of the nodes in turn. Default: those of the region. */
  zones: z.array(z.string()).min(1).optional(),
  automaticFailover: z.boolean().default(true),
  multiAz: z.boolean().default(true),
  status: z.string().default('available'),
  /** Percent of the engine of one `large` node that all its reads would take. */
  load: z.number().nonnegative().default(60),
  dataGiB: z.number().nonnegative().default(4),
  /** Seconds by which its replicas follow. */
  lagSeconds: z.number().nonnegative().default(0.2),
  globalDatastore: z.strictObject({ id: z.string(), role: z.enum(['PRIMARY', 'SECONDARY']) }).optional(),
  /** The primary of its first shard is sick. */
  sick: cacheSicknessSchema.optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A replication group as one describes it: what has a default may be left out. */
export type CacheGroupDescription = z.input<typeof cacheGroupSchema>;

/** A node of a replication group: to ElastiCache a cluster of its own. */
export interface GroupNode {
  readonly id: string;
  readonly zone: string;
  status: string;
  lagSeconds: number;
  sick: CacheSickness | undefined;
}

export interface Shard {
  readonly id: string;
  readonly nodes: GroupNode[];
  primary: GroupNode;
}

/** A replication group as the account holds it. */
export interface CacheGroup extends Omit<z.output<typeof cacheGroupSchema>, 'shards' | 'replicas' | 'zones' | 'sick'> {
  readonly arn: string;
  readonly zones: readonly string[];
  readonly shards: Shard[];
}

/** The replication group that a description means, not yet in the account. */
export function groupFrom(account: SimulatedAccount, description: CacheGroupDescription): CacheGroup {
  const { shards, replicas, sick, ...given } = cacheGroupSchema.parse(description);
  const id = given.id.toLowerCase();
  const zones = given.zones ?? ['a', 'b', 'c'].map((letter) => `${account.region}${letter}`);
  const arn = account.arn('elasticache', `replicationgroup:${id}`);
  const group: CacheGroup = { ...given, id, zones, arn, shards: [] };
  addShards(group, given.clusterMode ? shards : 1, replicas);
  const [first] = group.shards;
  if (first) first.primary.sick = sick;
  return group;
}

/** Gives the group as many shards, with so many replicas each. */
export function addShards(group: CacheGroup, count: number, replicas: number): void {
  for (let place = group.shards.length; place < count; place += 1) {
    const id = String(place + 1).padStart(4, '0');
    const primary = nodeOf(group, id, 0);
    const shard = { id, nodes: [primary], primary };
    group.shards.push(shard);
    addReplicas(group, shard, replicas);
  }
}

/** Gives the shard as many replicas. */
export function addReplicas(group: CacheGroup, shard: Shard, replicas: number): void {
  while (shard.nodes.length < replicas + 1) shard.nodes.push(nodeOf(group, shard.id, shard.nodes.length));
}

function nodeOf({ id, clusterMode, zones, lagSeconds }: CacheGroup, shard: string, place: number): GroupNode {
  const number = String(place + 1).padStart(3, '0');
  return {
    id: clusterMode ? `${id}-${shard}-${number}` : `${id}-${number}`,
    zone: zones[place % zones.length] ?? '',
    status: 'available',
    lagSeconds,
    sick: undefined,
  };
}

/** What one node shows in a metric; undefined for one that isn't kept, and of an engine that doesn't run. */
export function nodeValue(group: CacheGroup, shard: Shard, node: GroupNode, metric: string): number | undefined {
  if (node.status !== 'available') return undefined;
  const isPrimary = node === shard.primary;
  switch (metric) {
    case 'IsMaster':
      return isPrimary ? 1 : 0;
    case 'ReplicationLag':
      return isPrimary ? undefined : node.sick ? 900 : node.lagSeconds;
    case 'MasterLinkHealthStatus':
      return isPrimary ? undefined : node.sick ? 0 : 1;
    case 'SetTypeCmdsLatency':
    case 'SuccessfulWriteRequestLatency':
      // Clients write to the primary only: what a replica shows is replication, which is quick.
      return isPrimary && node.sick ? 250_000 : 220;
    default:
      return engineValue(metric, burdenOf(group), node.sick);
  }
}

/** Reads are spread over all nodes, keys over the shards. */
function burdenOf({ load, dataGiB, nodeType: type, shards }: CacheGroup): Burden {
  const { memoryGiB, power } = nodeType(type);
  const nodes = shards.reduce((sum, shard) => sum + shard.nodes.length, 0);
  return { cpu: load / nodes / power, dataGiB: dataGiB / shards.length, memoryGiB };
}

/** The group as DescribeReplicationGroups shows it. */
export function describeGroup(group: CacheGroup): ReplicationGroup {
  return {
    ReplicationGroupId: group.id,
    Description: group.id,
    ARN: group.arn,
    Status: group.status,
    Engine: group.engine,
    CacheNodeType: group.nodeType,
    ClusterEnabled: group.clusterMode,
    ClusterMode: group.clusterMode ? 'enabled' : 'disabled',
    AutomaticFailover: group.automaticFailover ? 'enabled' : 'disabled',
    MultiAZ: group.multiAz ? 'enabled' : 'disabled',
    MemberClusters: group.shards.flatMap(({ nodes }) => nodes.map(({ id }) => id)),
    NodeGroups: group.shards.map((shard) => describeShard(group, shard)),
    PendingModifiedValues: {},
    SnapshotRetentionLimit: 1,
    ...(group.globalDatastore && {
      GlobalReplicationGroupInfo: {
        GlobalReplicationGroupId: group.globalDatastore.id,
        GlobalReplicationGroupMemberRole: group.globalDatastore.role,
      },
    }),
  };
}

function describeShard({ clusterMode, status }: CacheGroup, shard: Shard): NodeGroup {
  return {
    NodeGroupId: shard.id,
    Status: status,
    NodeGroupMembers: shard.nodes.map((node) => ({
      CacheClusterId: node.id,
      CacheNodeId: '0001',
      PreferredAvailabilityZone: node.zone,
      // With shards the clients find out who writes, and ElastiCache does not say.
      ...(!clusterMode && { CurrentRole: node === shard.primary ? 'primary' : 'replica' }),
    })),
  };
}

/** A node of it as DescribeCacheClusters shows it. */
export function describeNode(account: SimulatedAccount, group: CacheGroup, node: GroupNode): CacheCluster {
  return {
    CacheClusterId: node.id,
    ARN: account.arn('elasticache', `cluster:${node.id}`),
    CacheClusterStatus: node.status,
    CacheNodeType: group.nodeType,
    Engine: group.engine,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: node.zone,
    ReplicationGroupId: group.id,
    PendingModifiedValues: {},
    CacheNodes: [
      {
        CacheNodeId: '0001',
        CacheNodeStatus: node.status === 'available' ? 'available' : 'rebooting',
        CustomerAvailabilityZone: node.zone,
      },
    ],
  };
}
