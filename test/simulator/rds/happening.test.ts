import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import { buildAccount } from '../../../simulator/description';
import { World } from '../../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;

/** An account in which that happens a minute after the start. */
function room(happening: object) {
  const clock = new VirtualClock(start);
  const account = buildAccount(new World(clock), {
    account: '123456789012',
    region: 'eu-west-1',
    databases: [{ id: 'orders' }],
    clusters: [{ id: 'far', globalSecondary: true }],
    happenings: [{ at: 'PT1M', database: happening }],
  });
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const status = async () =>
    (await rds.describeDBInstances({ DBInstanceIdentifier: 'orders' })).DBInstances?.[0]?.DBInstanceStatus;
  return { account, clock, status };
}

test.each([
  [{ fill: 'orders', freeGiB: 0 }, 'storage-full', 'storage-full'],
  [{ stop: 'orders' }, 'stopping', 'stopped'],
  [{ restart: 'orders' }, 'rebooting', 'available'],
])('%j befalls it at its time', async (happening, soon, later) => {
  const { clock, status } = room(happening);
  expect(await status()).toBe('available');
  await clock.runUntil(start + minute + 1_000);
  expect(await status()).toBe(soon);
  await clock.runUntil(start + 10 * minute);
  expect(await status()).toBe(later);
});

test('a primary in another region is lost at its time', async () => {
  const { account, clock } = room({ primaryOf: 'far', is: 'lost' });
  expect(account.services.rds.isSick('far')).toBe(false);
  await clock.runUntil(start + minute + 1_000);
  expect(account.services.rds.isSick('far')).toBe(true);
});
