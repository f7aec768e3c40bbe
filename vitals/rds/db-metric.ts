import type { Calls } from '../aws';
import { latestValues } from '../latest-values';

/** Latest value of a metric of AWS/RDS within a quarter of an hour, by instance; one that CloudWatch is silent about is left out. */
export async function latestByInstance(
  metric: string,
  instances: readonly string[],
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<ReadonlyMap<string, number>> {
  const metrics = instances.map((instance) => ({
    namespace: 'AWS/RDS',
    name: metric,
    dimensions: { DBInstanceIdentifier: instance },
  }));
  const values = await latestValues(metrics, 'Average', aws);
  return new Map(
    instances.flatMap((instance, place) => {
      const latest = values[place];
      return latest === undefined ? [] : [[instance, latest] as const];
    }),
  );
}
