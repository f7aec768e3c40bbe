import { failingPart, worstZone, type ZoneStanding } from '../../../vitals/load-balancing/balancer-zones';
import { isBalancerArn, loadBalancerVitals } from '../../../vitals/load-balancing/load-balancer';
import { readShifts } from '../../../vitals/load-balancing/zonal-shifts';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';
import { zonedBalancer } from '../../remediations/zoned-balancer';

function shop(described: Parameters<typeof zonedBalancer>[1] = {}) {
  const on = bench();
  const { arn, instances } = zonedBalancer(on, described);
  const balancer = on.resource('load-balancer', arn);
  return {
    ...on,
    arn,
    instances,
    balancer,
    health: () => loadBalancerVitals.health(balancer, 'zone-impaired', on.aws),
  };
}

const zone = (name: string, healthy: number, errors: number): ZoneStanding => ({
  zone: name,
  targets: 4,
  healthy,
  errors,
  serving: [],
});

describe('the zone that is worse than the others', () => {
  test.each<[string, readonly ZoneStanding[], string | undefined]>([
    ['by errors', [zone('a', 4, 0.4), zone('b', 4, 0.01), zone('c', 4, 0)], 'a'],
    ['by health checks', [zone('a', 4, 0), zone('b', 1, 0)], 'b'],
    ['not where all err alike', [zone('a', 4, 0.4), zone('b', 4, 0.3)], undefined],
    ['not where two of three fail', [zone('a', 1, 0), zone('b', 1, 0), zone('c', 4, 0)], undefined],
    ['not for a few errors', [zone('a', 4, 0.04), zone('b', 4, 0)], undefined],
    ['not where there is no other', [zone('a', 0, 1)], undefined],
    ['not where there is none', [], undefined],
  ])('is found %s', (_, zones, worst) => {
    expect(worstZone(zones)?.zone).toBe(worst);
  });

  test('fails in the larger part of its targets and its requests', () => {
    expect(failingPart(zone('a', 3, 0.1))).toBe(0.25);
    expect(failingPart(zone('a', 4, 0.1))).toBe(0.1);
    expect(failingPart({ zone: 'a', targets: 0, healthy: 0, errors: 0, serving: [] })).toBe(0);
  });
});

test('a load balancer is well while no zone fares worse, and when its traffic was shifted away from the one that does', async () => {
  expect(await shop({ erring: [] }).health()).toMatchObject({ kind: 'healthy' });
  const on = shop();
  expect(await on.health()).toEqual({
    kind: 'unhealthy',
    detail: 'shop in eu-central-1a: 2 of 2 targets healthy, 60 % errors',
  });
  const shift = { resourceIdentifier: on.arn, awayFrom: 'euc1-az1', expiresIn: '1h', comment: 'by hand' };
  on.account.call('arc-zonal-shift', 'StartZonalShift', shift);
  expect(await on.health()).toEqual({
    kind: 'healthy',
    detail: 'no zone of shop fares worse than the others (its traffic is shifted away from eu-central-1a)',
  });
});

test('where all zones fail it is not well either', async () => {
  expect(await shop({ erring: ['a', 'b', 'c'] }).health()).toMatchObject({ kind: 'unhealthy' });
});

test('without targets it is not well; where the health of one is not told, nobody knows', async () => {
  const on = shop({ erring: [] });
  const targets = on.account.services.elasticloadbalancing.targetGroup('shop')!.targets;
  Object.assign([...targets.values()][0]!, { state: 'unavailable' });
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
  targets.clear();
  expect(await on.health()).toEqual({ kind: 'unhealthy', detail: 'shop has no targets' });
});

test('it is the group that its targets stand in, counts those that are unhealthy, and has tags', async () => {
  const on = shop({ erring: [] });
  expect(await loadBalancerVitals.place(on.balancer, on.aws)).toEqual({ groups: [on.balancer] });
  expect(await loadBalancerVitals.members?.(on.balancer, on.aws)).toEqual({ size: 6, sick: 0 });
  expect(await loadBalancerVitals.tags(on.balancer, on.aws)).toEqual({});
});

test('one that does not exist is gone', async () => {
  const { aws, resource } = bench();
  const none = resource(
    'load-balancer',
    'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/none/0123',
  );
  expect(await loadBalancerVitals.health(none, 'zone-impaired', aws)).toMatchObject({ kind: 'gone' });
  expect(await loadBalancerVitals.tags(none, aws)).toEqual({});
  expect(await loadBalancerVitals.place(none, aws)).toEqual({ groups: [] });
  expect(await loadBalancerVitals.members?.(none, aws)).toEqual({ size: 0, sick: 0 });
});

test('a Gateway Load Balancer is none of these', () => {
  const arnOf = (kind: string) =>
    `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/${kind}/web/50dc6c49`;
  expect(['app', 'net', 'gwy'].map(arnOf).map(isBalancerArn)).toEqual([true, true, false]);
});

describe('shifts', () => {
  const told = (zonalShifts: object[], autoshifts: object[] = []) => {
    const on = shop();
    answerWith(on, 'arc-zonal-shift', 'GetManagedResource', { appliedWeights: {}, zonalShifts, autoshifts });
    return readShifts(on.arn, on.aws);
  };

  test('of people are told from those that AWS makes by itself', async () => {
    const shift = { zonalShiftId: 's-1', awayFrom: 'euc1-az1', comment: 'c', appliedStatus: 'APPLIED' };
    const types = ['ZONAL_SHIFT', undefined, 'PRACTICE_RUN', 'FIS_EXPERIMENT', 'ZONAL_AUTOSHIFT'];
    const shifts = await told(
      types.map((shiftType) => ({ ...shift, shiftType })),
      [{ awayFrom: 'euc1-az2' }],
    );
    expect(shifts).not.toBe('unmanaged');
    const by = shifts === 'unmanaged' ? [] : shifts.map((one) => `${one.by} ${one.zone} ${one.isApplied}`);
    expect(by).toEqual([
      'people eu-central-1a true',
      'people eu-central-1a true',
      'aws eu-central-1a true',
      'aws eu-central-1a true',
      'aws eu-central-1a true',
      'aws eu-central-1b false',
    ]);
  });

  test('away from a zone that nobody can name are not overlooked', async () => {
    await expect(told([{ awayFrom: 'euc1-az9' }])).rejects.toThrow(/euc1-az9, and EC2 does not tell which it is/);
  });
});
