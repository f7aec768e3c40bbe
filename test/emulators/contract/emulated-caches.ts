import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { Builders } from './place';

/** Makes caches of an emulator with SDK calls. */
export function cacheBuilders(
  elasticache: ElastiCache,
): Pick<Builders, 'cacheGroup' | 'cacheCluster' | 'serverlessCache'> {
  return {
    async cacheGroup({ id, shards, tags = {} }) {
      await elasticache.createReplicationGroup({
        ReplicationGroupId: id,
        ReplicationGroupDescription: id,
        Engine: 'redis',
        CacheNodeType: 'cache.r7g.large',
        AutomaticFailoverEnabled: true,
        MultiAZEnabled: true,
        ...(shards === undefined ? { NumCacheClusters: 2 } : { NumNodeGroups: shards, ReplicasPerNodeGroup: 1 }),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
    },
    async cacheCluster({ id, nodes }) {
      await elasticache.createCacheCluster({
        CacheClusterId: id,
        Engine: 'memcached',
        CacheNodeType: 'cache.m7g.large',
        NumCacheNodes: nodes,
      });
    },
    async serverlessCache({ name, maxStorageGB }) {
      await elasticache.createServerlessCache({
        ServerlessCacheName: name,
        Engine: 'valkey',
        CacheUsageLimits: { DataStorage: { Maximum: maxStorageGB, Unit: 'GB' } },
      });
    },
  };
}
