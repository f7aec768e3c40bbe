import { Account, type ServiceFactories } from './account';
import { ApplicationAutoScaling } from './application-autoscaling';
import { ArcZonalShift } from './arc-zonal-shift';
import { AutoScaling } from './autoscaling';
import { Backup } from './backup';
import type { VirtualClock } from './clock';
import { CloudWatch } from './cloudwatch';
import { DynamoDb } from './dynamodb';
import { Ec2 } from './ec2';
import { Ecs } from './ecs';
import { ElasticLoadBalancing } from './elasticloadbalancing';
import { ElastiCache } from './elasticache';
import { ElasticFileSystem } from './elasticfilesystem';
import { ElasticMapReduce } from './elasticmapreduce';
import type { BusEvent } from './event-bus';
import { Events } from './events';
import { Lambda } from './lambda';
import type { Call } from './ledger';
import { Logs } from './logs';
import { Rds } from './rds';
import { Route53 } from './route53';
import { RecoveryCluster } from './route53-recovery-cluster';
import { S3 } from './s3';
import { Sns } from './sns';
import { Ssm } from './ssm';

/** The services of a simulated account, by IAM prefix. */
export interface SimulatedServices {
  readonly cloudwatch: CloudWatch;
  readonly ec2: Ec2;
  readonly ecs: Ecs;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly autoscaling: AutoScaling;
  readonly sns: Sns;
  readonly ssm: Ssm;
  readonly rds: Rds;
  readonly elasticache: ElastiCache;
  readonly events: Events;
  readonly 'arc-zonal-shift': ArcZonalShift;
  readonly dynamodb: DynamoDb;
  readonly s3: S3;
  readonly route53: Route53;
  readonly 'route53-recovery-cluster': RecoveryCluster;
  readonly 'application-autoscaling': ApplicationAutoScaling;
  readonly backup: Backup;
  readonly elasticfilesystem: ElasticFileSystem;
  readonly elasticmapreduce: ElasticMapReduce;
  readonly lambda: Lambda;
  readonly logs: Logs;
}

export type SimulatedAccount = Account<SimulatedServices>;

const factories: ServiceFactories<SimulatedServices> = {
  cloudwatch: (account) => new CloudWatch(account),
  ec2: (account) => new Ec2(account),
  elasticloadbalancing: (account) => new ElasticLoadBalancing(account),
  ecs: (account) => new Ecs(account),
  autoscaling: (account) => new AutoScaling(account),
  sns: (account) => new Sns(account),
  ssm: (account) => new Ssm(account),
  rds: (account) => new Rds(account),
  elasticache: (account) => new ElastiCache(account),
  events: (account) => new Events(account),
  'arc-zonal-shift': (account) => new ArcZonalShift(account),
  dynamodb: (account) => new DynamoDb(account),
  s3: (account) => new S3(account),
  route53: (account) => new Route53(account),
  'route53-recovery-cluster': (account) => new RecoveryCluster(account),
  'application-autoscaling': (account) => new ApplicationAutoScaling(account),
  backup: (account) => new Backup(account),
  elasticfilesystem: (account) => new ElasticFileSystem(account),
  elasticmapreduce: (account) => new ElasticMapReduce(account),
  lambda: (account) => new Lambda(account),
  logs: (account) => new Logs(account),
};

type Observer = (call: Call) => void;
type Subscriber = (event: BusEvent) => void | Promise<void>;

/** All accounts and regions that there are, on one clock. */
export class World {
  readonly #accounts = new Map<string, SimulatedAccount>();
  readonly #observers: Observer[] = [];
  readonly #subscribers: Subscriber[] = [];

  constructor(readonly clock: VirtualClock) {}

  /** The account in that region; made, empty, when it is first asked for. */
  account(id: string, region: string): SimulatedAccount {
    const key = `${id}/${region}`;
    const known = this.#accounts.get(key);
    if (known) return known;
    const account: SimulatedAccount = new Account(id, region, this.clock, factories);
    account.observe((call) => {
      for (const observer of this.#observers) observer(call);
    });
    account.bus.subscribe(async (event) => {
      for (const subscriber of this.#subscribers) await subscriber(event);
    });
    this.#accounts.set(key, account);
    return account;
  }

  accounts(): readonly SimulatedAccount[] {
    return [...this.#accounts.values()];
  }

  /** Is told of the calls to every account, also to those made later. */
  observe(observer: Observer): void {
    this.#observers.push(observer);
  }

  /** Gets the events of every account's bus, also of those made later. */
  subscribe(subscriber: Subscriber): void {
    this.#subscribers.push(subscriber);
  }
}
