import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import type { Alias } from './alias';
import { dimensionsOf } from './throttling';

/** What a version did when it was invoked by the name of an alias, by CloudWatch. */
export interface ServedVersion {
  readonly version: string;
  /** Beginning of the first and the last five minutes in which it was invoked. */
  readonly firstAt: EpochMillis;
  readonly lastAt: EpochMillis;
  readonly invocations: number;
  readonly errors: number;
}

/** The actions of `readServedVersions`. */
export const servedReads = ['lambda:ListVersionsByFunction', 'cloudwatch:GetMetricData'] as const;
type Reads = Calls<(typeof servedReads)[number]>;

const periodSeconds = 300;

/** Versions besides the present one that are asked about: the newest. */
const mostOthers = 20;

/**
 * The versions that still exist and that were invoked by the name of the alias since `from`. Lambda keeps no record of where an
 * alias has led; CloudWatch does, since it counts what each version did for it. Throws where CloudWatch does not answer for all.
 */
export async function readServedVersions(
  alias: Alias,
  from: EpochMillis,
  aws: Reads,
): Promise<readonly ServedVersion[]> {
  const versions = [alias.version, ...(await otherVersions(alias, aws))];
  const { MetricDataResults = [], NextToken } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(Math.floor(from / (periodSeconds * 1_000)) * periodSeconds * 1_000),
    EndTime: new Date(aws.now()),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: versions.flatMap((version, place) => [
      query(`invocations${place}`, 'Invocations', alias, version),
      query(`errors${place}`, 'Errors', alias, version),
    ]),
  });
  if (NextToken) throw new Error(`CloudWatch did not answer for all versions of ${alias.id} at once`);
  const results = new Map(MetricDataResults.map((result) => [result.Id, result]));
  return versions.flatMap((version, place) => {
    const invocations = pointsOf(results.get(`invocations${place}`), alias);
    const errors = pointsOf(results.get(`errors${place}`), alias);
    const [first] = invocations;
    const last = invocations.at(-1);
    if (!first || !last) return [];
    const served = { version, firstAt: first.at, lastAt: last.at };
    return [{ ...served, invocations: sumOf(invocations), errors: sumOf(errors) }];
  });
}

/** Numbers of the others that there are, the newest first. */
async function otherVersions({ function: name, version }: Alias, aws: Reads): Promise<readonly string[]> {
  const all = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await aws.lambda.listVersionsByFunction({ FunctionName: name, ...(Marker && { Marker }) });
      return { versions: page.Versions, NextToken: page.NextMarker };
    },
    (page) => page.versions,
  );
  return all
    .map(({ Version = '' }) => Version)
    .filter((one) => /^\d+$/.test(one) && one !== version)
    .sort((one, other) => Number(other) - Number(one))
    .slice(0, mostOthers);
}

function query(Id: string, MetricName: string, alias: Alias, version: string): MetricDataQuery {
  const Dimensions = [
    ...dimensionsOf({ kind: 'function-alias', id: alias.id }),
    { Name: 'ExecutedVersion', Value: version },
  ];
  return {
    Id,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: periodSeconds, Stat: 'Sum' },
  };
}

interface Point {
  readonly at: EpochMillis;
  readonly value: number;
}

/** Those that are not nought. */
function pointsOf(result: MetricDataResult | undefined, { id }: Alias): readonly Point[] {
  if (result?.StatusCode !== 'Complete') throw new Error(`CloudWatch does not tell which versions ${id} has led to`);
  const values = result.Values ?? [];
  return (result.Timestamps ?? []).flatMap((time, place) => {
    const value = values[place] ?? 0;
    return value > 0 ? [{ at: time.getTime(), value }] : [];
  });
}

function sumOf(points: readonly Point[]): number {
  return points.reduce((sum, { value }) => sum + value, 0);
}
