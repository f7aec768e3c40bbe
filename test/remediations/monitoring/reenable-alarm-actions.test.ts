import { reenableAlarmActions } from '../../../remediations/monitoring/reenable-alarm-actions';
import { bench } from '../account';
import { attempt, no } from '../attempt';

const name = 'checkout is late';

function disabled(actions = ['arn:aws:sns:eu-central-1:111122223333:oncall']) {
  const on = bench();
  const { cloudwatch } = on.account.services;
  cloudwatch.add({ name, metric: { namespace: 'Shop', name: 'Latency', dimensions: {} }, state: 'OK', actions });
  cloudwatch.befall({ name, actions: 'disabled' });
  const target = { resource: on.resource('alarm', name), condition: 'alarm-actions-disabled' };
  return { ...on, cloudwatch, ...attempt(reenableAlarmActions, on, target) };
}

test('what the alarm does is enabled, and nothing else of it changed', async () => {
  const { plan, start, check, writes } = disabled();
  expect(await plan()).toMatchObject({ summary: `enable the actions of the alarm ${name}, of which it has 1` });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  await start();
  expect(writes()).toMatchObject([{ operation: 'EnableAlarmActions', input: { AlarmNames: [name] } }]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('an alarm that would tell nobody is left alone', async () => {
  expect(await disabled([]).plan()).toEqual(no('refused', /has no actions: enabled, it would tell nobody/));
});

test('it waits while somebody has muted the alarm, also where that came after the plan', async () => {
  const { plan, start, writes, cloudwatch } = disabled();
  await plan();
  cloudwatch.mute({ name: 'deployment', alarms: [name] });
  expect(await plan()).toEqual(no('busy', /is muted by the rule deployment/));
  expect(await start()).toEqual(no('refused', /is muted by the rule deployment/));
  expect(writes()).toEqual([]);
});

test('who disables it once more after the plan is not overruled by that plan', async () => {
  const { plan, start, writes, cloudwatch, pass } = disabled();
  await plan();
  await pass(60);
  cloudwatch.befall({ name, actions: 'disabled' });
  expect(await start()).toEqual(no('refused', /was changed since the plan/));
  expect(writes()).toEqual([]);
});

test('an alarm that was deleted since the plan ends the attempt', async () => {
  const { plan, start, check, cloudwatch } = disabled();
  await plan();
  cloudwatch.befall({ name, is: 'deleted' });
  expect(await start()).toEqual(no('refused', /there is no alarm/));
  expect(await check()).toMatchObject({ kind: 'failed' });
});
