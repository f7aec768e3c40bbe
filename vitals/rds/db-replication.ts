import type { Calls } from '../aws';
import { readDbInstance, serves, type DbInstance } from './db-instance';
import { isLost } from './db-restore';

const minute = 60_000;
const hours = 60 * minute;
/** How far back the last word on the lag is looked for. */
const lookBack = 3 * hours;

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

/**
 * The minute up to which a replica has what was written to its source, by the last ReplicaLag that CloudWatch knows; undefined
 * when it knows none. -1 is what RDS says when it can't tell.
 */
export async function readFollowedUntil(
  { id }: DbInstance,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<number | undefined> {
  const { MetricDataResults = [] } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(aws.now() - lookBack),
    EndTime: new Date(aws.now()),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [
      {
        Id: 'lag',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/RDS',
            MetricName: 'ReplicaLag',
            Dimensions: [{ Name: 'DBInstanceIdentifier', Value: id }],
          },
          Period: 60,
          Stat: 'Maximum',
        },
      },
    ],
  });
  const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
  const last = Values.findIndex((value) => value >= 0);
  const at = Timestamps[last]?.getTime();
  if (at === undefined) return undefined;
  // The whole minute before: what people agree to must read the same a moment later.
  return Math.floor((at - (Values[last] ?? 0) * 1_000) / minute) * minute;
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
