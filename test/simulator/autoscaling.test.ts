import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { GroupDescription } from '../../simulator/autoscaling/scaling-group';
import { minute, room, type Room } from './compute';

function withGroup(described: Partial<GroupDescription> = {}): Room {
  const made = room();
  made.account.services.elasticloadbalancing.addTargetGroup({ name: 'web' });
  made.account.services.autoscaling.addGroup({
    name: 'web',
    min: 1,
    max: 4,
    desired: 2,
    targetGroups: ['web'],
    ...described,
  });
  return made;
}

async function groupOf({ autoscaling }: Room): Promise<AutoScalingGroup> {
  const { AutoScalingGroups } = await autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: ['web'] });
  return AutoScalingGroups![0]!;
}

async function memberOf(made: Room): Promise<string> {
  return (await groupOf(made)).Instances![0]!.InstanceId!;
}

describe('a group keeps itself', () => {
  test('a member that was stopped is replaced', async () => {
    const made = withGroup();
    const id = await memberOf(made);
    await made.ec2.stopInstances({ InstanceIds: [id] });
    await made.settle();
    const { Instances } = await groupOf(made);
    expect(Instances).toHaveLength(2);
    expect(Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(id);
  });

  test('a member that falls ill stays, unless the group looks at the status checks', async () => {
    for (const [healthChecks, stays] of [
      [[], true],
      [['ec2'], false],
    ] as const) {
      const made = withGroup({ healthChecks });
      const id = await memberOf(made);
      made.account.services.ec2.sicken(id, { kind: 'system' });
      await made.settle();
      expect((await groupOf(made)).Instances?.some(({ InstanceId }) => InstanceId === id)).toBe(stays);
    }
  });

  test('a member whose target is unhealthy is replaced by a group that looks at its load balancer', async () => {
    const made = withGroup({ healthChecks: ['elb'] });
    const id = await memberOf(made);
    made.account.services.ec2.sicken(id, { kind: 'application' });
    await made.settle();
    const { Instances, HealthCheckType } = await groupOf(made);
    expect(HealthCheckType).toBe('ELB');
    expect(Instances?.some(({ InstanceId }) => InstanceId === id)).toBe(false);
  });

  test('new members that are sick too are replaced for ever, each after its grace period', async () => {
    const made = withGroup({ desired: 1, healthChecks: ['ec2'], newInstancesAre: 'sick' });
    const id = await memberOf(made);
    await made.autoscaling.terminateInstanceInAutoScalingGroup({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: false,
    });
    await made.clock.runUntil(made.clock.now() + 60 * minute);
    const launched = made.heard().filter((event) => event.startsWith('EC2 Instance Launch Successful'));
    expect(launched.length).toBeGreaterThan(3);
    expect(launched.length).toBeLessThan(12);
  });

  test('a suspended process is not run, and catches up when it is resumed', async () => {
    const made = withGroup({ suspended: ['ReplaceUnhealthy'] });
    const id = await memberOf(made);
    await made.autoscaling.setInstanceHealth({ InstanceId: id, HealthStatus: 'Unhealthy' });
    await made.settle();
    expect((await groupOf(made)).Instances?.find(({ InstanceId }) => InstanceId === id)?.HealthStatus).toBe(
      'Unhealthy',
    );
    await made.autoscaling.resumeProcesses({ AutoScalingGroupName: 'web', ScalingProcesses: ['ReplaceUnhealthy'] });
    await made.settle();
    expect((await groupOf(made)).Instances?.some(({ InstanceId }) => InstanceId === id)).toBe(false);
  });

  test('while Launch is suspended, what ends has no successor', async () => {
    const made = withGroup({ suspended: ['Launch'] });
    const InstanceId = await memberOf(made);
    await made.autoscaling.terminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity: false });
    await made.settle();
    expect((await groupOf(made)).Instances).toHaveLength(1);
  });

  test('launches that fail say so, are tried ever more slowly, and the account comes to rest', async () => {
    const made = withGroup({ launches: 'fail' });
    await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 3 });
    await made.settle();
    expect(made.heard()).toEqual(Array(7).fill('EC2 Instance Launch Unsuccessful'));
    expect(made.events[0]?.detail).toMatchObject({
      StatusCode: 'Failed',
      AutoScalingGroupName: 'web',
      EC2InstanceId: '',
    });
    const { Activities } = await made.autoscaling.describeScalingActivities({
      AutoScalingGroupName: 'web',
      MaxRecords: 1,
    });
    expect(Activities?.[0]?.StatusCode).toBe('Failed');
    made.account.services.autoscaling.setLaunches('web', 'succeed');
    await made.settle();
    expect((await groupOf(made)).Instances).toHaveLength(3);
  });

  test('a zone without capacity is left out', async () => {
    const made = withGroup({ zones: ['us-east-1a', 'us-east-1b'] });
    made.account.services.ec2.network.exhaust('us-east-1a');
    await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 4 });
    await made.settle();
    const zones = (await groupOf(made)).Instances?.map(({ AvailabilityZone }) => AvailabilityZone);
    expect(zones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1b', 'us-east-1b']);
  });

  test('a smaller group ends its oldest members, but none that is protected from scale-in', async () => {
    const made = withGroup({ members: ['i-0aaaaaaaaaaaaaaaa'], protectedFromScaleIn: ['i-0aaaaaaaaaaaaaaaa'] });
    await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 1 });
    await made.settle();
    expect((await groupOf(made)).Instances?.map(({ InstanceId }) => InstanceId)).toEqual(['i-0aaaaaaaaaaaaaaaa']);
  });

  test('a healthy member drains before it ends, and a sick one ends at once', async () => {
    const endOf = async (isSick: boolean): Promise<number> => {
      const made = withGroup();
      const id = await memberOf(made);
      if (isSick) made.account.services.ec2.sicken(id, { kind: 'application' });
      await made.settle();
      const before = made.clock.now();
      await made.autoscaling.terminateInstanceInAutoScalingGroup({
        InstanceId: id,
        ShouldDecrementDesiredCapacity: true,
      });
      while (made.account.services.ec2.instance(id)?.power === 'running') await made.clock.step();
      return made.clock.now() - before;
    };
    expect(await endOf(false)).toBe(5 * minute);
    expect(await endOf(true)).toBe(0);
  });
});

