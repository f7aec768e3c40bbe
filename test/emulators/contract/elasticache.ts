import { casesOf, refusal } from './case';
import type { Place } from './place';

const ReplicationGroupId = 'sessions';

async function group({ elasticache }: Place) {
  const { ReplicationGroups = [] } = await elasticache.describeReplicationGroups({ ReplicationGroupId });
  return ReplicationGroups[0];
}

async function node({ elasticache }: Place, CacheClusterId: string) {
  const { CacheClusters = [] } = await elasticache.describeCacheClusters({ CacheClusterId, ShowCacheNodeInfo: true });
  return CacheClusters[0];
}

async function limitsOf({ elasticache }: Place, ServerlessCacheName: string) {
  const { ServerlessCaches = [] } = await elasticache.describeServerlessCaches({ ServerlessCacheName });
  return ServerlessCaches[0]?.CacheUsageLimits?.DataStorage?.Maximum;
}

export const elasticacheCases = casesOf([
  {
    operation: 'elasticache:DescribeReplicationGroups',
    name: 'what we read of one is there',
    agreed: {
      status: 'available',
      clusterMode: false,
      guard: ['enabled', 'enabled'],
      nodes: ['sessions-001', 'sessions-002'],
      roles: ['primary', 'replica'],
    },
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId });
      const one = await group(place);
      return {
        status: one?.Status,
        clusterMode: one?.ClusterEnabled,
        guard: [one?.AutomaticFailover, one?.MultiAZ],
        nodes: one?.MemberClusters,
        roles: one?.NodeGroups?.[0]?.NodeGroupMembers?.map(({ CurrentRole }) => CurrentRole),
      };
    },
  },
  {
    operation: 'elasticache:DescribeReplicationGroups',
    name: 'with cluster mode it shows its shards',
    agreed: ['0001', '0002', '0003'],
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId, shards: 3 });
      return (await group(place))?.NodeGroups?.map(({ NodeGroupId }) => NodeGroupId);
    },
  },
  {
    operation: 'elasticache:DescribeReplicationGroups',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ReplicationGroupNotFoundFault' },
    seen: (place) => refusal(group(place)),
  },
  {
    operation: 'elasticache:DescribeCacheClusters',
    name: 'each node of a group is one, and names the group',
    agreed: { status: 'available', group: ReplicationGroupId },
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId });
      const one = await node(place, 'sessions-002');
      return { status: one?.CacheClusterStatus, group: one?.ReplicationGroupId };
    },
  },
  {
    operation: 'elasticache:DescribeCacheClusters',
    name: 'the nodes of Memcached are shown to who asks for them',
    agreed: [
      ['0001', 'available'],
      ['0002', 'available'],
    ],
    seen: async (place) => {
      await place.add.cacheCluster({ id: 'pages', nodes: 2 });
      const one = await node(place, 'pages');
      return one?.CacheNodes?.map(({ CacheNodeId, CacheNodeStatus }) => [CacheNodeId, CacheNodeStatus]);
    },
  },
  {
    operation: 'elasticache:DescribeCacheClusters',
    name: 'one that does not exist is an error',
    agreed: { refused: 'CacheClusterNotFoundFault' },
    seen: (place) => refusal(node(place, 'none')),
  },
  {
    operation: 'elasticache:DescribeServerlessCaches',
    name: 'the limit on its storage is there',
    agreed: 10,
    seen: async (place) => {
      await place.add.serverlessCache({ name: 'carts', maxStorageGB: 10 });
      return limitsOf(place, 'carts');
    },
  },
  {
    operation: 'elasticache:DescribeServerlessCaches',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ServerlessCacheNotFoundFault' },
    seen: (place) => refusal(limitsOf(place, 'none')),
  },
  {
    operation: 'elasticache:DescribeEvents',
    name: 'an id without its type is refused',
    agreed: { refused: 'InvalidParameterCombinationException' },
    seen: ({ elasticache }) => refusal(elasticache.describeEvents({ SourceIdentifier: 'sessions' })),
  },
  {
    operation: 'elasticache:ListTagsForResource',
    name: 'a node of a group has the tags of the group',
    agreed: [{ Key: 'service', Value: 'shop' }],
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId, tags: { service: 'shop' } });
      const ResourceName = (await node(place, 'sessions-002'))?.ARN;
      return (await place.elasticache.listTagsForResource({ ResourceName })).TagList;
    },
  },
  {
    operation: 'elasticache:ListAllowedNodeTypeModifications',
    name: 'larger types are told apart from smaller ones',
    agreed: { up: true, down: false },
    seen: async ({ elasticache, add }) => {
      await add.cacheGroup({ id: ReplicationGroupId });
      const { ScaleUpModifications = [] } = await elasticache.listAllowedNodeTypeModifications({ ReplicationGroupId });
      return {
        up: ScaleUpModifications.includes('cache.r7g.xlarge'),
        down: ScaleUpModifications.includes('cache.m7g.large'),
      };
    },
  },
  {
    operation: 'elasticache:ModifyReplicationGroup',
    name: 'a primary is not taken by name while automatic failover is on',
    agreed: { refused: 'InvalidReplicationGroupStateFault' },
    seen: async ({ elasticache, add }) => {
      await add.cacheGroup({ id: ReplicationGroupId });
      const PrimaryClusterId = 'sessions-002';
      return refusal(
        elasticache.modifyReplicationGroup({ ReplicationGroupId, PrimaryClusterId, ApplyImmediately: true }),
      );
    },
  },
  {
    operation: 'elasticache:ModifyReplicationGroup',
    name: 'with automatic failover off a replica comes to be the primary',
    agreed: ['replica', 'primary'],
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId });
      const change = (input: object) =>
        place.elasticache.modifyReplicationGroup({ ReplicationGroupId, ApplyImmediately: true, ...input });
      await change({ AutomaticFailoverEnabled: false, MultiAZEnabled: false });
      await place.settle();
      await change({ PrimaryClusterId: 'sessions-002' });
      await place.settle();
      return (await group(place))?.NodeGroups?.[0]?.NodeGroupMembers?.map(({ CurrentRole }) => CurrentRole);
    },
  },
  {
    operation: 'elasticache:ModifyReplicationGroup',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ReplicationGroupNotFoundFault' },
    seen: ({ elasticache }) =>
      refusal(elasticache.modifyReplicationGroup({ ReplicationGroupId, ApplyImmediately: true, MultiAZEnabled: true })),
  },
  {
    operation: 'elasticache:ModifyReplicationGroupShardConfiguration',
    name: 'a group with cluster mode gets another shard',
    agreed: 4,
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId, shards: 3 });
      await place.elasticache.modifyReplicationGroupShardConfiguration({
        ReplicationGroupId,
        NodeGroupCount: 4,
        ApplyImmediately: true,
      });
      await place.settle();
      return (await group(place))?.NodeGroups?.length;
    },
  },
  {
    operation: 'elasticache:IncreaseReplicaCount',
    name: 'a replica more is a member more',
    agreed: 3,
    seen: async (place) => {
      await place.add.cacheGroup({ id: ReplicationGroupId });
      await place.elasticache.increaseReplicaCount({ ReplicationGroupId, NewReplicaCount: 2, ApplyImmediately: true });
      await place.settle();
      return (await group(place))?.MemberClusters?.length;
    },
  },
  {
    operation: 'elasticache:TestFailover',
    name: 'a shard that does not exist is an error',
    agreed: { refused: 'NodeGroupNotFoundFault' },
    seen: async ({ elasticache, add }) => {
      await add.cacheGroup({ id: ReplicationGroupId, shards: 3 });
      return refusal(elasticache.testFailover({ ReplicationGroupId, NodeGroupId: '0009' }));
    },
  },
  {
    operation: 'elasticache:RebootCacheCluster',
    name: 'a restart of one node is taken',
    agreed: 'not refused',
    seen: async ({ elasticache, add }) => {
      await add.cacheCluster({ id: 'pages', nodes: 2 });
      return refusal(elasticache.rebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot: ['0001'] }));
    },
  },
  {
    operation: 'elasticache:RebootCacheCluster',
    name: 'one that does not exist is an error',
    agreed: { refused: 'CacheClusterNotFoundFault' },
    seen: ({ elasticache }) =>
      refusal(elasticache.rebootCacheCluster({ CacheClusterId: 'none', CacheNodeIdsToReboot: ['0001'] })),
  },
  {
    operation: 'elasticache:ModifyCacheCluster',
    name: 'Memcached gets another node',
    agreed: 3,
    seen: async (place) => {
      await place.add.cacheCluster({ id: 'pages', nodes: 2 });
      await place.elasticache.modifyCacheCluster({ CacheClusterId: 'pages', NumCacheNodes: 3, ApplyImmediately: true });
      await place.settle();
      return (await node(place, 'pages'))?.NumCacheNodes;
    },
  },
  {
    operation: 'elasticache:ModifyServerlessCache',
    name: 'a limit is raised',
    agreed: 15,
    seen: async (place) => {
      await place.add.serverlessCache({ name: 'carts', maxStorageGB: 10 });
      await place.elasticache.modifyServerlessCache({
        ServerlessCacheName: 'carts',
        CacheUsageLimits: { DataStorage: { Maximum: 15, Unit: 'GB' } },
      });
      await place.settle();
      return limitsOf(place, 'carts');
    },
  },
]);
