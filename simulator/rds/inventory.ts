import type {
  DBClusterMessage,
  DBInstanceMessage,
  DescribeDBClustersMessage,
  DescribeDBInstancesMessage,
  Filter,
} from '@aws-sdk/client-rds';
import { recordsOf } from '../page';
import type { Dimensions } from '../cloudwatch/metric';
import { clusterValue, describeCluster, globalLag, memberValue, type Cluster } from './cluster';
import { describeDatabase, healthOf, type Database } from './database';
import { promotable } from './failover';
import { lagOf, replicationOf, type Replication } from './replication';
import { describeLatest, restoreWindow } from './restore-window';
import { valueIn } from './sickness';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

const gibibyte = 1024 ** 3;

/** What RDS holds in one account, and what its Describe operations and its metrics show of that. */
export class RdsInventory {
  readonly #databases = new Map<string, Database>();
  readonly #clusters = new Map<string, Cluster>();

  constructor(private readonly account: SimulatedAccount) {}

  addDatabase(database: Database): void {
    this.#databases.set(database.id, database);
  }

  addCluster(cluster: Cluster): void {
    this.#clusters.set(cluster.id, cluster);
    for (const member of cluster.members) this.addDatabase(member);
  }

  /** The instance by identifier or ARN. */
  database(idOrArn: string | undefined): Database {
    const found = this.#databases.get(idIn(idOrArn, 'db'));
    if (!found) throw new Refusal('DBInstanceNotFoundFault', `DBInstance ${idOrArn ?? ''} not found.`, 404);
    return found;
  }

  /** The cluster by identifier or ARN. */
  cluster(idOrArn: string | undefined): Cluster {
    const found = this.#clusters.get(idIn(idOrArn, 'cluster'));
    if (!found) throw new Refusal('DBClusterNotFoundFault', `DBCluster ${idOrArn ?? ''} not found.`, 404);
    return found;
  }

