import type { DBInstance, PendingModifiedValues } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { describeReplication, type Replication } from './replication';
import { describeSettings, settingsFields, type DatabaseSettings } from './settings';
import { databaseSicknessSchema, type DatabaseHealth, type DatabaseSickness } from './sickness';
import type { SimulatedAccount } from '../world';

const pendingSchema = z.strictObject({
  class: z.string().optional(),
  storageGiB: z.number().int().positive().optional(),
  engineVersion: z.string().optional(),
  multiAz: z.boolean().optional(),
});

type Pending = z.infer<typeof pendingSchema>;

/** An RDS instance as a description of an account writes it; everything but the id has a default. */
export const databaseSchema = z.strictObject({
  id: z.string().min(1),
  engine: z.string().default('postgres'),
  class: z.string().default('db.r6g.large'),
  /** Default: the first zone of the region. */
  zone: z.string().optional(),
  /** Default: another zone than the primary's; without meaning on a Single-AZ instance. */
  standbyZone: z.string().optional(),
  multiAz: z.boolean().default(true),
  status: z.string().default('available'),
  pendingModifications: pendingSchema.default({}),
  /** Somebody changed parameters that only a restart applies. */
  parametersWait: z.boolean().default(false),
  storageGiB: z.number().int().positive().default(100),
  /** Default: 60 % of the storage. */
  freeStorageGiB: z.number().nonnegative().optional(),
  /** Ceiling of storage autoscaling, which is off without one. */
  maxStorageGiB: z.number().int().positive().optional(),
  storageType: z.enum(['gp2', 'gp3', 'io1', 'io2']).default('gp3'),
  iops: z.number().int().positive().default(3_000),
  /** Identifier of the instance that this one is a read replica of; of one in another region its ARN. */
  replicaOf: z.string().optional(),
  /** Of a replica whose source is in another region, named by its ARN: that source is lost. */
  sourceLost: z.boolean().default(false),
  ...settingsFields,
  tags: z.record(z.string(), z.string()).default({}),
  sick: databaseSicknessSchema.optional(),
});

/** An instance as one describes it: what has a default may be left out. */
export type DatabaseDescription = z.input<typeof databaseSchema>;

/** A DB instance as the account holds it: one of its own, or a member of a cluster. */
export interface Database extends DatabaseSettings {
  readonly id: string;
  readonly arn: string;
  readonly engine: string;
  class: string;
  zone: string;
  /** Zone of the synchronous standby; undefined on a Single-AZ instance and in a cluster. */
  standbyZone: string | undefined;
  status: string;
  pending: Pending;
  parametersWait: boolean;
  storageGiB: number;
  freeStorageGiB: number;
  maxStorageGiB: number | undefined;
  readonly storageType: string;
  iops: number;
  /** When storage last changed, in milliseconds; undefined if it didn't within memory. */
  storageChangedAt: number | undefined;
  replicaOf: string | undefined;
  /** Whether what it replicates is lost; told of a source in another region only, since this account shows the others. */
  readonly sourceLost: boolean;
  /** Since when the account holds it, in milliseconds. */
  readonly since: number;
  /** Since when it has failed for good; undefined while it hasn't. */
  failedAt: number | undefined;
  readonly membership: { readonly cluster: string; readonly tier: number; readonly replicaLagMs: number } | undefined;
  readonly tags: Readonly<Record<string, string>>;
  sick: DatabaseSickness | undefined;
  /** The host that a failover left behind, as long as AWS hasn't replaced it: going back to it brings the sickness back. */
  badHost: { readonly zone: string; readonly until: number; readonly sick: DatabaseSickness } | undefined;
}

/** A zone of the account's region by its place: 0 is `a`. */
export function zoneOf(account: SimulatedAccount, place: number): string {
  return `${account.region}${String.fromCharCode('a'.charCodeAt(0) + (place % 3))}`;
}

/** The instance that a description means, not yet in the account. */
export function databaseFrom(account: SimulatedAccount, description: DatabaseDescription): Database {
  const { pendingModifications, multiAz, ...given } = databaseSchema.parse(description);
  const zone = given.zone ?? zoneOf(account, 0);
  const other = zone === zoneOf(account, 1) ? zoneOf(account, 0) : zoneOf(account, 1);
  return {
    ...given,
    id: given.id.toLowerCase(),
    arn: account.arn('rds', `db:${given.id.toLowerCase()}`),
    zone,
    standbyZone: multiAz ? (given.standbyZone ?? other) : undefined,
    pending: pendingModifications,
    freeStorageGiB: given.freeStorageGiB ?? given.storageGiB * 0.6,
    maxStorageGiB: given.maxStorageGiB,
    storageChangedAt: undefined,
    replicaOf: given.replicaOf,
    since: account.clock.now(),
    failedAt: given.status === 'failed' ? account.clock.now() : undefined,
    membership: undefined,
    sick: given.sick,
    badHost: undefined,
  };
}

const notServing = [
  'rebooting',
  'starting',
  'stopping',
  'failed',
  'inaccessible-encryption-credentials',
  'storage-full',
];

/** How it is for those who use it. A stopped one has no health: it sends no metrics. */
export function healthOf(database: Database): DatabaseHealth {
  if (notServing.includes(database.status)) return 'down';
  return database.sick?.kind ?? 'healthy';
}

function pendingValues({ class: instanceClass, storageGiB, engineVersion, multiAz }: Pending): PendingModifiedValues {
  return {
    ...(instanceClass !== undefined && { DBInstanceClass: instanceClass }),
    ...(storageGiB !== undefined && { AllocatedStorage: storageGiB }),
    ...(engineVersion !== undefined && { EngineVersion: engineVersion }),
    ...(multiAz !== undefined && { MultiAZ: multiAz }),
  };
}

/** Where clients find it. */
function addressOf({ id, arn }: Database): string {
  return `${id}.simulated.${arn.split(':')[3] ?? ''}.rds.amazonaws.com`;
}

/** The tags as AWS lists them. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The instance as DescribeDBInstances shows it; `replicas` are the identifiers of its read replicas, `replication` how it follows. */
export function describeDatabase(
  database: Database,
  replicas: readonly string[],
  replication: Replication | undefined,
): DBInstance {
  return {
    DBInstanceIdentifier: database.id,
    DBInstanceArn: database.arn,
    DBInstanceClass: database.class,
    Engine: database.engine,
    DBInstanceStatus: database.status,
    AvailabilityZone: database.zone,
    ...(database.standbyZone !== undefined && { SecondaryAvailabilityZone: database.standbyZone }),
    MultiAZ: database.standbyZone !== undefined,
    PendingModifiedValues: pendingValues(database.pending),
    AllocatedStorage: database.membership ? 1 : database.storageGiB,
    ...(database.maxStorageGiB !== undefined && { MaxAllocatedStorage: database.maxStorageGiB }),
    StorageType: database.membership ? 'aurora' : database.storageType,
    ...(!database.membership && { Iops: database.iops }),
    ...(database.replicaOf !== undefined && { ReadReplicaSourceDBInstanceIdentifier: database.replicaOf }),
    ReadReplicaDBInstanceIdentifiers: [...replicas],
    ...(database.membership && {
      DBClusterIdentifier: database.membership.cluster,
      PromotionTier: database.membership.tier,
    }),
    ...describeSettings(database),
    ...(database.parametersWait && {
      DBParameterGroups: [{ DBParameterGroupName: database.parameterGroup, ParameterApplyStatus: 'pending-reboot' }],
    }),
    ...describeReplication(replication),
    Endpoint: { Address: addressOf(database), Port: 5432 },
    TagList: tagList(database.tags),
  };
}
