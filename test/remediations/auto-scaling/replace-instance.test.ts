import { replaceInstance } from '../../../remediations/auto-scaling/replace-instance';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { withOneUnhealthy } from '../one-unhealthy';

type Services = Bench['account']['services'];
type Described = Parameters<Services['autoscaling']['addGroup']>[0];

interface Ground {
  readonly group?: Partial<Described>;
  readonly parameters?: object;
  readonly condition?: string;
  readonly sick?: 'instance' | 'system' | 'retiring' | 'none';
}

/** A group of four over two zones, the first member of which is sick. */
function sickMember({
  group: described,
  parameters,
  condition = 'ec2-instance-impaired',
  sick = 'instance',
}: Ground = {}) {
  const on = bench();
  const { autoscaling, ec2 } = on.account.services;
  const group = autoscaling.addGroup({ name: 'web', desired: 4, ...described });
  const ids = [...group.members.keys()];
  const [id = ''] = ids;
  if (sick !== 'none') ec2.sicken(id, { kind: sick });
  const target = { resource: on.resource('ec2-instance', id), condition };
  const operations = () => on.writes().map(({ operation }) => operation);
  return { ...on, ids, id, group, target, operations, ...attempt(replaceInstance, on, target, parameters) };
}

function sickTarget(isOfInstances = true, parameters: object = {}) {
  const on = bench();
  const { members } = on.account.services.autoscaling.addGroup({ name: 'web', desired: 4 });
  const ids = isOfInstances ? [...members.keys()] : ['10.0.0.1', '10.0.0.2'];
  const arn = withOneUnhealthy(on.account, ids);
  const group = on.account.services.elasticloadbalancing.targetGroup(arn)!;
  const target = { resource: on.resource('target-group', arn), condition: 'target-unhealthy' };
  return { ...on, ids, id: ids[0]!, group, ...attempt(replaceInstance, on, target, parameters) };
}

test('a sick member is set unhealthy, and done once its group is whole again without it', async () => {
  const { id, plan, start, check, pass, writes } = sickMember();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `replace ${id} in web: ${id} fails its instance status check`,
    touches: [
      { kind: 'ec2-instance', id },
      { kind: 'auto-scaling-group', id: 'web' },
    ],
    group: { resource: { kind: 'auto-scaling-group', id: 'web' }, size: 4, healthyOthers: 3 },
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'SetInstanceHealth',
      input: { InstanceId: id, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: false },
    },
  ]);
  expect(await check()).toEqual({ kind: 'pending', detail: `${id} waits for web to replace it` });
  await pass(40);
  expect(await check()).toEqual({ kind: 'pending', detail: `${id} is Terminating in web` });
  await pass(240);
  expect(await check()).toEqual({
    kind: 'done',
    detail: `${id} has ended, and 4 of 4 members of web are in service`,
  });
});

test('a member is terminated at once when the policy says so, and the group keeps its size', async () => {
  const { id, start, check, pass, writes } = sickMember({ parameters: { how: 'terminate' } });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'TerminateInstanceInAutoScalingGroup',
      input: { InstanceId: id, ShouldDecrementDesiredCapacity: false },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(300);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test.each<[string, 'system' | 'retiring' | 'none']>([
  ['ec2-host-impaired', 'system'],
  ['ec2-instance-retiring', 'retiring'],
  ['spot-instance-interrupted', 'none'],
])('a member with %s is replaced', async (condition, sick) => {
  expect(await sickMember({ condition, sick }).plan()).toMatchObject({ kind: 'planned' });
});

test('a member that is well is not replaced', async () => {
  expect(await sickMember({ sick: 'none' }).plan()).toEqual(no('notNeeded', /passes both status checks/));
});

test('the one unhealthy target is found and replaced', async () => {
  const { id, plan, start, writes } = sickTarget();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `replace ${id} in web: it is the one unhealthy target of web`,
    touches: [{ kind: 'ec2-instance', id }, { id: 'web' }],
  });
  await start();
  expect(writes()).toMatchObject([{ operation: 'SetInstanceHealth', input: { InstanceId: id } }]);
});

