import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import type { BusEvent } from '../../../simulator/event-bus';
import type { DatabaseDescription } from '../../../simulator/rds/database';
import { World, type SimulatedAccount } from '../../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const gibibyte = 1024 ** 3;
const DBInstanceIdentifier = 'orders';

interface Room {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly rds: RDS;
  readonly ids: string[];
  readonly free: () => number;
}

function room(database: Partial<DatabaseDescription> = {}): Room {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  account.services.rds.addDatabase({ id: 'orders', storageGiB: 100, freeStorageGiB: 5, ...database });
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const ids: string[] = [];
  account.bus.subscribe(({ detail }: BusEvent) => void ids.push((detail as { EventID: string }).EventID));
  const metric = { namespace: 'AWS/RDS', name: 'FreeStorageSpace', dimensions: { DBInstanceIdentifier } };
  const free = () => (account.services.cloudwatch.value(metric) ?? NaN) / gibibyte;
  return { account, clock, rds, ids, free };
}

async function show(rds: RDS) {
  return (await rds.describeDBInstances({ DBInstanceIdentifier })).DBInstances![0]!;
}

test('storage that is asked for is pending, then there, then optimized', async () => {
  const { clock, rds, ids, free } = room();
  const answer = await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 150, ApplyImmediately: true });
  expect(answer.DBInstance).toMatchObject({
    DBInstanceStatus: 'modifying',
    AllocatedStorage: 100,
    PendingModifiedValues: { AllocatedStorage: 150 },
  });
  await clock.runUntil(start + 6 * minute);
  expect(await show(rds)).toMatchObject({ DBInstanceStatus: 'storage-optimization', AllocatedStorage: 150 });
  expect((await show(rds)).PendingModifiedValues).toEqual({});
  expect(free()).toBe(55);
  expect(ids).toEqual(['RDS-EVENT-0018', 'RDS-EVENT-0017']);
  await clock.runUntil(start + 3 * hour);
  expect(await show(rds)).toMatchObject({ DBInstanceStatus: 'available' });
  expect(clock.nextAt()).toBeUndefined();
});

test('without ApplyImmediately it waits for the maintenance window', async () => {
  const { clock, rds } = room();
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 150 });
  await clock.runUntil(start + hour);
  expect(await show(rds)).toMatchObject({ AllocatedStorage: 100, PendingModifiedValues: { AllocatedStorage: 150 } });
});

test('less than a tenth more is rounded up', async () => {
  const { clock, rds } = room();
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 101, ApplyImmediately: true });
  await clock.runUntil(start + 10 * minute);
  expect(await show(rds)).toMatchObject({ AllocatedStorage: 110 });
});

test('a second growth is refused for six hours', async () => {
  const { clock, rds } = room();
  const grow = (AllocatedStorage: number) =>
    rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage, ApplyImmediately: true });
  await grow(150);
  await expect(grow(200)).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
  for (const at of [hour, 5 * hour]) {
    await clock.runUntil(start + at);
    await expect(grow(200)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  }
  await clock.runUntil(start + 7 * hour);
  expect((await grow(200)).DBInstance?.DBInstanceStatus).toBe('modifying');
});

test.each([
  ['shrinking', {}, { AllocatedStorage: 50 }],
  ['IOPS on small gp3', {}, { AllocatedStorage: 200, Iops: 3000 }],
  ['large gp3 without IOPS', { storageGiB: 500 }, { AllocatedStorage: 600 }],
  ['a ceiling under the floor', {}, { MaxAllocatedStorage: 60 }],
])('%s is refused and changes nothing', async (_, database, input) => {
  const { clock, rds } = room(database);
  const before = await show(rds);
  await expect(rds.modifyDBInstance({ DBInstanceIdentifier, ApplyImmediately: true, ...input })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
  expect(await show(rds)).toEqual(before);
  expect(clock.nextAt()).toBeUndefined();
});

test('a higher ceiling lets autoscaling grow a nearly full instance by itself', async () => {
  const { clock, rds, ids, free } = room();
  const { DBInstance } = await rds.modifyDBInstance({ DBInstanceIdentifier, MaxAllocatedStorage: 300 });
  expect(DBInstance).toMatchObject({ MaxAllocatedStorage: 300, DBInstanceStatus: 'available' });
  await clock.runUntil(start + 15 * minute);
  expect(await show(rds)).toMatchObject({ AllocatedStorage: 110 });
  expect(free()).toBe(15);
  expect(ids).toEqual(['RDS-EVENT-0217', 'RDS-EVENT-0218']);
});

test('applying at once takes a pending class along, and with it a restart', async () => {
  const { clock, rds, ids } = room({ pendingModifications: { class: 'db.r6g.2xlarge' } });
  await rds.modifyDBInstance({ DBInstanceIdentifier, MaxAllocatedStorage: 100, ApplyImmediately: true });
  await clock.runUntil(start + 2 * minute);
  expect(await show(rds)).toMatchObject({ DBInstanceClass: 'db.r6g.2xlarge', DBInstanceStatus: 'available' });
  expect(ids).toEqual(['RDS-EVENT-0004', 'RDS-EVENT-0006']);
});

test('a pending class and more storage at once leave it modifying until both are there', async () => {
  const { clock, rds } = room({ pendingModifications: { class: 'db.r6g.2xlarge' } });
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 150, ApplyImmediately: true });
  await clock.runUntil(start + 2 * minute);
  expect(await show(rds)).toMatchObject({ DBInstanceClass: 'db.r6g.2xlarge', DBInstanceStatus: 'modifying' });
});

test('autoscaling leaves an instance alone that restarts', async () => {
  const { clock, rds } = room({ maxStorageGiB: 300 });
  await clock.runUntil(start + 5 * minute - 10_000);
  await rds.rebootDBInstance({ DBInstanceIdentifier });
  await clock.runUntil(start + 10 * minute);
  expect(await show(rds)).toMatchObject({ AllocatedStorage: 100, DBInstanceStatus: 'available' });
});

test('a full instance says so, and may still grow', async () => {
  const { account, clock, rds, ids } = room();
  account.services.rds.setFreeStorage('orders', 0);
  expect(await show(rds)).toMatchObject({ DBInstanceStatus: 'storage-full' });
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 200, ApplyImmediately: true });
  await clock.runUntil(start + 3 * hour);
  expect(await show(rds)).toMatchObject({ DBInstanceStatus: 'available', AllocatedStorage: 200 });
  expect(ids).toEqual(['RDS-EVENT-0007', 'RDS-EVENT-0018', 'RDS-EVENT-0017']);
});

test('a modification that is not simulated fails by its name', async () => {
  const { rds } = room();
  await expect(rds.modifyDBInstance({ DBInstanceIdentifier, MultiAZ: true })).rejects.toThrow(/MultiAZ/);
});
