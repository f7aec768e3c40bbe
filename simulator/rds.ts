import type {
  DBClusterMessage,
  DBInstance,
  DBInstanceMessage,
  DescribeDBClustersMessage,
  DescribeDBInstancesMessage,
  DescribeEventsMessage,
  DescribeGlobalClustersMessage,
  EventsMessage,
  FailoverDBClusterMessage,
  FailoverDBClusterResult,
  GlobalClustersMessage,
  ListTagsForResourceMessage,
  ModifyDBInstanceMessage,
  RebootDBInstanceMessage,
  StartDBInstanceMessage,
  StopDBInstanceMessage,
  TagListMessage,
} from '@aws-sdk/client-rds';
import type { z } from 'zod';
import { clusterFrom, describeCluster, type ClusterDescription } from './rds/cluster';
import { databaseFrom, tagList, type Database, type DatabaseDescription } from './rds/database';
import { happenings, RdsEvents } from './rds/events';
import { promotable, RdsFailover } from './rds/failover';
import { RdsInventory } from './rds/inventory';
import { invalidState, RdsModification } from './rds/modification';
import { databaseSicknessSchema, type DatabaseCure } from './rds/sickness';
import { RdsStorage } from './rds/storage';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

interface InstanceAnswer {
  readonly DBInstance: DBInstance;
}

const minute = 60_000;

/** RDS of one account: instances, and the Aurora and Multi-AZ clusters that some are members of. */
export class Rds {
  readonly #inventory: RdsInventory;
  readonly #events: RdsEvents;
  readonly #failover: RdsFailover;
  readonly #storage: RdsStorage;
  readonly #modification: RdsModification;

