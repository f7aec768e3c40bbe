import { listed, type Disagreement } from '../disagreement';

/** Caches. */
export const aboutElasticache: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it does not look at automatic failover', [
    ['elasticache:ModifyReplicationGroup', 'a primary is not taken by name while automatic failover is on'],
  ]),
  ...listed(['moto', 'ministack'], 'it has no such operation', [
    ['elasticache:ListAllowedNodeTypeModifications', 'larger types are told apart from smaller ones'],
    ['elasticache:ModifyReplicationGroupShardConfiguration', 'a group with cluster mode gets another shard'],
    ['elasticache:TestFailover', 'a shard that does not exist is an error'],
  ]),
  ...listed('moto', 'it does not show the nodes of a cluster', [
    ['elasticache:DescribeCacheClusters', 'the nodes of Memcached are shown to who asks for them'],
  ]),
  ...listed('moto', 'it shows the primary of a replication group only, and its nodes as no clusters', [
    ['elasticache:DescribeReplicationGroups', 'what we read of one is there'],
    ['elasticache:DescribeCacheClusters', 'each node of a group is one, and names the group'],
    ['elasticache:ListTagsForResource', 'a node of a group has the tags of the group'],
    ['elasticache:ModifyReplicationGroup', 'with automatic failover off a replica comes to be the primary'],
  ]),
  ...listed('moto', 'it has no such operation', [
    ['elasticache:DescribeServerlessCaches', 'the limit on its storage is there'],
    ['elasticache:DescribeServerlessCaches', 'one that does not exist is an error'],
    ['elasticache:DescribeEvents', 'an id without its type is refused'],
    ['elasticache:IncreaseReplicaCount', 'a replica more is a member more'],
    ['elasticache:RebootCacheCluster', 'a restart of one node is taken'],
    ['elasticache:RebootCacheCluster', 'one that does not exist is an error'],
    ['elasticache:ModifyCacheCluster', 'Memcached gets another node'],
    ['elasticache:ModifyServerlessCache', 'a limit is raised'],
  ]),
  ...listed('ministack', 'it answers with the events of every type', [
    ['elasticache:DescribeEvents', 'an id without its type is refused'],
  ]),
  ...listed('ministack', 'it keeps the primary, and the members, that a group was made with', [
    ['elasticache:ModifyReplicationGroup', 'with automatic failover off a replica comes to be the primary'],
    ['elasticache:IncreaseReplicaCount', 'a replica more is a member more'],
  ]),
  ...listed(
    'ministack',
    'it names the nodes of a group without cluster mode after a shard, and shows them as no clusters',
    [
      ['elasticache:DescribeReplicationGroups', 'what we read of one is there'],
      ['elasticache:DescribeCacheClusters', 'each node of a group is one, and names the group'],
      ['elasticache:ListTagsForResource', 'a node of a group has the tags of the group'],
    ],
  ),
];
