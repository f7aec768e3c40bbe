import { shiftZoneAway } from '../../../remediations/load-balancing/shift-zone-away';
import { bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';
import { zonedBalancer } from '../zoned-balancer';

/** A load balancer over three zones, of which the first fails unless told otherwise. */
function shop(described: Parameters<typeof zonedBalancer>[1] = {}, parameters?: object) {
  const on = bench();
  const { arn, instances } = zonedBalancer(on, described);
  const target = { resource: on.resource('load-balancer', arn), condition: 'zone-impaired' };
  const people = (awayFrom = 'euc1-az1', comment = 'by hand') =>
    on.account.call('arc-zonal-shift', 'StartZonalShift', {
      resourceIdentifier: arn,
      awayFrom,
      expiresIn: '1h',
      comment,
    });
  return { ...on, ...attempt(shiftZoneAway, on, target, parameters), arn, instances, people };
}

test('traffic is shifted away from the one zone that fails, by the id of the zone and for a while', async () => {
  const { plan, start, check, pass, writes, arn, account } = shop({}, { expiresInMinutes: 90 });
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: 'shift traffic of shop away from eu-central-1a: 2 of 2 targets healthy, 60 % errors, for 90 minutes',
    touches: [{ kind: 'load-balancer', id: arn }],
    group: { resource: { id: arn }, size: 6, healthyOthers: 4 },
  });
  await start();
  const comment = 'Homeostat incident-1/1';
  expect(writes()).toMatchObject([
    {
      operation: 'StartZonalShift',
      input: { resourceIdentifier: arn, awayFrom: 'euc1-az1', expiresIn: '90m', comment },
    },
  ]);
  expect(await check()).toEqual({ kind: 'done', detail: 'traffic of shop is shifted away from eu-central-1a' });
  const shifts = account.services['arc-zonal-shift'];
  expect(shifts.isShiftedAway(arn, 'eu-central-1a')).toBe(true);
  await pass(91 * 60);
  expect(shifts.isShiftedAway(arn, 'eu-central-1a')).toBe(false);
});

test('a zone whose targets fail their health checks is found as well', async () => {
  const on = shop({ erring: [] });
  for (const id of on.instances.b) on.account.services.ec2.sicken(id, { kind: 'application' });
  await on.pass(300);
  expect(await on.plan()).toMatchObject({
    kind: 'planned',
    summary: expect.stringMatching(/away from eu-central-1b: 0 of 2 targets healthy/) as string,
  });
});

test('nothing is shifted where zones fail alike, or none does', async () => {
  expect(await shop({ erring: ['a', 'b', 'c'] }).plan()).toEqual(
    no('refused', /no one zone of shop is much worse than the others .*their trouble is shared/),
  );
  expect(await shop({ erring: [] }).plan()).toEqual(no('refused', /no one zone of shop is much worse/));
});

test('the other zones have as many healthy targets as the policy asks for', async () => {
  const on = shop();
  on.account.services.ec2.sicken(on.instances.b[0]!, { kind: 'application' });
  await on.pass(300);
  // Half of the targets of another zone are down: neither is one zone the worst by far, nor is there room.
  expect(await on.plan()).toMatchObject({ kind: 'refused' });
  expect(await shop({}, { keepHealthyPercent: 70 }).plan()).toEqual(
    no('refused', /without eu-central-1a 4 of 6 targets of shop would be healthy, not 70 %: add some first/),
  );
});

test('a target group that nothing in the other zones serves keeps the zone', async () => {
  const on = shop();
  const { ec2, elasticloadbalancing } = on.account.services;
  const admin = (letter: string) => ({ id: ec2.addInstance({ zone: `eu-central-1${letter}` }).id });
  elasticloadbalancing.addTargetGroup({ name: 'admin', loadBalancer: on.arn, targets: [admin('a')] });
  expect(await on.plan()).toEqual(
    no('refused', /without eu-central-1a no target of admin behind shop would be healthy: add some elsewhere first/),
  );
  const served = shop();
  await served.plan();
  const other = served.account.services;
  const targets = ['a', 'b'].map((letter) => ({ id: other.ec2.addInstance({ zone: `eu-central-1${letter}` }).id }));
  other.elasticloadbalancing.addTargetGroup({ name: 'admin', loadBalancer: served.arn, targets });
  expect(await served.start()).toEqual({ kind: 'started' });
});

test('a load balancer whose zonal shifts are not enabled is for people to enable', async () => {
  expect(await shop({ zonalShift: false }).plan()).toEqual(
    no('refused', /zonal shifts of shop are not enabled: a person must set its attribute zonal_shift.config.enabled/),
  );
});

