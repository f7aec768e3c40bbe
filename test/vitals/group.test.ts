import { capacityOf, groupVitals, healthyMembers, isGroupName, readGroup } from '../../vitals/group';
import { bench, type Bench } from '../remediations/account';
import { answerWith } from '../remediations/attempt';

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
