import type { Calls } from '../aws';
import { tagRecord } from './db-instance';

/** A snapshot of a database or of a cluster, as RDS shows it now. */
export interface DbSnapshot {
  readonly id: string;
  /** RDS's own word: `creating`, `available`, `failed`, … */
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Raw {
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly tags: Parameters<typeof tagRecord>[0];
}

/** The snapshot of a database of that name; undefined when RDS knows none. Throws when the answer makes no sense. */
export function readDbSnapshot(id: string, aws: Calls<'rds:DescribeDBSnapshots'>): Promise<DbSnapshot | undefined> {
  return only(id, async () => {
    const { DBSnapshots = [] } = await aws.rds.describeDBSnapshots({ DBSnapshotIdentifier: id });
    return DBSnapshots.map((one) => ({ id: one.DBSnapshotIdentifier, status: one.Status, tags: one.TagList }));
  });
}

/** The same of a cluster. */
export function readDbClusterSnapshot(
  id: string,
  aws: Calls<'rds:DescribeDBClusterSnapshots'>,
): Promise<DbSnapshot | undefined> {
  return only(id, async () => {
    const { DBClusterSnapshots = [] } = await aws.rds.describeDBClusterSnapshots({ DBClusterSnapshotIdentifier: id });
    return DBClusterSnapshots.map((one) => ({
      id: one.DBClusterSnapshotIdentifier,
      status: one.Status,
      tags: one.TagList,
    }));
  });
}

async function only(id: string, describe: () => Promise<readonly Raw[]>): Promise<DbSnapshot | undefined> {
  try {
    const [raw, ...more] = await describe();
    // RDS lower-cases identifiers.
    if (!raw?.status || more.length > 0 || raw.id?.toLowerCase() !== id.toLowerCase()) {
      throw new Error(`RDS did not answer with exactly one snapshot named ${id}`);
    }
    return { id: raw.id, status: raw.status, tags: tagRecord(raw.tags) };
  } catch (error) {
    if (error instanceof Error && /^DB(Cluster)?SnapshotNotFoundFault$/.test(error.name)) return undefined;
    throw error;
  }
}
