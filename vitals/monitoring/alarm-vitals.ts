import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import { defineVitals } from '../vitals';
import { alarmActionReads, isAlarmName, readAlarmActions } from './alarm-actions';

/** An alarm is well while it is there and tells people; what it watches is sick or well apart from that. */
export const alarmVitals = defineVitals({
  kind: 'alarm',
  reads: [...alarmActionReads, 'cloudwatch:ListTagsForResource'],
  sees: ['alarm-actions-disabled', 'alarm-deleted'],
  async health({ id }, condition, aws) {
    if (!isAlarmName(id)) return { kind: 'unknown', detail: `${plainText(id)} is not the name of an alarm` };
    const alarm = await readAlarmActions(id, aws);
    if (alarm.kind === 'absent') {
      const kind = condition === 'alarm-deleted' ? 'unhealthy' : 'gone';
      return { kind, detail: `there is no alarm ${id}` };
    }
    return alarm.enabled || condition === 'alarm-deleted'
      ? { kind: 'healthy', detail: `the alarm ${id} is there${alarm.enabled ? ' and its actions are enabled' : ''}` }
      : { kind: 'unhealthy', detail: `the actions of the alarm ${id} are disabled` };
  },
  async tags({ id }, aws) {
    const alarm = isAlarmName(id) ? await readAlarmActions(id, aws) : { kind: 'absent' as const };
    if (alarm.kind === 'absent') return {};
    const asked = aws.cloudwatch.listTagsForResource({ ResourceARN: alarm.arn });
    const { Tags = [] } = (await orAbsent('ResourceNotFoundException', asked)) ?? {};
    return Object.fromEntries(Tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
  },
  place: () => Promise.resolve({ groups: [] }),
});