test('the members that serve share the load, however often they fall ill', async () => {
  const made = withGroup({ load: 60 });
  const id = await memberOf(made);
  const { cloudwatch, ec2 } = made.account.services;
  const cpu = (): number | undefined =>
    cloudwatch.value({ namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } });
  expect(cpu()).toBe(30);
  for (let time = 0; time < 2; time += 1) {
    ec2.sicken(id, { kind: 'application' });
    expect(cpu()).toBe(60);
    ec2.cure(id);
    expect(cpu()).toBe(30);
  }
});

test('a launch takes an address of its subnet, and its end gives it back', async () => {
  const made = withGroup({ zones: ['us-east-1a'], desired: 1 });
  const [subnet] = made.account.services.ec2.network.subnets();
  const { freeAddresses } = subnet!;
  await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 3 });
  await made.settle();
  expect(subnet!.freeAddresses).toBe(freeAddresses - 2);
  await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 2 });
  await made.settle();
  expect(subnet!.freeAddresses).toBe(freeAddresses - 1);
});

describe('standby', () => {
  test('a member on standby gets no requests and a successor, and counts again when it comes back', async () => {
    const made = withGroup();
    const id = await memberOf(made);
    await made.autoscaling.enterStandby({
      AutoScalingGroupName: 'web',
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: false,
    });
    await made.settle();
    const away = await groupOf(made);
    expect(away.Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual(['Standby', 'InService', 'InService']);
    expect(made.account.services.elasticloadbalancing.targetGroup('web')?.targets.has(`${id}:80`)).toBe(false);
    await made.autoscaling.exitStandby({ AutoScalingGroupName: 'web', InstanceIds: [id] });
    await made.settle();
    const back = await groupOf(made);
    expect(back.DesiredCapacity).toBe(3);
    expect(back.Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual(Array(3).fill('InService'));
    expect(made.account.services.elasticloadbalancing.targetGroup('web')?.targets.get(`${id}:80`)?.state).toBe(
      'healthy',
    );
  });
});

describe('reading', () => {
  test('groups come page after page, and an unknown one is left out', async () => {
    const made = withGroup();
    made.account.services.autoscaling.addGroup({ name: 'jobs', tags: { service: 'jobs' } });
    made.account.pageSize = 1;
    const first = await made.autoscaling.describeAutoScalingGroups({});
    const rest = await made.autoscaling.describeAutoScalingGroups({ NextToken: first.NextToken });
    expect([first, rest].map(({ AutoScalingGroups }) => AutoScalingGroups?.[0]?.AutoScalingGroupName)).toEqual([
      'web',
      'jobs',
    ]);
    expect(rest.NextToken).toBeUndefined();
    const none = await made.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: ['nobody'] });
    expect(none.AutoScalingGroups).toEqual([]);
    const { Tags } = await made.autoscaling.describeTags({
      Filters: [{ Name: 'auto-scaling-group', Values: ['jobs'] }],
    });
    expect(Tags).toEqual([expect.objectContaining({ ResourceId: 'jobs', Key: 'service', Value: 'jobs' })]);
  });

  test('policies, hooks and refreshes are shown as described', async () => {
    const { autoscaling } = withGroup({
      policies: [{ name: 'cpu-50', type: 'TargetTrackingScaling' }],
      hooks: [{ name: 'drain', on: 'terminate' }],
      refresh: 'InProgress',
    });
    const { ScalingPolicies } = await autoscaling.describePolicies({ AutoScalingGroupName: 'web' });
    expect(ScalingPolicies).toEqual([expect.objectContaining({ PolicyName: 'cpu-50', Enabled: true })]);
    const { LifecycleHooks } = await autoscaling.describeLifecycleHooks({ AutoScalingGroupName: 'web' });
    expect(LifecycleHooks?.[0]?.LifecycleTransition).toBe('autoscaling:EC2_INSTANCE_TERMINATING');
    const { InstanceRefreshes } = await autoscaling.describeInstanceRefreshes({ AutoScalingGroupName: 'web' });
    expect(InstanceRefreshes?.[0]?.Status).toBe('InProgress');
  });

  test('an instance knows its group, and one that has none is left out', async () => {
    const made = withGroup();
    const id = await memberOf(made);
    const { AutoScalingInstances } = await made.autoscaling.describeAutoScalingInstances({
      InstanceIds: [id, 'i-0ffffffffffffffff'],
    });
    expect(AutoScalingInstances).toEqual([
      expect.objectContaining({
        InstanceId: id,
        AutoScalingGroupName: 'web',
        LifecycleState: 'InService',
        HealthStatus: 'HEALTHY',
      }),
    ]);
    const { Tags } = await made.ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [id] }] });
    expect(Tags?.[0]).toMatchObject({ Key: 'aws:autoscaling:groupName', Value: 'web' });
  });
});

