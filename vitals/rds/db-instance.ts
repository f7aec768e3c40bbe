import type { ClusterPendingModifiedValues, DBInstance, PendingModifiedValues, Tag } from '@aws-sdk/client-rds';
import type { Calls } from '../aws';
import { dbSettings, type DbSettings } from './db-settings';
import { dbStorage, storageHealth, type DbStorage } from './db-storage';
import { defineVitals, type Health } from '../vitals';

/** Identifiers of databases and clusters as RDS accepts them; what doesn't fit is sent nowhere. */
export const dbIdentifier = /^[a-zA-Z](?:-?[a-zA-Z0-9]){0,62}$/;

/** A database instance, as far as healing it needs. */
export interface DbInstance {
  readonly id: string;
  /** RDS's own word, such as `available`; there are some forty, and new ones come. */
  readonly status: string;
  readonly instanceClass: string;
  readonly engine: string;
  /** Name of the Availability Zone that it serves from; undefined while it is being created. */
  readonly zone: string | undefined;
  /** Zone of the synchronous standby; undefined without one, and until RDS knows it. */
  readonly standbyZone: string | undefined;
  readonly multiAz: boolean;
  /** Identifier of the cluster that it is a member of. */
  readonly cluster: string | undefined;
  readonly storage: DbStorage;
  /** How a read replica follows its source; `untold` of any other instance. */
  readonly replication: 'normal' | 'broken' | 'untold';
  /** Identifier of the instance that it is a read replica of; of one in another Region its ARN. */
  readonly source: string | undefined;
  /** Identifiers of its own read replicas. */
  readonly replicas: readonly string[];
  /** Days that automated backups are kept; 0 is none. */
  readonly backupDays: number;
  /** The latest moment that its backups bring back; undefined where there are none yet. */
  readonly latestRestorable: number | undefined;
  /** Name under which clients find it; undefined while it is being created. */
  readonly address: string | undefined;
  readonly settings: DbSettings;
  /** Names of the settings that wait for a reboot or for the maintenance window. */
  readonly pending: readonly string[];
  /** Names of its parameter groups of which something is applied only by a reboot that nobody has made yet. */
  readonly parametersWait: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export type DbInstanceReading =
  | { readonly kind: 'found'; readonly instance: DbInstance }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with one instance of that name. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Statuses in which the engine answers its clients, by RDS's table of instance statuses. */
const serving = new Set([
  'available',
  'backing-up',
  'configuring-associated-roles',
  'configuring-enhanced-monitoring',
  'configuring-iam-database-auth',
  'configuring-log-exports',
  'storage-config-upgrade',
  'storage-initialization',
  'storage-optimization',
]);

/** Whether an instance of this status answers its clients; a status that is not known doesn't. */
export function serves(status: string): boolean {
  return serving.has(status);
}

/**
 * Statuses in which RDS or people are changing an instance or a cluster, by RDS's tables of statuses. Each is over by itself,
 * mostly in minutes. Work on the storage behind it is not among them: that takes hours or days, and nobody waits for it.
 */
const atWork = new Set([
  'backing-up',
  'backtracking',
  'configuring-associated-roles',
  'configuring-enhanced-monitoring',
  'configuring-iam-database-auth',
  'configuring-log-exports',
  'converting-to-vpc',
  'creating',
  'failing-over',
  'maintenance',
  'migrating',
  'modifying',
  'moving-to-vpc',
  'preparing-data-migration',
  'promoting',
  'rebooting',
  'renaming',
  'resetting-master-credentials',
  'starting',
  'stopping',
  'update-iam-db-auth',
  'upgrading',
]);

/** What RDS or people are doing to an instance or a cluster now, in one line; undefined when it is nothing that is known here. */
export function workOnDatabase({ id, status }: { readonly id: string; readonly status: string }): string | undefined {
  return atWork.has(status) ? `${id} is ${status}` : undefined;
}

/** Why nothing is done to it that takes effect at once, as RDS would do it; undefined when it may. `does`: such as `fails over`. */
export function unsettled(
  { id, status, pending }: { readonly id: string; readonly status: string; readonly pending: readonly string[] },
  does: string,
): string | undefined {
  if (status !== 'available') return `${id} is ${status}: RDS ${does} only what is available`;
  return pending.length > 0
    ? `${id} has changes waiting that would be applied with it: ${pending.join(', ')}`
    : undefined;
}

/** RDS's tags as a record. */
export function tagRecord(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
}

/** Reads one instance. AWS's refusals other than "not found" are thrown as they come. */
export async function readDbInstance(id: string, aws: Calls<'rds:DescribeDBInstances'>): Promise<DbInstanceReading> {
  if (!dbIdentifier.test(id)) return { kind: 'unreadable', detail: notAnIdentifier(id) };
  try {
    const { DBInstances = [] } = await aws.rds.describeDBInstances({ DBInstanceIdentifier: id });
    const [raw, ...more] = DBInstances;
    const instance = raw && dbInstance(raw);
    // RDS lower-cases identifiers. An answer about anything else must not be taken for the one asked about.
    if (!instance || more.length > 0 || instance.id.toLowerCase() !== id.toLowerCase()) {
      return { kind: 'unreadable', detail: `RDS did not answer with exactly one instance named ${id}` };
    }
    return { kind: 'found', instance };
  } catch (error) {
    if (error instanceof Error && error.name === 'DBInstanceNotFoundFault') return { kind: 'absent' };
    throw error;
  }
}

/** What is wrong with an id that `dbIdentifier` doesn't accept: quoted and cut, since anybody may have written it. */
export function notAnIdentifier(id: string): string {
  return `${JSON.stringify(id.slice(0, 80))} is not an identifier that RDS gives: letters, digits and single hyphens`;
}

/** RDS's record as ours; undefined if it lacks what every instance has. */
export function dbInstance(raw: DBInstance): DbInstance | undefined {
  const { DBInstanceIdentifier: id, DBInstanceStatus: status, DBInstanceClass: instanceClass, Engine: engine } = raw;
  if (!id || !status || !instanceClass || !engine) return undefined;
  return {
    id,
    status,
    instanceClass,
    engine,
    zone: raw.AvailabilityZone,
    standbyZone: raw.SecondaryAvailabilityZone,
    multiAz: raw.MultiAZ ?? false,
    cluster: raw.DBClusterIdentifier,
    storage: dbStorage(raw),
    replication: replicationOf(raw),
    // What was a replica may show an empty name.
    source: raw.ReadReplicaSourceDBInstanceIdentifier || undefined,
    replicas: raw.ReadReplicaDBInstanceIdentifiers ?? [],
    backupDays: raw.BackupRetentionPeriod ?? 0,
    latestRestorable: raw.LatestRestorableTime?.getTime(),
    address: raw.Endpoint?.Address,
    settings: dbSettings(raw),
    pending: pendingNames(raw.PendingModifiedValues ?? {}),
    parametersWait: (raw.DBParameterGroups ?? []).flatMap((group) =>
      group.ParameterApplyStatus === 'pending-reboot' ? [group.DBParameterGroupName ?? 'one without a name'] : [],
    ),
    tags: tagRecord(raw.TagList),
  };
}

function replicationOf({ StatusInfos = [] }: DBInstance): DbInstance['replication'] {
  const told = StatusInfos.filter(({ StatusType }) => StatusType === 'read replication');
  if (told.length === 0) return 'untold';
  return told.every(({ Normal }) => Normal === true) ? 'normal' : 'broken';
}

/** Names of the settings that wait to be applied. */
export function pendingNames(values: PendingModifiedValues | ClusterPendingModifiedValues): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? [] : [name],
  );
}

