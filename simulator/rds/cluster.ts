import type { DBCluster } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseFrom, healthOf, tagList, zoneOf, type Database } from './database';
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

/** An Aurora or Multi-AZ cluster as a description of an account writes it. Without members it gets a writer and a reader. */
export const clusterSchema = z.strictObject({
  id: z.string().min(1),
  engine: z.string().default('aurora-postgresql'),
  status: z.string().default('available'),
  /** A secondary of an Aurora global database: it follows a writer in another region and has none of its own. */
  globalSecondary: z.boolean().default(false),
  /** The global database that it is part of; a secondary is part of one in any case. */
  globalCluster: z.string().optional(),
  members: z
    .array(memberSchema)
    .refine((members) => members.filter((member) => member.writer).length <= 1, 'A cluster has one writer at most')
    .optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A cluster as one describes it: what has a default may be left out. */
export type ClusterDescription = z.input<typeof clusterSchema>;

/** A cluster as the account holds it. */
export interface Cluster {
  readonly id: string;
  readonly arn: string;
  readonly engine: string;
  status: string;
  readonly globalSecondary: boolean;
  readonly globalCluster: string | undefined;
  readonly members: readonly Database[];
  /** Undefined on a global secondary. */
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
    AvailabilityZones: [...new Set(cluster.members.map((member) => member.zone))].sort(),
    DBClusterMembers: cluster.members.map((member) => ({
      DBInstanceIdentifier: member.id,
      IsClusterWriter: member === cluster.writer,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: member.membership?.tier,
    })),
    Endpoint: `${cluster.id}.cluster-simulated.${account.region}.rds.amazonaws.com`,
    ReaderEndpoint: `${cluster.id}.cluster-ro-simulated.${account.region}.rds.amazonaws.com`,
    ...(cluster.globalCluster !== undefined && { GlobalClusterIdentifier: cluster.globalCluster }),
    ...(cluster.globalSecondary && {
      GlobalWriteForwardingStatus: 'disabled',
      GlobalWriteForwardingRequested: false,
    }),
    TagList: tagList(cluster.tags),
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
