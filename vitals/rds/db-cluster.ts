import type { DBCluster } from '@aws-sdk/client-rds';
import type { Calls } from '../aws';
import {
  dbIdentifier,
  dbInstance,
  notAnIdentifier,
  pendingNames,
  serves,
  tagRecord,
  workOnDatabase,
  type DbInstance,
} from './db-instance';
import { dbCapacity, type DbCapacity } from './db-capacity';
import { dbClusterSettings, type DbClusterSettings } from './db-settings';
import { latestByInstance } from './db-metric';
import { followingHealth } from './global-database';
import { everyItem } from '../pages';
import { defineVitals, type Health } from '../vitals';

/** A member of a cluster, with the instance that it is. */
export interface DbClusterMember extends DbInstance {
  readonly writer: boolean;
  /** 0 is promoted first, 15 last. */
  readonly promotionTier: number;
}

/** An Aurora or Multi-AZ cluster, as far as healing it needs. */
export interface DbCluster {
  readonly id: string;
  readonly arn: string;
  /** RDS's own word, such as `available` or `failing-over`. */
  readonly status: string;
  readonly engine: string;
  /** Every member; never a part of them. */
  readonly members: readonly DbClusterMember[];
  /** Identifier of the global cluster that it belongs to. */
  readonly globalCluster: string | undefined;
  /** ARN of the cluster or instance that it replicates; such a cluster has no writer of its own. */
  readonly replicaOf: string | undefined;
  /** Least and most capacity units that each of its Serverless v2 members may have; undefined where it has no such range. */
  readonly capacity: DbCapacity | undefined;
  /** Names of the settings that wait for the maintenance window. */
  readonly pending: readonly string[];
  /** Names of the zones in which members can be created. */
  readonly zones: readonly string[];
  /** What its backups bring back: from the first to the last of these moments; undefined where RDS tells none. */
  readonly restorable: { readonly from: number; readonly to: number } | undefined;
  /** Name under which clients find its writer. */
  readonly address: string | undefined;
  readonly settings: DbClusterSettings;
  readonly tags: Readonly<Record<string, string>>;
}

export type DbClusterReading =
  | { readonly kind: 'found'; readonly cluster: DbCluster }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with one whole cluster of that name. */
  | { readonly kind: 'unreadable'; readonly detail: string };

type Reads = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances'>;

/** Reads a cluster and all its members. AWS's refusals other than "not found" are thrown as they come. */
export async function readDbCluster(id: string, aws: Reads): Promise<DbClusterReading> {
  const reading = await describeCluster(id, aws);
  if (reading.kind !== 'found') return reading;
  const { raw } = reading;
  const described = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.rds.describeDBInstances({
        Filters: [{ Name: 'db-cluster-id', Values: [id] }],
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { DBInstances: page.DBInstances, NextToken: page.Marker };
    },
    (page) => page.DBInstances,
  );
  const instances = new Map(
    described.flatMap((each) => dbInstance(each) ?? []).map((instance) => [instance.id.toLowerCase(), instance]),
  );
  const members = (raw.DBClusterMembers ?? []).flatMap((member) => {
    const instance = instances.get(member.DBInstanceIdentifier?.toLowerCase() ?? '');
    if (!instance) return [];
    // 1 is what RDS gives when nobody chose; a member without a tier is promoted last rather than first.
    return [{ ...instance, writer: member.IsClusterWriter ?? false, promotionTier: member.PromotionTier ?? 15 }];
  });
  if (members.length !== (raw.DBClusterMembers ?? []).length) {
    return { kind: 'unreadable', detail: `RDS does not show every member of ${id} as an instance` };
  }
  const { DBClusterArn: arn, Status: status, Engine: engine } = raw;
  if (!arn || !status || !engine) {
    return { kind: 'unreadable', detail: `RDS shows ${id} without its ARN, status or engine` };
  }
  const globalCluster = raw.GlobalClusterIdentifier;
  const replicaOf = raw.ReplicationSourceIdentifier;
  const told = {
    capacity: dbCapacity(raw),
    pending: pendingNames(raw.PendingModifiedValues ?? {}),
    zones: raw.AvailabilityZones ?? [],
    restorable: restorableOf(raw),
    address: raw.Endpoint,
    settings: dbClusterSettings(raw),
    tags: tagRecord(raw.TagList),
  };
  return { kind: 'found', cluster: { id, arn, status, engine, members, globalCluster, replicaOf, ...told } };
}

function restorableOf({
  EarliestRestorableTime: first,
  LatestRestorableTime: last,
}: DBCluster): DbCluster['restorable'] {
  return first && last ? { from: first.getTime(), to: last.getTime() } : undefined;
}

