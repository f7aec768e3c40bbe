import type { Calls } from '../aws';
import { readDbInstance, serves, type DbInstance } from './db-instance';
import { isLost } from './db-restore';
import { followedUntil } from './followed-until';

/** What is known of the source of a read replica. */
export type SourceState =
  /** It serves, or may come to serve again by itself: two databases would take writes. */
  | { readonly kind: 'lives'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string }
  /** It is in another Region, which can't be read from here. */
  | { readonly kind: 'elsewhere'; readonly detail: string };

/** Reads the source of a replica. AWS's refusals other than "not found" are thrown: they are no sign that it is lost. */
export async function readSource(source: string, aws: Calls<'rds:DescribeDBInstances'>): Promise<SourceState> {
  if (source.startsWith('arn:')) return { kind: 'elsewhere', detail: `${source} is in another Region` };
  const reading = await readDbInstance(source, aws);
  if (reading.kind === 'absent') return { kind: 'lost', detail: `${source} no longer exists` };
  if (reading.kind === 'unreadable') return { kind: 'lives', detail: reading.detail };
  const { status } = reading.instance;
  return { kind: isLost(status) ? 'lost' : 'lives', detail: `${source} is ${status}` };
}

/** The minute up to which a replica has what was written to its source; undefined when CloudWatch knows no ReplicaLag of it. */
export function readFollowedUntil(
  { id }: DbInstance,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<number | undefined> {
  return followedUntil({ name: 'ReplicaLag', of: { DBInstanceIdentifier: id }, unit: 1_000 }, aws);
}

/** Why a replica must not be made to stand for itself as it is; undefined when it may. */
export function unfitToPromote(
  { id, status, cluster, backupDays }: DbInstance,
  withoutBackups: boolean,
): string | undefined {
  if (cluster !== undefined) return `${id} is a member of the cluster ${cluster}: a cluster is promoted as a whole`;
  if (!serves(status)) return `${id} is ${status} itself`;
  if (status !== 'available') return `${id} is ${status}: RDS promotes only what is available`;
  return backupDays > 0 || withoutBackups
    ? undefined
    : `${id} has no automated backups yet: enable them, or let the policy say evenWithoutBackups`;
}