test('a shift of people is left to them, whichever zone it is of', async () => {
  const on = shop();
  on.people('euc1-az3');
  expect(await on.plan()).toEqual(
    no('refused', /shifted away from eu-central-1c already, "by hand": extend or end that/),
  );
});

test('while AWS shifts traffic away from another zone, none is taken besides; from the same one it is', async () => {
  const on = shop();
  on.account.services['arc-zonal-shift'].beginAutoshift('eu-central-1b');
  expect(await on.plan()).toEqual(no('refused', /not eu-central-1a but eu-central-1b is the zone that AWS shifts/));
  const same = shop();
  same.account.services['arc-zonal-shift'].beginAutoshift('eu-central-1a');
  expect(await same.plan()).toMatchObject({ kind: 'planned' });
});

test('an autoshift that moves this load balancer is waited for', async () => {
  const on = shop();
  const autoshifts = [{ appliedStatus: 'APPLIED', awayFrom: 'euc1-az1', startTime: new Date(0) }];
  answerWith(on, 'arc-zonal-shift', 'GetManagedResource', { appliedWeights: {}, zonalShifts: [], autoshifts });
  expect(await on.plan()).toEqual(no('busy', /away from eu-central-1a: an autoshift, or a practice run/));
});

test('a practice run is waited for', async () => {
  const on = shop();
  await on.plan();
  on.account.services['arc-zonal-shift'].beginPracticeRun(on.arn, 'eu-central-1b');
  expect(await on.plan()).toEqual(no('busy', /away from eu-central-1b: an autoshift, or a practice run/));
  expect(await on.start()).toMatchObject({ kind: 'refused' });
});

test('a zone that got well, or another in its place, is not shifted away from', async () => {
  const on = shop();
  await on.plan();
  for (const id of on.instances.a) on.account.services.ec2.cure(id);
  await on.pass(600);
  expect(await on.start()).toEqual(no('refused', /no one zone of shop is much worse/));
  for (const id of on.instances.c)
    on.account.services.ec2.sicken(id, { kind: 'application', passesHealthChecks: true });
  await on.pass(600);
  expect(await on.start()).toEqual(no('refused', /not eu-central-1a but eu-central-1c of shop fares worst now/));
  expect(on.writes()).toEqual([]);
});

test('a second start starts no second shift', async () => {
  const { start, writes } = shop();
  await start();
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(1);
});

test('a shift whose answer was lost is found by its comment, and one of others is not taken for it', async () => {
  const on = shop();
  on.account.faults.plant('arc-zonal-shift', 'StartZonalShift', 'lostAnswer');
  await expect(on.start()).rejects.toThrow('socket hang up');
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'done' });
  const other = shop();
  await other.plan();
  other.people();
  expect(await other.check()).toMatchObject({ kind: 'notStarted' });
});

test('a shift that is not applied yet is waited for', async () => {
  const on = shop();
  await on.start();
  const shift = {
    zonalShiftId: 'shift-1',
    awayFrom: 'euc1-az1',
    comment: 'Homeostat incident-1/1',
    shiftType: 'ZONAL_SHIFT',
  };
  const zonalShifts = [{ ...shift, appliedStatus: 'NOT_APPLIED' }];
  answerWith(on, 'arc-zonal-shift', 'GetManagedResource', { appliedWeights: {}, zonalShifts, autoshifts: [] });
  expect(await on.check()).toMatchObject({ kind: 'pending' });
});

test('undo ends the shift, once, and only its own', async () => {
  const on = shop();
  await on.start();
  expect(await on.undo()).toEqual({ kind: 'started' });
  expect(on.account.services['arc-zonal-shift'].isShiftedAway(on.arn, 'eu-central-1a')).toBe(false);
  expect(await on.undo()).toEqual(no('refused', /no shift of shop is ours any more/));
  expect(on.writes().map(({ operation }) => operation)).toEqual(['StartZonalShift', 'CancelZonalShift']);
});

test('a zone whose id cannot be told is not shifted away from', async () => {
  const on = shop();
  answerWith(on, 'ec2', 'DescribeAvailabilityZones', { AvailabilityZones: [] });
  expect(await on.plan()).toEqual(no('refused', /EC2 does not tell the id of eu-central-1a/));
});

test('a load balancer that no longer exists is left alone by every verb', async () => {
  const on = shop();
  await on.plan();
  answerWith(on, 'elasticloadbalancing', 'DescribeLoadBalancers', unknown('LoadBalancerNotFoundException'));
  answerWith(on, 'arc-zonal-shift', 'GetManagedResource', unknown('ResourceNotFoundException'));
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
  expect(await on.start()).toMatchObject({ kind: 'refused' });
  expect(await on.undo()).toMatchObject({ kind: 'refused' });
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});
