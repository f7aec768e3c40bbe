import { minute, room, second, type Room } from './compute';

const id = 'i-0aaaaaaaaaaaaaaaa';

function statusAlarm({ account }: Room, instance = id, name = 'status'): void {
  account.services.cloudwatch.add({
    name,
    metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: instance } },
    periodSeconds: 60,
    evaluationPeriods: 2,
  });
}

describe('the loop is closed', () => {
  test('a sick instance raises its alarm, and a reboot that helps brings it back to OK', async () => {
    const { account, clock, ec2, heard, settle, ...rest } = room();
    account.services.ec2.addInstance({ id });
    statusAlarm({ account, clock, ec2, heard, settle, ...rest });
    account.services.ec2.sicken(id, { kind: 'instance' });
    await clock.runUntil(clock.now() + 2 * minute + second);
    expect(heard()).toEqual(['CloudWatch Alarm State Change status ALARM']);

    await ec2.rebootInstances({ InstanceIds: [id] });
    const during = await ec2.describeInstanceStatus({ InstanceIds: [id] });
    expect(during.InstanceStatuses?.[0]?.InstanceStatus?.Status).toBe('initializing');
    await clock.runUntil(clock.now() + 2 * minute);
    const after = await ec2.describeInstanceStatus({ InstanceIds: [id] });
    expect(after.InstanceStatuses?.[0]?.InstanceStatus?.Status).toBe('ok');
    await settle();
    expect(heard().slice(1)).toEqual(['CloudWatch Alarm State Change status OK']);
  });

  test('a reboot that does not help leaves the alarm up', async () => {
    const { account, clock, ec2, cloudwatch, heard, settle, ...rest } = room();
    account.services.ec2.addInstance({ id });
    statusAlarm({ account, clock, ec2, cloudwatch, heard, settle, ...rest });
    account.services.ec2.sicken(id, { kind: 'system' });
    await clock.runUntil(clock.now() + 3 * minute);
    await ec2.rebootInstances({ InstanceIds: [id] });
    await settle();
    const { MetricAlarms } = await cloudwatch.describeAlarms({ AlarmNames: ['status'] });
    expect(MetricAlarms?.[0]?.StateValue).toBe('ALARM');
    expect(heard()).toHaveLength(1);
  });

  test('a stop and a start move a sick host away and clear its alarm', async () => {
    const { account, clock, ec2, heard, settle, ...rest } = room();
    account.services.ec2.addInstance({ id });
    statusAlarm({ account, clock, ec2, heard, settle, ...rest });
    account.services.ec2.sicken(id, { kind: 'system' });
    await clock.runUntil(clock.now() + 3 * minute);
    await ec2.stopInstances({ InstanceIds: [id] });
    await clock.runUntil(clock.now() + minute);
    await ec2.startInstances({ InstanceIds: [id] });
    await settle();
    expect(heard()).toEqual([
      'CloudWatch Alarm State Change status ALARM',
      `EC2 Instance State-change Notification ${id} stopping`,
      `EC2 Instance State-change Notification ${id} stopped`,
      `EC2 Instance State-change Notification ${id} pending`,
      `EC2 Instance State-change Notification ${id} running`,
      'CloudWatch Alarm State Change status OK',
    ]);
  });

  test('an overloaded group calms down when it has more members', async () => {
    const { account, clock, autoscaling, cloudwatch, heard, settle } = room();
    account.services.autoscaling.addGroup({ name: 'web', min: 2, max: 6, desired: 2, load: 100 });
    account.services.cloudwatch.add({
      name: 'cpu',
      metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } },
      statistic: 'Average',
      threshold: 80,
      periodSeconds: 60,
      evaluationPeriods: 2,
    });
    expect(clock.nextAt()).toBeUndefined();
    account.services.autoscaling.setLoad('web', 180);
    await clock.runUntil(clock.now() + 3 * minute);
    expect(heard()).toEqual(['CloudWatch Alarm State Change cpu ALARM']);
    await autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 3 });
    await settle();
    const { AutoScalingGroups } = await autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: ['web'] });
    expect(AutoScalingGroups?.[0]?.Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual(
      Array(3).fill('InService'),
    );
    expect(heard().slice(-2)).toEqual([
      expect.stringMatching(/^EC2 Instance Launch Successful i-/),
      'CloudWatch Alarm State Change cpu OK',
    ]);
    const { MetricAlarms } = await cloudwatch.describeAlarms({ StateValue: 'ALARM' });
    expect(MetricAlarms).toEqual([]);
  });

  test('a member given up is replaced, and its successor takes its place behind the load balancer', async () => {
    const { account, autoscaling, elb, heard, settle } = room();
    const { arn } = account.services.elasticloadbalancing.addTargetGroup({ name: 'web' });
    account.services.ec2.addInstance({ id });
    account.services.autoscaling.addGroup({ name: 'web', desired: 2, members: [id], targetGroups: ['web'] });
    account.services.ec2.sicken(id, { kind: 'application' });
    await settle();
    const sick = await elb.describeTargetHealth({ TargetGroupArn: arn, Targets: [{ Id: id }] });
    expect(sick.TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
      State: 'unhealthy',
      Reason: 'Target.FailedHealthChecks',
    });
    await autoscaling.setInstanceHealth({ InstanceId: id, HealthStatus: 'Unhealthy' });
    await settle();
    const { TargetHealthDescriptions } = await elb.describeTargetHealth({ TargetGroupArn: arn });
    expect(TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State)).toEqual(['healthy', 'healthy']);
    expect(TargetHealthDescriptions?.map(({ Target }) => Target?.Id)).not.toContain(id);
    expect(heard().filter((event) => event.includes('Successful'))).toEqual([
      `EC2 Instance Terminate Successful ${id}`,
      expect.stringMatching(/^EC2 Instance Launch Successful i-/),
    ]);
    const { Activities } = await autoscaling.describeScalingActivities({ AutoScalingGroupName: 'web' });
    expect(Activities?.map(({ StatusCode }) => StatusCode)).toEqual(['Successful', 'Successful']);
  });

  test('an account at rest has nothing on its clock', async () => {
    const { account, clock, settle, ...rest } = room();
    account.services.elasticloadbalancing.addTargetGroup({ name: 'web' });
    account.services.autoscaling.addGroup({ name: 'web', desired: 3, targetGroups: ['web'], load: 90 });
    account.services.ec2.addInstance({ id });
    statusAlarm({ account, clock, settle, ...rest });
    expect(clock.nextAt()).toBeUndefined();
  });
});
