import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const groups: Arns = ({ ReplicationGroupId }) =>
  texts(ReplicationGroupId).map((id) => arn('elasticache', `replicationgroup:${id}`));
// Without an id it asks about all.
const clusters: Arns = ({ CacheClusterId = '*' }) =>
  texts(CacheClusterId).map((id) => arn('elasticache', `cluster:${id}`));
const serverless: Arns = ({ ServerlessCacheName }) =>
  texts(ServerlessCacheName).map((name) => arn('elasticache', `serverlesscache:${name}`));

/** What AWS asks IAM about for each of its operations. It asks about groups of parameters and users, too; ours name none. */
export const resources: Readonly<Record<string, Arns>> = {
  'elasticache:DescribeCacheClusters': clusters,
  'elasticache:DescribeReplicationGroups': groups,
  'elasticache:DescribeServerlessCaches': serverless,
  'elasticache:IncreaseReplicaCount': groups,
  'elasticache:ListAllowedNodeTypeModifications': groups,
  'elasticache:ListTagsForResource': ({ ResourceName }) => texts(ResourceName),
  'elasticache:ModifyCacheCluster': clusters,
  'elasticache:ModifyReplicationGroup': groups,
  'elasticache:ModifyReplicationGroupShardConfiguration': groups,
  'elasticache:ModifyServerlessCache': serverless,
  'elasticache:RebootCacheCluster': clusters,
  'elasticache:TestFailover': groups,
};

/** What a call says besides the tags of its resource: parameters that it has. */
export const says: Readonly<Record<string, (input: Input) => IamRequest['context']>> = {
  'elasticache:IncreaseReplicaCount': ({ NewReplicaCount }) => ({
    'elasticache:ReplicasPerNodeGroup': String(NewReplicaCount),
  }),
  'elasticache:ModifyReplicationGroup': ({ CacheNodeType }) =>
    Object.fromEntries(texts(CacheNodeType).map((type) => ['elasticache:CacheNodeType', type])),
  'elasticache:ModifyReplicationGroupShardConfiguration': ({ NodeGroupCount }) => ({
    'elasticache:NumNodeGroups': String(NodeGroupCount),
  }),
};
