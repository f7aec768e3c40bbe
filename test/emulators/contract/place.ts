import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { RDS } from '@aws-sdk/client-rds';
import type { SNS } from '@aws-sdk/client-sns';
import type { SSM } from '@aws-sdk/client-ssm';
import type { ArcZonalShift } from '../../../vitals/arc-zonal-shift';
import type { ElasticLoadBalancing } from '../../../vitals/elastic-load-balancing';

/** An account that a contract case runs in: the simulated one, or one of an emulator. It is empty, and the case's own. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly arcZonalShift: ArcZonalShift;
  readonly ec2: EC2;
  readonly autoscaling: AutoScaling;
  readonly applicationAutoScaling: ApplicationAutoScaling;
  readonly dynamodb: DynamoDB;
  readonly elasticache: ElastiCache;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly rds: RDS;
  readonly ssm: SSM;
  readonly cloudwatch: CloudWatch;
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
  /** A table of 10 read and 20 write units, with an index `by-day` of 30 and 40. */
  table(described: { readonly name: string; readonly tags?: Readonly<Record<string, string>> }): Promise<void>;
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
  /** Answers its ARN. */
  topic(name: string): Promise<string>;
}
