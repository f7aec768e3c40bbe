import { drainTarget } from '../../../remediations/load-balancing/drain-target';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';
import { withOneUnhealthy } from '../one-unhealthy';

type Group = Parameters<Bench['account']['services']['elasticloadbalancing']['addTargetGroup']>[0];

interface Ground {
  readonly zones?: readonly string[];
  readonly condition?: string;
  readonly parameters?: object;
  readonly group?: Partial<Group>;
}

const ids = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2', 'i-0aaaaaaaaaaaaaaa3', 'i-0aaaaaaaaaaaaaaa4'];
const [bad = ''] = ids;

/** Instances in these zones behind one load balancer, the first of them unhealthy unless the condition is another. */
function targetGroup({ zones = ['a', 'b', 'c'], condition = 'target-unhealthy', parameters, group }: Ground = {}) {
  const on = bench();
  zones.forEach((zone, place) => {
    on.account.services.ec2.addInstance({ id: ids[place], zone: `eu-central-1${zone}` });
  });
  const used = ids.slice(0, zones.length);
  const arn = withOneUnhealthy(on.account, used, group);
  const isErring = condition === 'target-erroring';
  if (isErring) on.account.services.elasticloadbalancing.health.ail(theGroup(on), bad, 'well');
  const target = { resource: on.resource('target-group', arn), condition };
  return { ...on, arn, ...attempt(drainTarget, on, target, parameters) };
}

function theGroup({ account }: Bench) {
  return account.services.elasticloadbalancing.targetGroup('web')!;
}

test('the one unhealthy target is drained by id and port, and done once it is gone', async () => {
  const { plan, start, check, pass, writes, arn } = targetGroup({ group: { port: 8080 } });
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `drain ${bad}:8080 from web`,
    // The instance as well: two incidents must not work on it at once.
    touches: [
      { kind: 'target-group', id: arn },
      { kind: 'ec2-instance', id: bad },
    ],
    group: { resource: { id: arn }, size: 3, healthyOthers: 2 },
  });
  await start();
  expect(writes()).toMatchObject([
    { operation: 'DeregisterTargets', input: { TargetGroupArn: arn, Targets: [{ Id: bad, Port: 8080 }] } },
  ]);
  expect(await check()).toEqual({ kind: 'pending', detail: `${bad}:8080 of web is draining` });
  await pass(299);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(2);
  expect(await check()).toEqual({ kind: 'done', detail: `${bad}:8080 of web is drained` });
});

test('of one instance on two ports only the bad one is drained', async () => {
  const on = targetGroup({
    group: { targets: [80, 81].flatMap((port) => ids.slice(0, 3).map((id) => ({ id, port }))) },
  });
  const other = theGroup(on).targets.get(`${bad}:81`)!;
  Object.assign(other, { state: 'healthy', reason: undefined });
  await on.start();
  expect(on.writes()).toMatchObject([{ input: { Targets: [{ Id: bad, Port: 80 }] } }]);
  await on.pass(301);
  expect(on.account.services.elasticloadbalancing.targetGroup('web')?.targets.has(`${bad}:81`)).toBe(true);
  expect(await on.check()).toMatchObject({ kind: 'done' });
});

test('a target that errs though it passes its health check is drained', async () => {
  const on = targetGroup({ condition: 'target-erroring', zones: ['a', 'b', 'c', 'a'] });
  on.account.services.ec2.sicken(bad, { kind: 'application', passesHealthChecks: true });
  await on.pass(300);
  expect(await on.plan()).toMatchObject({ kind: 'planned', summary: `drain ${bad}:80 from web` });
});

test('nothing is drained for errors that come from no one target', async () => {
  const on = targetGroup({ condition: 'target-erroring' });
  await on.pass(300);
  expect(await on.plan()).toEqual(no('refused', /no target of web stands out/));
});

test('a group whose targets are all healthy needs no draining', async () => {
  const on = targetGroup();
  on.account.services.elasticloadbalancing.health.ail(theGroup(on), bad, 'well');
  await on.pass(300);
  expect(await on.plan()).toEqual(no('notNeeded', /no target of web is unhealthy now/));
});

test('a target is not drained for what the load balancer itself has at fault', async () => {
  const on = targetGroup();
  const [target] = theGroup(on).targets.values();
  Object.assign(target!, { reason: 'Elb.InternalError' });
  expect(await on.plan()).toEqual(no('refused', /is not at fault: the load balancer says Elb.InternalError/));
});

test('several bad targets share their trouble, and none is drained', async () => {
  const on = targetGroup();
  on.account.services.elasticloadbalancing.health.ail(theGroup(on), ids[1]!, 'ill');
  await on.pass(61);
  expect(await on.plan()).toEqual(no('refused', /2 targets of web are bad at once/));
});

test('the last target is not drained: with none healthy the load balancer sends traffic to all', async () => {
  expect(await targetGroup({ zones: ['a'] }).plan()).toEqual(no('refused', /no other target of web is healthy/));
});

test('as many healthy targets are left as the policy asks for', async () => {
  expect(await targetGroup({ parameters: { keepHealthy: 3 } }).plan()).toEqual(
    no('refused', /2 healthy targets of web would be left, not 3/),
  );
});

