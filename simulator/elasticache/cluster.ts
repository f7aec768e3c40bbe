import type { CacheCluster } from '@aws-sdk/client-elasticache';
import { z } from 'zod';
import type { SimulatedAccount } from '../world';
import { nodeType } from './node-type';
import { type Burden, type CacheSickness, cacheSicknessSchema, engineValue } from './sickness';

/** A cluster that is in no replication group: Memcached, or a single node of Valkey or Redis OSS. Only the id has no default. */
export const cacheClusterSchema = z.strictObject({
  id: z.string().min(1),
  engine: z.enum(['memcached', 'valkey', 'redis']).default('memcached'),
  nodeType: z.string().default('cache.m7g.large'),
  nodes: z.int().positive().default(2),
  /** Zones of the nodes in turn. Default: those of the region. */
  zones: z.array(z.string()).min(1).optional(),
  status: z.string().default('available'),
  /** Percent of the engine of one `large` node that all its work would take. */
  load: z.number().nonnegative().default(60),
  dataGiB: z.number().nonnegative().default(4),
  /** Its first node is sick. */
  sick: cacheSicknessSchema.optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A cluster as one describes it: what has a default may be left out. */
export type CacheClusterDescription = z.input<typeof cacheClusterSchema>;

export interface ClusterNode {
  /** `0001`, `0002`, … */
  readonly id: string;
  readonly zone: string;
  status: string;
  sick: CacheSickness | undefined;
}

/** A cluster as the account holds it. */
export interface Cluster extends Omit<z.output<typeof cacheClusterSchema>, 'nodes' | 'zones' | 'sick'> {
  readonly arn: string;
  readonly zones: readonly string[];
  readonly nodes: ClusterNode[];
  /** Nodes that it is growing to. */
  wanted: number | undefined;
}

/** The cluster that a description means, not yet in the account. */
export function clusterFrom(account: SimulatedAccount, description: CacheClusterDescription): Cluster {
  const { nodes, sick, ...given } = cacheClusterSchema.parse(description);
  const id = given.id.toLowerCase();
  const zones = given.zones ?? ['a', 'b', 'c'].map((letter) => `${account.region}${letter}`);
  const arn = account.arn('elasticache', `cluster:${id}`);
  const cluster: Cluster = { ...given, id, zones, arn, nodes: [], wanted: undefined };
  addNodes(cluster, nodes);
  const [first] = cluster.nodes;
  if (first) first.sick = sick;
  return cluster;
}

/** Gives the cluster as many nodes. */
export function addNodes({ nodes, zones }: Cluster, count: number): void {
  while (nodes.length < count) {
    const zone = zones[nodes.length % zones.length] ?? '';
    nodes.push({ id: String(nodes.length + 1).padStart(4, '0'), zone, status: 'available', sick: undefined });
  }
}

/** What a node shows in a metric, or the worst of all where none is named; undefined for one that isn't kept. */
export function clusterValue(cluster: Cluster, metric: string, nodeId: string | undefined): number | undefined {
  const values = cluster.nodes
    .filter(({ id, status }) => status === 'available' && (nodeId === undefined || id === nodeId))
    .map(({ sick }) => engineValue(metric, burdenOf(cluster), sick))
    .filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  return metric === 'FreeableMemory' ? Math.min(...values) : Math.max(...values);
}

/** Clients spread keys and work over the nodes. */
function burdenOf({ load, dataGiB, nodeType: type, nodes }: Cluster): Burden {
  const { memoryGiB, power } = nodeType(type);
  return { cpu: load / nodes.length / power, dataGiB: dataGiB / nodes.length, memoryGiB };
}

/** The cluster as DescribeCacheClusters shows it. */
export function describeCluster(cluster: Cluster): CacheCluster {
  const zones = [...new Set(cluster.nodes.map(({ zone }) => zone))];
  return {
    CacheClusterId: cluster.id,
    ARN: cluster.arn,
    CacheClusterStatus: cluster.status,
    CacheNodeType: cluster.nodeType,
    Engine: cluster.engine,
    NumCacheNodes: cluster.nodes.length,
    PreferredAvailabilityZone: zones.length === 1 ? zones[0] : 'Multiple',
    PendingModifiedValues: { ...(cluster.wanted !== undefined && { NumCacheNodes: cluster.wanted }) },
    CacheNodes: cluster.nodes.map(({ id, zone, status }) => ({
      CacheNodeId: id,
      CacheNodeStatus: status,
      CustomerAvailabilityZone: zone,
    })),
  };
}
