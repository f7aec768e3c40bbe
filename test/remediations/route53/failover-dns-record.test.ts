import { failoverDnsRecord } from '../../../remediations/route53/failover-dns-record';
import { bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';
import { nameCheck, primaryAddress, shopByWeight, standbyAddress, standbyCheck } from './shop';

const hostedZone = 'Z0123456789ABCDEFGHIJ';

function on(parameters: object = {}, standbyChecked = true) {
  const ground = bench();
  shopByWeight(ground, standbyChecked);
  const target = { resource: ground.resource('health-check', nameCheck), condition: 'endpoint-unhealthy' };
  const given = { hostedZone, record: 'www.shop.example', to: 'standby', ...parameters };
  const { route53 } = ground.account.services;
  return { ...ground, route53, ...attempt(failoverDnsRecord, ground, target, given) };
}

/** The record sets of the name, the primary with that weight and health check. */
const sets = (weight: number, healthCheck?: string) => [
  {
    name: 'www.shop.example',
    set: 'primary',
    weight,
    values: [primaryAddress],
    ...(healthCheck !== undefined && { healthCheck }),
  },
  { name: 'www.shop.example', set: 'standby', weight: 0, values: [standbyAddress], healthCheck: standbyCheck },
];

test('the standby gets the weight and the primary none, each set whole, in one batch', async () => {
  const { plan, start, check, pass, route53, writes } = on();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    plan: { from: { primary: 100, standby: 0 }, set: { primary: 0, standby: 100 } },
    summary: 'give all weight of www.shop.example to standby; resolvers keep the old answer for up to 60 seconds',
    touches: [{ kind: 'hosted-zone', id: hostedZone }],
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'ChangeResourceRecordSets',
      input: {
        ChangeBatch: {
          Changes: [
            {
              Action: 'UPSERT',
              ResourceRecordSet: {
                SetIdentifier: 'primary',
                Weight: 0,
                TTL: 60,
                ResourceRecords: [{ Value: primaryAddress }],
              },
            },
            {
              Action: 'UPSERT',
              ResourceRecordSet: { SetIdentifier: 'standby', Weight: 100, HealthCheckId: standbyCheck },
            },
          ],
        },
      },
    },
  ]);
  expect(await check()).toEqual({
    kind: 'pending',
    detail: 'not all servers of Route 53 have the new www.shop.example yet',
  });
  await pass(61);
  expect(await check()).toMatchObject({ kind: 'done' });
  await pass(60);
  expect(route53.isHealthy(nameCheck)).toBe(true);
});

test.each<[string, object, RegExp]>([
  ['that is not divided by weight', { record: 'plain.shop.example' }, /is not divided by weight/],
  ['that there is not', { record: 'nowhere.shop.example' }, /has no A record nowhere\.shop\.example/],
  ['of another type', { type: 'CNAME' }, /has no CNAME record www\.shop\.example/],
  ['without the record set that is to take over', { to: 'third' }, /has no record set third/],
  ['that leads nowhere else', { to: 'primary' }, /leads to no other record set than primary/],
  ['of a zone that is gone', { hostedZone: 'Z0000000000000000000' }, /no longer exists/],
])('a record %s is left alone', async (_, parameters, reason) => {
  const { plan, writes } = on(parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('clients are not sent to a record set that nobody checks, or that does not answer', async () => {
  expect(await on({}, false).plan()).toEqual(no('refused', /no health check asks standby/));
  const { plan, pass, route53 } = on();
  route53.befall({ address: standbyAddress, is: 'dead' });
  await pass(60);
  expect(await plan()).toEqual(no('refused', /standby is unhealthy, by its health check/));
});

test.each<[string, object, RegExp]>([
  ['disabled', { Disabled: true }, /check .*02 of standby is disabled, which Route 53 takes for healthy: enable it/],
  ['inverted', { Inverted: true }, /check .*02 of standby is inverted: it is healthy while there is no answer/],
])('a health check that is %s says nothing good of the standby, also once that was planned', async (_, how, reason) => {
  const ground = on();
  await ground.plan();
  const HealthCheck = { Id: standbyCheck, HealthCheckConfig: { Type: 'HTTPS', ...how } };
  answerWith(ground, 'route53', 'GetHealthCheck', { HealthCheck });
  expect(await ground.start()).toEqual(no('refused', reason));
  expect(await ground.plan()).toEqual(no('refused', reason));
  answerWith(ground, 'route53', 'GetHealthCheck', unknown('NoSuchHealthCheck'));
  expect(await ground.plan()).toEqual(no('refused', /check .*02 of standby no longer exists/));
  expect(ground.writes()).toEqual([]);
});

test('what Route 53 fails over by itself is left to it', async () => {
  const { plan, route53 } = on();
  const primaryCheck = '0f8b1c62-0000-4000-8000-000000000003';
  route53.addZone({ id: hostedZone, name: 'shop.example', records: sets(100, primaryCheck) });
  route53.addCheck({ id: primaryCheck, address: primaryAddress });
  // The name that clients ask for leads to the standby then: another check is what fails.
  route53.addCheck({ id: nameCheck, address: primaryAddress });
  expect(await plan()).toEqual(no('refused', /Route 53 sends nobody to primary as it is/));
});

test('weights that others changed since the plan are not written over', async () => {
  const { plan, start, route53, writes } = on();
  await plan();
  route53.addZone({ id: hostedZone, name: 'shop.example', records: sets(50) });
  expect(await start()).toEqual(no('refused', /changed by others since the plan/));
  expect(writes()).toEqual([]);
});

test('nothing is planned while the control plane of Route 53 does not answer', async () => {
  const { plan, route53, writes } = on();
  route53.befall({ controlPlane: 'down' });
  await expect(plan()).rejects.toThrow('Service is unavailable');
  expect(writes()).toEqual([]);
});

test('undo gives each set the weight that it had', async () => {
  const { start, undo, check, pass } = on();
  await start();
  await pass(61);
  expect(await undo()).toEqual({ kind: 'started' });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
});
