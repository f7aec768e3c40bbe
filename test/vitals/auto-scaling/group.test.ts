import { capacityOf, groupVitals, healthyMembers, isGroupName, readGroup } from '../../../vitals/auto-scaling/group';
import { bench, type Bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';

type Described = Parameters<Bench['account']['services']['autoscaling']['addGroup']>[0];

function withGroup(described: Partial<Described> = {}, condition = 'group-launch-failing') {
  const on = bench();
  const group = on.account.services.autoscaling.addGroup({ name: 'web', desired: 3, ...described });
  const resource = on.resource('auto-scaling-group', 'web');
  return {
    ...on,
    group,
    members: [...group.members.values()],
    health: () => groupVitals.health(resource, condition, on.aws),
    tags: () => groupVitals.tags(resource, on.aws),
  };
}

test('a group that has the members that it should have is healthy', async () => {
  expect(await withGroup().health()).toEqual({ kind: 'healthy', detail: 'web has 3 of 3 in service' });
});

test('a group that lacks a member is unhealthy', async () => {
  const { group, health } = withGroup();
  group.desired = 4;
  expect(await health()).toEqual({ kind: 'unhealthy', detail: 'web has 3 of 4 in service' });
});

test('a group with a member that it counts as unhealthy is unhealthy', async () => {
  const { members, health } = withGroup();
  Object.assign(members[0]!, { health: 'Unhealthy' });
  expect(await health()).toEqual({ kind: 'unhealthy', detail: '1 members of web are unhealthy' });
});

test('a group that was overloaded is well only when it has stopped growing', async () => {
  const grown = (condition: string) => {
    const on = withGroup({ desired: 4 }, condition);
    Object.assign(on.members[3]!, { lifecycle: 'Pending' });
    on.group.desired = 3;
    return on.health();
  };
  expect(await grown('group-overloaded')).toMatchObject({ kind: 'unhealthy' });
  expect(await grown('group-launch-failing')).toMatchObject({ kind: 'healthy' });
});

test('a group that is set to no members says nothing about health', async () => {
  expect(await withGroup({ desired: 0 }).health()).toMatchObject({ kind: 'unknown' });
});

test('a group that does not exist is gone, and has no tags', async () => {
  const { aws, resource } = bench();
  expect(await groupVitals.health(resource('auto-scaling-group', 'web'), 'c', aws)).toEqual({
    kind: 'gone',
    detail: 'web no longer exists',
  });
  expect(await groupVitals.tags(resource('auto-scaling-group', 'web'), aws)).toEqual({});
});

test('a group that cannot be read is unknown', async () => {
  const { account, health } = withGroup();
  account.faults.plant('autoscaling', 'DescribeAutoScalingGroups', 'denied', 100);
  expect(await health()).toMatchObject({ kind: 'unknown' });
});

test('all tags of a group are read', async () => {
  expect(await withGroup({ tags: { service: 'web', team: 'shop' } }).tags()).toEqual({ service: 'web', team: 'shop' });
});

test('members of a group that weighs them count for their weight', async () => {
  const { aws } = bench();
  const member = { LifecycleState: 'InService' as const, HealthStatus: 'Healthy', ProtectedFromScaleIn: false };
  const Instances = [
    { ...member, InstanceId: 'i-0aaaaaaaaaaaaaaa1', AvailabilityZone: 'a', WeightedCapacity: '4' },
    { ...member, InstanceId: 'i-0aaaaaaaaaaaaaaa2', AvailabilityZone: 'b', WeightedCapacity: '2' },
  ];
  const sizes = { MinSize: 1, MaxSize: 9, DesiredCapacity: 6, AutoScalingGroupARN: 'arn' };
  const AutoScalingGroups = [{ AutoScalingGroupName: 'web', ...sizes, Instances } as never];
  const autoscaling = { describeAutoScalingGroups: async () => ({ $metadata: {}, AutoScalingGroups }) };
  const group = await readGroup('web', { ...aws, autoscaling });
  expect(group.kind === 'group' && capacityOf(healthyMembers(group))).toBe(6);
});

test.each(['', 'a:b', 'two\nlines', 'ü', 'a'.repeat(256)])('%j is no name of a group', async (name) => {
  const { aws, calls } = bench();
  expect(isGroupName(name)).toBe(false);
  await expect(readGroup(name, aws)).rejects.toThrow('is not the name of an Auto Scaling group');
  expect(calls).toEqual([]);
});

test('a group that has grown and stands still is well', async () => {
  expect(await withGroup({}, 'group-overloaded').health()).toMatchObject({ kind: 'healthy' });
});

test('a group that is being deleted is unknown', async () => {
  const on = withGroup();
  const answer = await on.aws.autoscaling.describeAutoScalingGroups({});
  const AutoScalingGroups = answer.AutoScalingGroups?.map((group) => ({ ...group, Status: 'Delete in progress' }));
  answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups });
  expect(await on.health()).toEqual({ kind: 'unknown', detail: 'web is being deleted' });
});

