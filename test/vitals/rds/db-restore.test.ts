import { isLost, momentToRestore, readBeginningWith, readRestorable } from '../../../vitals/rds/db-restore';
import { readDbInstance } from '../../../vitals/rds/db-instance';
import { bench } from '../../remediations/account';

const minute = 60_000;
const now = Date.parse('2026-11-21T02:00:00Z');
const window = { from: now - 100 * minute, to: now - 5 * minute };

test('only a status from which nothing comes back by itself is a loss', () => {
  expect(
    ['failed', 'restore-error', 'inaccessible-encryption-credentials'].filter((status) => !isLost(status)),
  ).toEqual([]);
  expect(['available', 'stopped', 'rebooting', 'storage-full', 'a-status-of-next-year'].filter(isLost)).toEqual([]);
});

test.each([
  [0, now - 5 * minute - 1_000],
  [6, now - 6 * minute],
  [99, now - 99 * minute],
])('%s minutes back is a moment within the backups', (back, moment) => {
  expect(momentToRestore('orders', window, back, now)).toBe(moment);
});

test.each([
  [5, /to 2026-11-21T01:54:59Z at the latest, and not to 2026-11-21T01:55:00Z/],
  [101, /to 2026-11-21T00:20:00Z at the earliest, and not to 2026-11-21T00:19:00Z/],
])('%s minutes back is outside of them, and told', (back, why) => {
  expect(momentToRestore('orders', window, back, now)).toMatch(why);
});

test('without backups there is no moment', () => {
  expect(momentToRestore('orders', undefined, 0, now)).toMatch(/it has no automated backups/);
});

test('an instance can be restored from the first moment of its automated backup to the last of its own', async () => {
  const { account, aws } = bench();
  account.services.rds.addDatabase({ id: 'orders', backupDays: 2 });
  account.services.rds.addDatabase({ id: 'unsafe', backupDays: 0 });
  const restorable = async (id: string) => {
    const reading = await readDbInstance(id, aws);
    return reading.kind === 'found' ? readRestorable(reading.instance, aws) : undefined;
  };
  expect(await restorable('orders')).toEqual({ from: now - 48 * 60 * minute, to: now - 5 * minute });
  expect(await restorable('unsafe')).toBeUndefined();
});

test('names are read to the last page; replicas and members of clusters are not among them', async () => {
  const { account, aws } = bench();
  for (let count = 0; count < 105; count += 1) account.services.rds.addDatabase({ id: `copy-${count}` });
  account.services.rds.addDatabase({ id: 'copy-replica', replicaOf: 'copy-1' });
  account.services.rds.addCluster({ id: 'copy-cluster' });
  expect(await readBeginningWith('copy-', 'db-instance', aws)).toHaveLength(105);
  expect(await readBeginningWith('copy-10', 'db-instance', aws)).toHaveLength(6);
  expect(await readBeginningWith('copy-', 'db-cluster', aws)).toEqual(['copy-cluster']);
});
