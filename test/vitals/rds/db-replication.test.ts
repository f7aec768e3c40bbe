import { readDbInstance, type DbInstance } from '../../../vitals/rds/db-instance';
import { readFollowedUntil, readSource, unfitToPromote } from '../../../vitals/rds/db-replication';
import { bench, type Bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';

async function replica(place: Bench, more: object = {}): Promise<DbInstance> {
  place.account.services.rds.addDatabase({ id: 'copy', replicaOf: 'orders', multiAz: false, ...more });
  const reading = await readDbInstance('copy', place.aws);
  if (reading.kind !== 'found') throw new Error('not found');
  return reading.instance;
}

test.each([
  ['available', 'lives'],
  ['stopped', 'lives'],
  ['rebooting', 'lives'],
  ['storage-full', 'lives'],
  ['failed', 'lost'],
  ['restore-error', 'lost'],
])('a source that is %s %s', async (status, kind) => {
  const { account, aws } = bench();
  account.services.rds.addDatabase({ id: 'orders', status });
  expect(await readSource('orders', aws)).toEqual({ kind, detail: `orders is ${status}` });
});

test('a source that is gone is lost; one in another Region cannot be seen, and one of no name is not lost', async () => {
  const { aws } = bench();
  expect(await readSource('orders', aws)).toEqual({ kind: 'lost', detail: 'orders no longer exists' });
  expect(await readSource('arn:aws:rds:eu-west-1:111122223333:db:orders', aws)).toMatchObject({ kind: 'elsewhere' });
  expect(await readSource('-not a name-', aws)).toMatchObject({ kind: 'lives' });
});

test('a source that may not be read is no loss', async () => {
  const { account, aws } = bench();
  account.faults.plant('rds', 'DescribeDBInstances', 'denied');
  await expect(readSource('orders', aws)).rejects.toThrow(/not authorized/);
});

test.each<[readonly number[], string | undefined]>([
  [[3, 2], '2026-11-21T01:58:00.000Z'],
  [[-1, 30], '2026-11-21T01:57:00.000Z'],
  [[600], '2026-11-21T01:49:00.000Z'],
  [[-1, -1], undefined],
  [[], undefined],
])('lags of %j seconds, the latest first, tell up to when it has followed', async (Values, until) => {
  const place = bench();
  const Timestamps = Values.map((_, back) => new Date(Date.parse('2026-11-21T01:59:00Z') - back * 60_000));
  answerWith(place, 'cloudwatch', 'GetMetricData', { MetricDataResults: [{ Id: 'lag', Timestamps, Values }] });
  const told = await readFollowedUntil(await replica(place), place.aws);
  expect(told === undefined ? undefined : new Date(told).toISOString()).toBe(until);
});

test('only a replica that is available and has backups may be promoted', async () => {
  const unfit = async (more: object, withoutBackups = false) =>
    unfitToPromote(await replica(bench(), more), withoutBackups);
  expect(await unfit({})).toBeUndefined();
  expect(await unfit({ status: 'failed' })).toBe('copy is failed itself');
  expect(await unfit({ status: 'backing-up' })).toBe('copy is backing-up: RDS promotes only what is available');
  expect(await unfit({ backupDays: 0 })).toMatch(/copy has no automated backups yet/);
  expect(await unfit({ backupDays: 0 }, true)).toBeUndefined();
});

test('a member of a cluster is not promoted by itself', async () => {
  const { account, aws } = bench();
  account.services.rds.addCluster({ id: 'shop' });
  const reading = await readDbInstance('shop-1', aws);
  if (reading.kind !== 'found') throw new Error('not found');
  expect(unfitToPromote(reading.instance, false)).toMatch(/a cluster is promoted as a whole/);
});
