import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** Whether what an alarm does is enabled, and since when it is as it is. */
export type AlarmActions =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly arn: string;
      readonly enabled: boolean;
      /** How many topics, functions and other things it would tell, in any state. */
      readonly count: number;
      /** When it was last changed, in milliseconds since the epoch: whoever changes it does so again. */
      readonly changedAt: number;
    };

/** The action of `readAlarmActions`. */
export const alarmActionReads = ['cloudwatch:DescribeAlarms'] as const;

/** Whether the text can be the name of an alarm. */
export function isAlarmName(text: string): boolean {
  return /^[^\p{Cc}]{1,255}$/u.test(text);
}

/** Reads a metric or composite alarm by its name. */
export async function readAlarmActions(
  name: string,
  aws: Calls<(typeof alarmActionReads)[number]>,
): Promise<AlarmActions> {
  const found = await everyItem(
    (token) =>
      aws.cloudwatch.describeAlarms({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], ...token }),
    ({ MetricAlarms = [], CompositeAlarms = [] }) => [...MetricAlarms, ...CompositeAlarms],
  );
  const alarm = found.find(({ AlarmName }) => AlarmName === name);
  if (!alarm) return { kind: 'absent' };
  const { AlarmArn: arn, ActionsEnabled: enabled, AlarmConfigurationUpdatedTimestamp: changed } = alarm;
  if (arn === undefined || enabled === undefined || changed === undefined) {
    throw new Error(
      `CloudWatch answered the alarm ${name} without its ARN, its time or whether its actions are enabled`,
    );
  }
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
  const count = new Set([...AlarmActions, ...OKActions, ...InsufficientDataActions]).size;
  return { kind: 'found', name, arn, enabled, count, changedAt: changed.getTime() };
}
