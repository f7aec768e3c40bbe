import { Account, type ServiceFactories } from './account';
import { ApplicationAutoScaling } from './application-autoscaling';
import { ArcZonalShift } from './arc-zonal-shift';
import { AutoScaling } from './autoscaling';
import type { VirtualClock } from './clock';
import { CloudWatch } from './cloudwatch';
import { DynamoDb } from './dynamodb';
import { Ec2 } from './ec2';
import { ElasticLoadBalancing } from './elasticloadbalancing';
import { ElastiCache } from './elasticache';
import type { BusEvent } from './event-bus';
import { Events } from './events';
import type { Call } from './ledger';
import { Rds } from './rds';
import { Sns } from './sns';
import { Ssm } from './ssm';

/** The services of a simulated account, by IAM prefix. */
export interface SimulatedServices {
  readonly cloudwatch: CloudWatch;
  readonly ec2: Ec2;
  readonly elasticloadbalancing: ElasticLoadBalancing;
  readonly autoscaling: AutoScaling;
  readonly sns: Sns;
  readonly ssm: Ssm;
  readonly rds: Rds;
  readonly elasticache: ElastiCache;
  readonly events: Events;
  readonly 'arc-zonal-shift': ArcZonalShift;
  readonly dynamodb: DynamoDb;
  readonly 'application-autoscaling': ApplicationAutoScaling;
}

export type SimulatedAccount = Account<SimulatedServices>;

const factories: ServiceFactories<SimulatedServices> = {
  cloudwatch: (account) => new CloudWatch(account),
  ec2: (account) => new Ec2(account),
  elasticloadbalancing: (account) => new ElasticLoadBalancing(account),
  autoscaling: (account) => new AutoScaling(account),
  sns: (account) => new Sns(account),
  ssm: (account) => new Ssm(account),
  rds: (account) => new Rds(account),
  elasticache: (account) => new ElastiCache(account),
  events: (account) => new Events(account),
  'arc-zonal-shift': (account) => new ArcZonalShift(account),
  dynamodb: (account) => new DynamoDb(account),
  'application-autoscaling': (account) => new ApplicationAutoScaling(account),
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