type RawReading = Exclude<DbClusterReading, { kind: 'found' }> | { readonly kind: 'found'; readonly raw: DBCluster };

async function describeCluster(id: string, aws: Calls<'rds:DescribeDBClusters'>): Promise<RawReading> {
  if (!dbIdentifier.test(id)) return { kind: 'unreadable', detail: notAnIdentifier(id) };
  try {
    const { DBClusters = [] } = await aws.rds.describeDBClusters({ DBClusterIdentifier: id });
    const [raw, ...more] = DBClusters;
    if (!raw || more.length > 0 || raw.DBClusterIdentifier?.toLowerCase() !== id.toLowerCase()) {
      return { kind: 'unreadable', detail: `RDS did not answer with exactly one cluster named ${id}` };
    }
    return { kind: 'found', raw };
  } catch (error) {
    if (error instanceof Error && error.name === 'DBClusterNotFoundFault') return { kind: 'absent' };
    throw error;
  }
}

async function healthOf(
  cluster: DbCluster,
  condition: string,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<Health> {
  const { id, status, members, globalCluster } = cluster;
  if (status === 'deleting') return { kind: 'gone', detail: `${id} is being deleted` };
  if (!serves(status)) return { kind: 'unhealthy', detail: `${id} is ${status}` };
  const [writer, ...more] = members.filter((member) => member.writer);
  if (!writer && globalCluster !== undefined && condition === 'db-source-lost') return followingHealth(cluster, aws);
  if (!writer) return { kind: 'unhealthy', detail: `${id} has no writer` };
  if (more.length > 0) return { kind: 'unknown', detail: `RDS shows ${more.length + 1} writers in ${id}, not one` };
  if (!serves(writer.status))
    return { kind: 'unhealthy', detail: `${writer.id}, the writer of ${id}, is ${writer.status}` };
  return { kind: 'healthy', detail: `${id} is ${status} and its writer ${writer.id} is ${writer.status}` };
}

async function readOrThrow(id: string, aws: Reads): Promise<DbCluster | undefined> {
  const reading = await readDbCluster(id, aws);
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.cluster : undefined;
}

/**
 * A cluster is well when it has one writer and that writer answers clients. It is itself the group that it stands in, and stands
 * where its writer does.
 */
export const dbClusterVitals = defineVitals({
  kind: 'db-cluster',
  reads: ['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'cloudwatch:GetMetricData'],
  // Nothing: a writer that is available may answer late, or not at all, and no status says so.
  sees: [],
  async health(resource, condition, aws) {
    const reading = await readDbCluster(resource.id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.cluster, condition, aws);
      case 'absent':
        return { kind: 'gone', detail: `${resource.id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags(resource, aws) {
    const reading = await describeCluster(resource.id, aws);
    // No tags would let a rule through that the tags keep off.
    if (reading.kind === 'unreadable') throw new Error(reading.detail);
    return reading.kind === 'found' ? tagRecord(reading.raw.TagList) : {};
  },
  async place(resource, aws) {
    const cluster = await readOrThrow(resource.id, aws);
    if (!cluster) return { groups: [] };
    const zone = cluster.members.find(({ writer }) => writer)?.zone;
    return { ...(zone !== undefined && { zone }), groups: [resource] };
  },
  async members({ id }, aws) {
    const { members = [] } = (await readOrThrow(id, aws)) ?? {};
    return { size: members.length, sick: members.filter(({ status }) => !serves(status)).length };
  },
  // The cluster's own status, which tells of a failover or an upgrade. A reader that restarts, or is being added, does not keep
  // others from taking over; those that a plan touches are looked at one by one.
  async busy({ id }, aws) {
    const reading = await describeCluster(id, aws);
    if (reading.kind === 'unreadable') throw new Error(reading.detail);
    return reading.kind === 'found' ? workOnDatabase({ id, status: reading.raw.Status ?? 'unknown' }) : undefined;
  },
});

/**
 * Seconds by which each reader follows the writer; one that CloudWatch is silent about is left out. No data is at stake:
 * the members of an Aurora cluster share their storage. A reader that lags is itself not well.
 */
export async function readLags(
  { engine, members }: DbCluster,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<ReadonlyMap<string, number>> {
  const readers = members.filter((member) => !member.writer).map((member) => member.id);
  if (!engine.startsWith('aurora')) return latestByInstance('ReplicaLag', readers, aws);
  const milliseconds = await latestByInstance('AuroraReplicaLag', readers, aws);
  return new Map([...milliseconds].map(([reader, lag]) => [reader, lag / 1000]));
}
