import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import type { DbCluster } from './db-cluster';
import { followedUntil } from './followed-until';
import { latestValues } from '../latest-values';
import type { Health } from '../vitals';

/** An Aurora global database, as far as moving its primary needs. */
export interface GlobalDatabase {
  readonly name: string;
  /** RDS's own word, such as `available`. */
  readonly status: string;
  /** ARN of the cluster that writes; undefined where RDS shows none, or several. */
  readonly primary: string | undefined;
  /** What is being done to its primary, in one line; undefined when it is nothing. */
  readonly movement: string | undefined;
}

/** Reads the global database of that name, or throws: what cannot be read is not taken for one without a primary. */
export async function readGlobalDatabase(
  name: string,
  aws: Calls<'rds:DescribeGlobalClusters'>,
): Promise<GlobalDatabase> {
  const { GlobalClusters = [] } = await aws.rds.describeGlobalClusters({ GlobalClusterIdentifier: name });
  const [raw, ...more] = GlobalClusters;
  if (!raw?.Status || more.length > 0) throw new Error(`RDS did not answer with exactly one global database ${name}`);
  const writers = (raw.GlobalClusterMembers ?? []).filter(({ IsWriter }) => IsWriter);
  const { Status: movement, ToDbClusterArn: to = 'a cluster' } = raw.FailoverState ?? {};
  return {
    name,
    status: raw.Status,
    primary: writers.length === 1 ? writers[0]?.DBClusterArn : undefined,
    movement: movement && `${name} is ${movement}, to ${to}`,
  };
}

/** Seconds; copies arrive within one or two as a rule. */
const lateFrom = 60;

/** Milliseconds, by the cluster. */
const lagMetric = 'AuroraGlobalDBReplicationLag';

/** Seconds by which a secondary follows its primary in another Region; undefined when CloudWatch does not know. */
async function globalLag({ id }: DbCluster, aws: Calls<'cloudwatch:GetMetricData'>): Promise<number | undefined> {
  const metric = {
    namespace: 'AWS/RDS',
    name: lagMetric,
    dimensions: { DBClusterIdentifier: id },
  };
  const [milliseconds] = await latestValues([metric], 'Average', aws);
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}

/** The minute up to which a secondary has what was written to its primary; undefined when CloudWatch does not know. */
export function globalFollowedUntil(
  { id }: DbCluster,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<EpochMillis | undefined> {
  return followedUntil({ name: lagMetric, of: { DBClusterIdentifier: id }, unit: 1 }, aws);
}

/** Whether a secondary has its primary: that is in another Region, and only how fresh its copies are tells of it here. */
export async function followingHealth(cluster: DbCluster, aws: Calls<'cloudwatch:GetMetricData'>): Promise<Health> {
  const { id, globalCluster = 'its global database' } = cluster;
  const lag = await globalLag(cluster, aws);
  if (lag === undefined) return { kind: 'unknown', detail: `CloudWatch knows no lag of ${id} in ${globalCluster}` };
  const detail = `${id} is ${lag < 10 ? lag.toFixed(1) : Math.round(lag)} s behind the primary of ${globalCluster}`;
  return { kind: lag > lateFrom ? 'unhealthy' : 'healthy', detail };
}
