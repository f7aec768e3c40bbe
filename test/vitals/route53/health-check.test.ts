import { healthCheckVitals } from '../../../vitals/route53/health-check';
import { hostedZoneVitals } from '../../../vitals/route53/hosted-zone';
import { bench } from '../../remediations/account';
import { nameCheck, primaryAddress, shopByWeight } from '../../remediations/route53/shop';

function shop() {
  const on = bench();
  shopByWeight(on);
  const { route53 } = on.account.services;
  const check = on.resource('health-check', nameCheck);
  const zone = on.resource('hosted-zone', 'Z0123456789ABCDEFGHIJ');
  return { ...on, route53, check, zone, health: () => healthCheckVitals.health(check, 'endpoint-unhealthy', on.aws) };
}

test('a health check is as its metric says, whatever becomes of the control plane', async () => {
  const { health, route53, pass } = shop();
  route53.befall({ controlPlane: 'down' });
  expect(await health()).toMatchObject({ kind: 'unhealthy' });
  route53.befall({ address: primaryAddress, is: 'back' });
  await pass(60);
  expect(await health()).toMatchObject({ kind: 'healthy' });
});

test('one that CloudWatch knows nothing of is gone if Route 53 says so, and unknown if that cannot be asked', async () => {
  const { aws, resource, route53 } = shop();
  const other = resource('health-check', '0f8b1c62-0000-4000-8000-00000000000f');
  expect(await healthCheckVitals.health(other, 'endpoint-unhealthy', aws)).toMatchObject({ kind: 'gone' });
  route53.befall({ controlPlane: 'down' });
  expect(await healthCheckVitals.health(other, 'endpoint-unhealthy', aws)).toMatchObject({ kind: 'unknown' });
});

test('an id that is none is asked about nowhere', async () => {
  const { aws, resource, calls } = shop();
  expect(await healthCheckVitals.health(resource('health-check', '../x'), 'endpoint-unhealthy', aws)).toMatchObject({
    kind: 'unknown',
  });
  expect(calls).toEqual([]);
});

test('a hosted zone has its tags, and is busy while it is locked', async () => {
  const { aws, zone, route53 } = shop();
  expect(await hostedZoneVitals.health(zone, '', aws)).toMatchObject({ kind: 'healthy' });
  expect(await hostedZoneVitals.busy?.(zone, aws)).toBeUndefined();
  route53.recover(zone.id, 'ENABLING_HOSTED_ZONE_LOCKED');
  expect(await hostedZoneVitals.busy?.(zone, aws)).toBe(
    'the accelerated recovery of shop.example. is ENABLING_HOSTED_ZONE_LOCKED',
  );
  expect(await hostedZoneVitals.tags(zone, aws)).toEqual({});
});
