import { resetClassicBackend } from '../../../remediations/load-balancing/reset-classic-backend';
import { bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';

const ids = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2', 'i-0aaaaaaaaaaaaaaa3'];
const [out = '', other = ''] = ids;

/** Three instances behind one classic load balancer, of which it has lost sight of this many. */
function shop(stuck = 1, parameters?: object, draining = 0) {
  const on = bench();
  const { ec2, elasticloadbalancing } = on.account.services;
  for (const id of ids) ec2.addInstance({ id });
  const instances = ids.map((id, place) => ({ id, stuck: place < stuck }));
  elasticloadbalancing.classic.add({ name: 'shop', draining, instances });
  const target = { resource: on.resource('classic-load-balancer', 'shop'), condition: 'backend-out-of-service' };
  const call = (operation: string, InstanceId: string) =>
    on.account.call('elasticloadbalancing', operation, { LoadBalancerName: 'shop', Instances: [{ InstanceId }] });
  return { ...on, ...attempt(resetClassicBackend, on, target, parameters), call };
}

test('the one that is out of service is deregistered, registered again, and done once it is in service', async () => {
  const { plan, start, check, pass, writes } = shop();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `deregister ${out} from shop and register it again`,
    touches: [
      { kind: 'classic-load-balancer', id: 'shop' },
      { kind: 'ec2-instance', id: out },
    ],
    group: { resource: { id: 'shop' }, size: 3, healthyOthers: 2 },
  });
  await start();
  expect(await check()).toEqual({
    kind: 'continue',
    detail: `${out} of shop is deregistered and must be registered again`,
  });
  await start();
  const input = { LoadBalancerName: 'shop', Instances: [{ InstanceId: out }] };
  expect(writes()).toMatchObject([
    { operation: 'DeregisterInstancesFromLoadBalancer', input },
    { operation: 'RegisterInstancesWithLoadBalancer', input },
  ]);
  expect(await check()).toMatchObject({
    kind: 'pending',
    detail: expect.stringMatching(/still in progress/) as string,
  });
  await pass(301);
  expect(await check()).toEqual({ kind: 'done', detail: `${out} of shop is in service` });
});

test('nothing is done where all are in service', async () => {
  expect(await shop(0).plan()).toEqual(no('notNeeded', /no instance of shop is out of service now/));
});

test('several that are out share their trouble', async () => {
  expect(await shop(2).plan()).toEqual(no('refused', /2 instances of shop are out of service at once/));
});

test('as many others are in service as the policy asks for', async () => {
  expect(await shop(1, { keepInService: 3 }).plan()).toEqual(
    no('refused', /2 other instances of shop are in service, not 3/),
  );
});

test('an instance that is sick itself is not helped by another registration', async () => {
  const on = shop();
  on.account.services.ec2.sicken(out, { kind: 'instance' });
  await on.pass(180);
  expect(await on.plan()).toEqual(no('refused', /fails its instance status check: heal the instance first/));
});

test('an instance that is stopped is for others to start', async () => {
  const on = shop(0);
  on.account.call('ec2', 'StopInstances', { InstanceIds: [out] });
  await on.pass(120);
  expect(await on.plan()).toEqual(no('refused', /is stopped: heal the instance first/));
});

test('an instance of an Auto Scaling group is left to replace-instance unless the policy says otherwise', async () => {
  const on = shop();
  on.account.services.autoscaling.addGroup({ name: 'web', members: [out], desired: 1 });
  expect(await on.plan()).toEqual(no('refused', /belongs to the Auto Scaling group web: use replace-instance/));
  const anyway = shop(1, { evenIfGroupOwned: true });
  anyway.account.services.autoscaling.addGroup({ name: 'web', members: [out], desired: 1 });
  expect(await anyway.plan()).toMatchObject({ kind: 'planned' });
});

test.each([
  ['Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route traffic to.', 'ELB'],
  ['A transient error occurred. Please try again later.', 'ELB'],
])('what the load balancer has at fault itself is not reset: %s', async (Description, ReasonCode) => {
  const on = shop();
  const InstanceStates = [
    { InstanceId: out, State: 'OutOfService', ReasonCode, Description },
    { InstanceId: other, State: 'InService', ReasonCode: 'N/A', Description: 'N/A' },
  ];
  answerWith(on, 'elasticloadbalancing', 'DescribeInstanceHealth', { InstanceStates });
  expect(await on.plan()).toEqual(no('refused', /is not at fault: the load balancer says/));
});

test('one that drains is waited for, since the load balancer tells it as in service', async () => {
  const on = shop(1, {}, 300);
  on.call('DeregisterInstancesFromLoadBalancer', other);
  expect(await on.plan()).toEqual(no('busy', /deregistration currently in progress/));
});

test('one that still answers old requests is waited for as long as a load balancer lets it drain, which is an hour', async () => {
  const on = shop();
  await on.start();
  const Description = 'Instance deregistration currently in progress.';
  const InstanceStates = [{ InstanceId: out, State: 'InService', ReasonCode: 'N/A', Description }];
  answerWith(on, 'elasticloadbalancing', 'DescribeInstanceHealth', { InstanceStates });
  expect(await on.check()).toEqual({ kind: 'pending', detail: `${out} of shop: ${Description}` });
  // Given up while it drains, it would be registered by nobody.
  expect(resetClassicBackend.patience.giveUpAfter).toBeGreaterThan(3_600);
});

test('one that came back after the plan is not touched', async () => {
  const on = shop();
  await on.plan();
  on.account.services.elasticloadbalancing.classic.find('shop', out);
  await on.pass(301);
  expect(await on.start()).toEqual(no('refused', /is not out of service any more/));
  expect(on.writes()).toEqual([]);
});

test('one that fails its checks after it was registered again is not helped', async () => {
  const on = shop();
  await on.start();
  await on.start();
  on.account.services.elasticloadbalancing.classic.strand('shop', out);
  expect(await on.check()).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/registered again/) as string,
  });
});

test('one that people take out after it was registered again is not put back', async () => {
  const on = shop();
  await on.start();
  await on.start();
  on.call('DeregisterInstancesFromLoadBalancer', out);
  expect(await on.check()).toEqual({
    kind: 'pending',
    detail: `${out} of shop was registered again and is not shown`,
  });
});

test('a deregistration whose answer was lost is found out, and the second step follows', async () => {
  const on = shop();
  on.account.faults.plant('elasticloadbalancing', 'DeregisterInstancesFromLoadBalancer', 'lostAnswer');
  await expect(on.start()).rejects.toThrow('socket hang up');
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'continue' });
});

test('a load balancer that no longer exists is left alone by every verb', async () => {
  const on = shop();
  await on.plan();
  answerWith(on, 'elasticloadbalancing', 'DescribeInstanceHealth', unknown('AccessPointNotFoundException'));
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});
