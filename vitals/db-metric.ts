import type { Calls } from './aws';

const quarterHour = 15 * 60_000;

/** Latest value of a metric of AWS/RDS within a quarter of an hour, by instance; one that CloudWatch is silent about is left out. */
export async function latestByInstance(
  metric: string,
  instances: readonly string[],
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<ReadonlyMap<string, number>> {
  if (instances.length === 0) return new Map();
  const { MetricDataResults = [] } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(aws.now() - quarterHour),
    EndTime: new Date(aws.now()),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: instances.map((instance, place) => ({
      Id: `of${place}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/RDS',
          MetricName: metric,
          Dimensions: [{ Name: 'DBInstanceIdentifier', Value: instance }],
        },
        Period: 60,
        Stat: 'Average',
      },
    })),
  });
  return new Map(
    instances.flatMap((instance, place) => {
      const latest = MetricDataResults.find(({ Id }) => Id === `of${place}`)?.Values?.[0];
      return latest === undefined ? [] : [[instance, latest] as const];
    }),
  );
}
