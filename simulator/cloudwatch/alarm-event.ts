import type { Alarm, Standing, Threshold } from './alarm';
import type { AlarmState } from './alarm-rule';

/** The time format of alarm events: `2026-01-31T12:00:00.000+0000`. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

function shortStamp(at: number): string {
  const [, year = '', month = '', day = '', time = ''] = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})/.exec(stamp(at)) ?? [];
  return `${day}/${month}/${year} ${time}`;
}

/** Numbers as CloudWatch writes them: with a decimal point always. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

const operators: Record<string, string> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** Where the alarm stands after `value` was seen throughout, in CloudWatch's words. */
export function standingOf(
  to: AlarmState,
  from: AlarmState,
  value: number | undefined,
  follows: Threshold,
  now: number,
): Standing {
  const { periodSeconds, evaluationPeriods, statistic, threshold, comparison } = follows;
  const count = to === 'OK' ? evaluationPeriods - follows.datapointsToAlarm + 1 : follows.datapointsToAlarm;
  const period = periodSeconds * 1_000;
  const start = Math.floor(now / period) * period - count * period;
  const times = Array.from({ length: count }, (_, index) => start + index * period);
  const data = {
    version: '1.0',
    queryDate: stamp(now),
    ...(value !== undefined && { startDate: stamp(start) }),
    statistic,
    period: periodSeconds,
    recentDatapoints: value === undefined ? [] : times.map(() => value),
    threshold,
  };
  return { value: to, reason: reason(), reasonData: JSON.stringify(data), since: now };

  function reason(): string {
    const plural = count === 1 ? 'datapoint' : 'datapoints';
    if (value === undefined) {
      const missing = `${evaluationPeriods} ${evaluationPeriods === 1 ? 'datapoint was' : 'datapoints were'} unknown.`;
      return to === 'INSUFFICIENT_DATA'
        ? `Insufficient Data: ${missing}`
        : `Threshold Crossed: no datapoints were received for ${evaluationPeriods} periods and missing datapoints were treated as [${follows.treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching'}].`;
    }
    const points = times.map((at) => `${decimal(value)} (${shortStamp(at)})`).join(', ');
    const verb = `${count === 1 ? 'was' : 'were'} ${to === 'OK' ? 'not ' : ''}${operators[comparison] ?? comparison}`;
    return (
      `Threshold Crossed: ${count} out of the last ${evaluationPeriods} datapoints [${points}] ${verb} ` +
      `the threshold (${decimal(threshold)}) (minimum ${count} ${plural} for ${from} -> ${to} transition).`
    );
  }
}

/** Where a composite alarm stands because one of its children moved. */
export function compositeStanding(to: AlarmState, child: Alarm, now: number): Standing {
  const { value, since } = child.standing;
  const triggering = { arn: child.arn, state: { value, timestamp: stamp(since) } };
  return {
    value: to,
    reason: `${child.arn} transitioned to ${value} at ${new Date(now).toUTCString()}`,
    reasonData: JSON.stringify({ triggeringAlarms: [triggering] }),
    since: now,
  };
}

/** `detail` of the event `CloudWatch Alarm State Change`. */
export function stateChange(alarm: Alarm, previous: Standing): object {
  return {
    alarmName: alarm.name,
    state: state(alarm.standing),
    previousState: state(previous),
    configuration: { ...(alarm.description !== undefined && { description: alarm.description }), ...followed(alarm) },
  };
}

function state({ value, reason, reasonData, since }: Standing): object {
  return { value, reason, ...(reasonData !== undefined && { reasonData }), timestamp: stamp(since) };
}

export function followed({ rule, follows }: Alarm): object {
  if (rule) return { alarmRule: rule.text };
  if (!follows.metric) return { metrics: [] };
  const { namespace, name, dimensions } = follows.metric;
  const metricStat = {
    metric: { namespace, name, dimensions },
    period: follows.periodSeconds,
    stat: follows.statistic,
  };
  return { metrics: [{ id: 'm1', metricStat, returnData: true }] };
}
