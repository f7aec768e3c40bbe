import type { ResourceKind } from '../../signals/signal';
import type { Calls } from '../aws';
import { readCacheCluster, type CacheCluster } from './cache-cluster';
import { readCacheGroup, type CacheGroup } from './cache-group';
import { readServerlessCache, type ServerlessCache } from './serverless-cache';

/** All actions of `readCache`. */
export const cacheReads = [
  'elasticache:DescribeCacheClusters',
  'elasticache:DescribeReplicationGroups',
  'elasticache:DescribeServerlessCaches',
] as const;

/** A cache of any kind, with what its clients see as one: of a node of a replication group that is the group. */
export type Cache =
  | ({ readonly kind: 'cache-group' } & CacheGroup)
  | ({ readonly kind: 'cache-cluster' } & CacheCluster)
  | ({ readonly kind: 'serverless-cache' } & ServerlessCache);

/** Reads the cache that a resource is, or is a node of. */
export async function readCache(
  of: { readonly kind: ResourceKind; readonly id: string },
  aws: Calls<(typeof cacheReads)[number]>,
): Promise<{ readonly kind: 'found'; readonly cache: Cache } | { readonly kind: 'refused'; readonly reason: string }> {
  if (of.kind === 'serverless-cache') {
    const reading = await readServerlessCache(of.id, aws);
    if (reading.kind !== 'found') return refusal(of.id, reading);
    return { kind: 'found', cache: { kind: 'serverless-cache', ...reading.cache } };
  }
  if (of.kind === 'cache-cluster') {
    const reading = await readCacheCluster(of.id, aws);
    if (reading.kind !== 'found') return refusal(of.id, reading);
    const { group } = reading.cluster;
    if (group !== undefined) return readCache({ kind: 'cache-group', id: group }, aws);
    return { kind: 'found', cache: { kind: 'cache-cluster', ...reading.cluster } };
  }
  const reading = await readCacheGroup(of.id, aws);
  if (reading.kind !== 'found') return refusal(of.id, reading);
  return { kind: 'found', cache: { kind: 'cache-group', ...reading.group } };
}

function refusal(
  id: string,
  reading: { readonly kind: 'absent' } | { readonly kind: 'unreadable'; readonly detail: string },
): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason: reading.kind === 'absent' ? `${id} no longer exists` : reading.detail };
}
