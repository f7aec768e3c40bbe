import type * as sdk from '@aws-sdk/client-cloudwatch';
import type { Alarm } from './alarm';

function common(alarm: Alarm): sdk.MetricAlarm & sdk.CompositeAlarm {
  const { value, reason, reasonData, since } = alarm.standing;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: [...alarm.actions],
    InsufficientDataActions: [],
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    StateValue: value,
    StateReason: reason,
    StateReasonData: reasonData,
    StateUpdatedTimestamp: new Date(since),
    StateTransitionedTimestamp: new Date(since),
  };
}

/** An alarm on a metric, as DescribeAlarms answers it. */
export function metricAlarm(alarm: Alarm): sdk.MetricAlarm {
  const { follows } = alarm;
  const { metric } = follows;
  return {
    ...common(alarm),
    Namespace: metric?.namespace,
    MetricName: metric?.name,
    Dimensions: Object.entries(metric?.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Statistic: follows.statistic,
    Period: follows.periodSeconds,
    EvaluationPeriods: follows.evaluationPeriods,
    DatapointsToAlarm: follows.datapointsToAlarm,
    Threshold: follows.threshold,
    ComparisonOperator: follows.comparison,
    TreatMissingData: follows.treatMissingData,
    ...(!metric && { Metrics: [] }),
  };
}

/** An alarm on other alarms, as DescribeAlarms answers it. */
export function compositeAlarm(alarm: Alarm): sdk.CompositeAlarm {
  return { ...common(alarm), AlarmRule: alarm.rule?.text };
}
