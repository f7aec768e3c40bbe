import { readDbInstance, type DbInstance } from '../../../vitals/rds/db-instance';
import { iopsWithSize, lastStorageChange } from '../../../vitals/rds/db-storage';
import { bench, type Bench } from '../../remediations/account';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

async function read(database: Partial<Database> = {}): Promise<DbInstance> {
  const { account, aws } = bench();
  account.services.rds.addDatabase({ id: 'orders', ...database });
  const reading = await readDbInstance('orders', aws);
  if (reading.kind !== 'found') throw new Error(reading.kind);
  return reading.instance;
}

test('storage is read with what it awaits, its ceiling, its type and its IOPS', async () => {
  const storage = { storageGiB: 200, maxStorageGiB: 500, storageType: 'io2', iops: 8_000 } as const;
  expect((await read(storage)).storage).toEqual({
    size: 200,
    awaited: undefined,
    ceiling: 500,
    type: 'io2',
    iops: 8_000,
  });
  expect((await read({ pendingModifications: { storageGiB: 300 } })).storage).toMatchObject({ awaited: 300 });
});

test.each<[Partial<Database>, number, number | undefined]>([
  [{}, 399, undefined],
  [{}, 400, 12_000],
  [{ iops: 20_000 }, 400, 20_000],
  [{ engine: 'oracle-ee' }, 199, undefined],
  [{ engine: 'oracle-ee' }, 200, 12_000],
  [{ engine: 'sqlserver-se', iops: 4_000 }, 100, 4_000],
  [{ storageType: 'io1', iops: 1_000 }, 100, 1_000],
  [{ storageType: 'gp2' }, 5_000, undefined],
])('with %j, a size of %d GiB goes with IOPS %s', async (database, size, iops) => {
  expect(iopsWithSize(await read(database), size)).toBe(iops);
});

test('a change of storage within six hours is found, by whomever; anything else is none', async () => {
  const { account, aws, pass } = bench();
  const { rds } = account.services;
  rds.addDatabase({ id: 'orders', freeStorageGiB: 3, maxStorageGiB: 200 });
  rds.addDatabase({ id: 'other' });
  expect(await lastStorageChange('orders', aws)).toBeUndefined();
  await pass(1_200);
  expect(await lastStorageChange('orders', aws)).toBe(
    'Finished applying autoscaling-initiated modification to allocated storage',
  );
  rds.operations.RebootDBInstance({ DBInstanceIdentifier: 'other' });
  await pass(300);
  expect(await lastStorageChange('other', aws)).toBeUndefined();
  await pass(6 * 3_600);
  expect(await lastStorageChange('orders', aws)).toBeUndefined();
});
