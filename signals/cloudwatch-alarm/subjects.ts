import type { ResourceKind } from '../signal';

/** Names the resource that a metric is about: a CloudWatch dimension, and the kind of resource that its value names. */
export interface Subject {
  readonly dimension: string;
  /** The dimension whose value stands before it in the id, with a slash between: a service's name is unique in its cluster. */
  readonly within?: string;
  /** What the value looks like where it names one; any other value says nothing. */
  readonly named?: RegExp;
  readonly kind: ResourceKind;
}

export const instance: Subject = { dimension: 'InstanceId', kind: 'ec2-instance' };
export const volume: Subject = { dimension: 'VolumeId', kind: 'volume' };
export const database: Subject = { dimension: 'DBInstanceIdentifier', kind: 'db-instance' };
export const cache: Subject = { dimension: 'CacheClusterId', kind: 'cache-cluster' };
/** ElastiCache spells it so for serverless caches, and only for these. */
export const serverlessCache: Subject = { dimension: 'clusterId', kind: 'serverless-cache' };
export const ecsService: Subject = { dimension: 'ServiceName', within: 'ClusterName', kind: 'ecs-service' };
/** Its value is the last part of the ARN: `targetgroup/name/hash`. */
export const targetGroup: Subject = { dimension: 'TargetGroup', kind: 'target-group' };
/** Its value is the last part of the ARN as well: `app/name/hash`. */
export const loadBalancer: Subject = { dimension: 'LoadBalancer', kind: 'load-balancer' };
export const classicLoadBalancer: Subject = { dimension: 'LoadBalancerName', kind: 'classic-load-balancer' };
export const databaseCluster: Subject = { dimension: 'DBClusterIdentifier', kind: 'db-cluster' };
export const table: Subject = { dimension: 'TableName', kind: 'table' };
export const fileSystem: Subject = { dimension: 'FileSystemId', kind: 'file-system' };
export const emrCluster: Subject = { dimension: 'JobFlowId', kind: 'emr-cluster' };
export const bucket: Subject = { dimension: 'BucketName', kind: 'bucket' };
export const healthCheck: Subject = { dimension: 'HealthCheckId', kind: 'health-check' };
export const logGroup: Subject = { dimension: 'LogGroupName', kind: 'log-group' };
export const topic: Subject = { dimension: 'TopicName', kind: 'topic' };
/** Its value is `name:alias`; that of a function without one, or of `name:version`, is of the function. */
export const functionAlias: Subject = {
  dimension: 'Resource',
  named: /^[\w-]+:(?!\d+$)[\w-]+$/,
  kind: 'function-alias',
};
export const lambdaFunction: Subject = { dimension: 'FunctionName', kind: 'function' };
export const autoScalingGroup: Subject = { dimension: 'AutoScalingGroupName', kind: 'auto-scaling-group' };

/** Every one, the narrowest first: an instance's metric may name its group, too. */
export const subjects: readonly Subject[] = [
  instance,
  volume,
  database,
  cache,
  serverlessCache,
  ecsService,
  targetGroup,
  loadBalancer,
  classicLoadBalancer,
  databaseCluster,
  table,
  fileSystem,
  emrCluster,
  bucket,
  healthCheck,
  logGroup,
  topic,
  functionAlias,
  lambdaFunction,
  autoScalingGroup,
];
