import { plainText } from '../../signals/plain-text';
import { alarmName } from './alarm-name';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** The actions of `readActiveMutes`. */
export const muteReads = ['cloudwatch:ListAlarmMuteRules'] as const;

/**
 * Names of the mute rules that silence an alarm right now. Throws when that cannot be read: CloudWatch mutes what an alarm does,
 * not what it says, so nothing else tells of it.
 */
export async function readActiveMutes(
  alarmArn: string,
  aws: Calls<(typeof muteReads)[number]>,
): Promise<readonly string[]> {
  const name = alarmName(alarmArn);
  if (name === undefined) {
    throw new Error(`${plainText(alarmArn)} is not the ARN of a CloudWatch alarm: what mutes it cannot be asked`);
  }
  const rules = await everyItem(
    (token) => aws.cloudwatch.listAlarmMuteRules({ AlarmName: name, Statuses: ['ACTIVE'], ...token }),
    ({ AlarmMuteRuleSummaries }) => AlarmMuteRuleSummaries,
  );
  // A status that we do not know is one to wait for, too.
  const active = rules.filter(({ Status }) => Status !== 'SCHEDULED' && Status !== 'EXPIRED');
  return active.map(({ AlarmMuteRuleArn }) => ruleName(AlarmMuteRuleArn));
}

function ruleName(arn = ''): string {
  return plainText(/:alarm-mute-rule:(.+)$/s.exec(arn)?.[1] ?? (arn || 'a rule without a name'));
}
