import { standbyInstance } from '../../../remediations/auto-scaling/standby-instance';
import { bench } from '../account';
import { attempt, no } from '../attempt';
import { groupWithTargets } from '../group-with-targets';

function web(described: Parameters<typeof groupWithTargets>[1] = {}, parameters?: object) {
  const on = bench();
  const made = groupWithTargets(on, described);
  const target = { resource: on.resource('target-group', made.arn), condition: 'target-unhealthy' };
  const aside = (id: string) =>
    on.account.call('autoscaling', 'EnterStandby', {
      AutoScalingGroupName: 'web',
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: false,
    });
  return { ...on, ...made, ...attempt(standbyInstance, on, target, parameters), aside };
}

test('the bad member is put aside and kept, and done once another has taken its place', async () => {
  const { plan, start, check, pass, writes, bad, group, account } = web();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `put ${bad} of web into Standby and launch another: it is the one unhealthy target of web; it is kept, and costs`,
    touches: [
      { kind: 'ec2-instance', id: bad },
      { kind: 'auto-scaling-group', id: 'web' },
    ],
    group: { resource: { id: 'web' }, size: 4, healthyOthers: 3 },
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'EnterStandby',
      input: { AutoScalingGroupName: 'web', InstanceIds: [bad], ShouldDecrementDesiredCapacity: false },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(300);
  expect(await check()).toEqual({
    kind: 'done',
    detail: `${bad} is in Standby, and 4 of 4 members of web are in service`,
  });
  expect(account.services.ec2.instance(bad)?.power).toBe('running');
  expect(group.members.get(bad)?.lifecycle).toBe('Standby');
  expect(
    [...(account.services.elasticloadbalancing.targetGroup('web')?.targets.values() ?? [])].map(({ id }) => id),
  ).not.toContain(bad);
});

test('a target of no group is for drain-target', async () => {
  const on = web();
  on.group.members.delete(on.bad);
  expect(await on.plan()).toEqual(no('refused', /belongs to no Auto Scaling group.*use drain-target/));
});

test('a group that was not told of the target group would not take the member out of it', async () => {
  const on = web();
  Object.assign(on.group, { targetGroups: [] });
  expect(await on.plan()).toEqual(no('refused', /does not register its members in that target group/));
});

test('without the process that launches, nothing would take its place', async () => {
  expect(await web({ suspended: ['Launch'] }).plan()).toEqual(
    no('refused', /the Launch process of web is suspended: .*: nothing would take the place of/),
  );
});

test('no more are kept than the policy allows, since each costs', async () => {
  const on = web();
  on.aside(on.ids[3]!);
  await on.pass(300);
  expect(await on.plan()).toEqual(
    no('refused', /web has 1 in Standby already, and atMostInStandby is 1: end those first/),
  );
  const more = web({}, { atMostInStandby: 2 });
  more.aside(more.ids[3]!);
  await more.pass(300);
  expect(await more.plan()).toMatchObject({ kind: 'planned' });
});

test('several bad members share their trouble', async () => {
  const on = web();
  on.fail(on.ids[1]!);
  expect(await on.plan()).toEqual(no('refused', /2 targets of web are unhealthy at once/));
});

test('as many healthy members are left as the policy asks for', async () => {
  expect(await web({}, { keepHealthy: 4 }).plan()).toEqual(
    no('refused', /3 healthy members of web would be left, not 4/),
  );
});

test('a group whose last launch failed would not get another', async () => {
  const on = web({ launches: 'fail' });
  on.account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 5 });
  await on.pass(120);
  expect(await on.plan()).toEqual(
    no('refused', /one of the last activities of web failed, and a new member may as well/),
  );
});

test('a group that is being deleted is left alone', async () => {
  const on = web();
  const described = on.account.services.autoscaling.operations.DescribeAutoScalingGroups({});
  const groups = (described.AutoScalingGroups ?? []).map((one) => ({ ...one, Status: 'Delete in progress' }));
  Object.assign(on.account.services.autoscaling.operations, {
    DescribeAutoScalingGroups: () => ({ AutoScalingGroups: groups }),
  });
  expect(await on.plan()).toEqual(no('refused', /web is being deleted/));
});

test('a second start writes nothing, whether it is on its way or there', async () => {
  const on = web();
  await on.start();
  expect(await on.start()).toEqual({ kind: 'started' });
  await on.pass(300);
  expect(await on.start()).toEqual({ kind: 'started' });
  expect(on.writes()).toHaveLength(1);
});

test('a member that got well after the plan stays', async () => {
  const on = web();
  await on.plan();
  const targets = on.account.services.elasticloadbalancing.targetGroup('web')!;
  on.account.services.elasticloadbalancing.health.ail(targets, on.bad, 'well');
  await on.pass(300);
  expect(await on.start()).toEqual(no('refused', /no target of web is unhealthy now/));
  on.fail(on.ids[1]!);
  expect(await on.start()).toMatchObject({ kind: 'refused', reason: `not ${on.bad} but ${on.ids[1]} is bad now` });
  expect(on.writes()).toEqual([]);
});

test('an attempt has failed when no other member can be launched, or somebody ends the one that is kept', async () => {
  const on = web();
  await on.start();
  on.account.services.autoscaling.setLaunches('web', 'fail');
  await on.pass(600);
  expect(await on.check()).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/launches failed/) as string,
  });
  on.account.services.ec2.terminate(on.bad);
  await on.pass(600);
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});

test('undo puts it back into service, unless the group is at its maximum', async () => {
  const on = web({ max: 5 });
  await on.start();
  expect(await on.undo()).toEqual(no('refused', /is EnteringStandby in web, not in Standby/));
  await on.pass(300);
  expect(await on.undo()).toEqual({ kind: 'started' });
  await on.pass(60);
  expect(on.group.members.get(on.bad)?.lifecycle).toBe('InService');
  const full = web({ max: 4 });
  await full.start();
  await full.pass(300);
  expect(await full.undo()).toEqual(no('refused', /web is at its maximum of 4: a person must raise that first/));
});
