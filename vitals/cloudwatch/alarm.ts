import { plainText } from '../../signals/plain-text';
import { readProof, type AlarmProof } from './alarm-metric';
import { alarmName } from './alarm-name';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { messageOf } from '../vitals';

/** What an alarm says now. */
export type AlarmReading =
  | { readonly kind: 'ok'; readonly detail: string }
  /** With what its own metric says: a state can be set by hand. */
  | ({ readonly kind: 'alarm'; readonly detail: string } & AlarmProof)
  | { readonly kind: 'insufficientData'; readonly detail: string }
  /** Missing, not evaluated, or not readable. Never taken for OK. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The actions of `readAlarm`. */
export const readsOfAlarm = ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'] as const;
type ReadsOfAlarm = (typeof readsOfAlarm)[number];

const unreadable = (reason: string): AlarmReading => ({ kind: 'unreadable', reason: plainText(reason) });

/**
 * Reads a metric or composite alarm by its ARN, and the metric of one that is in ALARM. Never throws. `witnesses`: namespaces of
 * metrics that are believed beside AWS's own.
 */
export async function readAlarm(
  arn: string,
  aws: Calls<ReadsOfAlarm>,
  witnesses: readonly string[] = [],
): Promise<AlarmReading> {
  const name = alarmName(arn);
  if (name === undefined) return unreadable(`${plainText(arn)} is not the ARN of a CloudWatch alarm`);
  try {
    // Without AlarmTypes CloudWatch leaves composite alarms out.
    const found = await everyItem(
      (token) =>
        aws.cloudwatch.describeAlarms({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], ...token }),
      ({ MetricAlarms = [], CompositeAlarms = [] }) => [
        ...MetricAlarms.map((alarm) => ({ state: alarm, metric: alarm })),
        ...CompositeAlarms.map((alarm) => ({ state: { ...alarm, EvaluationState: undefined }, metric: undefined })),
      ],
    );
    const alarm = found.find(({ state }) => state.AlarmArn === arn);
    if (!alarm) return unreadable(`the alarm ${name} does not exist`);
    const reading = stateOf(name, alarm.state);
    if (reading.kind !== 'alarm' || !alarm.metric) return reading;
    return { ...reading, ...(await readProof(alarm.metric, aws, witnesses)) };
  } catch (error) {
    return unreadable(`the alarm ${name} could not be read: ${messageOf(error)}`);
  }
}

interface Alarm {
  readonly StateValue?: string | undefined;
  /** Set only while CloudWatch cannot evaluate the alarm on complete data; its state then says nothing. */
  readonly EvaluationState?: string | undefined;
}

function stateOf(name: string, alarm: Alarm): AlarmReading {
  if (alarm.EvaluationState !== undefined) {
    return unreadable(`the alarm ${name} is not evaluated properly: ${alarm.EvaluationState}`);
  }
  // Its reason was told when it went off, and is in the alarm; here it would drown the answer.
  const detail = plainText(`alarm ${name} is ${alarm.StateValue ?? 'in no state'}`);
  switch (alarm.StateValue) {
    case 'OK':
      return { kind: 'ok', detail };
    case 'ALARM':
      return { kind: 'alarm', detail, proof: 'unknown', because: 'it follows other alarms' };
    case 'INSUFFICIENT_DATA':
      return { kind: 'insufficientData', detail };
    case undefined:
    default:
      return unreadable(detail);
  }
}
