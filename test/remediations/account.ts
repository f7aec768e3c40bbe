import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElastiCache } from '@aws-sdk/client-elasticache';
import { RDS } from '@aws-sdk/client-rds';
import { SSM } from '@aws-sdk/client-ssm';
import { Backup } from '@aws-sdk/client-backup';
import { ECS } from '@aws-sdk/client-ecs';
import { EFS } from '@aws-sdk/client-efs';
import { EMR } from '@aws-sdk/client-emr';
import { Lambda } from '@aws-sdk/client-lambda';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Route53 } from '@aws-sdk/client-route-53';
import { SNS } from '@aws-sdk/client-sns';
import { ArcZonalShiftClient } from '../../runtime/aws/arc-zonal-shift-client';
import { ElasticLoadBalancingClient } from '../../runtime/aws/elastic-load-balancing-client';
import { RecoveryClusterClient } from '../../runtime/aws/recovery-cluster-client';
import { SimpleStorageClient } from '../../runtime/aws/simple-storage-client';
import type { Resource, ResourceKind } from '../../signals/signal';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { Call } from '../../simulator/ledger';
import { World, type SimulatedAccount } from '../../simulator/world';
import type { Action, Aws, Calls } from '../../vitals/aws';

const id = '111122223333';
const region = 'eu-central-1';

/** An empty simulated account, AWS's own clients connected to it, and everything that is called. */
export interface Bench {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly aws: Calls<Action>;
  /** Calls so far, the oldest first. */
  readonly calls: readonly Call[];
  resource(kind: ResourceKind, id: string): Resource;
  /** Lets this many seconds pass. */
  pass(seconds: number): Promise<void>;
  writes(): readonly Call[];
}

/** Each client is made when it is first asked for: a test needs two or three, and thousands of tests make them anew. */
const clients = {
  'arc-zonal-shift': () => new ArcZonalShiftClient({ region }),
  'application-autoscaling': () => new ApplicationAutoScaling({ region }),
  autoscaling: () => new AutoScaling({ region }),
  cloudwatch: () => new CloudWatch({ region }),
  dynamodb: () => new DynamoDB({ region }),
  ec2: () => new EC2({ region }),
  elasticache: () => new ElastiCache({ region }),
  elasticloadbalancing: () => new ElasticLoadBalancingClient({ region }),
  rds: () => new RDS({ region }),
  ssm: () => new SSM({ region }),
  backup: () => new Backup({ region }),
  ecs: () => new ECS({ region }),
  elasticfilesystem: () => new EFS({ region }),
  elasticmapreduce: () => new EMR({ region }),
  lambda: () => new Lambda({ region }),
  logs: () => new CloudWatchLogs({ region }),
  route53: () => new Route53({ region }),
  'route53-recovery-cluster': () => new RecoveryClusterClient({ region }),
  s3: () => new SimpleStorageClient({ region }),
  sns: () => new SNS({ region }),
} satisfies Record<keyof Aws, () => object>;

export function bench(): Bench {
  const clock = new VirtualClock(Date.parse('2026-11-21T02:00:00Z'));
  const account = new World(clock).account(id, region);
  const calls: Call[] = [];
  account.observe((call) => calls.push(call));
  const aws = { now: () => clock.now() };
  for (const [service, make] of Object.entries(clients)) {
    let made: object | undefined;
    const get = (): object => {
      if (made) return made;
      made = make();
      connect(made, service, account);
      return made;
    };
    Object.defineProperty(aws, service, { get, enumerable: true });
  }
  return {
    account,
    clock,
    aws: aws as unknown as Calls<Action>,
    calls,
    resource: (kind, name) => ({ kind, id: name, account: id, region }),
    pass: (seconds) => clock.runUntil(clock.now() + seconds * 1000),
    writes: () => calls.filter((call) => call.access === 'write'),
  };
}
