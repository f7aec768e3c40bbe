import type {
  DBClusterMessage,
  DBInstanceMessage,
  DescribeDBClustersMessage,
  DescribeDBInstancesMessage,
  DescribeEventsMessage,
  EventsMessage,
  ListTagsForResourceMessage,
  TagListMessage,
} from '@aws-sdk/client-rds';
import type { z } from 'zod';
import { clusterFrom, type Cluster, type ClusterDescription } from './rds/cluster';
import { clusterOperations } from './rds/cluster-operations';
import { creationOperations } from './rds/creation';
import { databaseFrom, tagList, type Database, type DatabaseDescription } from './rds/database';
import { happenings, RdsEvents } from './rds/events';
import { RdsFailover } from './rds/failover';
import { RdsGlobalDatabases } from './rds/global-databases';
import type { DatabaseHappening } from './rds/happening';
import { instanceOperations } from './rds/instance-operations';
import { RdsInventory } from './rds/inventory';
import { RdsModification } from './rds/modification';
import type { RdsParts } from './rds/parts';
import { databaseSicknessSchema, type DatabaseCure } from './rds/sickness';
import { snapshotOperations } from './rds/snapshots';
import { RdsStorage } from './rds/storage';
import type { SimulatedAccount } from './world';

/** All that RDS answers; each part of it stands in a file of its own. */
function operationsOf(parts: RdsParts) {
  const { account, inventory, events, changed } = parts;
  const globals = new RdsGlobalDatabases(account, inventory, events, ({ members }) => {
    for (const member of members) changed(member);
  });
  return {
    DescribeDBInstances: (input: DescribeDBInstancesMessage): DBInstanceMessage => inventory.describeInstances(input),
    DescribeDBClusters: (input: DescribeDBClustersMessage): DBClusterMessage => inventory.describeClusters(input),
    DescribeEvents: (input: DescribeEventsMessage): EventsMessage => events.describe(input),
    ListTagsForResource: (input: ListTagsForResourceMessage): TagListMessage => {
      const found = inventory.either(input.ResourceName ?? '');
      return { TagList: tagList('cluster' in found ? found.cluster.tags : found.database.tags) };
    },
    ...instanceOperations(parts),
    ...clusterOperations(parts),
    ...globals.operations,
    ...creationOperations(parts),
    ...snapshotOperations(parts),
  };
}

/** RDS of one account: instances, and the Aurora and Multi-AZ clusters that some are members of. */
export class Rds {
  readonly operations: ReturnType<typeof operationsOf>;
  readonly #inventory: RdsInventory;
  readonly #events: RdsEvents;
  readonly #failover: RdsFailover;
  readonly #storage: RdsStorage;

  constructor(private readonly account: SimulatedAccount) {
    const changed = (database: Database): void => {
      this.#changed(database);
    };
    const inventory = new RdsInventory(account);
    const events = new RdsEvents(account);
    const failover = new RdsFailover(account, events, changed);
    const storage = new RdsStorage(account, events, changed);
    const modification = new RdsModification(storage, failover);
    this.#inventory = inventory;
    this.#events = events;
    this.#failover = failover;
    this.#storage = storage;
    this.operations = operationsOf({ account, inventory, events, failover, storage, modification, changed });
    account.services.cloudwatch.provide('AWS/RDS', (name, dimensions) => inventory.metric(name, dimensions));
  }

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
    if (database.status === 'stopped') database.status = 'available';
    this.#changed(database);
  }

  /** Makes it well if this is a cure for what ails it. */
  applyCure(id: string, cure: DatabaseCure): void {
    this.#failover.cureBy(this.#speakingFor(id), cure);
  }

  /** It fails for good: only a copy of its backups brings it back, once people have put that in its place. */
  fail(id: string): void {
    const database = this.#inventory.database(id);
    database.status = 'failed';
    database.failedAt = this.account.clock.now();
    database.sick = databaseSicknessSchema.parse({ kind: 'host', curedBy: ['restore'] });
    this.#events.tell('db-instance', database, happenings.failed);
    for (const replica of this.#inventory.replicasOf(database)) {
      this.#events.tell('db-instance', replica, happenings.replicationTerminated);
    }
    this.#changed(database);
  }

  /** AWS fails it over by itself: a Multi-AZ instance to its standby, a cluster to `target` or the reader next in line. */
  failOver(id: string, target?: string): void {
    const found = this.#inventory.either(id);
    if ('cluster' in found)
      this.#failover.failOverCluster(found.cluster, this.#inventory.failoverTarget(found.cluster, target));
    else this.#failover.failOverInstance(found.database, 'primaryUnhealthy');
  }

  /** The failover of AWS's own is over, now and without further events; one under way ends here. */
  completeFailover(id: string, target?: string): void {
    const found = this.#inventory.either(id);
    if ('cluster' in found)
      this.#failover.completeCluster(found.cluster, this.#inventory.failoverTarget(found.cluster, target));
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

  /** Whether something ails it; of a cluster, its writer, or the primary that it follows. */
  isSick(id: string): boolean {
    const found = this.#inventory.either(id);
    if ('cluster' in found && found.cluster.primary.is !== 'well') return true;
    // One that only holds data has nothing else that could be sick.
    if ('cluster' in found && found.cluster.members.length === 0) return false;
    const { sick, freeStorageGiB, storageGiB, membership } = this.#speakingFor(id);
    return sick !== undefined || (membership === undefined && freeStorageGiB < storageGiB / 10);
  }

  /** Whether it is available: RDS stops, starts and changes little else. */
  isAvailable(id: string): boolean {
    return this.#speakingFor(id).status === 'available';
  }

  /** It is stopped, now and without an event. */
  halt(id: string): void {
    const database = this.#inventory.database(id);
    database.status = 'stopped';
    this.#changed(database);
  }

  /** Lets it befall the database that it names. */
  befall(happening: DatabaseHappening): void {
    if ('fill' in happening) this.setFreeStorage(happening.fill, happening.freeGiB);
    else if ('stop' in happening) this.operations.StopDBInstance({ DBInstanceIdentifier: happening.stop });
    else if ('restart' in happening) this.operations.RebootDBInstance({ DBInstanceIdentifier: happening.restart });
    else this.setPrimaryOf(happening.primaryOf, happening.is);
  }

  /** What becomes of the primary that a secondary of a global database follows, in another region. */
  setPrimaryOf(id: string, is: Cluster['primary']['is']): void {
    const cluster = this.#inventory.cluster(id);
    cluster.primary = { is, since: this.account.clock.now() };
    for (const member of cluster.members) this.#changed(member);
  }

  #speakingFor(id: string): Database {
    const found = this.#inventory.either(id);
    if (!('cluster' in found)) return found.database;
    const speaker = found.cluster.writer ?? found.cluster.members[0];
    if (!speaker) throw new Error(`Cluster ${id} has no member that could be sick or well. Describe one.`);
    return speaker;
  }

  #changed(database: Database): void {
    const { cloudwatch } = this.account.services;
    for (const { id } of [database, ...this.#inventory.replicasOf(database)]) {
      cloudwatch.changed('AWS/RDS', { DBInstanceIdentifier: id });
    }
    if (database.membership) cloudwatch.changed('AWS/RDS', { DBClusterIdentifier: database.membership.cluster });
  }
}
