import { rebootInstance } from '../../../remediations/ec2/reboot-instance';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';

const id = 'i-0aaaaaaaaaaaaaaa1';

type Described = Parameters<Bench['account']['services']['ec2']['addInstance']>[0];
type Grouped = Partial<Parameters<Bench['account']['services']['autoscaling']['addGroup']>[0]>;

function sickInstance(instance: Described = {}, group?: Grouped) {
  const on = bench();
  on.account.services.ec2.addInstance({ id, sick: { kind: 'instance' }, ...instance });
  if (group) on.account.services.autoscaling.addGroup({ name: 'web', members: [id], desired: 3, ...group });
  const target = { resource: on.resource('ec2-instance', id), condition: 'ec2-instance-impaired' };
  return { ...on, ...attempt(rebootInstance, on, target) };
}

test('an instance that stands alone and fails its instance check is rebooted, and done once it passes', async () => {
  const { plan, start, check, pass, writes } = sickInstance();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `reboot ${id}`,
    touches: [{ kind: 'ec2-instance', id }],
    group: 'alone',
  });
  expect(await start()).toMatchObject({ kind: 'started' });
  expect(writes()).toMatchObject([{ operation: 'RebootInstances', input: { InstanceIds: [id] } }]);
  await pass(30);
  expect(await check()).toEqual({ kind: 'pending', detail: `${id} boots: its check is initializing` });
  await pass(120);
  expect(await check()).toEqual({ kind: 'done', detail: `${id} has booted and passes both status checks` });
});

test('an instance that is well again needs no reboot', async () => {
  const { account, plan } = sickInstance();
  account.services.ec2.cure(id);
  expect(await plan()).toEqual(no('notNeeded', /passes both status checks now/));
});

test.each<[string, Described, RegExp]>([
  ['whose host fails', { sick: { kind: 'system' } }, /the host of i-0aaaaaaaaaaaaaaa1 fails.*use stop-start-instance/],
  ['that is stopped', { state: 'stopped' }, /is stopped: only a running instance reboots/],
])('an instance %s is not rebooted', async (_, instance, reason) => {
  expect(await sickInstance(instance).plan()).toEqual(no('refused', reason));
});

test('an instance that is booting already is waited for', async () => {
  const { account, plan } = sickInstance();
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
  expect(await plan()).toEqual(no('busy', /is booting: it may come up well/));
});

test.each<[string, string, RegExp]>([
  ['StopInstances', 'is being stopped', /is being stopped/],
  ['TerminateInstances', 'is being terminated', /is being terminated/],
])('an instance that somebody has called %s on is waited for', async (operation, _, reason) => {
  const { account, plan } = sickInstance();
  account.call('ec2', operation, { InstanceIds: [id] });
  expect(await plan()).toEqual(no('busy', reason));
});

test('a member that its group would replace mid-boot is not rebooted', async () => {
  expect(await sickInstance({}, {}).plan()).toEqual(
    no('refused', /is a member of web, which would replace it while it is down: use replace-instance/),
  );
});

test.each(['HealthCheck', 'ReplaceUnhealthy'])('a member is rebooted while %s is suspended', async (process) => {
  expect(await sickInstance({}, { suspended: [process] }).plan()).toMatchObject({
    kind: 'planned',
    group: { resource: { kind: 'auto-scaling-group', id: 'web' }, size: 3, healthyOthers: 2 },
  });
});

test('a member in Standby is rebooted, and counts as standing alone', async () => {
  const { account, plan, pass } = sickInstance({}, { min: 0 });
  const standby = { AutoScalingGroupName: 'web', InstanceIds: [id], ShouldDecrementDesiredCapacity: true };
  account.call('autoscaling', 'EnterStandby', standby);
  expect(await plan()).toEqual(no('busy', /EnteringStandby in web, which moves it now/));
  await pass(60);
  expect(await plan()).toMatchObject({ kind: 'planned', group: 'alone' });
});

test('a second start does not reboot a second time, neither while it boots nor when it is well', async () => {
  const { start, pass, writes } = sickInstance();
  await start();
  expect(await start()).toEqual(no('refused', /is already booting/));
  await pass(300);
  expect(await start()).toEqual(no('refused', /is no longer impaired/));
  expect(writes()).toHaveLength(1);
});

test('an instance that was stopped and started after the plan is not the one that was planned for', async () => {
  const { account, plan, start, pass, writes } = sickInstance({ sick: { kind: 'instance', curedBy: [] } });
  await plan();
  account.call('ec2', 'StopInstances', { InstanceIds: [id] });
  await pass(60);
  account.call('ec2', 'StartInstances', { InstanceIds: [id] });
  await pass(300);
  expect(await start()).toEqual(no('refused', /was stopped and started since the plan/));
  expect(writes().map(({ operation }) => operation)).not.toContain('RebootInstances');
});