  clusters(): readonly Cluster[] {
    return [...this.#clusters.values()];
  }

  /** Either of them: an ARN says which, and an identifier means the instance where both exist. */
  either(idOrArn: string): { readonly database: Database } | { readonly cluster: Cluster } {
    const isCluster = idOrArn.includes(':cluster:') || !this.#databases.has(idIn(idOrArn, 'db'));
    if (isCluster && (idOrArn.includes(':cluster:') || this.#clusters.has(idIn(idOrArn, 'cluster')))) {
      return { cluster: this.cluster(idOrArn) };
    }
    return { database: this.database(idOrArn) };
  }

  holds(id: string): boolean {
    return this.isInstance(id) || this.isCluster(id);
  }

  isInstance(id: string): boolean {
    return this.#databases.has(idIn(id, 'db'));
  }

  isCluster(id: string): boolean {
    return this.#clusters.has(idIn(id, 'cluster'));
  }

  /** Who writes in the cluster of that identifier; undefined where nobody does, or it is gone. */
  writerOf(cluster: string): Database | undefined {
    return this.#clusters.get(cluster)?.writer;
  }

  clusterOf(database: Database): Cluster | undefined {
    return database.membership && this.#clusters.get(database.membership.cluster);
  }

  /** The member that takes over: the one that is named, or the one next in line. */
  failoverTarget(cluster: Cluster, named: string | undefined): Database {
    const member =
      named === undefined ? promotable(cluster) : cluster.members.find(({ id }) => id === named.toLowerCase());
    if (member) return member;
    throw new Refusal(
      'InvalidDBInstanceStateFault',
      named === undefined
        ? `DB cluster ${cluster.id} has no reader to fail over to.`
        : `DB instance ${named} is not a member of DB cluster ${cluster.id}.`,
    );
  }

  replicasOf({ id }: Database): readonly Database[] {
    return [...this.#databases.values()].filter(({ replicaOf }) => replicaOf === id);
  }

  /** How a read replica follows its source; undefined of any other instance. */
  replication(database: Database): Replication | undefined {
    return replicationOf(database, this.#databases.get(database.replicaOf ?? ''));
  }

  /** Takes an instance away, out of its cluster too. */
  remove(database: Database): void {
    const cluster = this.clusterOf(database);
    if (cluster) cluster.members = cluster.members.filter((member) => member !== database);
    this.#databases.delete(database.id);
  }

  describeInstance(database: Database): ReturnType<typeof describeDatabase> {
    const ids = this.replicasOf(database).map(({ id }) => id);
    const window = database.membership ? undefined : restoreWindow(database, this.account.clock.now());
    return { ...describeDatabase(database, ids, this.replication(database)), ...describeLatest(window) };
  }

  describeInstances(input: DescribeDBInstancesMessage): DBInstanceMessage {
    const all = input.DBInstanceIdentifier
      ? [this.database(input.DBInstanceIdentifier)]
      : [...this.#databases.values()];
    const found = filtered(all, input.Filters, {
      'db-instance-id': (database) => [database.id, database.arn],
      'db-cluster-id': (database) => [database.membership?.cluster ?? '', this.clusterOf(database)?.arn ?? ''],
      engine: (database) => [database.engine],
    });
    const { items, next } = recordsOf(this.account, found, input, 'InvalidParameterValue');
    return { DBInstances: items.map((item) => this.describeInstance(item)), ...next };
  }

  describeClusters(input: DescribeDBClustersMessage): DBClusterMessage {
    const all = input.DBClusterIdentifier ? [this.cluster(input.DBClusterIdentifier)] : [...this.#clusters.values()];
    const found = filtered(all, input.Filters, {
      'db-cluster-id': (cluster) => [cluster.id, cluster.arn],
      engine: (cluster) => [cluster.engine],
    });
    const { items, next } = recordsOf(this.account, found, input, 'InvalidParameterValue');
    return { DBClusters: items.map((item) => describeCluster(item, this.account)), ...next };
  }

  /** A metric of AWS/RDS now; undefined when it has no data. */
  metric(name: string, dimensions: Dimensions): number | undefined {
    const { DBInstanceIdentifier, DBClusterIdentifier, Role } = dimensions;
    if (DBInstanceIdentifier !== undefined) {
      const database = this.#databases.get(DBInstanceIdentifier.toLowerCase());
      return database && this.#ofInstance(database, name);
    }
    const cluster = this.#clusters.get((DBClusterIdentifier ?? '').toLowerCase());
    return cluster && (globalLag(cluster, name, this.account.clock.now()) ?? clusterValue(cluster, name, Role));
  }

  #ofInstance(database: Database, name: string): number | undefined {
    if (database.status === 'stopped') return undefined;
    const cluster = this.clusterOf(database);
    if (cluster) return memberValue(cluster, database, name);
    if (name === 'FreeStorageSpace') return database.freeStorageGiB * gibibyte;
    if (name === 'ReplicaLag' && database.replicaOf === undefined) return undefined;
    const lag = name === 'ReplicaLag' ? lagOf(this.replication(database), this.account.clock.now()) : undefined;
    return lag ?? valueIn(healthOf(database), name);
  }
}

function idIn(idOrArn: string | undefined, type: 'db' | 'cluster'): string {
  return (idOrArn ?? '').replace(new RegExp(`^arn:[^:]*:rds:[^:]*:[^:]*:${type}:`), '').toLowerCase();
}

/** Those that pass every filter. A filter that isn't known is refused: it must not be taken for one that lets all pass. */
function filtered<T>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  known: Readonly<Record<string, (item: T) => readonly string[]>>,
): readonly T[] {
  return (filters ?? []).reduce((left, { Name = '', Values = [] }) => {
    const valuesOf = known[Name];
    if (!valuesOf) throw new Refusal('InvalidParameterValue', `Unrecognized filter name: ${Name}`);
    return left.filter((item) => valuesOf(item).some((value) => Values.includes(value)));
  }, items);
}
