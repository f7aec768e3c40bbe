import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Backup } from '@aws-sdk/client-backup';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { EFS } from '@aws-sdk/client-efs';
import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { ECS } from '@aws-sdk/client-ecs';
import type { EMR } from '@aws-sdk/client-emr';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { RDS } from '@aws-sdk/client-rds';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { SNS } from '@aws-sdk/client-sns';
import type { SSM } from '@aws-sdk/client-ssm';
import type { ArcZonalShift } from '../../../vitals/arc-zonal-shift';
import type { ElasticLoadBalancing } from '../../../vitals/elastic-load-balancing';
import type { RecoveryCluster } from '../../../vitals/recovery-cluster';
import type { SimpleStorage } from '../../../vitals/simple-storage';

/** An account that a contract case runs in: the simulated one, or one of an emulator. It is empty, and the case's own. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly arcZonalShift: ArcZonalShift;
  readonly ec2: EC2;
  readonly efs: EFS;
  readonly ecs: ECS;
  readonly emr: EMR;
  readonly autoscaling: AutoScaling;
  readonly applicationAutoScaling: ApplicationAutoScaling;
  readonly dynamodb: DynamoDB;
  readonly elasticache: ElastiCache;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly rds: RDS;
  readonly route53: Route53;
  readonly recoveryCluster: RecoveryCluster;
  readonly s3: SimpleStorage;
  readonly ssm: SSM;
  readonly cloudwatch: CloudWatch;
  readonly backup: Backup;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly sns: SNS;
  readonly add: Builders;
  /** Lets a quarter of an hour pass, where the clock is ours: an emulator changes states at once. */
  settle(): Promise<void>;
}

/** Sets the stage: with the simulated account's own builders, or with SDK calls. */
export interface Builders {
  /** Answers its id. */
  instance(described?: {
    readonly tags?: Readonly<Record<string, string>>;
    readonly stopProtected?: boolean;
  }): Promise<string>;
  /** Answers the ids of its members. */
  group(described: {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    readonly desired: number;
  }): Promise<readonly string[]>;
  /** A target group behind an Application Load Balancer, or a Network one; answers its ARN. */
  targetGroup(described: {
    readonly name: string;
    readonly targets: readonly string[];
    readonly balancer?: 'application' | 'network';
  }): Promise<string>;
  /** An Application Load Balancer in two zones whose zonal shifts are enabled; answers its ARN. */
  shiftable(name: string): Promise<string>;
  /** A Classic Load Balancer in front of these instances. */
  classic(described: { readonly name: string; readonly instances: readonly string[] }): Promise<void>;
  /** A bucket of which nothing is blocked. */
  bucket(described: {
    readonly name: string;
    readonly policy?: 'public';
    readonly list?: 'public';
    readonly website?: boolean;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** A multi-Region access point that sends requests to these buckets; answers its alias. */
  accessPoint(buckets: readonly string[]): Promise<string>;
  /** A hosted zone with a name that is divided by these weights, by set identifier; answers the id of the zone. */
  weightedName(name: string, weights: Readonly<Record<string, number>>): Promise<string>;
  /** Answers its id. */
  healthCheck(described: {
    readonly address: string;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<string>;
  /** Routing controls in these states, one of which has to be on; answers their ARNs. */
  routingControls(states: readonly ('On' | 'Off')[]): Promise<readonly string[]>;
  database(described: { readonly id: string; readonly multiAz?: boolean }): Promise<void>;
  /** An Aurora cluster; the first member writes. */
  cluster(described: { readonly id: string; readonly members: readonly string[] }): Promise<void>;
  /** A replication group: with so many shards, or without cluster mode; of each shard one replica. */
  cacheGroup(described: {
    readonly id: string;
    readonly shards?: number;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** A Memcached cluster. */
  cacheCluster(described: { readonly id: string; readonly nodes: number }): Promise<void>;
  serverlessCache(described: { readonly name: string; readonly maxStorageGB: number }): Promise<void>;
  /** A file system in bursting mode; `mounted`: in the first of two subnets, which it answers with its id. */
  fileSystem(described?: {
    readonly tags?: Readonly<Record<string, string>>;
    readonly mounted?: boolean;
  }): Promise<{ readonly id: string; readonly subnets: readonly string[] }>;
  /** A cluster of one primary node and two core nodes, which are protected from termination; answers its id. */
  /** A service `checkout` in the cluster `shop`, of one task. */
  ecsService(described?: { readonly tags?: Readonly<Record<string, string>> }): Promise<void>;
  emrCluster(described?: { readonly tags?: Readonly<Record<string, string>> }): Promise<string>;
  /** A table of 10 read and 20 write units, with an index `by-day` of 30 and 40. */
  table(described: { readonly name: string; readonly tags?: Readonly<Record<string, string>> }): Promise<void>;
  /** A vault of AWS Backup. */
  vault(name: string): Promise<void>;
  /** An Aurora global database with one cluster, which writes. */
  globalDatabase(described: { readonly name: string; readonly primary: string }): Promise<void>;
  /** A runbook of one parameter, InstanceId. */
  runbook(name: string): Promise<void>;
  /** A command document of one parameter, ServiceName. */
  command(name: string): Promise<void>;
  /** Answers its ARN. */
  alarm(described: {
    readonly name: string;
    readonly kind: 'metric' | 'composite';
    readonly state: 'OK' | 'ALARM';
  }): Promise<string>;
  /** A function `checkout` with the versions 1 and 2, and an alias `live` that leads to the second. */
  deployedFunction(): Promise<void>;
  /** A function `checkout`, and what brings it the records of a queue, with these tags both; answers its UUID. */
  eventSourceMapping(tags?: Readonly<Record<string, string>>): Promise<string>;
  /** A function, which that service may call; answers its ARN. */
  lambdaFunction(described: { readonly name: string; readonly callableBy?: string }): Promise<string>;
  /** Answers its ARN. */
  topic(name: string): Promise<string>;
}
