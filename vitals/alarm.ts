import { plainText } from '../signals/plain-text';
import type { Calls } from './aws';
import { everyItem } from './pages';
import { messageOf } from './vitals';

/** What an alarm says now. */
export type AlarmReading =
  | { readonly kind: 'ok'; readonly detail: string }
  | { readonly kind: 'alarm'; readonly detail: string }
  | { readonly kind: 'insufficientData'; readonly detail: string }
  /** Missing, not evaluated, or not readable. Never taken for OK. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The actions of `readAlarm`. */
export const readsOfAlarm = ['cloudwatch:DescribeAlarms'] as const;

const arnPattern = /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d+:alarm:(.{1,255})$/s;

const unreadable = (reason: string): AlarmReading => ({ kind: 'unreadable', reason: plainText(reason) });

/** Reads a metric or composite alarm by its ARN. Never throws. */
export async function readAlarm(arn: string, aws: Calls<'cloudwatch:DescribeAlarms'>): Promise<AlarmReading> {
  const name = arnPattern.exec(arn)?.[1];
  if (name === undefined) return unreadable(`${plainText(arn)} is not the ARN of a CloudWatch alarm`);
  try {
    // Without AlarmTypes CloudWatch leaves composite alarms out.
    const found = await everyItem(
      (token) =>
        aws.cloudwatch.describeAlarms({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], ...token }),
      (page) => [
        ...(page.MetricAlarms ?? []),
        ...(page.CompositeAlarms ?? []).map((alarm) => ({ ...alarm, EvaluationState: undefined })),
      ],
    );
    const alarm = found.find((candidate) => candidate.AlarmArn === arn);
    return alarm ? stateOf(name, alarm) : unreadable(`the alarm ${name} does not exist`);
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
      return { kind: 'alarm', detail };
    case 'INSUFFICIENT_DATA':
      return { kind: 'insufficientData', detail };
    case undefined:
    default:
      return unreadable(detail);
  }
}
