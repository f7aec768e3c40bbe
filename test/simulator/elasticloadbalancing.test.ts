import { minute, room, second, start, type Room } from './compute';

const a = 'i-0aaaaaaaaaaaaaaaa';
const b = 'i-0bbbbbbbbbbbbbbbb';

function withTargets(): Room & { readonly arn: string } {
  const made = room();
  const { ec2, elasticloadbalancing } = made.account.services;
  ec2.addInstance({ id: a });
  ec2.addInstance({ id: b, zone: 'us-east-1b' });
  const { arn } = elasticloadbalancing.addTargetGroup({
    name: 'web',
    loadBalancer: 'app/web/50dc6c495c0c9188',
    targets: [{ id: a }, { id: b }],
    tags: { service: 'web' },
  });
  return { ...made, arn };
}

async function statesOf({ elb, arn }: { elb: Room['elb']; arn: string }): Promise<unknown[]> {
  const { TargetHealthDescriptions } = await elb.describeTargetHealth({ TargetGroupArn: arn });
  return (TargetHealthDescriptions ?? []).map(({ TargetHealth }) => TargetHealth?.State);
}

function count(made: Room & { arn: string }, name: string, more: Record<string, string> = {}): number | undefined {
  const dimensions = { TargetGroup: made.arn.split(':')[5]!, LoadBalancer: 'app/web/50dc6c495c0c9188', ...more };
  return made.account.services.cloudwatch.value({ namespace: 'AWS/ApplicationELB', name, dimensions });
}

describe('targets', () => {
  test('one that fails its checks is unhealthy after two of them, and healthy again after five good ones', async () => {
    const made = withTargets();
    made.account.services.ec2.sicken(a, { kind: 'application' });
    await made.clock.runUntil(start + minute - 1);
    expect(await statesOf(made)).toEqual(['healthy', 'healthy']);
    await made.clock.runUntil(start + minute);
    expect(await statesOf(made)).toEqual(['unhealthy', 'healthy']);
    expect([count(made, 'HealthyHostCount'), count(made, 'UnHealthyHostCount')]).toEqual([1, 1]);
    expect(count(made, 'UnHealthyHostCount', { AvailabilityZone: 'us-east-1b' })).toBe(0);
    made.account.services.ec2.cure(a);
    await made.clock.runUntil(start + minute + 150 * second);
    expect(await statesOf(made)).toEqual(['healthy', 'healthy']);
    expect(made.clock.nextAt()).toBeUndefined();
  });

  test('a quick reboot is over before the checks notice', async () => {
    const made = withTargets();
    await made.ec2.rebootInstances({ InstanceIds: [a] });
    await made.clock.runUntil(start + 61 * second);
    expect(await statesOf(made)).toEqual(['healthy', 'healthy']);
    await made.settle();
    expect(await statesOf(made)).toEqual(['healthy', 'healthy']);
  });

  test('a gray failure passes the checks, and shows as errors until the target is drained', async () => {
    const made = withTargets();
    made.account.services.ec2.sicken(a, { kind: 'application', passesHealthChecks: true });
    await made.settle();
    expect(await statesOf(made)).toEqual(['healthy', 'healthy']);
    expect(count(made, 'HTTPCode_Target_5XX_Count')).toBe(60);
    await made.elb.deregisterTargets({ TargetGroupArn: made.arn, Targets: [{ Id: a }] });
    expect(count(made, 'HTTPCode_Target_5XX_Count')).toBe(0);
  });

  test('one that is taken out drains for five minutes and is then unused', async () => {
    const { elb, arn, clock } = withTargets();
    await elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: a }] });
    expect(await statesOf({ elb, arn })).toEqual(['draining', 'healthy']);
    await clock.runUntil(start + 5 * minute);
    expect(await statesOf({ elb, arn })).toEqual(['healthy']);
    const { TargetHealthDescriptions } = await elb.describeTargetHealth({ TargetGroupArn: arn, Targets: [{ Id: a }] });
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toEqual({
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    });
  });

  test('one that is put back while it drains starts over and stays', async () => {
    const { elb, arn, clock, settle } = withTargets();
    await elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: a }] });
    await clock.runUntil(start + minute);
    await elb.registerTargets({ TargetGroupArn: arn, Targets: [{ Id: a }] });
    expect(await statesOf({ elb, arn })).toEqual(['initial', 'healthy']);
    await settle();
    expect(await statesOf({ elb, arn })).toEqual(['healthy', 'healthy']);
  });

  test('one that falls ill while it drains goes on draining', async () => {
    const { account, elb, arn, clock } = withTargets();
    await elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: a }] });
    account.services.ec2.sicken(a, { kind: 'application' });
    await clock.runUntil(start + 2 * minute);
    expect(await statesOf({ elb, arn })).toEqual(['draining', 'healthy']);
    await clock.runUntil(start + 5 * minute);
    expect(await statesOf({ elb, arn })).toEqual(['healthy']);
  });

  test('one whose instance is stopped is unused, and comes back with it', async () => {
    const { elb, arn, ec2, settle } = withTargets();
    await ec2.stopInstances({ InstanceIds: [a] });
    expect(await statesOf({ elb, arn })).toEqual(['unused', 'healthy']);
    await settle();
    await ec2.startInstances({ InstanceIds: [a] });
    await settle();
    expect(await statesOf({ elb, arn })).toEqual(['healthy', 'healthy']);
  });

  test('one whose instance has ended is forgotten', async () => {
    const { elb, arn, ec2, settle } = withTargets();
    await ec2.terminateInstances({ InstanceIds: [a] });
    await settle();
    expect(await statesOf({ elb, arn })).toEqual(['healthy']);
  });

  test('an address can be ill without an instance', async () => {
    const { account, elb, settle } = room();
    const group = account.services.elasticloadbalancing.addTargetGroup({
      name: 'ip',
      targets: [{ id: '10.0.0.9', port: 8080 }],
    });
    account.services.elasticloadbalancing.health.ail(group, '10.0.0.9', 'ill');
    await settle();
    expect(await statesOf({ elb, arn: group.arn })).toEqual(['unhealthy']);
    account.services.elasticloadbalancing.health.ail(group, '10.0.0.9', 'well');
    await settle();
    expect(await statesOf({ elb, arn: group.arn })).toEqual(['healthy']);
  });
});

