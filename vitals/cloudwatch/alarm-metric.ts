import type { MetricAlarm, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Calls } from '../aws';
import { queryFor } from './alarm-query';
import { judge, limitOf, type AlarmVerdict, type Datapoint } from './alarm-verdict';
import { everyItem } from '../pages';
import { messageOf } from '../vitals';

/** What the metric of an alarm says, whatever state the alarm is in. */
export interface AlarmProof {
  readonly proof: AlarmVerdict;
  /** Why, in words that go on after the name of the alarm: `its metric does not breach`. */
  readonly because: string;
}

/** CloudWatch looks this many periods further back for what has come late. */
const lookback = 3;
/** The value of a period may still change for as long after its end, in milliseconds. */
const stillComesIn = 2 * 60_000;

/** Asks CloudWatch for what a metric alarm watches, and judges it. Never throws. `witnesses` as in `Vitals`. */
export async function readProof(
  alarm: MetricAlarm,
  aws: Calls<'cloudwatch:GetMetricData'>,
  witnesses: readonly string[] = [],
): Promise<AlarmProof> {
  const limit = limitOf(alarm);
  if (!limit || alarm.ThresholdMetricId !== undefined) return unknown('what it compares with is not a plain number');
  const query = queryFor(alarm, witnesses);
  if (query.kind === 'unprovable') return unknown(query.because);
  const period = query.periodSeconds * 1_000;
  const now = aws.now();
  // CloudWatch's window slides by the minute. Datapoints are counted back from its end.
  const step = Math.min(period, 60_000);
  const end = Math.floor(now / step) * step;
  try {
    const results = await everyItem(
      (token) =>
        aws.cloudwatch.getMetricData({
          StartTime: new Date(end - (limit.evaluationPeriods + lookback) * period),
          EndTime: new Date(end),
          ScanBy: 'TimestampDescending',
          MetricDataQueries: query.queries,
          ...token,
        }),
      ({ MetricDataResults }) => MetricDataResults,
    );
    const points = pointsOf(results.filter(({ Id }) => Id === query.watched));
    if (typeof points === 'string') return unknown(points);
    const settled = points.filter(({ at }) => at + period <= now - stillComesIn);
    const verdict = judge(settled, limit) === 'breaching' ? 'breaching' : judge(points, limit);
    return { proof: verdict, because: words[verdict] };
  } catch (error) {
    return unknown(`its metric could not be read: ${messageOf(error)}`);
  }
}

const words: Readonly<Record<AlarmVerdict, string>> = {
  breaching: 'its metric breaches',
  notBreaching: 'its metric does not breach',
  unknown: 'its metric has too little data',
};

const unknown = (because: string): AlarmProof => ({ proof: 'unknown', because });

/** The values of one metric, the newest first; or why they can't be told. */
function pointsOf(results: readonly MetricDataResult[]): readonly Datapoint[] | string {
  const last = results.at(-1);
  if (!last) return 'its metric is not in the answer';
  if (last.StatusCode !== 'Complete') return `its metric was not read to the end: ${last.StatusCode ?? 'no status'}`;
  if (results.some(({ Label }) => Label !== last.Label)) return 'its formula gives more than one line of values';
  return results
    .flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.flatMap((timestamp, place) => {
        const value = Values[place];
        return value === undefined || !Number.isFinite(value) ? [] : [{ at: timestamp.getTime(), value }];
      }),
    )
    .sort((one, other) => other.at - one.at);
}
