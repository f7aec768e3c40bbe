import type { KnownCondition } from '../conditions';
import type { ResourceKind } from '../signal';

/** Names the resource that a metric is about: a CloudWatch dimension, and the kind of resource that its value names. */
export interface Subject {
  readonly dimension: string;
  readonly kind: ResourceKind;
}

const instance: Subject = { dimension: 'InstanceId', kind: 'ec2-instance' };
const group: Subject = { dimension: 'AutoScalingGroupName', kind: 'auto-scaling-group' };
/** Its value is the last part of the ARN: `targetgroup/name/hash`. */
const targetGroup: Subject = { dimension: 'TargetGroup', kind: 'target-group' };
const classic: Subject = { dimension: 'LoadBalancerName', kind: 'classic-load-balancer' };
const database: Subject = { dimension: 'DBInstanceIdentifier', kind: 'db-instance' };
const cluster: Subject = { dimension: 'DBClusterIdentifier', kind: 'db-cluster' };
const table: Subject = { dimension: 'TableName', kind: 'table' };
const volume: Subject = { dimension: 'VolumeId', kind: 'volume' };

/** Dimensions that name a resource, the narrowest first: an instance's metric may name its group, too. */
export const subjects: readonly Subject[] = [instance, volume, database, targetGroup, classic, cluster, table, group];

interface AlarmCondition {
  readonly namespaces: readonly string[];
  readonly metrics: readonly string[];
  readonly subject: Subject;
  /** Further dimensions that the metric may have, and the values that keep the meaning; without a list any does. */
  readonly beside?: Readonly<Record<string, readonly string[] | 'any'>>;
  readonly condition: KnownCondition;
}

const loadBalancers = ['AWS/ApplicationELB', 'AWS/NetworkELB'];
const besideTargetGroup = { LoadBalancer: 'any', AvailabilityZone: 'any' } as const;
const databaseResponse = ['DatabaseConnections', 'ReadLatency', 'WriteLatency', 'CommitLatency', 'DMLLatency'];
const databaseLoad = ['CPUUtilization', 'DBLoad', 'DBLoadCPU', 'DBLoadRelativeToNumVCPUs', 'ACUUtilization'];
/** A cluster's metrics are of its writer with `Role=WRITER`, and of the cluster without; a reader's are no business of it. */
const ofWriter = { Role: ['WRITER'] } as const;

/** What the usual alarms on AWS's own metrics mean. CPU of one instance is not among them: busy is not sick. */
const alarmConditions: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/EC2'],
    metrics: ['StatusCheckFailed', 'StatusCheckFailed_Instance'],
    subject: instance,
    condition: 'ec2-instance-impaired',
  },
  {
    namespaces: ['AWS/EC2'],
    metrics: ['StatusCheckFailed_System'],
    subject: instance,
    condition: 'ec2-host-impaired',
  },
  { namespaces: ['AWS/EC2'], metrics: ['CPUUtilization'], subject: group, condition: 'group-overloaded' },
  {
    namespaces: loadBalancers,
    metrics: ['UnHealthyHostCount'],
    subject: targetGroup,
    beside: besideTargetGroup,
    condition: 'target-unhealthy',
  },
  {
    namespaces: loadBalancers,
    metrics: ['HTTPCode_Target_5XX_Count', 'TargetResponseTime', 'TargetConnectionErrorCount'],
    subject: targetGroup,
    beside: besideTargetGroup,
    condition: 'target-erroring',
  },
  {
    namespaces: ['AWS/ELB'],
    metrics: ['UnHealthyHostCount'],
    subject: classic,
    beside: { AvailabilityZone: 'any' },
    condition: 'backend-out-of-service',
  },
  { namespaces: ['AWS/RDS'], metrics: databaseResponse, subject: database, condition: 'db-instance-impaired' },
  { namespaces: ['AWS/RDS'], metrics: databaseLoad, subject: database, condition: 'db-overloaded' },
  { namespaces: ['AWS/RDS'], metrics: ['FreeStorageSpace'], subject: database, condition: 'db-storage-low' },
  {
    namespaces: ['AWS/RDS'],
    metrics: databaseResponse,
    subject: cluster,
    beside: ofWriter,
    condition: 'db-writer-unhealthy',
  },
  { namespaces: ['AWS/RDS'], metrics: databaseLoad, subject: cluster, beside: ofWriter, condition: 'db-overloaded' },
  {
    namespaces: ['AWS/DynamoDB'],
    metrics: ['ReadThrottleEvents', 'WriteThrottleEvents', 'ThrottledRequests'],
    subject: table,
    beside: { GlobalSecondaryIndexName: 'any', Operation: 'any' },
    condition: 'table-throttled',
  },
  {
    namespaces: ['AWS/DynamoDB'],
    metrics: ['ReplicationLatency', 'PendingReplicationCount'],
    subject: table,
    beside: { ReceivingRegion: 'any' },
    condition: 'table-replication-late',
  },
  { namespaces: ['AWS/EBS'], metrics: ['VolumeStalledIOCheck'], subject: volume, condition: 'volume-impaired' },
];

/** One metric with its dimensions, as an alarm names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** The sickness that an alarm on this metric tells of; undefined when the table has no such metric by these dimensions. */
export function alarmCondition(metric: Metric): KnownCondition | undefined {
  return alarmConditions.find(
    (row) =>
      row.namespaces.includes(metric.namespace) &&
      row.metrics.includes(metric.name) &&
      [...metric.dimensions].every(([dimension, value]) => {
        if (dimension === row.subject.dimension) return true;
        const allowed = new Map(Object.entries(row.beside ?? {})).get(dimension);
        return allowed === 'any' || allowed?.includes(value) === true;
      }) &&
      metric.dimensions.has(row.subject.dimension),
  )?.condition;
}

/** A metric by whose alarm a sickness is told, and the dimensions that it takes. */
export interface TellingMetric {
  readonly namespace: string;
  readonly metric: string;
  /** Names the resource. */
  readonly dimension: string;
  /** What has to stand beside it. */
  readonly beside: Readonly<Record<string, string>>;
}

/** Every metric whose alarm tells of this condition of a resource of this kind. */
export function alarmsOn(condition: string, kind: ResourceKind): readonly TellingMetric[] {
  return alarmConditions
    .filter((row) => row.condition === condition && row.subject.kind === kind)
    .flatMap(({ namespaces, metrics, subject: { dimension }, beside = {} }) => {
      const fixed = Object.entries(beside).flatMap(([name, values]) =>
        values === 'any' ? [] : values.slice(0, 1).map((value) => [name, value] as const),
      );
      return namespaces.flatMap((namespace) =>
        metrics.map((metric) => ({ namespace, metric, dimension, beside: Object.fromEntries(fixed) })),
      );
    });
}