describe('calls', () => {
  test('an alarm on unhealthy hosts closes the loop', async () => {
    const made = withTargets();
    made.account.services.cloudwatch.add({
      name: 'hosts',
      metric: {
        namespace: 'AWS/ApplicationELB',
        name: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: 'app/web/50dc6c495c0c9188', TargetGroup: made.arn.split(':')[5]! },
      },
    });
    made.account.services.ec2.sicken(a, { kind: 'application' });
    await made.settle();
    await made.ec2.rebootInstances({ InstanceIds: [a] });
    await made.settle();
    expect(made.heard()).toEqual([
      'CloudWatch Alarm State Change hosts ALARM',
      'CloudWatch Alarm State Change hosts OK',
    ]);
  });

  test('groups and load balancers are found by ARN and by each other, page after page', async () => {
    const { account, elb, arn } = withTargets();
    account.services.elasticloadbalancing.addTargetGroup({ name: 'jobs', loadBalancer: 'net/jobs/60dc6c495c0c9188' });
    const { TargetGroups } = await elb.describeTargetGroups({ TargetGroupArns: [arn] });
    const [loadBalancer] = TargetGroups?.[0]?.LoadBalancerArns ?? [];
    expect(loadBalancer).toBe(
      'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
    );
    const { LoadBalancers } = await elb.describeLoadBalancers({ LoadBalancerArns: [loadBalancer!] });
    expect(LoadBalancers?.map(({ LoadBalancerName, Type }) => [LoadBalancerName, Type])).toEqual([
      ['web', 'application'],
    ]);
    const of = await elb.describeTargetGroups({ LoadBalancerArn: loadBalancer });
    expect(of.TargetGroups?.map(({ TargetGroupName }) => TargetGroupName)).toEqual(['web']);
    const first = await elb.describeTargetGroups({ PageSize: 1 });
    const rest = await elb.describeTargetGroups({ Marker: first.NextMarker });
    expect(rest.TargetGroups?.map(({ TargetGroupName }) => TargetGroupName)).toEqual(['jobs']);
    const { Attributes } = await elb.describeTargetGroupAttributes({ TargetGroupArn: arn });
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '300' });
    const { TagDescriptions } = await elb.describeTags({ ResourceArns: [arn] });
    expect(TagDescriptions?.[0]?.Tags).toEqual([{ Key: 'service', Value: 'web' }]);
  });

  test('zones stand in for each other as the group says, or else as its load balancer does', async () => {
    const { account, elb } = room();
    const { elasticloadbalancing } = account.services;
    const told = elasticloadbalancing.addTargetGroup({ name: 'told', crossZone: false });
    const untold = elasticloadbalancing.addTargetGroup({ name: 'untold', loadBalancer: 'net/untold/60dc6c495c0c9188' });
    const read = async (TargetGroupArn: string): Promise<string | undefined> => {
      const { Attributes } = await elb.describeTargetGroupAttributes({ TargetGroupArn });
      return Attributes?.find(({ Key }) => Key === 'load_balancing.cross_zone.enabled')?.Value;
    };
    expect([await read(told.arn), await read(untold.arn)]).toEqual(['false', 'use_load_balancer_configuration']);
    const { Attributes } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn: untold.loadBalancer?.arn });
    expect(Attributes).toContainEqual({ Key: 'load_balancing.cross_zone.enabled', Value: 'false' });
  });

  test('an unknown group, an unknown load balancer and an instance that does not run are refused by name', async () => {
    const { elb, arn, ec2 } = withTargets();
    await expect(elb.describeTargetHealth({ TargetGroupArn: `${arn}0` })).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
    });
    await expect(elb.describeLoadBalancers({ Names: ['nobody'] })).rejects.toMatchObject({
      name: 'LoadBalancerNotFoundException',
    });
    await ec2.stopInstances({ InstanceIds: [b] });
    await expect(elb.registerTargets({ TargetGroupArn: arn, Targets: [{ Id: b }] })).rejects.toMatchObject({
      name: 'InvalidTargetException',
    });
  });

  test('a target that is not there can be taken out', async () => {
    const { elb, arn, clock } = withTargets();
    await elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: 'i-0ffffffffffffffff' }] });
    expect(clock.nextAt()).toBeUndefined();
  });
});
