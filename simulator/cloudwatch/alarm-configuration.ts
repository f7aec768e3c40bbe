import { z } from 'zod';
import type { SimulatedAccount } from '../world';
import type { Alarm } from './alarm';
import { followed, stamp } from './alarm-event';

/** What people do to an alarm. */
export const alarmHappeningSchema = z.union([
  z.strictObject({ name: z.string(), actions: z.enum(['enabled', 'disabled']) }),
  z.strictObject({ name: z.string(), is: z.literal('deleted') }),
]);
export type AlarmHappening = z.infer<typeof alarmHappeningSchema>;

/** Tells the bus that an alarm was made, changed or deleted. `enabledBefore`: whether its actions were, where it is changed. */
export function tellOfChange(
  account: SimulatedAccount,
  alarm: Alarm,
  operation: 'create' | 'update' | 'delete',
  enabledBefore?: boolean,
): void {
  const { value, since } = alarm.standing;
  account.bus.emit('aws.cloudwatch', 'CloudWatch Alarm Configuration Change', [alarm.arn], {
    alarmName: alarm.name,
    operation,
    state: { value, timestamp: stamp(since) },
    configuration: configurationOf(alarm, alarm.actionsEnabled),
    ...(enabledBefore !== undefined && { previousConfiguration: configurationOf(alarm, enabledBefore) }),
  });
}

function configurationOf(alarm: Alarm, actionsEnabled: boolean): object {
  return {
    ...followed(alarm),
    alarmName: alarm.name,
    ...(alarm.description !== undefined && { description: alarm.description }),
    actionsEnabled,
    timestamp: stamp(alarm.configuredAt),
    okActions: [],
    alarmActions: alarm.actions,
    insufficientDataActions: [],
  };
}
