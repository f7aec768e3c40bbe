import { isTargetGroupArn, readTargets, targetGroupVitals } from '../../../vitals/load-balancing/target-group';
import { bench, type Bench } from '../../remediations/account';
import { withOneUnhealthy } from '../../remediations/one-unhealthy';

const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];

function healthOf({ aws, resource }: Bench, arn: string, condition = 'target-unhealthy') {
  return targetGroupVitals.health(resource('target-group', arn), condition, aws);
}

function groupOf(ids: readonly string[], tags = {}) {
  const on = bench();
  const targets = ids.map((id) => ({ id }));
  const group = on.account.services.elasticloadbalancing.addTargetGroup({ name: 'web', targets, tags });
  return { ...on, group, arn: group.arn };
}

test('a group all of whose targets are healthy is healthy', async () => {
  const on = groupOf(addresses);
  expect(await healthOf(on, on.arn)).toEqual({ kind: 'healthy', detail: 'all 3 targets of web are healthy' });
});

test('a group with one unhealthy target is unhealthy, and says which', async () => {
  const on = bench();
  const arn = withOneUnhealthy(on.account, addresses);
  expect(await healthOf(on, arn)).toEqual({
    kind: 'unhealthy',
    detail: '1 of 3 targets of web: 10.0.0.1:80 is unhealthy',
  });
});

test('a target that has only just been registered is not healthy yet', async () => {
  const on = groupOf(addresses);
  on.account.call('elasticloadbalancing', 'RegisterTargets', { TargetGroupArn: on.arn, Targets: [{ Id: '10.0.0.4' }] });
  expect(await healthOf(on, on.arn)).toMatchObject({ kind: 'unhealthy' });
});

test('a target that drains counts no longer', async () => {
  const on = bench();
  const arn = withOneUnhealthy(on.account, addresses);
  const Targets = [{ Id: '10.0.0.1' }];
  on.account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: arn, Targets });
  expect(await healthOf(on, arn)).toEqual({ kind: 'healthy', detail: 'all 2 targets of web are healthy' });
});

test('a group without targets is unhealthy: empty is nothing', async () => {
  const on = groupOf([]);
  expect(await healthOf(on, on.arn)).toEqual({ kind: 'unhealthy', detail: 'web has no targets' });
});

test('a group whose targets err is sick where errors are what was reported', async () => {
  const on = bench();
  const ids = ['a', 'b', 'c'].map(() => on.account.services.ec2.addInstance().id);
  const targets = ids.map((id) => ({ id }));
  const { arn } = on.account.services.elasticloadbalancing.addTargetGroup({ name: 'web', targets });
  on.account.services.ec2.sicken(ids[1]!, { kind: 'application', passesHealthChecks: true });
  expect(await healthOf(on, arn, 'target-erroring')).toEqual({
    kind: 'unhealthy',
    detail: `${ids[1]}:80 of web errs more than its peers`,
  });
  expect(await healthOf(on, arn, 'target-unhealthy')).toMatchObject({ kind: 'healthy' });
});

test('a group whose health nobody checks is unknown', async () => {
  const on = groupOf(addresses);
  Object.assign(on.group.targets.get('10.0.0.1:80')!, { state: 'unavailable' });
  expect(await healthOf(on, on.arn)).toMatchObject({ kind: 'unknown' });
});

test('a group that does not exist is gone, one that cannot be read is unknown', async () => {
  const on = groupOf(addresses);
  expect(await healthOf(on, `${on.arn.slice(0, -1)}f`)).toMatchObject({ kind: 'gone' });
  on.account.faults.plant('elasticloadbalancing', 'DescribeTargetHealth', 'denied', 100);
  expect(await healthOf(on, on.arn)).toMatchObject({ kind: 'unknown' });
});

test('all tags of a group are read', async () => {
  const on = groupOf(addresses, { service: 'shop' });
  expect(await targetGroupVitals.tags(on.resource('target-group', on.arn), on.aws)).toEqual({ service: 'shop' });
});

test.each(['', 'web', 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188'])(
  '%j is no ARN of a target group',
  async (arn) => {
    const { aws, calls } = bench();
    expect(isTargetGroupArn(arn)).toBe(false);
    await expect(readTargets(arn, aws)).rejects.toThrow('is not the ARN of a target group');
    expect(calls).toEqual([]);
  },
);

const look = (on: Bench, arn: string) => {
  const resource = on.resource('target-group', arn);
  return {
    place: () => targetGroupVitals.place(resource, on.aws),
    members: () => targetGroupVitals.members?.(resource, on.aws),
    busy: () => targetGroupVitals.busy?.(resource, on.aws),
  };
};

test('a target group is the group that it stands in, unless it is gone', async () => {
  const on = groupOf(addresses);
  expect(await look(on, on.arn).place()).toEqual({ groups: [on.resource('target-group', on.arn)] });
  const gone = look(on, `${on.arn.slice(0, -1)}f`);
  expect(await gone.place()).toEqual({ groups: [] });
  expect(await gone.members()).toEqual({ size: 0, sick: 0 });
  expect(await gone.busy()).toBeUndefined();
});

test.each<[string, string, { size: number; sick: number }]>([
  ['healthy', '', { size: 3, sick: 0 }],
  ['unhealthy', 'Target.Timeout', { size: 3, sick: 1 }],
  ['unused', 'Target.InvalidState', { size: 3, sick: 1 }],
  ['initial', 'Elb.RegistrationInProgress', { size: 3, sick: 0 }],
  ['unused', 'Target.NotInUse', { size: 2, sick: 0 }],
  ['draining', 'Target.DeregistrationInProgress', { size: 2, sick: 0 }],
])('of three targets one of which is %s (%s) the count is %j', async (state, reason, count) => {
  const on = groupOf(addresses);
  Object.assign(on.group.targets.get('10.0.0.1:80')!, { state, reason });
  expect(await look(on, on.arn).members()).toEqual(count);
});

test('targets whose health nobody checks are not counted as well', async () => {
  const on = groupOf(addresses);
  Object.assign(on.group.targets.get('10.0.0.1:80')!, { state: 'unavailable' });
  await expect(look(on, on.arn).members()).rejects.toThrow('does not say how 10.0.0.1:80 of web is');
});

test.each<[string, string | undefined]>([
  ['healthy', undefined],
  ['unhealthy', undefined],
  ['initial', '10.0.0.1:80 of web is initial'],
  ['draining', '10.0.0.1:80 of web is draining'],
  ['unhealthy.draining', '10.0.0.1:80 of web is unhealthy.draining'],
])('with a target that is %s the work on the group is: %s', async (state, work) => {
  const on = groupOf(addresses);
  Object.assign(on.group.targets.get('10.0.0.1:80')!, { state });
  expect(await look(on, on.arn).busy()).toBe(work);
});

test.each(['place', 'members', 'busy'] as const)(
  'the %s of a group that cannot be read is not made up',
  async (what) => {
    const on = groupOf(addresses);
    on.account.faults.plant('elasticloadbalancing', 'DescribeTargetHealth', 'denied', 100);
    await expect(look(on, on.arn)[what]()).rejects.toThrow('not authorized');
  },
);

test('unhealthy targets are seen, errors are not', () => {
  expect(targetGroupVitals.sees).toEqual(['target-unhealthy']);
});