test('a target that is draining already needs nothing', async () => {
  const { account, plan, arn } = targetGroup();
  account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: arn, Targets: [{ Id: bad }] });
  expect(await plan()).toEqual(no('notNeeded', /is draining already/));
});

test('one target is drained at a time', async () => {
  const { account, plan, arn } = targetGroup();
  account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: arn, Targets: [{ Id: ids[1] }] });
  expect(await plan()).toEqual(no('busy', /i-0aaaaaaaaaaaaaaa2:80 of web is still draining: one at a time/));
});

test('with cross-zone load balancing off, the last healthy zone-mate is not taken from its zone', async () => {
  const group = { crossZone: false };
  expect(await targetGroup({ group }).plan()).toEqual(
    no('refused', /no other target of web in eu-central-1a is healthy, and cross-zone load balancing is off/),
  );
  expect(await targetGroup({ group, zones: ['a', 'a', 'b'] }).plan()).toMatchObject({ kind: 'planned' });
});

test('a target of an Auto Scaling group is left to replace-instance unless the policy says otherwise', async () => {
  const on = targetGroup();
  on.account.services.autoscaling.addGroup({ name: 'shop', members: [bad], desired: 1 });
  expect(await on.plan()).toEqual(no('refused', /belongs to the Auto Scaling group shop: use replace-instance/));
  const anyway = targetGroup({ parameters: { evenIfGroupOwned: true } });
  anyway.account.services.autoscaling.addGroup({ name: 'shop', members: [bad], desired: 1 });
  expect(await anyway.plan()).toMatchObject({ kind: 'planned' });
});

test('an address, whose owner cannot be read, is left alone unless the policy says otherwise', async () => {
  const targets = ['10.0.0.1', '10.0.0.2'].map((id) => ({ id }));
  expect(await targetGroup({ group: { targets } }).plan()).toEqual(
    no('refused', /whether a service owns 10.0.0.1 cannot be read/),
  );
  const anyway = targetGroup({ group: { targets }, parameters: { evenIfGroupOwned: true } });
  expect(await anyway.plan()).toMatchObject({ kind: 'planned', summary: 'drain 10.0.0.1:80 from web' });
});

test('a second start drains nothing more', async () => {
  const { start, writes } = targetGroup();
  await start();
  expect(await start()).toEqual(no('refused', /is draining already/));
  expect(writes()).toHaveLength(1);
});

test('a target that recovered after the plan is not drained, nor is another in its place', async () => {
  const on = targetGroup();
  await on.plan();
  on.account.services.elasticloadbalancing.health.ail(theGroup(on), bad, 'well');
  await on.pass(300);
  expect(await on.start()).toEqual(no('refused', /no target of web is unhealthy now/));
  on.account.services.elasticloadbalancing.health.ail(theGroup(on), ids[1]!, 'ill');
  await on.pass(61);
  expect(await on.start()).toEqual(no('refused', /not i-0aaaaaaaaaaaaaaa1:80 but i-0aaaaaaaaaaaaaaa2:80 is bad now/));
  expect(on.writes()).toEqual([]);
});

test('a draining whose answer was lost is found out by the check', async () => {
  const { account, start, checkWithoutHandle } = targetGroup();
  account.faults.plant('elasticloadbalancing', 'DeregisterTargets', 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'pending' });
});

test('a draining that never reached AWS leaves no trace', async () => {
  const { account, start, checkWithoutHandle } = targetGroup();
  account.faults.plant('elasticloadbalancing', 'DeregisterTargets', 'lostRequest');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});

test('an answer without any targets is not taken for a drained one', async () => {
  const on = targetGroup();
  await on.start();
  theGroup(on).targets.clear();
  expect(await on.check()).toEqual({ kind: 'pending', detail: 'the load balancer listed no targets at all' });
});

test('undo registers the same id and port again, once', async () => {
  const { start, undo, pass, writes, arn } = targetGroup({ group: { port: 8080 } });
  await start();
  await pass(400);
  expect(await undo()).toEqual({ kind: 'started' });
  expect(writes()[1]).toMatchObject({
    operation: 'RegisterTargets',
    input: { TargetGroupArn: arn, Targets: [{ Id: bad, Port: 8080 }] },
  });
  expect(await undo()).toEqual(no('refused', /is registered again already/));
  expect(writes()).toHaveLength(2);
});

test('a target is not drained once another one has begun to drain, or too few would be left', async () => {
  const on = targetGroup();
  await on.plan();
  on.account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: on.arn, Targets: [{ Id: ids[1] }] });
  expect(await on.start()).toEqual(no('refused', /is still draining: one at a time/));
});

test('errors of which no target stands out are laid to the one that is unhealthy', async () => {
  const on = targetGroup({ condition: 'target-erroring' });
  on.account.services.elasticloadbalancing.health.ail(theGroup(on), bad, 'ill');
  await on.pass(300);
  expect(await on.plan()).toMatchObject({ kind: 'planned', summary: `drain ${bad}:80 from web` });
});

test('a target group that no longer exists is left alone by every verb', async () => {
  const on = targetGroup();
  await on.plan();
  answerWith(on, 'elasticloadbalancing', 'DescribeTargetHealth', unknown('TargetGroupNotFoundException'));
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.undo()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});
