import type { Calls } from '../aws';

/** A snapshot of Valkey or Redis OSS, as ElastiCache shows it now. */
export interface CacheSnapshot {
  readonly name: string;
  /** `creating`, `available`, `restoring`, `copying`, `exporting`, `deleting`, … */
  readonly status: string;
  /** Ids of the replication group or of the cluster that it is of. */
  readonly sources: readonly string[];
}

/** The snapshot of that name; undefined when ElastiCache knows none. Throws when the answer makes no sense. */
export async function readCacheSnapshot(
  name: string,
  aws: Calls<'elasticache:DescribeSnapshots'>,
): Promise<CacheSnapshot | undefined> {
  try {
    const { Snapshots = [] } = await aws.elasticache.describeSnapshots({ SnapshotName: name });
    const [raw, ...more] = Snapshots;
    if (!raw) return undefined;
    const { SnapshotName, SnapshotStatus: status, ReplicationGroupId, CacheClusterId } = raw;
    const sources = [ReplicationGroupId, CacheClusterId].filter((id) => id !== undefined);
    // ElastiCache lower-cases names.
    if (!status || sources.length === 0 || more.length > 0 || SnapshotName?.toLowerCase() !== name.toLowerCase()) {
      throw new Error(`ElastiCache did not answer with exactly one whole snapshot named ${name}`);
    }
    return { name: SnapshotName, status, sources };
  } catch (error) {
    if (error instanceof Error && error.name === 'SnapshotNotFoundFault') return undefined;
    throw error;
  }
}