  constructor(private readonly account: SimulatedAccount) {
    const changed = (database: Database): void => {
      this.#changed(database);
    };
    this.#inventory = new RdsInventory(account);
    this.#events = new RdsEvents(account);
    this.#failover = new RdsFailover(account, this.#events, changed);
    this.#storage = new RdsStorage(account, this.#events, changed);
    this.#modification = new RdsModification(this.#storage, this.#failover);
    account.services.cloudwatch.provide('AWS/RDS', (name, dimensions) => this.#inventory.metric(name, dimensions));
  }

  readonly operations = {
    DescribeDBInstances: (input: DescribeDBInstancesMessage): DBInstanceMessage =>
      this.#inventory.describeInstances(input),
    DescribeDBClusters: (input: DescribeDBClustersMessage): DBClusterMessage => this.#inventory.describeClusters(input),
    DescribeEvents: (input: DescribeEventsMessage): EventsMessage => this.#events.describe(input),
    DescribeGlobalClusters: (input: DescribeGlobalClustersMessage): GlobalClustersMessage =>
      this.#inventory.describeGlobalClusters(input),
    ListTagsForResource: (input: ListTagsForResourceMessage): TagListMessage => {
      const found = this.#inventory.either(input.ResourceName ?? '');
      return { TagList: tagList('cluster' in found ? found.cluster.tags : found.database.tags) };
    },
    RebootDBInstance: (input: RebootDBInstanceMessage): InstanceAnswer => {
      const database = this.#available(input.DBInstanceIdentifier);
      if (input.ForceFailover !== true) this.#failover.reboot(database);
      else if (database.standbyZone !== undefined) this.#failover.failOverInstance(database, 'requestedByUser');
      else {
        throw new Refusal(
          'InvalidParameterCombination',
          'ForceFailover cannot be specified since the instance is not configured for either MultiAZ or High Availability',
        );
      }
      return this.#shown(database);
    },
    FailoverDBCluster: (input: FailoverDBClusterMessage): FailoverDBClusterResult => this.#failOverCluster(input),
    StartDBInstance: (input: StartDBInstanceMessage): InstanceAnswer => {
      const database = this.#inventory.database(input.DBInstanceIdentifier);
      if (database.status !== 'stopped') throw invalidState(database, 'it is not stopped');
      this.#pass(database, 'starting', 5 * minute, () => {
        this.#failover.cureBy(database, 'reboot');
        database.status = 'available';
        this.#events.tell('db-instance', database, happenings.started);
      });
      return this.#shown(database);
    },
    StopDBInstance: (input: StopDBInstanceMessage): InstanceAnswer => {
      const database = this.#available(input.DBInstanceIdentifier);
      if (database.membership) throw invalidState(database, 'it is a member of a cluster, which is stopped as a whole');
      this.#pass(database, 'stopping', 3 * minute, () => {
        database.status = 'stopped';
        this.#events.tell('db-instance', database, happenings.stopped);
      });
      return this.#shown(database);
    },
    ModifyDBInstance: (input: ModifyDBInstanceMessage): InstanceAnswer => {
      const database = this.#inventory.database(input.DBInstanceIdentifier);
      this.#modification.modify(database, input);
      return this.#shown(database);
    },
  };

  /** Adds an instance, or replaces the one of that id. */
  addDatabase(description: DatabaseDescription): void {
    const database = databaseFrom(this.account, description);
    this.#inventory.addDatabase(database);
    this.#storage.watch(database);
    this.#changed(database);
  }

  /** Adds a cluster and its members, or replaces those of these ids. */
  addCluster(description: ClusterDescription): void {
    const cluster = clusterFrom(this.account, description);
    this.#inventory.addCluster(cluster);
    for (const member of cluster.members) this.#changed(member);
  }

  /** Whether there is an instance or a cluster of that id. */
  holds(id: string): boolean {
    return this.#inventory.holds(id);
  }

  /** Makes an instance sick; of a cluster, its writer. `id` may be an ARN, here and below. */
  sicken(id: string, sickness: z.input<typeof databaseSicknessSchema> = { kind: 'host' }): void {
    const database = this.#speakingFor(id);
    database.sick = databaseSicknessSchema.parse(sickness);
    this.#changed(database);
  }

  /** Makes an instance well, whatever ailed it; of a cluster, its writer. */
  cure(id: string): void {
    const database = this.#speakingFor(id);
    database.sick = undefined;
    this.#changed(database);
  }

  /** Makes it well if this is a cure for what ails it. */
  applyCure(id: string, cure: DatabaseCure): void {
    this.#failover.cureBy(this.#speakingFor(id), cure);
  }

  /** AWS fails it over by itself: a Multi-AZ instance to its standby, a cluster to `target` or the reader next in line. */
  failOver(id: string, target?: string): void {
    const found = this.#inventory.either(id);
    if ('cluster' in found) this.#failover.failOverCluster(found.cluster, this.#target(id, target));
    else this.#failover.failOverInstance(found.database, 'primaryUnhealthy');
  }

  /** The failover of AWS's own is over, now and without further events; one under way ends here. */
  completeFailover(id: string, target?: string): void {
    const found = this.#inventory.either(id);
    if ('cluster' in found) this.#failover.completeCluster(found.cluster, this.#target(id, target));
    else this.#failover.completeInstance(found.database);
  }

  /** Sets how much storage is free, in GiB. None at all stops the instance from serving until it gets more. */
  setFreeStorage(id: string, freeGiB: number): void {
    const database = this.#inventory.database(id);
    database.freeStorageGiB = freeGiB;
    if (freeGiB <= 0) {
      database.status = 'storage-full';
      this.#events.tell('db-instance', database, happenings.storageExhausted);
    }
    this.#storage.watch(database);
    this.#changed(database);
  }

  #failOverCluster(input: FailoverDBClusterMessage): FailoverDBClusterResult {
    const cluster = this.#inventory.cluster(input.DBClusterIdentifier);
    const refuse = (why: string): never => {
      throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${cluster.id} can't fail over: ${why}.`);
    };
    if (cluster.status !== 'available') refuse(`its status is ${cluster.status}`);
    if (cluster.globalSecondary) refuse('it is a secondary of a global database');
    const target = input.TargetDBInstanceIdentifier;
    if (target !== undefined && cluster.engine === 'mysql') {
      throw new Refusal(
        'InvalidParameterCombination',
        'A Multi-AZ DB cluster of RDS for MySQL takes no failover target.',
      );
    }
    if (!promotable(cluster)) refuse('it has no reader that is available');
    const member = this.#target(cluster.arn, target);
    if (member === cluster.writer) refuse(`${member.id} is its writer`);
    if (member.status !== 'available') throw invalidState(member, `its status is ${member.status}`);
    this.#failover.failOverCluster(cluster, member);
    return { DBCluster: describeCluster(cluster, this.account) };
  }

  #target(cluster: string, named: string | undefined): Database {
    const found = this.#inventory.cluster(cluster);
    const member = named === undefined ? promotable(found) : found.members.find(({ id }) => id === named.toLowerCase());
    if (member) return member;
    throw new Refusal(
      'InvalidDBInstanceStateFault',
      named === undefined
        ? `DB cluster ${found.id} has no reader to fail over to.`
        : `DB instance ${named} is not a member of DB cluster ${found.id}.`,
    );
  }

  #available(id: string | undefined): Database {
    const database = this.#inventory.database(id);
    if (database.status !== 'available') throw invalidState(database, `its status is ${database.status}`);
    return database;
  }

  /** Goes through a passing status to whatever `arrive` makes of it. */
  #pass(database: Database, status: string, milliseconds: number, arrive: () => void): void {
    database.status = status;
    this.#changed(database);
    this.account.clock.after(milliseconds, () => {
      arrive();
      this.#changed(database);
    });
  }

  #speakingFor(id: string): Database {
    const found = this.#inventory.either(id);
    if (!('cluster' in found)) return found.database;
    const speaker = found.cluster.writer ?? found.cluster.members[0];
    if (!speaker) throw new Error(`Cluster ${id} has no member that could be sick or well. Describe one.`);
    return speaker;
  }

  #shown(database: Database): InstanceAnswer {
    return { DBInstance: this.#inventory.describeInstance(database) };
  }

  #changed(database: Database): void {
    const { cloudwatch } = this.account.services;
    cloudwatch.changed('AWS/RDS', { DBInstanceIdentifier: database.id });
    if (database.membership) cloudwatch.changed('AWS/RDS', { DBClusterIdentifier: database.membership.cluster });
  }
}