describe('refusals', () => {
  test.each([0, 5])('a desired capacity of %d, which the group does not allow', async (DesiredCapacity) => {
    const { autoscaling } = withGroup();
    await expect(
      autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity }),
    ).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  test('a raised maximum lets the group grow', async () => {
    const made = withGroup();
    await made.autoscaling.updateAutoScalingGroup({ AutoScalingGroupName: 'web', MaxSize: 5 });
    await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 5 });
    expect((await groupOf(made)).DesiredCapacity).toBe(5);
  });

  test('a second scaling within the cooldown, where it is to be honoured', async () => {
    const made = withGroup();
    const to = (DesiredCapacity: number): object => ({
      AutoScalingGroupName: 'web',
      DesiredCapacity,
      HonorCooldown: true,
    });
    await made.autoscaling.setDesiredCapacity(to(3) as never);
    await made.clock.runUntil(made.clock.now() + minute);
    await expect(made.autoscaling.setDesiredCapacity(to(4) as never)).rejects.toMatchObject({
      name: 'ScalingActivityInProgressFault',
    });
  });

  test('an instance that is no member, a member that is ending, and a group that would become too small', async () => {
    const made = withGroup({ min: 2 });
    const { autoscaling } = made;
    const id = await memberOf(made);
    const end = (InstanceId: string, ShouldDecrementDesiredCapacity = false): Promise<unknown> =>
      autoscaling.terminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity });
    await expect(end('i-0ffffffffffffffff')).rejects.toThrow('No managed instance found');
    await expect(end(id, true)).rejects.toThrow('desiredSize equals minSize (2)');
    await end(id);
    await expect(end(id)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('a young member is not given up where its grace period is to be respected', async () => {
    const made = withGroup();
    await made.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 3 });
    await made.clock.runUntil(made.clock.now() + 2 * minute);
    const young = (await groupOf(made)).Instances?.at(-1)?.InstanceId;
    await made.autoscaling.setInstanceHealth({ InstanceId: young, HealthStatus: 'Unhealthy' });
    expect((await groupOf(made)).Instances?.at(-1)?.HealthStatus).toBe('Healthy');
    await made.autoscaling.setInstanceHealth({
      InstanceId: young,
      HealthStatus: 'Unhealthy',
      ShouldRespectGracePeriod: false,
    });
    expect((await groupOf(made)).Instances?.at(-1)?.HealthStatus).toBe('Unhealthy');
  });
});
