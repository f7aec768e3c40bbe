import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { EpochMillis } from '../../signals/signal';

/** One value of a metric, over the period that begins at `at`. */
export interface Datapoint {
  readonly at: EpochMillis;
  readonly value: number;
}

/** What a metric alarm holds its metric against. */
export interface AlarmLimit {
  readonly isBreaching: (value: number) => boolean;
  readonly evaluationPeriods: number;
  /** How many of these must breach. */
  readonly datapointsToAlarm: number;
  /** What a period without data counts as: `missing`, `ignore`, `breaching` or `notBreaching`. */
  readonly missing: string;
}

const comparisons = new Map<string | undefined, (value: number, threshold: number) => boolean>([
  ['GreaterThanThreshold', (value, threshold) => value > threshold],
  ['GreaterThanOrEqualToThreshold', (value, threshold) => value >= threshold],
  ['LessThanThreshold', (value, threshold) => value < threshold],
  ['LessThanOrEqualToThreshold', (value, threshold) => value <= threshold],
]);

/** The limit of an alarm; undefined for one that has none that is a plain number, such as a learned band. */
export function limitOf(alarm: MetricAlarm): AlarmLimit | undefined {
  const { Threshold: threshold, EvaluationPeriods: evaluationPeriods, ComparisonOperator: operator } = alarm;
  const compare = comparisons.get(operator);
  if (!compare || threshold === undefined || evaluationPeriods === undefined || evaluationPeriods < 1) return undefined;
  return {
    isBreaching: (value) => compare(value, threshold),
    evaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? evaluationPeriods,
    missing: alarm.TreatMissingData ?? 'missing',
  };
}

/** What the metric of an alarm says; `unknown` where CloudWatch itself would leave the alarm as it is, or call it INSUFFICIENT_DATA. */
export type AlarmVerdict = 'breaching' | 'notBreaching' | 'unknown';

/**
 * Judges datapoints, the newest first, as CloudWatch does: the latest that there are count, and only where these are too few
 * does it matter what missing ones are taken for.
 */
export function judge(points: readonly Datapoint[], limit: AlarmLimit): AlarmVerdict {
  const { evaluationPeriods, datapointsToAlarm, missing, isBreaching } = limit;
  const latest = points.slice(0, evaluationPeriods);
  const breaching = latest.filter(({ value }) => isBreaching(value)).length;
  const absent = evaluationPeriods - latest.length;
  if (breaching >= datapointsToAlarm) return 'breaching';
  if (missing === 'breaching') return breaching + absent >= datapointsToAlarm ? 'breaching' : 'notBreaching';
  if (missing === 'notBreaching' || breaching < latest.length) return 'notBreaching';
  // All that is known breaches, and it is less than the alarm asks for.
  return missing === 'missing' && breaching > 0 ? 'breaching' : 'unknown';
}