test('of several unhealthy targets none is replaced', async () => {
  const { account, group, ids, plan, pass } = sickTarget();
  account.services.elasticloadbalancing.health.ail(group, ids[1]!, 'ill');
  await pass(61);
  expect(await plan()).toEqual(no('refused', /2 targets of web are unhealthy at once: their trouble is shared/));
});

test('an unhealthy address is not replaced', async () => {
  expect(await sickTarget(false).plan()).toEqual(
    no('refused', /the unhealthy target 10.0.0.1 of web is not an instance/),
  );
});

test('a target is not replaced for trouble of the load balancer itself', async () => {
  const { group, plan, id } = sickTarget();
  Object.assign(group.targets.get(`${id}:80`)!, { reason: 'Elb.InternalError' });
  expect(await plan()).toEqual(no('refused', /is not at fault: the load balancer says Elb.InternalError/));
});

test('a target group without a healthy target loses none', async () => {
  const { group, plan, ids } = sickTarget();
  for (const id of ids.slice(1)) Object.assign(group.targets.get(`${id}:80`)!, { state: 'initial' });
  expect(await plan()).toEqual(
    no('refused', /no target of web is healthy: the trouble may be the health check itself/),
  );
});

test('an instance outside of any group is left to stop-start-instance', async () => {
  const on = bench();
  const { id } = on.account.services.ec2.addInstance({ sick: { kind: 'instance' } });
  const target = { resource: on.resource('ec2-instance', id), condition: 'ec2-instance-impaired' };
  expect(await attempt(replaceInstance, on, target).plan()).toEqual(
    no('refused', /belongs to no Auto Scaling group: nothing would take its place; use stop-start-instance/),
  );
});

test.each(['Launch', 'Terminate', 'ReplaceUnhealthy'])(
  'no member is replaced while %s is suspended',
  async (process) => {
    expect(await sickMember({ group: { suspended: [process] } }).plan()).toEqual(
      no(
        'refused',
        new RegExp(`is a member of web, and the ${process} process of web is suspended: User suspended at`),
      ),
    );
  },
);

test('a member that is protected from scale-in is kept, though AWS would not keep it', async () => {
  const members = ['i-0aaaaaaaaaaaaaaa1'];
  expect(await sickMember({ group: { members, protectedFromScaleIn: members, desired: 4 } }).plan()).toEqual(
    no('refused', /i-0aaaaaaaaaaaaaaa1 is protected from scale-in/),
  );
});

test('a member in Standby is not replaced', async () => {
  const { account, id, plan, pass } = sickMember({ group: { min: 0 } });
  const standby = { AutoScalingGroupName: 'web', InstanceIds: [id], ShouldDecrementDesiredCapacity: true };
  account.call('autoscaling', 'EnterStandby', standby);
  await pass(60);
  expect(await plan()).toEqual(no('refused', /is Standby in web, not InService/));
});

test('a member that its group replaces already needs nothing', async () => {
  const { account, id, plan, pass } = sickMember();
  account.call('autoscaling', 'SetInstanceHealth', { InstanceId: id, HealthStatus: 'Unhealthy' });
  expect(await plan()).toEqual(no('notNeeded', /web counts .* as unhealthy and replaces it/));
  await pass(40);
  expect(await plan()).toMatchObject({ kind: 'notNeeded' });
});

test('many sick members share their trouble, and none is replaced', async () => {
  const { ids, group, plan } = sickMember();
  Object.assign(group.members.get(ids[1]!)!, { health: 'Unhealthy' });
  expect(await plan()).toEqual(no('refused', /1 of the 3 other members of web are not healthy either/));
});

test('one member is replaced at a time', async () => {
  const { ids, group, plan } = sickMember({ parameters: { maxSickPercent: 100 } });
  Object.assign(group.members.get(ids[1]!)!, { lifecycle: 'Pending' });
  expect(await plan()).toEqual(no('busy', /of web is Pending: one at a time/));
});

