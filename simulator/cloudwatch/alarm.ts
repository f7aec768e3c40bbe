import type { ComparisonOperator, Statistic } from '@aws-sdk/client-cloudwatch';
import type { AlarmRule, AlarmState } from './alarm-rule';
import type { Metric } from './metric';
import type { Past } from './past';

/** An alarm as one describes it. Exactly one of `metric` and `rule` for an alarm that follows something; neither for one that only `force` moves. */
export interface AlarmDescription {
  readonly name: string;
  readonly metric?: Metric | undefined;
  /** Rule of a composite alarm, such as `ALARM(a) OR ALARM(b)`. */
  readonly rule?: string | undefined;
  /** Maximum unless told. */
  readonly statistic?: Statistic | undefined;
  /** GreaterThanThreshold unless told. */
  readonly comparison?: ComparisonOperator | undefined;
  /** 0 unless told. */
  readonly threshold?: number | undefined;
  /** 60 unless told. */
  readonly periodSeconds?: number | undefined;
  /** 1 unless told. */
  readonly evaluationPeriods?: number | undefined;
  /** As many as `evaluationPeriods` unless told. */
  readonly datapointsToAlarm?: number | undefined;
  readonly treatMissingData?: 'missing' | 'ignore' | 'breaching' | 'notBreaching' | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly description?: string | undefined;
  /** ARNs of what it does when it goes to ALARM; nothing unless told. */
  readonly actions?: readonly string[] | undefined;
  /** True unless told. */
  readonly actionsEnabled?: boolean | undefined;
  /** Where it stands at first. Unless told: OK, or INSUFFICIENT_DATA where its metric has no data. */
  readonly state?: AlarmState | undefined;
}

/** Where an alarm stands, and why. */
export interface Standing {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON, as AWS sends it. */
  readonly reasonData?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** What a metric alarm compares, and how often. */
export interface Threshold {
  readonly metric: Metric | undefined;
  readonly statistic: Statistic;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

/** An alarm that exists. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly follows: Threshold;
  readonly rule: { readonly text: string; readonly read: AlarmRule } | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
  actionsEnabled: boolean;
  /** When it was last made or changed, in milliseconds since the epoch. */
  configuredAt: number;
  /** What its metric was; of an alarm that follows none it says nothing. */
  past: Past;
  standing: Standing;
  /** The change that will come unless the metric turns again. */
  pending: { readonly to: AlarmState; readonly cancel: () => void } | undefined;
}

/** Fills in what is left out of a description. */
export function thresholdOf(described: AlarmDescription): Threshold {
  const periods = described.evaluationPeriods ?? 1;
  return {
    metric: described.metric,
    statistic: described.statistic ?? 'Maximum',
    comparison: described.comparison ?? 'GreaterThanThreshold',
    threshold: described.threshold ?? 0,
    periodSeconds: described.periodSeconds ?? 60,
    evaluationPeriods: periods,
    datapointsToAlarm: described.datapointsToAlarm ?? periods,
    // CloudWatch itself makes this exception, unless the alarm says otherwise.
    treatMissingData:
      described.treatMissingData ?? (described.metric?.namespace === 'AWS/DynamoDB' ? 'ignore' : 'missing'),
  };
}

const comparisons: Partial<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Where an alarm would stand if its metric kept this value; `now` where missing data is to change nothing. */
export function verdictOn(value: number | undefined, follows: Threshold, now: AlarmState): AlarmState {
  if (value === undefined) {
    switch (follows.treatMissingData) {
      case 'missing':
        return 'INSUFFICIENT_DATA';
      case 'ignore':
        return now;
      case 'breaching':
        return 'ALARM';
      case 'notBreaching':
        return 'OK';
    }
  }
  // Anomaly bands are not simulated: an alarm on one never breaches by itself.
  return comparisons[follows.comparison]?.(value, follows.threshold) ? 'ALARM' : 'OK';
}

/** CloudWatch looks this many periods further back before it gives up on a metric. */
const lookback = 3;

/**
 * Milliseconds of one unbroken value until the alarm goes to `to`. ALARM needs all its datapoints; for OK it is enough that
 * one too few of them are breaching.
 */
export function timeTo(to: AlarmState, follows: Threshold): number {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm } = follows;
  const periods = {
    ALARM: datapointsToAlarm,
    OK: evaluationPeriods - datapointsToAlarm + 1,
    INSUFFICIENT_DATA: evaluationPeriods + lookback,
  }[to];
  return periods * periodSeconds * 1_000;
}

/** What PutMetricAlarm was told about missing data. */
export function missingData(given: string | undefined): AlarmDescription['treatMissingData'] {
  if (given === undefined) return undefined;
  return given === 'breaching' || given === 'notBreaching' || given === 'ignore' ? given : 'missing';
}
