import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Backup } from '@aws-sdk/client-backup';
import type { ECS } from '@aws-sdk/client-ecs';
import type { EFS } from '@aws-sdk/client-efs';
import type { EMR } from '@aws-sdk/client-emr';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { SNS } from '@aws-sdk/client-sns';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { RDS } from '@aws-sdk/client-rds';
import type { SSM } from '@aws-sdk/client-ssm';
import type { EpochMillis } from '../signals/signal';
import type { ArcZonalShift } from './arc-zonal-shift';
import type { ElasticLoadBalancing } from './elastic-load-balancing';
import type { RecoveryCluster } from './recovery-cluster';
import type { SimpleStorage } from './simple-storage';

type NotOperations = 'config' | 'destroy' | 'middlewareStack' | 'send' | `paginate${string}` | `waitUntil${string}`;
export type Operations<Client> = Omit<Client, NotOperations>;

/**
 * AWS as vitals and remediations see it: for each service, named by its IAM prefix, the operations of its SDK client.
 * Only types are imported here: the runtime loads a client when the first call to it is made.
 */
export interface Aws {
  readonly 'arc-zonal-shift': ArcZonalShift;
  readonly 'application-autoscaling': Operations<ApplicationAutoScaling>;
  readonly autoscaling: Operations<AutoScaling>;
  readonly cloudwatch: Operations<CloudWatch>;
  readonly dynamodb: Operations<DynamoDB>;
  readonly ec2: Operations<EC2>;
  readonly elasticache: Operations<ElastiCache>;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly rds: Operations<RDS>;
  readonly ssm: Operations<SSM>;
  readonly backup: Operations<Backup>;
  readonly ecs: Operations<ECS>;
  readonly elasticfilesystem: Operations<EFS>;
  readonly elasticmapreduce: Operations<EMR>;
  readonly lambda: Operations<Lambda>;
  readonly logs: Operations<CloudWatchLogs>;
  readonly route53: Operations<Route53>;
  readonly 'route53-recovery-cluster': RecoveryCluster;
  readonly s3: SimpleStorage;
  readonly sns: Operations<SNS>;
}

export type Service = keyof Aws;

/** An IAM action that is also an operation of one of the clients, such as `ec2:RebootInstances`. */
export type Action = { [S in Service]: `${S}:${Capitalize<Extract<keyof Aws[S], string>>}` }[Service];

type OperationOf<A extends Action, S extends Service> = A extends `${S}:${infer Operation}`
  ? Uncapitalize<Operation>
  : never;

/** The present time: of the wall in production, of the virtual clock in a simulated account. */
export interface Now {
  now(): EpochMillis;
}

/** AWS narrowed to the actions `A`: a call that was not declared does not compile, nor pass the runtime. */
export type Calls<A extends Action> = Now & {
  readonly [S in Service as A extends `${S}:${string}` ? S : never]: Pick<
    Aws[S],
    Extract<keyof Aws[S], OperationOf<A, S>>
  >;
};
