import { scaleOutGroup } from '../../../remediations/auto-scaling/scale-out-group';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

type Described = Parameters<Bench['account']['services']['autoscaling']['addGroup']>[0];

function overloaded(described: Partial<Described> = {}, parameters: object = {}) {
  const on = bench();
  on.account.services.autoscaling.addGroup({ name: 'web', desired: 4, max: 8, load: 390, ...described });
  const group = on.account.services.autoscaling.group('web')!;
  const target = { resource: on.resource('auto-scaling-group', 'web'), condition: 'group-overloaded' };
  return { ...on, group, ...attempt(scaleOutGroup, on, target, parameters) };
}

test('a group grows by one and is done once all its members are in service', async () => {
  const { plan, start, check, pass, writes } = overloaded();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: 'raise web from 4 to 5 members (its maximum is 8)',
    touches: [{ kind: 'auto-scaling-group', id: 'web' }],
    group: { size: 4, healthyOthers: 4 },
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'SetDesiredCapacity',
      input: { AutoScalingGroupName: 'web', DesiredCapacity: 5, HonorCooldown: false },
    },
  ]);
  await pass(60);
  expect(await check()).toEqual({ kind: 'pending', detail: '4 of 5 members of web are in service' });
  await pass(60);
  expect(await check()).toEqual({ kind: 'done', detail: '5 of 5 members of web are in service' });
});

test.each<[object, number]>([
  [{ step: { count: 2 } }, 6],
  [{ step: { percent: 30 } }, 6],
  [{ step: { percent: 1 } }, 5],
  [{ step: { percent: 100 }, atMost: 4 }, 8],
])('the step %j brings four members to %d', async (parameters, to) => {
  expect(await overloaded({}, parameters).plan()).toMatchObject({ kind: 'planned', plan: { from: 4, to } });
});

test.each<[object, RegExp]>([
  [{ step: { percent: 100 }, atMost: 3 }, /web would grow by 4, and atMost is 3/],
  [{ step: { count: 5 } }, /web would grow to 9, and its maximum is 8: a person must raise that first/],
])('the step %j is too large, and is refused as a whole', async (parameters, reason) => {
  expect(await overloaded({}, parameters).plan()).toEqual(no('refused', reason));
});

test.each([{ step: { count: 0 } }, { step: { percent: 101 } }, { step: 2 }, { steps: 1 }])(
  'the parameters %j are refused',
  async (parameters) => {
    await expect(overloaded({}, parameters).plan()).rejects.toThrow();
  },
);

test.each<[string, Partial<Described>, RegExp]>([
  ['at its maximum', { max: 4 }, /web is at its maximum of 4: a person must raise that first/],
  ['that was switched off', { desired: 0, max: 2 }, /set to no members at all/],
  ['that cannot launch', { suspended: ['Launch'] }, /the Launch process of web is suspended: User suspended/],
])('a group %s does not grow', async (_, described, reason) => {
  expect(await overloaded(described).plan()).toEqual(no('refused', reason));
});

test('a group that is growing already is waited for', async () => {
  const { account, plan, pass } = overloaded();
  account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 5 });
  expect(await plan()).toEqual(no('busy', /web has 4 of 5 members and launches more/));
  await pass(20);
  expect(await plan()).toEqual(no('busy', /1 members of web are still launching/));
});

test('a group that its own target tracking policy sizes is left to it', async () => {
  const { group, plan } = overloaded();
  const policy = { PolicyName: 'cpu-60', PolicyType: 'TargetTrackingScaling', Enabled: true };
  Object.assign(group, { policies: [policy] });
  expect(await plan()).toEqual(no('refused', /the target tracking policy cpu-60 of web sizes it already/));
  Object.assign(group, { policies: [{ ...policy, Enabled: false }] });
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a group whose members are being refreshed is waited for', async () => {
  const { group, plan } = overloaded();
  Object.assign(group, { refreshes: [{ InstanceRefreshId: 'r-1', Status: 'Baking' }] });
  expect(await plan()).toEqual(no('busy', /an instance refresh of web is Baking/));
  Object.assign(group, { refreshes: [{ InstanceRefreshId: 'r-1', Status: 'Successful' }] });
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a group whose launches fail is not asked for more until a quarter of an hour has passed', async () => {
  const { account, plan, pass } = overloaded({ launches: 'fail' });
  const resize = (DesiredCapacity: number) => {
    account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity });
  };
  resize(5);
  await pass(20);
  resize(4);
  await pass(20);
  expect(await plan()).toEqual(no('refused', /a launch of web failed in the last 15 minutes: .*instance limit/));
  await pass(900);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a group whose subnets have too few addresses does not grow', async () => {
  const on = bench();
  on.account.services.ec2.addSubnet({ id: 'subnet-0aa', zone: 'eu-central-1a', freeAddresses: 1 });
  on.account.services.autoscaling.addGroup({
    name: 'web',
    desired: 2,
    max: 8,
    zones: ['eu-central-1a'],
    subnets: ['subnet-0aa'],
  });
  const target = { resource: on.resource('auto-scaling-group', 'web'), condition: 'group-overloaded' };
  expect(await attempt(scaleOutGroup, on, target, { step: { count: 2 } }).plan()).toEqual(
    no('refused', /the subnets of web \(subnet-0aa\) have 1 free addresses, and 2 are needed/),
  );
  expect(await attempt(scaleOutGroup, on, target).plan()).toMatchObject({ kind: 'planned' });
});

