import { timeTo, verdictOn } from '../../simulator/cloudwatch/alarm';
import type { SimulatedAccount } from '../../simulator/world';
import { alarmName } from '../../vitals/cloudwatch/alarm-name';

const minute = 60_000;

/**
 * Whether the metric of an alarm has been bad in each minute for so long that the alarm would have been in ALARM for as many
 * minutes as `lasting`, had nobody set it by hand. Undefined where the alarm is gone, or follows no metric.
 */
export function hasBreached(account: SimulatedAccount, arn: string, lasting: number): boolean | undefined {
  const alarm = account.services.cloudwatch.alarm(alarmName(arn) ?? '');
  if (!alarm?.follows.metric) return undefined;
  const minutes = timeTo('ALARM', alarm.follows) / minute + lasting;
  const to = account.clock.now();
  const points = alarm.past.points(to - minutes * minute, to, minute / 1_000);
  return points.length === minutes && points.every(({ value }) => verdictOn(value, alarm.follows, 'OK') === 'ALARM');
}
