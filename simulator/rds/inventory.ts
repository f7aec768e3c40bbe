import type {
  DBClusterMessage,
  DBInstanceMessage,
  DescribeDBClustersMessage,
  DescribeDBInstancesMessage,
  DescribeGlobalClustersMessage,
  Filter,
  GlobalClustersMessage,
} from '@aws-sdk/client-rds';
import type { Dimensions } from '../cloudwatch/metric';
import { clusterValue, describeCluster, memberValue, type Cluster } from './cluster';
import { describeDatabase, healthOf, type Database } from './database';
import { recordsOf } from './page';
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

  /** Either of them: an ARN says which, and an identifier means the instance where both exist. */
  either(idOrArn: string): { readonly database: Database } | { readonly cluster: Cluster } {
    const isCluster = idOrArn.includes(':cluster:') || !this.#databases.has(idIn(idOrArn, 'db'));
    if (isCluster && (idOrArn.includes(':cluster:') || this.#clusters.has(idIn(idOrArn, 'cluster')))) {
      return { cluster: this.cluster(idOrArn) };
    }
    return { database: this.database(idOrArn) };
  }

  holds(id: string): boolean {
    return this.#databases.has(idIn(id, 'db')) || this.#clusters.has(idIn(id, 'cluster'));
  }

  clusterOf(database: Database): Cluster | undefined {
    return database.membership && this.#clusters.get(database.membership.cluster);
  }

  describeInstance(database: Database): ReturnType<typeof describeDatabase> {
    const replicas = [...this.#databases.values()].filter((other) => other.replicaOf === database.id);
    return describeDatabase(
      database,
      replicas.map((replica) => replica.id),
    );
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
    const { items, next } = recordsOf(this.account, found, input);
    return { DBInstances: items.map((item) => this.describeInstance(item)), ...next };
  }

  describeClusters(input: DescribeDBClustersMessage): DBClusterMessage {
    const all = input.DBClusterIdentifier ? [this.cluster(input.DBClusterIdentifier)] : [...this.#clusters.values()];
    const found = filtered(all, input.Filters, {
      'db-cluster-id': (cluster) => [cluster.id, cluster.arn],
      engine: (cluster) => [cluster.engine],
    });
    const { items, next } = recordsOf(this.account, found, input);
    return { DBClusters: items.map((item) => describeCluster(item, this.account)), ...next };
  }

  /** The global clusters that clusters of this region are part of; what they have in other regions isn't shown. */
  describeGlobalClusters(input: DescribeGlobalClustersMessage): GlobalClustersMessage {
    const asked = input.GlobalClusterIdentifier;
    const parts = [...this.#clusters.values()].filter(({ globalCluster }) => globalCluster !== undefined);
    const known = new Set(parts.flatMap(({ globalCluster }) => globalCluster ?? []));
    const names = asked === undefined ? [...known] : [asked];
    const { items, next } = recordsOf(this.account, names, input);
    return {
      GlobalClusters: items.map((name) => {
        if (!known.has(name)) throw new Refusal('GlobalClusterNotFoundFault', `GlobalCluster ${name} not found.`, 404);
        return {
          GlobalClusterIdentifier: name,
          Status: 'available',
          GlobalClusterMembers: parts
            .filter(({ globalCluster }) => globalCluster === name)
            .map(({ arn, globalSecondary }) => ({ DBClusterArn: arn, IsWriter: !globalSecondary, Readers: [] })),
        };
      }),
      ...next,
    };
  }

  /** A metric of AWS/RDS now; undefined when it has no data. */
  metric(name: string, dimensions: Dimensions): number | undefined {
    const { DBInstanceIdentifier, DBClusterIdentifier, Role } = dimensions;
    if (DBInstanceIdentifier !== undefined) {
      const database = this.#databases.get(DBInstanceIdentifier.toLowerCase());
      return database && this.#ofInstance(database, name);
    }
    const cluster = this.#clusters.get((DBClusterIdentifier ?? '').toLowerCase());
    return cluster && clusterValue(cluster, name, Role);
  }

  #ofInstance(database: Database, name: string): number | undefined {
    if (database.status === 'stopped') return undefined;
    const cluster = this.clusterOf(database);
    if (cluster) return memberValue(cluster, database, name);
    if (name === 'FreeStorageSpace') return database.freeStorageGiB * gibibyte;
    return valueIn(healthOf(database), name);
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