test.each<[string, Partial<Described>, object, RegExp]>([
  ['the only member', { desired: 1 }, {}, /0 healthy members of web would be left, not 1/],
  ['when fewer than asked for would be left', {}, { keepHealthy: 4 }, /3 healthy members of web would be left, not 4/],
])('%s is not replaced', async (_, group, parameters, reason) => {
  expect(await sickMember({ group, parameters }).plan()).toEqual(no('refused', reason));
});

test('a member is not replaced when nobody in another zone is healthy', async () => {
  const { ids, group, plan } = sickMember({ parameters: { maxSickPercent: 100 } });
  for (const place of [1, 3]) Object.assign(group.members.get(ids[place]!)!, { health: 'Unhealthy' });
  expect(await plan()).toEqual(no('refused', /no member of web outside eu-central-1a is healthy/));
});

test('a group whose members are being refreshed is waited for', async () => {
  const { group, plan } = sickMember();
  Object.assign(group, { refreshes: [{ InstanceRefreshId: 'r-1', Status: 'InProgress' }] });
  expect(await plan()).toEqual(no('busy', /an instance refresh of web is InProgress: it replaces members itself/));
});

test('a group of which a launch failed lately loses no member, until a day has passed', async () => {
  const { account, plan, pass } = sickMember({ group: { launches: 'fail', max: 5 } });
  for (const DesiredCapacity of [5, 4]) {
    account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity });
    await pass(20);
  }
  expect(await plan()).toEqual(no('refused', /one of the last activities of web failed, and a new member may as well/));
  await pass(86_400);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a member with instance store is kept unless the policy says that it holds nothing of worth', async () => {
  const group = { type: 'c6gd.large' };
  const { id, plan } = sickMember({ group });
  expect(await plan()).toEqual(no('refused', /would take the instance store of i-.* \(c6gd.large\) with it/));
  expect(await sickMember({ group, parameters: { mayLoseLocalData: true } }).plan()).toMatchObject({
    kind: 'planned',
    destroys: [`the instance store of ${id} (c6gd.large)`],
  });
});

test.each(['set-unhealthy', 'terminate'])('a second start with %s ends no second member', async (how) => {
  const { start, operations, pass } = sickMember({ parameters: { how } });
  await start();
  expect(await start()).toMatchObject({ kind: 'refused' });
  await pass(600);
  expect(await start()).toMatchObject({ kind: 'refused' });
  expect(operations()).toHaveLength(1);
});

test('a member that recovered, or lost its peers, after the plan is not replaced', async () => {
  const well = sickMember();
  await well.plan();
  well.account.services.ec2.cure(well.id);
  expect(await well.start()).toEqual(no('refused', /passes both status checks/));
  const lonely = sickMember();
  await lonely.plan();
  for (const id of lonely.ids.slice(1)) Object.assign(lonely.group.members.get(id)!, { health: 'Unhealthy' });
  expect(await lonely.start()).toMatchObject({ kind: 'refused' });
  expect([...well.operations(), ...lonely.operations()]).toEqual([]);
});

test('when another target than the planned one is bad, neither is replaced', async () => {
  const { account, group, ids, plan, start, pass, writes } = sickTarget();
  await plan();
  account.services.elasticloadbalancing.health.ail(group, ids[0]!, 'well');
  account.services.elasticloadbalancing.health.ail(group, ids[1]!, 'ill');
  await pass(300);
  expect(await start()).toEqual(no('refused', /^not i-.* but i-.* is bad now$/));
  expect(writes()).toEqual([]);
});

test.each([
  ['set-unhealthy', 'SetInstanceHealth'],
  ['terminate', 'TerminateInstanceInAutoScalingGroup'],
])('a replacement by %s whose answer was lost is found out by the check', async (how, operation) => {
  const { account, start, checkWithoutHandle, pass } = sickMember({ parameters: { how } });
  account.faults.plant('autoscaling', operation, 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'pending' });
  await pass(300);
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'done' });
});

