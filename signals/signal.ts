/** Milliseconds since 1970-01-01T00:00Z. Every instant in this program is one of these. */
export type EpochMillis = number;

/** The kinds of resource that a signal can be about. `Resource.id` says what each kind's id looks like. */
export const resourceKinds = [
  'ec2-instance',
  'auto-scaling-group',
  'target-group',
  'load-balancer',
  'db-instance',
  'db-cluster',
  'volume',
  'classic-load-balancer',
  'cache-group',
  'cache-cluster',
  'serverless-cache',
  'table',
  'automation-execution',
  'ecs-service',
  'ecs-task',
  'container-instance',
  'file-system',
  'emr-cluster',
  'emr-step',
  'bucket',
  'multi-region-access-point',
  'health-check',
  'hosted-zone',
  'routing-control',
  'alarm',
  'log-group',
  'topic',
  'protected-resource',
  'function',
  'function-alias',
  'event-source-mapping',
  'other',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** One AWS resource. */
export interface Resource {
  readonly kind: ResourceKind;
  /**
   * `i-…` of an instance; name of a group; full ARN of a target group or load balancer; identifier of a database or
   * cluster; `vol-…` of a volume; name of a classic load balancer; id of a cache's replication group, of a cache cluster or
   * node, name of a serverless cache; name of a DynamoDB table; execution id of an automation; `cluster/name` of an ECS
   * service, `cluster/id` of its tasks and container instances; `fs-…` of a file system; `j-…` of an EMR cluster, and
   * `j-…/s-…` of its steps; name of a bucket; alias of a multi-Region access point; id of a health check or hosted zone; full
   * ARN of a routing control; name of an alarm, log group or topic; full ARN of what AWS Backup protects; name of a Lambda function, and `name:alias` of its aliases; UUID of an event source mapping; whatever the event
   * calls any other resource.
   */
  readonly id: string;
  /** Account that owns it: digits. */
  readonly account: string;
  /** Region that it is in, which is not always the region that delivered the event. */
  readonly region: string;
}

/** Where a resource stands: what may fall sick together with it. */
export interface Place {
  /** Name of its Availability Zone; absent for what is in none, or in several. */
  readonly zone?: string;
  /** Groups whose members stand in for it: Auto Scaling group, target groups, database cluster. */
  readonly groups: readonly Resource[];
}

/** The one text that names a resource in locks, indexes and logs: `account/region/kind/id`. */
export function resourceKey(resource: Resource): string {
  return `${resource.account}/${resource.region}/${resource.kind}/${resource.id}`;
}

/** The resource that a key of `resourceKey` names; its id may hold slashes. A kind that is not known is `other`. */
export function resourceNamed(key: string): Resource {
  const [account = '', region = '', kind = '', ...id] = key.split('/');
  return { account, region, kind: resourceKinds.find((known) => known === kind) ?? 'other', id: id.join('/') };
}

/** What can be looked at again later to learn whether the symptom is gone. */
export interface Evidence {
  /** ARN of the CloudWatch alarm that told us. */
  readonly alarmArn?: string;
  /** ARN of the AWS Health event that told us; not unique to an account or region. */
  readonly healthEventArn?: string;
}

interface SignalBase {
  /** Two signals with one key are the same fact told twice, whatever the ids of their events. */
  readonly dedupKey: string;
  /** EventBridge `id` of the event that carried the signal. */
  readonly eventId: string;
  /** Name of the source in `signals/` that read it, such as `cloudwatch-alarm`. */
  readonly source: string;
  readonly resource: Resource;
  /** When AWS says that it happened. */
  readonly at: EpochMillis;
  /** One line for people: what AWS said, shortened, without control characters. */
  readonly detail: string;
  readonly evidence: Evidence;
  /** Tags of the resource as far as the event carries them; never complete. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The resource is sick in the way that `condition` names. */
export interface UnhealthySignal extends SignalBase {
  readonly kind: 'unhealthy';
  readonly condition: string;
}

/** AWS says that the condition is over; the runtime still looks for itself before it believes it. */
export interface RecoveredSignal extends SignalBase {
  readonly kind: 'recovered';
  readonly condition: string;
}

/** Something moved (an instance came up, a failover completed, a runbook ended): worth a look by whoever waits for it. */
export interface ProgressSignal extends SignalBase {
  readonly kind: 'progress';
}

export type Signal = UnhealthySignal | RecoveredSignal | ProgressSignal;

/** What became of one event. An ignored, refused or invalid event carries a reason that a person understands. */
export type Reading =
  | { readonly kind: 'signals'; readonly signals: readonly [Signal, ...Signal[]] }
  /** A sound event that asks nothing of us. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** A sound event from where we take none: another account or region, or one that only we may send. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not an event as AWS sends it. */
  | { readonly kind: 'invalid'; readonly reason: string };