test('every page of the policies is read', async () => {
  const { account, group, plan } = overloaded();
  Object.assign(account, { pageSize: 1 });
  const tracking = { PolicyName: 'cpu-60', PolicyType: 'TargetTrackingScaling' };
  Object.assign(group, { policies: [{ PolicyName: 'nightly', PolicyType: 'StepScaling' }, tracking] });
  expect(await plan()).toEqual(no('refused', /cpu-60/));
});

test('a second start does not grow the group a second time, not even when it has grown', async () => {
  const { start, pass, writes } = overloaded();
  await start();
  expect(await start()).toEqual(no('refused', /web is set to 5 already/));
  await pass(300);
  expect(await start()).toEqual(no('refused', /web is set to 5 already/));
  expect(writes()).toHaveLength(1);
});

test('a group that somebody else resized after the plan is left as it is', async () => {
  const { account, plan, start } = overloaded();
  await plan();
  account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 6 });
  expect(await start()).toEqual(no('refused', /web is set to 6 and not to 4 any more/));
});

test('a growth whose answer was lost is found out by the check', async () => {
  const { account, start, checkWithoutHandle, pass } = overloaded();
  account.faults.plant('autoscaling', 'SetDesiredCapacity', 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'pending' });
  await pass(120);
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'done' });
});

test('a growth that never reached AWS leaves no trace', async () => {
  const { account, start, checkWithoutHandle } = overloaded();
  account.faults.plant('autoscaling', 'SetDesiredCapacity', 'lostRequest');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toEqual({ kind: 'notStarted', detail: 'web is set to 4 as before' });
});

test('two launches that failed since the plan end the attempt, with the reason that AWS gives', async () => {
  const { account, plan, start, check, pass } = overloaded();
  await plan();
  account.services.autoscaling.setLaunches('web', 'fail');
  await start();
  await pass(20);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(120);
  expect(await check()).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(/of \d members of web are in service; 2 launches failed: .*instance limit/) as string,
  });
});

test('a group that somebody set back has not grown', async () => {
  const { account, start, check } = overloaded({}, { step: { count: 2 } });
  await start();
  account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 5 });
  expect(await check()).toEqual({ kind: 'failed', detail: 'somebody set web back to 5' });
});

test('undo takes back our own step and nobody else’s', async () => {
  const { account, start, undo, pass, writes } = overloaded();
  await start();
  await pass(300);
  expect(await undo()).toMatchObject({ kind: 'started' });
  expect(writes()[1]).toMatchObject({ operation: 'SetDesiredCapacity', input: { DesiredCapacity: 4 } });
  account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 7 });
  expect(await undo()).toEqual(no('refused', /web is set to 7 and no longer to our 5: somebody else sizes it/));
});

test('undo never goes below the minimum that the group has by then', async () => {
  const { account, start, undo } = overloaded();
  await start();
  account.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'web', MinSize: 5 });
  expect(await undo()).toEqual(no('refused', /the minimum of web is 5 now, above 4/));
});

test('a group that cannot launch any more since the plan is left as it is', async () => {
  const { account, plan, start, writes } = overloaded();
  await plan();
  const ScalingProcesses = ['Launch'];
  account.call('autoscaling', 'SuspendProcesses', { AutoScalingGroupName: 'web', ScalingProcesses });
  expect(await start()).toEqual(no('refused', /the Launch process of web is suspended/));
  expect(writes().map(({ operation }) => operation)).not.toContain('SetDesiredCapacity');
});

test('a group that is refreshed since the plan is left as it is', async () => {
  const { group, plan, start } = overloaded();
  await plan();
  Object.assign(group, { refreshes: [{ InstanceRefreshId: 'r-1', Status: 'InProgress' }] });
  expect(await start()).toEqual(no('refused', /an instance refresh of web is InProgress/));
});

test.each([
  ['that is being deleted', { Status: 'Delete in progress' }, /web is being deleted/],
  ['that names no subnets', { VPCZoneIdentifier: '' }, /web names no subnets/],
])('a group %s does not grow', async (_, field, reason) => {
  const on = overloaded();
  const answer = await on.aws.autoscaling.describeAutoScalingGroups({});
  const AutoScalingGroups = answer.AutoScalingGroups?.map((group) => ({ ...group, ...field }));
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups });
  expect(await on.plan()).toEqual(no('refused', reason));
});

test('a group that no longer exists is left alone by every verb', async () => {
  const on = overloaded();
  await on.plan();
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups: [] });
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.undo()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});
