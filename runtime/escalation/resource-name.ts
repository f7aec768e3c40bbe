import { plainText } from '../../signals/plain-text';
import type { Resource, ResourceKind } from '../../signals/signal';

const kinds: Readonly<Record<ResourceKind, string>> = {
  'ec2-instance': 'EC2 instance',
  'auto-scaling-group': 'Auto Scaling group',
  'target-group': 'target group',
  'load-balancer': 'load balancer',
  'db-instance': 'database',
  'db-cluster': 'database cluster',
  volume: 'EBS volume',
  'classic-load-balancer': 'classic load balancer',
  'cache-group': 'cache',
  'cache-cluster': 'cache cluster',
  'serverless-cache': 'serverless cache',
  table: 'table',
  'automation-execution': 'automation',
  'ecs-service': 'ECS service',
  'ecs-task': 'ECS task',
  'container-instance': 'container instance',
  'file-system': 'file system',
  'emr-cluster': 'EMR cluster',
  'emr-step': 'EMR step',
  bucket: 'bucket',
  'multi-region-access-point': 'multi-Region access point',
  'health-check': 'health check',
  'hosted-zone': 'hosted zone',
  'routing-control': 'routing control',
  alarm: 'alarm',
  'log-group': 'log group',
  topic: 'topic',
  'protected-resource': 'protected resource',
  function: 'function',
  'function-alias': 'function alias',
  'event-source-mapping': 'event source mapping',
  other: 'resource',
};

/** What the console calls it: the ids of target groups and load balancers are ARNs, which hide their names. */
export function shownId({ kind, id }: Resource): string {
  const isArn = kind === 'target-group' || kind === 'load-balancer';
  const [, , third] = id.split('/');
  const name = isArn ? (kind === 'load-balancer' ? third : id.split('/')[1]) : undefined;
  return plainText(name ?? id, 120);
}

/** Kind and name for people, such as `EC2 instance i-0abc`. */
export function nameOf(resource: Resource): string {
  return `${kinds[resource.kind]} ${shownId(resource)}`;
}
