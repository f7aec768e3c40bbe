import type { DescribeEventsMessage, Event, EventsMessage } from '@aws-sdk/client-rds';
import { ToldEvents } from '../told-events';
import type { SimulatedAccount } from '../world';

/** What RDS tells about an instance or a cluster. Wordings as RDS sends them today. */
interface Happening {
  /** Absent on what stands in the list of events but isn't sent to EventBridge. */
  readonly id?: string;
  readonly category?: string;
  readonly message: string;
}

const happening = (number: string, category: string, message: string): Happening => ({
  id: `RDS-EVENT-${number}`,
  category,
  message,
});

/** The events that the simulated RDS sends, in the words of AWS. */
export const happenings = {
  created: happening('0005', 'creation', 'DB instance created'),
  deleted: happening('0003', 'deletion', 'DB instance deleted'),
  failed: happening(
    '0031',
    'failure',
    'The DB instance has failed due to an incompatible configuration or an underlying storage issue. Begin a point-in-time-restore for the DB instance.',
  ),
  replicationTerminated: happening('0057', 'read replica', 'Replication on the read replica was terminated.'),
  shutdown: happening('0004', 'availability', 'DB instance shutdown'),
  restarted: happening('0006', 'availability', 'DB instance restarted'),
  storageExhausted: happening('0007', 'low storage', 'Allocated storage has been exhausted'),
  failoverStarted: happening('0013', 'failover', 'Multi-AZ instance failover started.'),
  failoverCompleted: happening('0049', 'failover', 'Multi-AZ instance failover completed'),
  storageApplied: happening('0017', 'configuration change', 'Finished applying modification to allocated storage'),
  storageApplying: happening('0018', 'configuration change', 'Applying modification to allocated storage'),
  autoscalingApplying: happening(
    '0217',
    'configuration change',
    'Applying autoscaling-initiated modification to allocated storage',
  ),
  autoscalingApplied: happening(
    '0218',
    'configuration change',
    'Finished applying autoscaling-initiated modification to allocated storage',
  ),
  stopped: happening('0087', 'notification', 'DB instance stopped'),
  started: happening('0088', 'notification', 'DB instance started'),
  requestedByUser: { message: 'The user requested a failover of the DB instance.' },
  primaryUnhealthy: { message: 'The primary host of the RDS Multi-AZ instance is unhealthy.' },
} satisfies Record<string, Happening>;

/** The same for clusters; each names the member that takes over. */
export const clusterHappenings = {
  completed: (target: string): Happening =>
    happening('0071', 'failover', `Completed failover to DB instance: ${target}`),
  startedSameZone: (target: string): Happening =>
    happening('0072', 'failover', `Started same AZ failover to DB instance: ${target}`),
  startedCrossZone: (target: string): Happening =>
    happening('0073', 'failover', `Started cross AZ failover to DB instance: ${target}`),
};

/** The same for the clusters of a global database; each names the one that takes over, and its region. */
export const globalHappenings = {
  started: (target: string, region: string): Happening =>
    happening('0181', 'global failover', `Global switchover to DB cluster ${target} in Region ${region} started.`),
  switchedOver: (target: string, region: string): Happening =>
    happening('0185', 'global failover', `Global switchover to DB cluster ${target} in Region ${region} finished.`),
  failedOver: (target: string, region: string): Happening =>
    happening('0238', 'global failover', `Global failover to DB cluster ${target} in Region ${region} completed.`),
};

interface Source {
  readonly id: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

const sources = {
  'db-instance': { detailType: 'RDS DB Instance Event', name: 'DB_INSTANCE' },
  'db-cluster': { detailType: 'RDS DB Cluster Event', name: 'CLUSTER' },
} as const;

/** The events of one account's RDS: kept for DescribeEvents for two weeks, and sent to EventBridge. */
export class RdsEvents {
  readonly #told: ToldEvents<Event>;

  constructor(private readonly account: SimulatedAccount) {
    this.#told = new ToldEvents(account, '');
  }

  /** Tells that it happened, now. */
  tell(type: keyof typeof sources, source: Source, { id, category, message }: Happening): void {
    const now = new Date(this.account.clock.now());
    const categories = category === undefined ? [] : [category];
    this.#told.keep({
      SourceIdentifier: source.id,
      SourceType: type,
      Message: message,
      EventCategories: categories,
      Date: now,
      SourceArn: source.arn,
    });
    if (id === undefined) return;
    this.account.bus.emit('aws.rds', sources[type].detailType, [source.arn], {
      EventCategories: categories,
      SourceType: sources[type].name,
      SourceArn: source.arn,
      Date: now.toISOString(),
      Message: message,
      SourceIdentifier: source.id,
      EventID: id,
      ...(Object.keys(source.tags).length > 0 && { Tags: source.tags }),
    });
  }

  describe(input: DescribeEventsMessage): EventsMessage {
    return this.#told.describe(input);
  }
}
