import { readRestarts } from '../../../vitals/rds/db-restarts';
import { bench } from '../../remediations/account';

function telling(Events: readonly object[]) {
  const rds = { describeEvents: async () => ({ Events, $metadata: {} }) };
  return { now: () => Date.parse('2026-03-01T12:00:00Z'), rds } as never;
}

test('restarts since a moment are found, the oldest first', async () => {
  const { account, aws, clock, pass } = bench();
  account.services.rds.addDatabase({ id: 'orders' });
  const before = clock.now();
  account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: 'orders' });
  await pass(120);
  const told = (await readRestarts('orders', before, aws)).map(({ message }) => message);
  expect(told).toEqual(['DB instance shutdown', 'DB instance restarted']);
  expect(await readRestarts('orders', clock.now(), aws)).toEqual([]);
});

test('an event of before, one without a time, and one of something else are no restart', async () => {
  const since = Date.parse('2026-03-01T11:30:00Z');
  const events = [
    { Date: new Date('2026-03-01T11:29:59Z'), Message: 'DB instance restarted' },
    { Message: 'DB instance restarted' },
    { Date: new Date('2026-03-01T11:45:00Z'), Message: 'Read replica has fallen behind' },
    { Date: new Date('2026-03-01T11:50:00Z'), Message: 'DB instance restarted' },
  ];
  expect(await readRestarts('orders', since, telling(events))).toEqual([
    { at: Date.parse('2026-03-01T11:50:00Z'), message: 'DB instance restarted' },
  ]);
});