test('an instance that was well in between and fell sick again is planned for anew', async () => {
  const { account, plan, start, pass } = sickInstance();
  await plan();
  account.services.ec2.cure(id);
  await pass(600);
  account.services.ec2.sicken(id, { kind: 'instance' });
  expect(await start()).toEqual(no('refused', /was well since the plan and fell sick again/));
});

test('a reboot whose answer was lost is found out by the check', async () => {
  const { account, start, checkWithoutHandle, pass } = sickInstance();
  account.faults.plant('ec2', 'RebootInstances', 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'pending' });
  await pass(150);
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'done' });
});

test('a reboot that never reached AWS leaves no trace', async () => {
  const { account, start, checkWithoutHandle } = sickInstance();
  account.faults.plant('ec2', 'RebootInstances', 'lostRequest');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});

test('a reboot that AWS accepted is waited for, since its status lags', async () => {
  const { account, plan, checkWithoutHandle, check, start } = sickInstance();
  await plan();
  const real = account.services.ec2;
  const before = real.operations.RebootInstances;
  Object.assign(real.operations, { RebootInstances: () => ({}) });
  await start();
  Object.assign(real.operations, { RebootInstances: before });
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
  expect(await check()).toMatchObject({ kind: 'pending' });
});

test('an instance that goes away meanwhile has not been healed', async () => {
  const { account, start, check, pass } = sickInstance();
  await start();
  account.services.ec2.terminate(id);
  expect(await check()).toEqual({ kind: 'failed', detail: `${id} is shutting-down: somebody else stopped it` });
  await pass(7_200);
  expect(await check()).toEqual({ kind: 'failed', detail: `${id} no longer exists` });
});

test('a host that fails after the reboot ends the attempt', async () => {
  const { account, start, check, pass } = sickInstance();
  await start();
  account.services.ec2.sicken(id, { kind: 'system' });
  await pass(200);
  expect(await check()).toEqual({ kind: 'failed', detail: `the host of ${id} fails its status check now` });
});

test.each([
  ['SystemStatus', 'InstanceStatus', /whether the host of .* is well cannot be read: its check is insufficient-data/],
  ['InstanceStatus', 'SystemStatus', /what ails .* cannot be read: its instance check is insufficient-data/],
])('an instance whose %s cannot be read is not rebooted', async (unread, read, reason) => {
  const on = sickInstance();
  const status = { [unread]: { Status: 'insufficient-data' }, [read]: { Status: 'ok' } };
  answerWith(on, 'ec2', 'DescribeInstanceStatus', { InstanceStatuses: [{ InstanceId: id, ...status }] });
  expect(await on.plan()).toEqual(no('refused', reason));
});

test('an instance that has joined a group since the plan is not rebooted', async () => {
  const { account, plan, start, writes } = sickInstance();
  await plan();
  account.services.autoscaling.addGroup({ name: 'web', members: [id], desired: 2 });
  expect(await start()).toEqual(no('refused', /would replace it while it is down/));
  expect(writes()).toEqual([]);
});

test('an instance that fell sick again after the reboot has not been healed', async () => {
  const { account, start, check, pass } = sickInstance();
  await start();
  await pass(300);
  account.services.ec2.sicken(id, { kind: 'instance' });
  expect(await check()).toEqual({
    kind: 'failed',
    detail: `${id} has booted and fails its instance status check again`,
  });
});

test('an instance that no longer exists is neither planned for nor started', async () => {
  const on = sickInstance();
  await on.plan();
  answerWith(on, 'ec2', 'DescribeInstances', unknown('InvalidInstanceID.NotFound'));
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
});

test('a member that fails its own status check is nobody who carries on meanwhile, though its group has not noticed', async () => {
  const sick = 'i-0aaaaaaaaaaaaaaa2';
  const well = 'i-0aaaaaaaaaaaaaaa3';
  const on = bench();
  for (const member of [id, sick, well]) on.account.services.ec2.addInstance({ id: member });
  on.account.services.autoscaling.addGroup({ name: 'web', members: [id, sick, well], suspended: ['HealthCheck'] });
  on.account.services.ec2.sicken(id, { kind: 'instance' });
  on.account.services.ec2.sicken(sick, { kind: 'system' });
  const { plan } = attempt(rebootInstance, on, {
    resource: on.resource('ec2-instance', id),
    condition: 'ec2-instance-impaired',
  });
  expect(await plan()).toMatchObject({ kind: 'planned', group: { size: 3, healthyOthers: 1 } });
});
