import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';

const minute = 60_000;
/** How far back the last word on a lag is looked for. */
const lookBack = 180 * minute;

/** A metric of AWS/RDS that tells by how much a copy is behind. */
interface Lag {
  readonly name: string;
  /** Its dimensions. */
  readonly of: Readonly<Record<string, string>>;
  /** Milliseconds that 1 stands for. */
  readonly unit: number;
}

/**
 * The minute up to which a copy has what was written elsewhere, by the last lag that CloudWatch knows; undefined when it knows
 * none. -1 is what RDS says when it can't tell.
 */
export async function followedUntil(
  { name, of, unit }: Lag,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<EpochMillis | undefined> {
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
            MetricName: name,
            Dimensions: Object.entries(of).map(([Name, Value]) => ({ Name, Value })),
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
  return Math.floor((at - (Values[last] ?? 0) * unit) / minute) * minute;
}
