import type { Cancel } from '../clock';
import type { Cluster } from './cluster';
import { healthOf, type Database } from './database';
import { clusterHappenings, happenings, type RdsEvents } from './events';
import type { DatabaseCure } from './sickness';
import type { SimulatedAccount } from '../world';

/** Until AWS has replaced a host that a failover left behind. */
const hostReplacement = 10 * 60_000;

/** Restarts and failovers of one account's databases, step by step on the clock. */
export class RdsFailover {
  /** Steps to come of each movement under way. */
  readonly #courses = new Map<Database | Cluster, readonly Cancel[]>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly events: RdsEvents,
    /** Is told of each database whose health may have changed. */
    private readonly changed: (database: Database) => void,
  ) {}

  /** Restarts the engine in place: a minute without service. */
  reboot(database: Database): void {
    this.#setStatus(database, 'rebooting');
    this.#run(database, [
      [
        10,
        () => {
          this.#tell(database, 'shutdown');
        },
      ],
      [
        45,
        () => {
          this.#tell(database, 'restarted');
        },
      ],
      [
        60,
        () => {
          database.parametersWait = false;
          this.cureBy(database, 'reboot');
          if (database.status === 'rebooting') this.#setStatus(database, 'available');
        },
      ],
    ]);
  }

  /** Moves a Multi-AZ instance to its standby; `why` tells whether a user or RDS itself wanted it. */
  failOverInstance(database: Database, why: 'requestedByUser' | 'primaryUnhealthy'): void {
    this.#setStatus(database, 'rebooting');
    this.#run(database, [
      [
        17,
        () => {
          this.#tell(database, 'failoverStarted');
        },
      ],
      [
        33,
        () => {
          this.#tell(database, 'restarted');
        },
      ],
      [
        67,
        () => {
          this.#tell(database, 'failoverCompleted');
          this.#tell(database, why);
        },
      ],
      // What DescribeDBInstances shows lags the events by some seconds.
      [
        75,
        () => {
          this.completeInstance(database);
        },
      ],
    ]);
  }

  /** Brings about at once, and without events, what a failover of the instance comes to; one under way ends here. */
  completeInstance(database: Database): void {
    this.#stop(database);
    this.#swapZones(database);
    this.#setStatus(database, 'available');
  }

  /** Moves the writer's role of a cluster to `target`. */
  failOverCluster(cluster: Cluster, target: Database): void {
    const leaving = cluster.writer;
    const how = target.zone === leaving?.zone ? 'startedSameZone' : 'startedCrossZone';
    cluster.status = 'failing-over';
    this.#changedAll(cluster);
    this.#run(cluster, [
      [
        5,
        () => {
          this.events.tell('db-cluster', cluster, clusterHappenings[how](target.id));
        },
      ],
      [
        20,
        () => {
          for (const member of new Set([target, leaving ?? target])) this.#tell(member, 'restarted');
        },
      ],
      [
        35,
        () => {
          this.completeCluster(cluster, target);
          this.events.tell('db-cluster', cluster, clusterHappenings.completed(target.id));
        },
      ],
    ]);
  }

  /** Brings about at once, and without events, what a failover to `target` comes to; one under way ends here. */
  completeCluster(cluster: Cluster, target: Database): void {
    this.#stop(cluster);
    this.#moveWriter(cluster, target);
    cluster.status = 'available';
    this.#changedAll(cluster);
  }

  /** Cures the database if this is a cure for what ails it. */
  cureBy(database: Database, cure: DatabaseCure): void {
    if (!database.sick?.curedBy.includes(cure)) return;
    database.sick = undefined;
    this.changed(database);
  }

  #swapZones(database: Database): void {
    const { zone, standbyZone, sick, badHost } = database;
    if (standbyZone === undefined) return;
    database.zone = standbyZone;
    database.standbyZone = zone;
    const now = this.account.clock.now();
    if (badHost && badHost.zone === standbyZone && badHost.until > now) database.sick ??= badHost.sick;
    else if (sick?.kind === 'host' && sick.curedBy.includes('failover')) {
      database.badHost = { zone, until: now + hostReplacement, sick };
      database.sick = undefined;
    } else this.cureBy(database, 'failover');
  }

  #moveWriter(cluster: Cluster, target: Database): void {
    const left = cluster.writer;
    cluster.writer = target;
    if (!left?.sick || left === target) return;
    if (!left.sick.curedBy.includes('failover')) {
      // What no failover cures follows the role: the load, or the query that hangs the engine.
      target.sick = left.sick;
      left.sick = undefined;
      return;
    }
    const sick = left.sick;
    this.account.clock.after(hostReplacement, () => {
      if (left.sick !== sick) return;
      left.sick = undefined;
      this.changed(left);
    });
  }

  #run(moving: Database | Cluster, steps: readonly (readonly [number, () => void])[]): void {
    const cancels = steps.map(([seconds, step]) => this.account.clock.after(seconds * 1_000, step));
    this.#courses.set(moving, cancels);
  }

  #stop(moving: Database | Cluster): void {
    for (const cancel of this.#courses.get(moving) ?? []) cancel();
    this.#courses.delete(moving);
  }

  #tell(database: Database, what: keyof typeof happenings): void {
    this.events.tell('db-instance', database, happenings[what]);
  }

  #setStatus(database: Database, status: string): void {
    database.status = status;
    this.changed(database);
  }

  #changedAll(cluster: Cluster): void {
    for (const member of cluster.members) this.changed(member);
  }
}

/** The member that AWS promotes when none is named: the lowest tier of those that serve, then the first by name. */
export function promotable(cluster: Cluster): Database | undefined {
  return cluster.members
    .filter((member) => member !== cluster.writer && healthOf(member) !== 'down' && member.status !== 'stopped')
    .sort((a, b) => (a.membership?.tier ?? 15) - (b.membership?.tier ?? 15) || (a.id < b.id ? -1 : 1))[0];
}
