import type { DBCluster } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { capacitySchema, capacityValue, type Capacity } from './capacity';
import { databaseFrom, healthOf, tagList, zoneOf, type Database } from './database';
import { describeWindow, restoreWindow } from './restore-window';
import { describeSettings, settingsFields, type DatabaseSettings } from './settings';
import { databaseSicknessSchema, valueIn, type DatabaseHealth } from './sickness';
import type { SimulatedAccount } from '../world';

const memberSchema = z.strictObject({
  id: z.string().min(1),
  /** Default: the zones of the region in turn. */
  zone: z.string().optional(),
  class: z.string().default('db.r6g.large'),
  /** Promotion tier: 0 is promoted first, 15 last. */
  tier: z.number().int().min(0).max(15).default(1),
  /** Default: the first member writes, if none is said to. */
  writer: z.boolean().default(false),
  status: z.string().default('available'),
  sick: databaseSicknessSchema.optional(),
  replicaLagMs: z.number().nonnegative().default(20),
  tags: z.record(z.string(), z.string()).default({}),
});

/** For how long a primary that is lost from the start on was lost before. */
const lateAlready = 10 * 60_000;

/** `late`: what it writes takes long to be copied, yet it can hand over. `lost`: it does neither. */
export const primaryStates = z.enum(['well', 'late', 'lost']);

/** An Aurora or Multi-AZ cluster as a description of an account writes it. Without members it gets a writer and a reader. */
export const clusterSchema = z.strictObject({
  id: z.string().min(1),
  engine: z.string().default('aurora-postgresql'),
  status: z.string().default('available'),
  /** A secondary of an Aurora global database: it follows a writer in another region and has none of its own. */
  globalSecondary: z.boolean().default(false),
  /** Of a secondary: how its primary is, in another region, from the start on. */
  primary: primaryStates.default('well'),
  /** Its members of class `db.serverless` scale within this range. */
  capacity: capacitySchema.optional(),
  /** The global database that it is part of; a secondary is part of one in any case. */
  globalCluster: z.string().optional(),
  members: z
    .array(memberSchema)
    .refine((members) => members.filter((member) => member.writer).length <= 1, 'A cluster has one writer at most')
    .optional(),
  ...settingsFields,
  tags: z.record(z.string(), z.string()).default({}),
});

/** A cluster as one describes it: what has a default may be left out. */
export type ClusterDescription = z.input<typeof clusterSchema>;

/** A cluster as the account holds it. */
export interface Cluster extends DatabaseSettings {
  readonly id: string;
  readonly arn: string;
  readonly engine: string;
  status: string;
  globalSecondary: boolean;
  /** How the primary is that it follows, in another region, and since when, in milliseconds. */
  primary: { readonly is: z.infer<typeof primaryStates>; readonly since: number };
  /** ARN of the cluster in another region that it took over from. */
  formerPrimary: string | undefined;
  readonly globalCluster: string | undefined;
  capacity: Capacity | undefined;
  members: readonly Database[];
  /** Identifier of the cluster that it was restored from. */
  readonly restoredFrom?: string;
  /** Undefined on a global secondary, and as long as there is no member. */
  writer: Database | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The cluster that a description means, with its members, not yet in the account. */
export function clusterFrom(account: SimulatedAccount, description: ClusterDescription): Cluster {
  const given = clusterSchema.parse(description);
  const id = given.id.toLowerCase();
  const described = given.members ?? [1, 2].map((place) => memberSchema.parse({ id: `${id}-${place}` }));
  const members = described.map((member, place) => ({
    ...databaseFrom(account, {
      id: member.id,
      class: member.class,
      status: member.status,
      tags: member.tags,
      engine: given.engine,
      zone: member.zone ?? zoneOf(account, place),
      multiAz: false,
    }),
    sick: member.sick,
    membership: { cluster: id, tier: member.tier, replicaLagMs: member.replicaLagMs },
  }));
  const named = described.findIndex((member) => member.writer);
  return {
    ...given,
    id,
    arn: account.arn('rds', `cluster:${id}`),
    members,
    capacity: given.capacity,
    primary: { is: given.primary, since: account.clock.now() - lateAlready },
    formerPrimary: undefined,
    globalCluster: given.globalCluster ?? (given.globalSecondary ? `${id}-global` : undefined),
    writer: given.globalSecondary ? undefined : members[Math.max(0, named)],
  };
}

/** The cluster as DescribeDBClusters shows it. */
export function describeCluster(cluster: Cluster, account: SimulatedAccount): DBCluster {
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: cluster.arn,
    Engine: cluster.engine,
    EngineMode: 'provisioned',
    Status: cluster.status,
    MultiAZ: new Set(cluster.members.map((member) => member.zone)).size > 1,
    // The zones that its storage spans, with a member or without.
    AvailabilityZones: [0, 1, 2].map((place) => zoneOf(account, place)),
    ...settingsOf(cluster),
    ...describeWindow(restoreWindow(cluster, account.clock.now())),
    DBClusterMembers: cluster.members.map((member) => ({
      DBInstanceIdentifier: member.id,
      IsClusterWriter: member === cluster.writer,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: member.membership?.tier,
    })),
    Endpoint: `${cluster.id}.cluster-simulated.${account.region}.rds.amazonaws.com`,
    ReaderEndpoint: `${cluster.id}.cluster-ro-simulated.${account.region}.rds.amazonaws.com`,
    ...(cluster.capacity && {
      ServerlessV2ScalingConfiguration: { MinCapacity: cluster.capacity.least, MaxCapacity: cluster.capacity.most },
    }),
    ...(cluster.globalCluster !== undefined && { GlobalClusterIdentifier: cluster.globalCluster }),
    ...(cluster.globalSecondary && {
      GlobalWriteForwardingStatus: 'disabled',
      GlobalWriteForwardingRequested: false,
    }),
    TagList: tagList(cluster.tags),
  };
}

