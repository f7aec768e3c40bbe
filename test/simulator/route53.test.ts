import { minute, room } from './compute';

const id = (digit: string): string => `0f8b1c62-0000-4000-8000-00000000000${digit}`;
const zone = 'Z0123456789ABCDEFGHIJ';

function names() {
  const made = room();
  const { route53, 'route53-recovery-cluster': cluster } = made.account.services;
  return { ...made, route53, cluster };
}

test('a name that is divided by weight leads to those that have some', async () => {
  const { account, route53, clock } = names();
  const records = [
    { name: 'www.shop.example', set: 'a', weight: 1, values: ['203.0.113.10'] },
    { name: 'www.shop.example', set: 'b', weight: 0, values: ['203.0.113.20'] },
  ];
  route53.addZone({ id: zone, name: 'shop.example', records });
  route53.addCheck({ id: id('1'), name: 'www.shop.example' });
  route53.befall({ address: '203.0.113.20', is: 'dead' });
  await clock.runUntil(clock.now() + minute);
  expect(route53.isHealthy(id('1'))).toBe(true);
  const [first] = records;
  const set = { Name: 'www.shop.example.', Type: 'A', SetIdentifier: 'b', Weight: 9, TTL: 60 };
  account.call('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: zone,
    ChangeBatch: {
      Changes: [{ Action: 'UPSERT', ResourceRecordSet: { ...set, ResourceRecords: [{ Value: '203.0.113.20' }] } }],
    },
  });
  await clock.runUntil(clock.now() + minute);
  expect(first?.weight).toBe(1);
  await clock.runUntil(clock.now() + minute);
  expect(route53.isHealthy(id('1'))).toBe(false);
});

test('a name stands for another, and leads where that does', () => {
  const { route53 } = names();
  route53.befall({ address: '203.0.113.10', is: 'dead' });
  route53.addZone({
    id: zone,
    name: 'shop.example',
    records: [
      { name: 'www.shop.example', type: 'CNAME', values: ['cell.shop.example'] },
      { name: 'cell.shop.example', values: ['203.0.113.10'] },
    ],
  });
  route53.addCheck({ id: id('1'), name: 'www.shop.example' });
  expect(route53.isHealthy(id('1'))).toBe(false);
});

test('a record set of another routing policy beside those that there are is refused', () => {
  const { account, route53 } = names();
  route53.addZone({
    id: zone,
    name: 'shop.example',
    records: [{ name: 'www.shop.example', set: 'a', weight: 1, values: ['203.0.113.10'] }],
  });
  const set = { Name: 'www.shop.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.20' }] };
  const change = (Action: string) =>
    account.call('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet: set }] },
    });
  expect(() => change('UPSERT')).toThrow(expect.objectContaining({ name: 'InvalidChangeBatch' }) as Error);
  expect(() => change('DELETE')).toThrow(expect.objectContaining({ name: 'InvalidChangeBatch' }) as Error);
});

test('a health check that follows a routing control is well while that is on', () => {
  const { cluster, route53 } = names();
  const arn = 'arn:aws:route53-recovery-control::111122223333:controlpanel/0a/routingcontrol/0b';
  route53.addCheck({ id: id('1'), control: arn });
  expect(route53.isHealthy(id('1'))).toBe(false);
  cluster.add({ controls: [{ arn, state: 'On' }] });
  expect(route53.isHealthy(id('1'))).toBe(true);
});
