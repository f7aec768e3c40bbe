import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Backup } from '@aws-sdk/client-backup';
import type { EFS } from '@aws-sdk/client-efs';
import type { EMR } from '@aws-sdk/client-emr';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElastiCache } from '@aws-sdk/client-elasticache';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { RDS } from '@aws-sdk/client-rds';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { S3 } from '@aws-sdk/client-s3';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { IncidentStore } from '../runtime/store/incident-store';
import type { ElasticLoadBalancing } from '../vitals/elastic-load-balancing';
import type { RecoveryCluster } from '../vitals/recovery-cluster';
import type { SimpleStorage } from '../vitals/simple-storage';
import { awsFault, isNotFound, isOfAws } from './aws-fault';
import { tell, type CommandResult } from './command-result';

/** What an operator says of where Homeostat is deployed; the rest is found as the AWS SDK finds it. */
export interface DeploymentOptions {
  /** What all of the deployment is named after. */
  readonly name: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  /** Tries of one call; the SDK's own number if absent. */
  readonly attempts?: number;
}

/** The clients that look at a deployment, and at what it takes care of. */
export interface AwsClients {
  readonly 'application-autoscaling': ApplicationAutoScaling;
  readonly autoscaling: AutoScaling;
  readonly cloudwatch: CloudWatch;
  readonly dynamodb: DynamoDB;
  readonly ec2: EC2;
  readonly ecs: ECS;
  readonly elasticache: ElastiCache;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly eventbridge: EventBridge;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly rds: RDS;
  readonly backup: Backup;
  readonly elasticfilesystem: EFS;
  readonly elasticmapreduce: EMR;
  readonly route53: Route53;
  readonly 'route53-recovery-cluster': RecoveryCluster;
  readonly s3: S3 & Pick<SimpleStorage, 'getMultiRegionAccessPointRoutes'>;
  readonly scheduler: Scheduler;
  readonly sns: SNS;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly sts: STS;
}

/** Homeostat as it is deployed in one account and region. Nothing is loaded or asked before it is needed. */
export interface Deployment {
  readonly name: string;
  /** Throws when none is known. */
  region(): Promise<string>;
  /** In the deployment's own region unless another is named. */
  client<S extends keyof AwsClients>(service: S, region?: string): Promise<AwsClients[S]>;
  store(): Promise<IncidentStore>;
}

interface Settings {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly maxAttempts?: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** Whoever types a command would rather hear that AWS is out of reach than wait for it. In milliseconds. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true } as const;

