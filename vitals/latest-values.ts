import type { Calls } from './aws';

/** A metric as CloudWatch names it. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const quarterHour = 15 * 60_000;

/**
 * The latest value of each metric within a quarter of an hour, in their order: of one minute, by that statistic. Undefined for
 * one that CloudWatch is silent about; what it could not read is thrown.
 */
export async function latestValues(
  metrics: readonly MetricName[],
  statistic: 'Average' | 'Maximum' | 'Sum',
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<readonly (number | undefined)[]> {
  if (metrics.length === 0) return [];
  const { MetricDataResults = [] } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(aws.now() - quarterHour),
    EndTime: new Date(aws.now()),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: metrics.map(({ namespace, name, dimensions }, place) => ({
      Id: `of${place}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: statistic,
      },
    })),
  });
  return metrics.map(({ name }, place) => {
    const { StatusCode, Values } = MetricDataResults.find(({ Id }) => Id === `of${place}`) ?? {};
    // Of values that are told in part the newest comes first.
    if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
      throw new Error(`CloudWatch does not tell ${name}: ${StatusCode}`);
    }
    return Values?.[0];
  });
}
