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
/** Its value is the last part of the ARN as well: `app/name/hash`. */
const loadBalancer: Subject = { dimension: 'LoadBalancer', kind: 'load-balancer' };
const classic: Subject = { dimension: 'LoadBalancerName', kind: 'classic-load-balancer' };
const database: Subject = { dimension: 'DBInstanceIdentifier', kind: 'db-instance' };
const cluster: Subject = { dimension: 'DBClusterIdentifier', kind: 'db-cluster' };
const table: Subject = { dimension: 'TableName', kind: 'table' };
const volume: Subject = { dimension: 'VolumeId', kind: 'volume' };
const cache: Subject = { dimension: 'CacheClusterId', kind: 'cache-cluster' };
/** ElastiCache spells it so for serverless caches, and only for these. */
const serverlessCache: Subject = { dimension: 'clusterId', kind: 'serverless-cache' };

/** Dimensions that name a resource, the narrowest first: an instance's metric may name its group, too. */
export const subjects: readonly Subject[] = [
  instance,
  volume,
  database,
  cache,
  serverlessCache,
  targetGroup,
  loadBalancer,
  classic,
  cluster,
  table,
  group,
];

interface AlarmCondition {
  readonly namespaces: readonly string[];
  readonly metrics: readonly string[];
  readonly subject: Subject;
  /** Further dimensions that the metric may have, and the values that keep the meaning; without a list any does. */
  readonly beside?: Readonly<Record<string, readonly string[] | 'any'>>;
  /** A further dimension that the metric must have: without, it means something else. */
  readonly demands?: string;
  readonly condition: KnownCondition;
}

/** What the CloudWatch agent can put beside the instance. */
const besideInstance = { ImageId: 'any', InstanceType: 'any', AutoScalingGroupName: 'any' } as const;
const loadBalancers = ['AWS/ApplicationELB', 'AWS/NetworkELB'];
const besideTargetGroup = { LoadBalancer: 'any', AvailabilityZone: 'any' } as const;
const databaseResponse = ['DatabaseConnections', 'ReadLatency', 'WriteLatency', 'CommitLatency', 'DMLLatency'];
const databaseLoad = [
  'CPUUtilization',
  'DBLoad',
  'DBLoadCPU',
  'DBLoadRelativeToNumVCPUs',
  'ACUUtilization',
  'ServerlessDatabaseCapacity',
];
/** A cluster's metrics are of its writer with `Role=WRITER`, and of the cluster without; a reader's are no business of it. */
const ofWriter = { Role: ['WRITER'] } as const;

/** ElastiCache has each metric by cluster, and by cluster and node. */
const besideNode = { CacheNodeId: 'any' } as const;

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
    // Of one zone, and of all target groups in it. Of the load balancer as a whole the same says nothing about a zone.
    namespaces: loadBalancers,
    metrics: [
      'HTTPCode_Target_5XX_Count',
      'TargetResponseTime',
      'TargetConnectionErrorCount',
      'HTTPCode_ELB_5XX_Count',
      'TCP_Target_Reset_Count',
    ],
    subject: loadBalancer,
    beside: { AvailabilityZone: 'any' },
    demands: 'AvailabilityZone',
    condition: 'zone-impaired',
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
    // Of a secondary of an Aurora global database, in the Region of the secondary.
    namespaces: ['AWS/RDS'],
    metrics: ['AuroraGlobalDBReplicationLag', 'AuroraGlobalDBProgressLag'],
    subject: cluster,
    beside: { SourceRegion: 'any' },
    condition: 'db-source-lost',
  },
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
  {
    // Clients write to the primary only.
    namespaces: ['AWS/ElastiCache'],
    metrics: ['SuccessfulWriteRequestLatency', 'SetTypeCmdsLatency'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-primary-unhealthy',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['CurrConnections', 'SwapUsage'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-node-unhealthy',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['CPUUtilization', 'EngineCPUUtilization', 'NetworkBandwidthOutAllowanceExceeded'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-overloaded',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['DatabaseMemoryUsagePercentage', 'DatabaseCapacityUsagePercentage', 'FreeableMemory', 'Evictions'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-memory-low',
  },
  // How much a serverless cache uses is no sickness: it is that it is turned away, or that keys make room.
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['ThrottledCmds'],
    subject: serverlessCache,
    condition: 'cache-overloaded',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['Evictions'],
    subject: serverlessCache,
    condition: 'cache-memory-low',
  },
  {
    namespaces: ['CWAgent'],
    metrics: ['disk_used_percent'],
    subject: instance,
    beside: { ...besideInstance, path: 'any', device: 'any', fstype: 'any' },
    condition: 'volume-full',
  },
  {
    namespaces: ['CWAgent'],
    metrics: ['LogicalDisk % Free Space'],
    subject: instance,
    beside: { ...besideInstance, objectname: 'any', instance: 'any' },
    condition: 'volume-full',
  },
  {
    namespaces: ['CWAgent'],
    metrics: ['procstat_lookup_pid_count', 'procstat_lookup pid_count'],
    subject: instance,
    beside: { ...besideInstance, exe: 'any', pattern: 'any', pidfile: 'any', pid_finder: 'any' },
    condition: 'process-down',
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
      metric.dimensions.has(row.subject.dimension) &&
      (row.demands === undefined || metric.dimensions.has(row.demands)),
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
