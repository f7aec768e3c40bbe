import type { Resource, ResourceKind } from '../../signals/signal';

/** The service and the rest of the ARN of each kind whose id is no ARN, by the id as IAM takes it literally. */
const places: Readonly<Partial<Record<ResourceKind, (id: string) => readonly [service: string, rest: string]>>> = {
  'ec2-instance': (id) => ['ec2', `instance/${id}`],
  volume: (id) => ['ec2', `volume/${id}`],
  // Between the two stands an id that only AWS knows. A name is unique in its account and region.
  'auto-scaling-group': (id) => ['autoscaling', `autoScalingGroup:*:autoScalingGroupName/${id}`],
  'classic-load-balancer': (id) => ['elasticloadbalancing', `loadbalancer/${id}`],
  'db-instance': (id) => ['rds', `db:${id}`],
  'db-cluster': (id) => ['rds', `cluster:${id}`],
  'cache-group': (id) => ['elasticache', `replicationgroup:${id}`],
  'cache-cluster': (id) => ['elasticache', `cluster:${id}`],
  'serverless-cache': (id) => ['elasticache', `serverlesscache:${id}`],
  table: (id) => ['dynamodb', `table/${id}`],
  'ecs-service': (id) => ['ecs', `service/${id}`],
  'ecs-task': (id) => ['ecs', `task/${id}`],
  'container-instance': (id) => ['ecs', `container-instance/${id}`],
  'file-system': (id) => ['elasticfilesystem', `file-system/${id}`],
  'emr-cluster': (id) => ['elasticmapreduce', `cluster/${id}`],
  // IAM knows no steps: what is done to one is done to its cluster.
  'emr-step': (id) => ['elasticmapreduce', `cluster/${id.split('/')[0] ?? ''}`],
  alarm: (id) => ['cloudwatch', `alarm:${id}`],
  'log-group': (id) => ['logs', `log-group:${id}`],
  topic: (id) => ['sns', id],
  function: (id) => ['lambda', `function:${id}`],
  // Lambda asks IAM about the function, whichever of its aliases is changed.
  'function-alias': (id) => ['lambda', `function:${id.split(':')[0] ?? ''}`],
  'event-source-mapping': (id) => ['lambda', `event-source-mapping:${id}`],
  'automation-execution': (id) => ['ssm', `automation-execution/${id}`],
};

/** The ARN of each kind that is in no region, or in no account, as its ARN writes it. */
const global: Readonly<Partial<Record<ResourceKind, (id: string, account: string) => string>>> = {
  bucket: (id) => `s3:::${id}`,
  'multi-region-access-point': (id, account) => `s3::${account}:accesspoint/${id}`,
  'health-check': (id) => `route53:::healthcheck/${id}`,
  'hosted-zone': (id) => `route53:::hostedzone/${id}`,
};

/** Kinds whose ids are their ARNs. */
const named: readonly ResourceKind[] = ['target-group', 'load-balancer', 'routing-control', 'protected-resource'];

/** ARN of a resource as IAM compares it, with `*` for what its key does not say; undefined for a kind whose ARNs are not known. */
export function arnOf({ kind, id, account, region }: Resource, partition: string): string | undefined {
  if (named.includes(kind)) return literal(id);
  const anywhere = global[kind]?.(literal(id), account);
  if (anywhere !== undefined) return `arn:${partition}:${anywhere}`;
  const place = places[kind]?.(literal(id));
  return place && `arn:${partition}:${place[0]}:${region}:${account}:${place[1]}`;
}

/** What IAM would read as a wildcard or a variable stands for itself. */
function literal(id: string): string {
  return id.replace(/[*?$]/g, (mark) => `\${${mark}}`);
}

/** Whether an ARN fits a pattern, as IAM compares them: `*` is anything, colons and slashes too. */
export function fitsArn(pattern: string, arn: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 's').test(arn);
}
