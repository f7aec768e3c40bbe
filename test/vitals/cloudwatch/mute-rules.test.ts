import { readActiveMutes } from '../../../vitals/cloudwatch/mute-rules';
import { bench } from '../../remediations/account';

const arn = (name: string) => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`;

function muted(...statuses: ('SCHEDULED' | 'ACTIVE' | 'EXPIRED')[]) {
  const made = bench();
  const { cloudwatch } = made.account.services;
  cloudwatch.add({ name: 'web', state: 'ALARM' });
  statuses.forEach((status, place) => {
    cloudwatch.mute({ name: `night ${place}`, alarms: ['web'], status });
  });
  return made;
}

describe('the mute rules of an alarm', () => {
  it('are those that are active now', async () => {
    expect(await readActiveMutes(arn('web'), muted('SCHEDULED', 'ACTIVE', 'EXPIRED').aws)).toEqual(['night 1']);
  });

  it('are none where rules mute other alarms', async () => {
    const { account, aws } = muted();
    account.services.cloudwatch.mute({ name: 'others', alarms: ['web-2'] });
    expect(await readActiveMutes(arn('web'), aws)).toEqual([]);
  });

  it('are read to the last page', async () => {
    const { account, aws } = muted('ACTIVE', 'ACTIVE', 'ACTIVE');
    account.pageSize = 1;
    expect(await readActiveMutes(arn('web'), aws)).toEqual(['night 0', 'night 1', 'night 2']);
  });

  it('reach people as plain text, whatever they are called', async () => {
    const { account, aws } = muted();
    const name = 'a:b \u001b[31m$(reboot)\n"now"';
    account.services.cloudwatch.mute({ name, alarms: ['x;"y'] });
    expect(await readActiveMutes(arn('x;"y'), aws)).toEqual(['a:b $(reboot) "now"']);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'whose status is new to us',
      { AlarmMuteRuleArn: 'arn:aws:cloudwatch:x:1:alarm-mute-rule:n', Status: 'PAUSED' },
      ['n'],
    ],
    ['without a status', { AlarmMuteRuleArn: 'arn:aws:cloudwatch:x:1:alarm-mute-rule:n' }, ['n']],
    ['without a name', { Status: 'ACTIVE' }, ['a rule without a name']],
    ['that is over', { AlarmMuteRuleArn: 'arn:aws:cloudwatch:x:1:alarm-mute-rule:n', Status: 'EXPIRED' }, []],
  ])('count one %s', async (_what, rule, expected) => {
    const { aws } = bench();
    const cloudwatch = { listAlarmMuteRules: async () => ({ $metadata: {}, AlarmMuteRuleSummaries: [rule] }) };
    expect(await readActiveMutes(arn('web'), { ...aws, cloudwatch })).toEqual(expected);
  });

  it.each(['denied', 'throttled', 'unavailable', 'lostAnswer'] as const)('throw when the call is %s', async (fault) => {
    const { account, aws } = muted();
    account.faults.plant('cloudwatch', 'ListAlarmMuteRules', fault, 100);
    await expect(readActiveMutes(arn('web'), aws)).rejects.toThrow();
  });

  it('throw for what is no alarm, and ask nobody', async () => {
    const { aws, calls } = bench();
    await expect(readActiveMutes('arn:aws:sns:eu-central-1:1:x', aws)).rejects.toThrow(
      'is not the ARN of a CloudWatch alarm',
    );
    expect(calls).toEqual([]);
  });
});