describe('the place of a group', () => {
  const placeOf = ({ aws, resource }: Bench) => groupVitals.place(resource('auto-scaling-group', 'web'), aws);

  test('is itself and its target groups, in no zone where it has several', async () => {
    const on = bench();
    const { arn } = on.account.services.elasticloadbalancing.addTargetGroup({ name: 'web' });
    on.account.services.autoscaling.addGroup({ name: 'web', targetGroups: [arn] });
    expect(await placeOf(on)).toEqual({
      groups: [on.resource('auto-scaling-group', 'web'), on.resource('target-group', arn)],
    });
  });

  test('is in a zone where it may launch in no other', async () => {
    const on = withGroup({ zones: ['eu-central-1b'] });
    expect(await placeOf(on)).toEqual({ zone: 'eu-central-1b', groups: [on.resource('auto-scaling-group', 'web')] });
  });

  test('counts a target group once that is told twice, and no traffic source of another kind', async () => {
    const on = withGroup();
    const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/73e2d6bc24d8a067';
    const lattice = 'arn:aws:vpc-lattice:eu-central-1:111122223333:targetgroup/tg-0e2f2665eEXAMPLE';
    const answer = await on.aws.autoscaling.describeAutoScalingGroups({});
    const AutoScalingGroups = answer.AutoScalingGroups?.map((group) => ({
      ...group,
      TargetGroupARNs: [arn],
      TrafficSources: [{ Identifier: arn }, { Identifier: lattice }],
    }));
    answerWith(on, 'autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroups });
    expect((await placeOf(on)).groups.map(({ id }) => id)).toEqual(['web', arn]);
  });

  test('is nowhere once it is gone, and unknown where it cannot be read', async () => {
    expect(await placeOf(bench())).toEqual({ groups: [] });
    const on = withGroup();
    on.account.faults.plant('autoscaling', 'DescribeAutoScalingGroups', 'denied', 100);
    await expect(placeOf(on)).rejects.toThrow('not authorized');
  });
});

describe('of the members of a group', () => {
  const membersOf = ({ aws, resource }: Bench) => groupVitals.members?.(resource('auto-scaling-group', 'web'), aws);

  test('none is sick where all are in service', async () => {
    expect(await membersOf(withGroup())).toEqual({ size: 3, sick: 0 });
  });

  test('those are sick that are unhealthy or missing, and not those that are launching', async () => {
    const on = withGroup({ desired: 4 });
    Object.assign(on.members[0]!, { health: 'Unhealthy' });
    Object.assign(on.members[1]!, { lifecycle: 'Pending' });
    on.group.desired = 5;
    expect(await membersOf(on)).toEqual({ size: 5, sick: 2 });
  });

  test('none is left when the group is gone, and none is made up when it cannot be read', async () => {
    expect(await membersOf(bench())).toEqual({ size: 0, sick: 0 });
    const on = withGroup();
    on.account.faults.plant('autoscaling', 'DescribeAutoScalingGroups', 'denied', 100);
    await expect(membersOf(on)).rejects.toThrow('not authorized');
  });
});

describe('somebody is at work on a group', () => {
  const workOn = ({ aws, resource }: Bench) => groupVitals.busy?.(resource('auto-scaling-group', 'web'), aws);

  test.each(['Pending', 'InProgress', 'Baking', 'Cancelling', 'a status of next year'])(
    'while an instance refresh is %s',
    async (Status) => {
      const on = withGroup();
      on.group.refreshes.push({ InstanceRefreshId: 'r-1', Status: Status as never });
      expect(await workOn(on)).toBe(`an instance refresh of web is ${Status}`);
    },
  );

  test.each(['Pending', 'Pending:Wait', 'Terminating', 'Terminating:Wait', 'EnteringStandby', 'Detaching'])(
    'while a member is %s',
    async (lifecycle) => {
      const on = withGroup();
      Object.assign(on.members[1]!, { lifecycle });
      expect(await workOn(on)).toBe(`${on.members[1]?.id} of web is ${lifecycle}`);
    },
  );

  test.each(['InService', 'Standby', 'Warmed:Stopped'])('but not while all are %s', async (lifecycle) => {
    const on = withGroup();
    for (const member of on.members) Object.assign(member, { lifecycle });
    expect(await workOn(on)).toBeUndefined();
  });

  test('nor when a refresh is over, the group is gone, or lacks a member that it does not launch', async () => {
    const on = withGroup();
    on.group.refreshes.push({ InstanceRefreshId: 'r-1', Status: 'Successful' });
    on.group.desired = 4;
    expect(await workOn(on)).toBeUndefined();
    expect(await workOn(bench())).toBeUndefined();
  });

  test.each(['DescribeAutoScalingGroups', 'DescribeInstanceRefreshes'])(
    'or it cannot be told, when %s is denied',
    async (read) => {
      const on = withGroup();
      on.account.faults.plant('autoscaling', read, 'denied', 100);
      await expect(workOn(on)).rejects.toThrow('not authorized');
    },
  );
});

test('nothing that an alarm tells of a group is seen by a read of it, but what is suspended', async () => {
  expect(groupVitals.sees).toEqual(['group-process-suspended']);
  const on = bench();
  on.account.services.autoscaling.addGroup({ name: 'web', suspended: ['Launch', 'AZRebalance'] });
  const healthOf = (condition: string) =>
    groupVitals.health(on.resource('auto-scaling-group', 'web'), condition, on.aws);
  expect(await healthOf('group-process-suspended')).toEqual({
    kind: 'unhealthy',
    detail: "web can't heal itself: Launch suspended",
  });
  expect(await healthOf('group-overloaded')).toMatchObject({ kind: 'healthy' });
  on.account.services.autoscaling.setSuspended('web', ['AZRebalance']);
  expect(await healthOf('group-process-suspended')).toMatchObject({ kind: 'healthy' });
});
