import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import { muteReads, readActiveMutes } from '../../vitals/cloudwatch/mute-rules';
import { alarmActionReads, isAlarmName, readAlarmActions } from '../../vitals/monitoring/alarm-actions';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

const planned = z.object({
  alarm: z.string(),
  /** Before-image: who disables it once more changes it once more. */
  changedAt: z.number(),
});

type Reads = Calls<(typeof muteReads)[number]>;

/** Lets an alarm tell people again. Homeostat never disables what an alarm does, so it never undoes work of its own. */
export const reenableAlarmActions = defineRemediation({
  name: 'reenable-alarm-actions',
  title: 'Enable the actions of an alarm again',
  when: 'The actions of an alarm that its owner has tagged were disabled by hand, and nobody has muted it for a time.',
  whenNot: 'A mute rule covers the alarm, since then somebody works there; or it is meant to be silent: untag it.',
  heals: ['alarm-actions-disabled'],
  takes: ['alarm'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({}),
  permissions: {
    read: [...alarmActionReads, ...muteReads],
    write: [{ action: 'cloudwatch:EnableAlarmActions', on: 'arn:*:cloudwatch:*:*:alarm:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 300 },
  unseen: 'CloudWatch does not say who enabled the actions of an alarm',
  planned,

  async plan({ resource }, _parameters, aws) {
    const { id } = resource;
    if (!isAlarmName(id)) return { kind: 'refused', reason: `${plainText(id)} is not the name of an alarm` };
    const alarm = await readAlarmActions(id, aws);
    if (alarm.kind === 'absent') return { kind: 'refused', reason: `there is no alarm ${id} any more` };
    if (alarm.enabled) return { kind: 'notNeeded', reason: `the actions of ${id} are enabled` };
    if (alarm.count === 0) return { kind: 'refused', reason: `${id} has no actions: enabled, it would tell nobody` };
    const work = await workOn(alarm.arn, id, aws);
    if (work) return { kind: 'busy', reason: work };
    return {
      kind: 'planned',
      plan: { alarm: id, changedAt: alarm.changedAt },
      summary: `enable the actions of the alarm ${id}, of which it has ${alarm.count}`,
      touches: [resource],
      // It goes on watching; nobody else tells what it tells.
      group: 'alone',
    };
  },

  async start({ alarm: name, changedAt }, aws) {
    const alarm = await readAlarmActions(name, aws);
    if (alarm.kind === 'absent') return { kind: 'refused', reason: `there is no alarm ${name} any more` };
    const answer = answerBefore(standing(alarm.enabled), whatOf(name));
    if (answer) return answer;
    if (alarm.changedAt !== changedAt) return { kind: 'refused', reason: `${name} was changed since the plan` };
    const work = await workOn(alarm.arn, name, aws);
    if (work) return { kind: 'refused', reason: work };
    await aws.cloudwatch.enableAlarmActions({ AlarmNames: [name] });
    return { kind: 'started' };
  },

  async check({ alarm: name }, _handle, aws) {
    const alarm = await readAlarmActions(name, aws);
    if (alarm.kind === 'absent') return { kind: 'failed', detail: `there is no alarm ${name} any more` };
    return checkOf(standing(alarm.enabled), whatOf(name), undefined);
  },
});

const whatOf = (name: string): string => `what the alarm ${name} may do`;

function standing(enabled: boolean): ReturnType<typeof standingOf> {
  return standingOf({ from: false, to: true }, enabled);
}

/** Whoever mutes an alarm for a time works on what it watches. */
async function workOn(arn: string, name: string, aws: Reads): Promise<string | undefined> {
  const [mute] = await readActiveMutes(arn, aws);
  return mute && `${name} is muted by the rule ${mute}: somebody is at work`;
}
