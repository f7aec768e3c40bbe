import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Backup } from '@aws-sdk/client-backup';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';
import type { EFS } from '@aws-sdk/client-efs';
import type { EMR } from '@aws-sdk/client-emr';
import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { RDS } from '@aws-sdk/client-rds';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { S3 } from '@aws-sdk/client-s3';
import type { SNS } from '@aws-sdk/client-sns';
import type { SSM } from '@aws-sdk/client-ssm';
import type { ElasticLoadBalancing } from '../../../vitals/elastic-load-balancing';
import type { RecoveryCluster } from '../../../vitals/recovery-cluster';
import type { SimpleStorage } from '../../../vitals/simple-storage';
import type { NamedByPolicy } from '../named-by-policy';
import type { Redaction } from '../redaction';

/** The reads of AWS that a description is made of, by IAM prefix. There are no others, and no writes. */
export interface DescribingAws {
  readonly ec2: Pick<
    EC2,
    | 'describeInstances'
    | 'describeInstanceAttribute'
    | 'describeNetworkInterfaces'
    | 'describeSubnets'
    | 'describeVolumes'
  >;
  readonly autoscaling: Pick<
    AutoScaling,
    'describeAutoScalingGroups' | 'describeAutoScalingInstances' | 'describeLifecycleHooks' | 'describePolicies'
  >;
  readonly elasticloadbalancing: Pick<
    ElasticLoadBalancing,
    | 'describeLoadBalancerAttributes'
    | 'describeLoadBalancers'
    | 'describeTags'
    | 'describeTargetGroupAttributes'
    | 'describeTargetGroups'
    | 'describeTargetHealth'
  >;
  readonly dynamodb: Pick<
    DynamoDB,
    'describeContinuousBackups' | 'describeTable' | 'describeTableReplicaAutoScaling' | 'listTagsOfResource'
  >;
  readonly ecs: Pick<
    ECS,
    | 'describeContainerInstances'
    | 'describeServiceDeployments'
    | 'describeServiceRevisions'
    | 'describeServices'
    | 'describeTasks'
    | 'getTaskProtection'
    | 'listContainerInstances'
    | 'listServiceDeployments'
    | 'listTasks'
  >;
  readonly 'application-autoscaling': Pick<ApplicationAutoScaling, 'describeScalableTargets'>;
  readonly elasticache: Pick<
    ElastiCache,
    'describeCacheClusters' | 'describeReplicationGroups' | 'describeServerlessCaches' | 'listTagsForResource'
  >;
  readonly elasticfilesystem: Pick<EFS, 'describeFileSystems' | 'describeMountTargets'>;
  readonly elasticmapreduce: Pick<
    EMR,
    'describeCluster' | 'getManagedScalingPolicy' | 'listInstanceGroups' | 'listSteps'
  >;
  readonly lambda: Pick<
    Lambda,
    | 'getEventSourceMapping'
    | 'getFunctionConcurrency'
    | 'getPolicy'
    | 'listAliases'
    | 'listEventSourceMappings'
    | 'listTags'
  >;
  readonly logs: Pick<CloudWatchLogs, 'describeLogGroups' | 'describeSubscriptionFilters' | 'listTagsForResource'>;
  readonly rds: Pick<RDS, 'describeDBClusters' | 'describeDBInstances'>;
  readonly route53: Pick<
    Route53,
    'getHealthCheck' | 'getHostedZone' | 'listResourceRecordSets' | 'listTagsForResource'
  >;
  readonly 'route53-recovery-cluster': Pick<RecoveryCluster, 'getRoutingControlState'>;
  readonly s3: Pick<
    S3,
    | 'getBucketAcl'
    | 'getBucketPolicyStatus'
    | 'getBucketReplication'
    | 'getBucketTagging'
    | 'getBucketWebsite'
    | 'getPublicAccessBlock'
  > &
    Pick<SimpleStorage, 'getMultiRegionAccessPointRoutes'>;
  readonly sns: Pick<SNS, 'getSubscriptionAttributes' | 'listSubscriptionsByTopic' | 'listTagsForResource'>;
  readonly backup: Pick<Backup, 'listBackupJobs'>;
  readonly ssm: Pick<SSM, 'describeDocument' | 'describeInstanceInformation'>;
  readonly cloudwatch: Pick<CloudWatch, 'describeAlarms' | 'listTagsForResource'>;
}

/** What a description is made with. */
export interface Describing {
  readonly aws: DescribingAws;
  readonly redaction: Redaction;
  readonly byPolicy: NamedByPolicy;
  /** Where it is made. */
  readonly home: { readonly account: string; readonly region: string };
}

/** The lists of an account file that are filled, by their names there. */
export const describedKinds = [
  'subnets',
  'loadBalancers',
  'targetGroups',
  'classicLoadBalancers',
  'instances',
  'groups',
  'databases',
  'clusters',
  'cacheGroups',
  'cacheClusters',
  'serverlessCaches',
  'tables',
  'ecsServices',
  'containerInstances',
  'fileSystems',
  'emrClusters',
  'scalableTargets',
  'protectedResources',
  'buckets',
  'accessPoints',
  'hostedZones',
  'healthChecks',
  'recoveryClusters',
  'functions',
  'eventSourceMappings',
  'topics',
  'logGroups',
  'documents',
  'alarms',
] as const;
export type DescribedKind = (typeof describedKinds)[number];

/** A resource by its true name: not to be written. */
export interface Named {
  readonly kind: DescribedKind;
  readonly id: string;
}

/** A resource as it may be written: an item of its list in an account file. */
export interface Entry {
  /** Its true name: not to be written. */
  readonly of: string;
  /** Absent: it is not there. */
  readonly item?: Readonly<Record<string, unknown>>;
  /** What of it the account file cannot carry, for people. */
  readonly notes?: readonly string[];
}

export interface Description {
  readonly entries: readonly Entry[];
  /** What they belong to, or what belongs to them. */
  readonly leads: readonly Named[];
}

/** How the resources of one kind are described: never more of them at once than `atOnce`. */
export interface Describer {
  readonly atOnce: number;
  /** Throws what AWS answers, unless that is that something is not there. */
  readonly describe: (ids: readonly string[], describing: Describing) => Promise<Description>;
}

/** Only what is set: an absent field has its default in an account file. */
export function item(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  );
}

/** Tags as AWS lists them, in pairs. */
export function pairs(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): readonly (readonly [string, string])[] {
  return (tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
}

/** The same of services that write them in small letters. */
export function lowerPairs(
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): readonly (readonly [string, string])[] {
  return (tags ?? []).map(({ key = '', value = '' }) => [key, value]);
}

/** An entry for each that AWS did not show. */
export function missing(ids: readonly string[], shown: readonly Entry[]): readonly Entry[] {
  return ids.filter((id) => !shown.some(({ of }) => of === id)).map((of) => ({ of }));
}

/** At most so many calls under way at one time. */
const callsAtOnce = 4;

/** Does it for each, a few at a time, and answers in their order. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, one] of left) results.set(index, await work(one));
  };
  await Promise.all(Array.from({ length: callsAtOnce }, worker));
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
}