const make: { readonly [S in keyof AwsClients]: (settings: Settings) => Promise<AwsClients[S]> } = {
  'application-autoscaling': async (settings) =>
    new (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScaling(settings),
  autoscaling: async (settings) => new (await import('@aws-sdk/client-auto-scaling')).AutoScaling(settings),
  cloudwatch: async (settings) => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(settings),
  dynamodb: async (settings) => new (await import('@aws-sdk/client-dynamodb')).DynamoDB(settings),
  ec2: async (settings) => new (await import('@aws-sdk/client-ec2')).EC2(settings),
  ecs: async (settings) => new (await import('@aws-sdk/client-ecs')).ECS(settings),
  elasticache: async (settings) => new (await import('@aws-sdk/client-elasticache')).ElastiCache(settings),
  elasticloadbalancing: async (settings) => {
    const { ElasticLoadBalancingClient } = await import('../runtime/aws/elastic-load-balancing-client');
    // Its methods answer what the input asks for, which their own types leave open.
    const Both = ElasticLoadBalancingClient as unknown as new (settings: Settings) => ElasticLoadBalancing;
    return new Both(settings);
  },
  elasticfilesystem: async (settings) => new (await import('@aws-sdk/client-efs')).EFS(settings),
  elasticmapreduce: async (settings) => new (await import('@aws-sdk/client-emr')).EMR(settings),
  backup: async (settings) => new (await import('@aws-sdk/client-backup')).Backup(settings),
  eventbridge: async (settings) => new (await import('@aws-sdk/client-eventbridge')).EventBridge(settings),
  iam: async (settings) => new (await import('@aws-sdk/client-iam')).IAM(settings),
  lambda: async (settings) => new (await import('@aws-sdk/client-lambda')).Lambda(settings),
  logs: async (settings) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(settings),
  rds: async (settings) => new (await import('@aws-sdk/client-rds')).RDS(settings),
  route53: async (settings) => new (await import('@aws-sdk/client-route-53')).Route53(settings),
  'route53-recovery-cluster': async (settings) => {
    const { RecoveryClusterClient } = await import('../runtime/aws/recovery-cluster-client');
    // Each of its calls names the endpoint that it goes to, and its Region.
    const Cluster = RecoveryClusterClient as unknown as new (settings: Settings) => RecoveryCluster;
    return new Cluster(settings);
  },
  // A bucket may be of another region. An emulator has no host of its own for each.
  s3: async (settings) =>
    new (await import('./deployment-storage')).DeploymentStorage({
      ...settings,
      followRegionRedirects: true,
      forcePathStyle: (settings.endpoint ?? process.env.AWS_ENDPOINT_URL) !== undefined,
    }),
  scheduler: async (settings) => new (await import('@aws-sdk/client-scheduler')).Scheduler(settings),
  sns: async (settings) => new (await import('@aws-sdk/client-sns')).SNS(settings),
  // An emulator puts a host into the URL of a queue that may lead nowhere from here.
  sqs: async (settings) => new (await import('@aws-sdk/client-sqs')).SQS({ ...settings, useQueueUrlAsEndpoint: false }),
  ssm: async (settings) => new (await import('@aws-sdk/client-ssm')).SSM(settings),
  sts: async (settings) => new (await import('@aws-sdk/client-sts')).STS(settings),
};

/** The deployment that the options name. */
export function openDeployment({ name, region, profile, endpoint, attempts }: DeploymentOptions): Deployment {
  const settings: Settings = {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(attempts !== undefined && { maxAttempts: attempts }),
    requestHandler,
  };
  const made = new Map<string, Promise<AwsClients[keyof AwsClients]>>();
  const client = <S extends keyof AwsClients>(service: S, where = region): Promise<AwsClients[S]> => {
    const key = `${service}/${where ?? ''}`;
    const known = made.get(key) ?? make[service]({ ...settings, ...(where !== undefined && { region: where }) });
    made.set(key, known);
    return known as Promise<AwsClients[S]>;
  };
  return {
    name,
    client,
    region: async () => (await client('sts')).config.region(),
    store: async () => {
      const { DynamoDbStore } = await import('../runtime/store/dynamodb-store');
      return new DynamoDbStore(await client('dynamodb'), name);
    },
  };
}

/** Adds the options that say which deployment is meant. */
export function ofDeployment(command: Command): Command {
  return command
    .addOption(
      new Option('--name <name>', 'what the deployment and its table are named')
        .env('HOMEOSTAT_NAME')
        .default('homeostat')
        .argParser(nameOf),
    )
    .option('--region <region>', "AWS region (default: AWS_REGION, or the profile's)")
    .option('--profile <profile>', 'AWS profile (default: AWS_PROFILE)')
    .option('--endpoint <url>', 'where AWS answers, for an emulator (default: AWS_ENDPOINT_URL)', urlOf);
}

function nameOf(text: string): string {
  if (/^[a-z][a-z0-9-]{0,22}[a-z0-9]$/.test(text)) return text;
  throw new InvalidArgumentError('a name has 2 to 24 lower-case letters, digits and hyphens, the first a letter.');
}

function urlOf(text: string): string {
  if (/^https?:/i.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('an endpoint is a URL, such as http://127.0.0.1:5000.');
}

/** Runs a command against a deployment and prints its result; what AWS refuses is told in one line. */
export async function against(
  deployment: Deployment,
  run: (deployment: Deployment) => Promise<CommandResult>,
): Promise<void> {
  try {
    tell(await run(deployment));
  } catch (error) {
    throw isOfAws(error) ? new Error(faultLine(error, deployment)) : error;
  }
}

/** One line: what went wrong, and what to do. */
export function faultLine(error: unknown, { name }: Deployment): string {
  if (isNotFound(error)) {
    return `there is no table ${name} in this account and region: deploy Homeostat there, or name another with --name, --region or --profile`;
  }
  const { what, next } = awsFault(error);
  return `${what}: ${next}`;
}
