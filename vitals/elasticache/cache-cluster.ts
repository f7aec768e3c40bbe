import type { CacheCluster as RawCluster } from '@aws-sdk/client-elasticache';
import type { Calls } from '../aws';
import { cacheIdentifier, cacheServes, notACacheId, readCacheTags, waitingChanges, workOnCache } from './cache-status';
import { defineVitals, type Health } from '../vitals';

export interface CacheNode {
  /** `0001`, `0002`, … within its cluster. */
  readonly id: string;
  readonly status: string;
  readonly zone: string | undefined;
}

/** What ElastiCache calls a cluster: Memcached with all its nodes, or one node of Valkey or Redis OSS. */
export interface CacheCluster {
  readonly id: string;
  readonly arn: string;
  /** ElastiCache's own word, such as `available` or `rebooting cluster nodes`. */
  readonly status: string;
  readonly engine: string;
  readonly nodeType: string;
  readonly nodes: readonly CacheNode[];
  /** Replication group that it is a node of. */
  readonly group: string | undefined;
  /** Names of the settings that wait for the maintenance window. */
  readonly pending: readonly string[];
}

export type CacheClusterReading =
  | { readonly kind: 'found'; readonly cluster: CacheCluster }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with one whole cluster of that id. */
  | { readonly kind: 'unreadable'; readonly detail: string };

type Reads = Calls<'elasticache:DescribeCacheClusters'>;

/** Reads a cluster with its nodes. AWS's refusals other than "not found" are thrown as they come. */
export async function readCacheCluster(id: string, aws: Reads): Promise<CacheClusterReading> {
  if (!cacheIdentifier.test(id)) return { kind: 'unreadable', detail: notACacheId(id) };
  try {
    const { CacheClusters = [] } = await aws.elasticache.describeCacheClusters({
      CacheClusterId: id,
      ShowCacheNodeInfo: true,
    });
    const [raw, ...more] = CacheClusters;
    const cluster = raw && cacheCluster(raw);
    // ElastiCache lower-cases ids. An answer about anything else must not be taken for the one asked about.
    if (!cluster || more.length > 0 || cluster.id.toLowerCase() !== id.toLowerCase()) {
      return { kind: 'unreadable', detail: `ElastiCache did not answer with exactly one whole cluster ${id}` };
    }
    return { kind: 'found', cluster };
  } catch (error) {
    if (error instanceof Error && error.name === 'CacheClusterNotFoundFault') return { kind: 'absent' };
    throw error;
  }
}

/** ElastiCache's record as ours; undefined if it lacks what every cluster has. */
export function cacheCluster(raw: RawCluster): CacheCluster | undefined {
  const { CacheClusterId: id, ARN: arn, CacheClusterStatus: status, Engine: engine, CacheNodeType: nodeType } = raw;
  if (!id || !arn || !status || !engine || !nodeType) return undefined;
  const nodes = (raw.CacheNodes ?? []).map(({ CacheNodeId, CacheNodeStatus, CustomerAvailabilityZone }) => ({
    id: CacheNodeId ?? '',
    status: CacheNodeStatus ?? 'unknown',
    zone: CustomerAvailabilityZone,
  }));
  if (nodes.length !== raw.NumCacheNodes || nodes.some((node) => node.id === '')) return undefined;
  const pending = waitingChanges(raw.PendingModifiedValues);
  return { id, arn, status, engine, nodeType, nodes, group: raw.ReplicationGroupId, pending };
}

function healthOf({ id, status, nodes }: CacheCluster): Health {
  if (status === 'deleting' || status === 'deleted') return { kind: 'gone', detail: `${id} is ${status}` };
  if (!cacheServes(status)) return { kind: 'unhealthy', detail: `${id} is ${status}` };
  const down = nodes.filter((node) => !cacheServes(node.status));
  return down.length > 0
    ? { kind: 'unhealthy', detail: `of ${id} ${down.map((node) => `${node.id} is ${node.status}`).join(', ')}` }
    : { kind: 'healthy', detail: `${id} is ${status}` };
}

async function readOrThrow(id: string, aws: Reads): Promise<CacheCluster | undefined> {
  const reading = await readCacheCluster(id, aws);
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.cluster : undefined;
}

/**
 * A cluster is well when all its nodes are there. A node of a replication group stands in that; nodes of Memcached stand in for
 * each other, so such a cluster is itself the group that it stands in.
 */
export const cacheClusterVitals = defineVitals({
  kind: 'cache-cluster',
  reads: ['elasticache:DescribeCacheClusters', 'elasticache:ListTagsForResource'],
  // Nothing: a node that is available may answer late, or not at all, and no status says so.
  sees: [],
  async health({ id }, _condition, aws) {
    const reading = await readCacheCluster(id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.cluster);
      case 'absent':
        return { kind: 'gone', detail: `${id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags({ id }, aws) {
    const cluster = await readOrThrow(id, aws);
    return cluster ? readCacheTags(cluster.arn, aws) : {};
  },
  async place(resource, aws) {
    const cluster = await readOrThrow(resource.id, aws);
    if (!cluster) return { groups: [] };
    const { account, region } = resource;
    const [zone, ...others] = new Set(cluster.nodes.map((node) => node.zone));
    const inGroup =
      cluster.group === undefined ? resource : { kind: 'cache-group' as const, id: cluster.group, account, region };
    return { ...(zone !== undefined && others.length === 0 && { zone }), groups: [inGroup] };
  },
  async members({ id }, aws) {
    const { nodes = [] } = (await readOrThrow(id, aws)) ?? {};
    return { size: nodes.length, sick: nodes.filter(({ status }) => !cacheServes(status)).length };
  },
  async busy({ id }, aws) {
    const cluster = await readOrThrow(id, aws);
    return cluster && workOnCache(cluster);
  },
});
