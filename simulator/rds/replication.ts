import type { DBInstance } from '@aws-sdk/client-rds';
import type { Database } from './database';

/** How a read replica follows its source. */
export type Replication =
  | { readonly kind: 'follows' }
  /** Since then, in milliseconds, nothing has come from it. */
  | { readonly kind: 'lost'; readonly since: number };

/** Statuses of a source from which nothing comes any more. */
const dead = ['failed', 'inaccessible-encryption-credentials', 'stopped'];

/** Of a replica: how it follows. `source` is what the account holds by the name that it replicates. */
export function replicationOf(replica: Database, source: Database | undefined): Replication | undefined {
  if (replica.replicaOf === undefined) return undefined;
  if (replica.replicaOf.startsWith('arn:')) {
    return replica.sourceLost ? { kind: 'lost', since: replica.since } : { kind: 'follows' };
  }
  if (source && !dead.includes(source.status)) return { kind: 'follows' };
  return { kind: 'lost', since: source?.failedAt ?? replica.since };
}

/** How DescribeDBInstances shows it. */
export function describeReplication(replication: Replication | undefined): DBInstance {
  if (!replication) return {};
  const follows = replication.kind === 'follows';
  return {
    StatusInfos: [
      {
        StatusType: 'read replication',
        Normal: follows,
        Status: follows ? 'replicating' : 'error',
        ...(!follows && { Message: 'The source of the replication cannot be reached.' }),
      },
    ],
  };
}

/** ReplicaLag in seconds of a replica that has lost its source: as PostgreSQL tells it, the age of the last change that came. */
export function lagOf(replication: Replication | undefined, now: number): number | undefined {
  return replication?.kind === 'lost' ? (now - replication.since) / 1_000 : undefined;
}