/** A cluster has no option group of its own to speak of, and names its parameter group and its subnet group by a string. */
function settingsOf(cluster: Cluster): DBCluster {
  const { BackupRetentionPeriod, DeletionProtection, VpcSecurityGroups } = describeSettings(cluster);
  return {
    BackupRetentionPeriod,
    DeletionProtection,
    VpcSecurityGroups,
    DBSubnetGroup: cluster.subnetGroup,
    DBClusterParameterGroup: cluster.parameterGroup,
  };
}

function memberHealth(cluster: Cluster, member: Database): DatabaseHealth {
  // Nobody writes while the role moves.
  return cluster.status === 'failing-over' && member === cluster.writer ? 'down' : healthOf(member);
}

/** What one member shows in a metric. */
export function memberValue(cluster: Cluster, member: Database, metric: string): number | undefined {
  if (member.status === 'stopped') return undefined;
  const health = memberHealth(cluster, member);
  const units = member.class === 'db.serverless' && cluster.capacity && capacityValue(cluster.capacity, health, metric);
  if (units !== undefined && units !== false) return units;
  if (metric === 'AuroraReplicaLag') {
    if (member === cluster.writer) return undefined;
    return health === 'healthy' ? member.membership?.replicaLagMs : 60_000;
  }
  return valueIn(health, metric);
}

/**
 * What the cluster shows: the writer speaks for it, since writes are what its alarms are about, and the worst reader
 * for its readers and for the lag.
 */
export function clusterValue(cluster: Cluster, metric: string, role: string | undefined): number | undefined {
  const ofReaders = role === 'READER' || metric.startsWith('AuroraReplicaLag') || !cluster.writer;
  if (!ofReaders) return cluster.writer && memberValue(cluster, cluster.writer, metric);
  const name = metric.replace(/(?<=^AuroraReplicaLag)(Maximum|Minimum)$/, '');
  const values = cluster.members
    .filter((member) => member !== cluster.writer)
    .map((member) => memberValue(cluster, member, name))
    .filter((value) => value !== undefined);
  return values.length > 0 ? Math.max(...values) : undefined;
}

/** Milliseconds by which a secondary of a global database follows its primary; undefined of any other metric or cluster. */
export function globalLag({ globalSecondary, primary }: Cluster, metric: string, now: number): number | undefined {
  if (!globalSecondary || !/^AuroraGlobalDB(Replication|Progress)Lag$/.test(metric)) return undefined;
  if (primary.is === 'lost') return 150 + now - primary.since;
  return primary.is === 'late' ? 90_000 : 150;
}
