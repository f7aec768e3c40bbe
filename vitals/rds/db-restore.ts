import type { Calls } from '../aws';
import { momentText } from '../moment-text';
import type { DbInstance } from './db-instance';
import { everyItem } from '../pages';

/** What backups bring back: any moment from the first to the last of these. */
export interface Restorable {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;

/** Statuses of an instance that only a restore replaces, by RDS's table of instance statuses. */
const lostFor = ['failed', 'inaccessible-encryption-credentials', 'restore-error'];

/** Whether an instance of this status never comes back by itself. */
export function isLost(status: string): boolean {
  return lostFor.includes(status);
}

/** The moments to which an instance can be restored; undefined where RDS tells none. */
export async function readRestorable(
  { id, latestRestorable: to }: DbInstance,
  aws: Calls<'rds:DescribeDBInstanceAutomatedBackups'>,
): Promise<Restorable | undefined> {
  const { DBInstanceAutomatedBackups = [] } = await aws.rds.describeDBInstanceAutomatedBackups({
    DBInstanceIdentifier: id,
  });
  const from = DBInstanceAutomatedBackups[0]?.RestoreWindow?.EarliestTime?.getTime();
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The moment so many minutes before another, or the last one that there is if none; a text says why there is no such moment. */
export function momentToRestore(
  id: string,
  restorable: Restorable | undefined,
  minutesBack: number,
  before: number,
): number | string {
  if (!restorable) return `RDS tells no moment to which ${id} could be restored: it has no automated backups`;
  const { from, to } = restorable;
  // RDS takes a moment before its last one, and whole seconds.
  const last = Math.floor(to / 1_000) * 1_000 - 1_000;
  const at = minutesBack === 0 ? last : Math.floor((before - minutesBack * minute) / 1_000) * 1_000;
  if (at > last) return `${id} can be restored to ${momentText(last)} at the latest, and not to ${momentText(at)}`;
  return at < from ? `${id} can be restored to ${momentText(from)} at the earliest, and not to ${momentText(at)}` : at;
}

/** Identifiers that begin like this: of instances that stand for themselves, or of clusters. */
export async function readBeginningWith(
  prefix: string,
  of: 'db-instance' | 'db-cluster',
  aws: Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances'>,
): Promise<readonly string[]> {
  const names = of === 'db-instance' ? await readInstanceNames(aws) : await readClusterNames(aws);
  return names.filter((name) => name.startsWith(prefix));
}

async function readInstanceNames(aws: Calls<'rds:DescribeDBInstances'>): Promise<readonly string[]> {
  const instances = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await aws.rds.describeDBInstances({ ...(Marker !== undefined && { Marker }) });
      return { DBInstances: page.DBInstances, NextToken: page.Marker };
    },
    (page) => page.DBInstances,
  );
  return instances
    .filter((one) => !one.ReadReplicaSourceDBInstanceIdentifier && !one.DBClusterIdentifier)
    .flatMap(({ DBInstanceIdentifier }) => DBInstanceIdentifier ?? []);
}

async function readClusterNames(aws: Calls<'rds:DescribeDBClusters'>): Promise<readonly string[]> {
  const clusters = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await aws.rds.describeDBClusters({ ...(Marker !== undefined && { Marker }) });
      return { DBClusters: page.DBClusters, NextToken: page.Marker };
    },
    (page) => page.DBClusters,
  );
  return clusters.flatMap(({ DBClusterIdentifier }) => DBClusterIdentifier ?? []);
}