async function healthOf(
  instance: DbInstance,
  condition: string,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<Health> {
  const { id, status, zone, replication } = instance;
  if (status === 'deleting') return { kind: 'gone', detail: `${id} is being deleted` };
  if (!serves(status)) return { kind: 'unhealthy', detail: `${id} is ${status}` };
  // An instance is `available` all the same when its disk is nearly full or its source has lost it.
  if (condition === 'db-storage-low') return storageHealth(instance, aws);
  if (replication === 'broken') return { kind: 'unhealthy', detail: `${id} does not follow its source` };
  if (condition === 'db-replication-broken' && replication === 'untold') {
    return { kind: 'unknown', detail: `RDS does not say how ${id} follows its source` };
  }
  return { kind: 'healthy', detail: `${id} is ${status}${zone ? ` in ${zone}` : ''}` };
}

async function readOrThrow(id: string, aws: Calls<'rds:DescribeDBInstances'>): Promise<DbInstance | undefined> {
  const reading = await readDbInstance(id, aws);
  // No tags would let a rule through that the tags keep off, and no place would count it in nothing.
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.instance : undefined;
}

/** A database instance is well when its engine answers clients. It stands in its zone, and in its cluster if it is in one. */
export const dbInstanceVitals = defineVitals({
  kind: 'db-instance',
  reads: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData'],
  sees: [
    'db-instance-failed', // these five have a status of their own
    'db-instance-stopped',
    'db-parameters-incompatible',
    'db-network-incompatible',
    'db-replication-broken',
    'db-source-lost', // RDS says of a replica whether it follows
    // One that is available can answer late or be overloaded all the same; and how little storage is little is up to the alarm.
  ],
  async health(resource, condition, aws) {
    const reading = await readDbInstance(resource.id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.instance, condition, aws);
      case 'absent':
        return { kind: 'gone', detail: `${resource.id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags({ id }, aws) {
    return (await readOrThrow(id, aws))?.tags ?? {};
  },
  async place({ id, account, region }, aws) {
    const instance = await readOrThrow(id, aws);
    if (!instance) return { groups: [] };
    const { zone, cluster } = instance;
    return {
      ...(zone !== undefined && { zone }),
      groups: cluster === undefined ? [] : [{ kind: 'db-cluster', id: cluster, account, region }],
    };
  },
  async busy({ id }, aws) {
    const instance = await readOrThrow(id, aws);
    return instance && workOnDatabase(instance);
  },
});