test('a replacement that never reached AWS leaves no trace', async () => {
  const { account, start, checkWithoutHandle } = sickMember();
  account.faults.plant('autoscaling', 'SetInstanceHealth', 'lostRequest');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});

test('two launches that failed since the plan end the attempt', async () => {
  const { account, plan, start, check, pass } = sickMember();
  await plan();
  account.services.autoscaling.setLaunches('web', 'fail');
  await start();
  await pass(300);
  expect(await check()).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(
      /3 of 4 members of web are in service; \d launches failed: .*instance limit/,
    ) as string,
  });
});

test('a member that somebody detached has not been replaced', async () => {
  const { account, id, group, start, check } = sickMember();
  await start();
  const members = account.services.autoscaling.operations.DescribeAutoScalingInstances;
  group.members.delete(id);
  expect(members({ InstanceIds: [id] }).AutoScalingInstances).toEqual([]);
  expect(await check()).toEqual({
    kind: 'failed',
    detail: `${id} has left web and has not ended: somebody detached it`,
  });
});

test('a member that boots is waited for', async () => {
  const { account, id, plan, pass } = sickMember();
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
  await pass(60);
  expect(await plan()).toEqual(no('busy', /is still booting: it may come up well/));
});

test('a member that is being terminated, or is gone, needs no replacing', async () => {
  const { account, id, plan, pass } = sickMember();
  account.services.ec2.terminate(id);
  expect(await plan()).toEqual(no('notNeeded', /is being terminated already/));
  await pass(7_200);
  expect(await plan()).toEqual(no('notNeeded', /no longer exists/));
});

test('a member that its group is ending is not ended again', async () => {
  const { account, id, plan, start, pass } = sickMember();
  await plan();
  const input = { InstanceId: id, ShouldDecrementDesiredCapacity: false };
  account.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
  expect(await start()).toEqual(no('refused', /web is ending .* already/));
  await pass(1);
  expect(await plan()).toMatchObject({ kind: 'notNeeded' });
});

test('a target group without an unhealthy target loses none', async () => {
  const { account, group, id, plan, pass } = sickTarget();
  account.services.elasticloadbalancing.health.ail(group, id, 'well');
  await pass(300);
  expect(await plan()).toEqual(no('notNeeded', /no target of web is unhealthy now/));
});

test('a member of a group that is being deleted is left alone', async () => {
  const on = sickMember();
  const answer = await on.aws.autoscaling.describeAutoScalingGroups({});
  const AutoScalingGroups = answer.AutoScalingGroups?.map((group) => ({ ...group, Status: 'Delete in progress' }));
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups });
  expect(await on.plan()).toEqual(no('refused', /web is being deleted/));
});

test('a member whose group cannot be found is left alone', async () => {
  const on = sickMember();
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups: [] });
  await expect(on.plan()).rejects.toThrow(/belongs to web, which could not be found/);
});

test('a member with a volume that would end with it is kept, or else the plan says what is lost', async () => {
  const on = sickMember();
  const answer = await on.aws.ec2.describeInstances({ InstanceIds: [on.id] });
  const data = { DeviceName: '/dev/sdf', Ebs: { VolumeId: 'vol-0f', DeleteOnTermination: true } };
  const instance = { ...answer.Reservations?.[0]?.Instances?.[0], BlockDeviceMappings: [data] };
  answerWith(on, 'ec2', 'DescribeInstances', { Reservations: [{ Instances: [instance] }] });
  expect(await on.plan()).toEqual(no('refused', /would take the volume vol-0f of i-.* with it: set mayLoseLocalData/));
  const careless = attempt(replaceInstance, on, on.target, { mayLoseLocalData: true });
  expect(await careless.plan()).toMatchObject({ kind: 'planned', destroys: [`the volume vol-0f of ${on.id}`] });
});

test('a group that goes away with its member has not been healed', async () => {
  const on = sickMember();
  await on.start();
  await on.pass(300);
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups: [] });
  expect(await on.check()).toEqual({ kind: 'failed', detail: 'web no longer exists' });
});
