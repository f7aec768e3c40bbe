import type {
  DescribeGlobalClustersMessage,
  FailoverGlobalClusterMessage,
  FailoverGlobalClusterResult,
  FailoverStatus,
  GlobalCluster,
  GlobalClustersMessage,
  SwitchoverGlobalClusterMessage,
  SwitchoverGlobalClusterResult,
} from '@aws-sdk/client-rds';
import type { Cluster } from './cluster';
import { globalHappenings, type RdsEvents } from './events';
import { promotable } from './failover';
import type { RdsInventory } from './inventory';
import { recordsOf } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

const second = 1_000;

/** A switchover waits until all is copied; a failover promotes what there is. */
const course = {
  switchover: { status: 'switching-over', takes: 150 * second, ends: 'switchedOver' },
  failover: { status: 'failing-over', takes: 90 * second, ends: 'failedOver' },
} as const;

/** Aurora global databases, as this region sees them: of what they have in other regions, the primary alone. */
export class RdsGlobalDatabases {
  /** By name: what a switchover or a failover is about to bring about. */
  readonly #moving = new Map<
    string,
    { readonly how: keyof typeof course; readonly from: string; readonly to: string }
  >();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly inventory: RdsInventory,
    private readonly events: RdsEvents,
    private readonly changed: (cluster: Cluster) => void,
  ) {}

  readonly operations = {
    DescribeGlobalClusters: (input: DescribeGlobalClustersMessage): GlobalClustersMessage => {
      const asked = input.GlobalClusterIdentifier;
      const names = asked === undefined ? [...new Set(this.#parts().map(nameOf))] : [asked];
      const { items, next } = recordsOf(this.account, names, input, 'InvalidParameterValue');
      return { GlobalClusters: items.map((name) => this.#described(name)), ...next };
    },
    SwitchoverGlobalCluster: (input: SwitchoverGlobalClusterMessage): SwitchoverGlobalClusterResult => ({
      GlobalCluster: this.#move('switchover', input),
    }),
    FailoverGlobalCluster: (input: FailoverGlobalClusterMessage): FailoverGlobalClusterResult => ({
      GlobalCluster: this.#move(input.AllowDataLoss === true ? 'failover' : 'switchover', input),
    }),
  };

  #move(how: keyof typeof course, input: FailoverGlobalClusterMessage): GlobalCluster {
    const name = input.GlobalClusterIdentifier ?? '';
    const from = this.#writer(this.#partsOf(name));
    const target = this.#partsOf(name).find(({ arn }) => arn === input.TargetDbClusterIdentifier);
    if (!target)
      throw new Refusal('DBClusterNotFoundFault', `DBCluster ${input.TargetDbClusterIdentifier ?? ''} not found.`, 404);
    const refuse = (why: string): never => {
      throw new Refusal('InvalidGlobalClusterStateFault', `Global cluster ${name} is not in a valid state: ${why}.`);
    };
    if (this.#moving.has(name)) refuse('a switchover or failover is in progress');
    if (!target.globalSecondary) refuse(`${target.id} is its primary`);
    if (how === 'switchover' && target.primary.is === 'lost') refuse('its primary is not available');
    const promoted = promotable(target);
    if (target.status !== 'available' || !promoted) {
      throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${target.id} has no instance that is available.`);
    }
    const { takes, ends } = course[how];
    this.#moving.set(name, { how, from, to: target.arn });
    target.status = 'promoting';
    this.events.tell('db-cluster', target, globalHappenings.started(target.id, this.account.region));
    this.account.clock.after(takes, () => {
      this.#moving.delete(name);
      target.globalSecondary = false;
      target.formerPrimary = from;
      target.writer = promoted;
      target.status = 'available';
      this.events.tell('db-cluster', target, globalHappenings[ends](target.id, this.account.region));
      this.changed(target);
    });
    return this.#described(name);
  }

  #described(name: string): GlobalCluster {
    const parts = this.#partsOf(name);
    const moving = this.#moving.get(name);
    const other = elsewhere(parts, this.account);
    const writer = this.#writer(parts);
    return {
      GlobalClusterIdentifier: name,
      GlobalClusterArn: this.account.arn('rds', `global-cluster:${name}`).replace(`:${this.account.region}:`, '::'),
      Status: moving ? course[moving.how].status : 'available',
      GlobalClusterMembers: [...(other === undefined ? [] : [other]), ...parts.map(({ arn }) => arn)].map((arn) => ({
        DBClusterArn: arn,
        IsWriter: arn === writer,
        Readers: [],
      })),
      ...(moving && {
        FailoverState: {
          // RDS says `switching-over`, which its own list of these lacks.
          Status: course[moving.how].status as FailoverStatus,
          FromDbClusterArn: moving.from,
          ToDbClusterArn: moving.to,
          IsDataLossAllowed: moving.how === 'failover',
        },
      }),
    };
  }

  #writer(parts: readonly Cluster[]): string {
    const own = parts.find(({ globalSecondary }) => !globalSecondary);
    return own?.arn ?? elsewhere(parts, this.account) ?? '';
  }

  #partsOf(name: string): readonly Cluster[] {
    const parts = this.#parts().filter((part) => nameOf(part) === name);
    if (parts.length > 0) return parts;
    throw new Refusal('GlobalClusterNotFoundFault', `GlobalCluster ${name} not found.`, 404);
  }

  #parts(): readonly Cluster[] {
    return this.inventory.clusters().filter(({ globalCluster }) => globalCluster !== undefined);
  }
}

function nameOf({ globalCluster }: Cluster): string {
  return globalCluster ?? '';
}

/** The cluster in another region that is the primary of these, or was; undefined where there is none. */
function elsewhere(parts: readonly Cluster[], { id, region }: SimulatedAccount): string | undefined {
  const former = parts.find(({ formerPrimary }) => formerPrimary !== undefined)?.formerPrimary;
  const [first] = parts;
  if (former !== undefined || !first || parts.some(({ globalSecondary }) => !globalSecondary)) return former;
  return `arn:aws:rds:${region === 'us-east-1' ? 'us-west-2' : 'us-east-1'}:${id}:cluster:${first.id}-primary`;
}
