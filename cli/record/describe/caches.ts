import type { CacheCluster, ReplicationGroup, ServerlessCache } from '@aws-sdk/client-elasticache';
import { readCacheTags } from '../../../vitals/elasticache/cache-status';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named } from './describer';

const groupEngines = ['valkey', 'redis'];
const engines = [...groupEngines, 'memcached'];

/** Replication groups. */
export const cacheGroups = describer(
  async (id, { aws }) =>
    (await aws.elasticache.describeReplicationGroups({ ReplicationGroupId: id })).ReplicationGroups?.[0],
  groupEntry,
);

/** Clusters of their own; nodes of a replication group lead to it. */
export const cacheClusters = describer(
  async (id, { aws }) =>
    (await aws.elasticache.describeCacheClusters({ CacheClusterId: id, ShowCacheNodeInfo: true })).CacheClusters?.[0],
  clusterEntry,
  ({ ReplicationGroupId: id }) => (id ? { kind: 'cacheGroups', id } : undefined),
);

/** Serverless caches. */
export const serverlessCaches = describer(
  async (id, { aws }) =>
    (await aws.elasticache.describeServerlessCaches({ ServerlessCacheName: id })).ServerlessCaches?.[0],
  serverlessEntry,
);

/** One by one: one that is gone is an error for all. What is part of something else is described as that. */
function describer<Cache>(
  find: (id: string, describing: Describing) => Promise<Cache | undefined>,
  entryOf: (id: string, cache: Cache, describing: Describing) => Promise<Entry>,
  partOf: (cache: Cache) => Named | undefined = () => undefined,
): Describer {
  return {
    atOnce: 20,
    describe: async (ids, describing) => {
      const found = (
        await eachOf(ids, async (id) => {
          const cache = await unlessGone(() => find(id, describing));
          return cache === undefined ? [] : [{ id, cache, whole: partOf(cache) }];
        })
      ).flat();
      const own = found.filter(({ whole }) => whole === undefined);
      const entries = await eachOf(own, ({ id, cache }) => entryOf(id, cache, describing));
      const gone = ids.filter((id) => !found.some((one) => one.id === id));
      return { entries: [...entries, ...missing(gone, [])], leads: found.flatMap(({ whole }) => whole ?? []) };
    },
  };
}

async function unlessGone<Cache>(find: () => Promise<Cache | undefined>): Promise<Cache | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function groupEntry(of: string, group: ReplicationGroup, describing: Describing): Promise<Entry> {
  const { redaction } = describing;
  const { Engine = '', NodeGroups = [] } = group;
  const sizes = NodeGroups.map(({ NodeGroupMembers = [] }) => NodeGroupMembers.length);
  const first = NodeGroups[0]?.NodeGroupMembers ?? [];
  const writes = first.findIndex(({ CurrentRole }) => CurrentRole === 'primary');
  return {
    of,
    item: item({
      id: redaction.name(group.ReplicationGroupId ?? of),
      engine: groupEngines.includes(Engine) ? Engine : undefined,
      clusterMode: group.ClusterEnabled,
      nodeType: group.CacheNodeType,
      shards: NodeGroups.length || undefined,
      replicas: sizes.length === 0 ? undefined : Math.max(0, Math.min(...sizes) - 1),
      zones: first.flatMap(({ PreferredAvailabilityZone: zone }) => zone ?? []),
      automaticFailover: group.AutomaticFailover === 'enabled',
      multiAz: group.MultiAZ === 'enabled',
      status: group.Status,
      globalDatastore: globalOf(group, redaction),
      tags: await tagsOf(group.ARN, describing),
    }),
    notes: [
      ...(new Set(sizes).size > 1 ? ['that its shards have more replicas, some of them'] : []),
      ...(writes > 0 ? [`that its node ${writes + 1} is the primary`] : []),
    ],
  };
}

function globalOf(
  { GlobalReplicationGroupInfo: part }: ReplicationGroup,
  redaction: Describing['redaction'],
): object | undefined {
  const { GlobalReplicationGroupId: id = '', GlobalReplicationGroupMemberRole: role } = part ?? {};
  return role === 'PRIMARY' || role === 'SECONDARY' ? { id: redaction.name(id), role } : undefined;
}

async function clusterEntry(of: string, cluster: CacheCluster, describing: Describing): Promise<Entry> {
  const { Engine = '', CacheNodes = [] } = cluster;
  return {
    of,
    item: item({
      id: describing.redaction.name(cluster.CacheClusterId ?? of),
      engine: engines.includes(Engine) ? Engine : undefined,
      nodeType: cluster.CacheNodeType,
      nodes: cluster.NumCacheNodes || undefined,
      zones: CacheNodes.flatMap(({ CustomerAvailabilityZone: zone }) => zone ?? []),
      status: cluster.CacheClusterStatus,
      tags: await tagsOf(cluster.ARN, describing),
    }),
  };
}

async function serverlessEntry(of: string, cache: ServerlessCache, describing: Describing): Promise<Entry> {
  const { Engine = '', CacheUsageLimits: limits } = cache;
  return {
    of,
    item: item({
      name: describing.redaction.name(cache.ServerlessCacheName ?? of),
      engine: engines.includes(Engine) ? Engine : undefined,
      status: cache.Status,
      maxStorageGB: limits?.DataStorage?.Maximum,
      minStorageGB: limits?.DataStorage?.Minimum,
      maxEcpuPerSecond: limits?.ECPUPerSecond?.Maximum,
      minEcpuPerSecond: limits?.ECPUPerSecond?.Minimum,
      tags: await tagsOf(cache.ARN, describing),
    }),
  };
}

async function tagsOf(arn: string | undefined, { aws, redaction }: Describing): Promise<object | undefined> {
  if (arn === undefined) return undefined;
  return redaction.tags(Object.entries(await readCacheTags(arn, { ...aws, now: () => 0 })));
}
