import { expandDbStorage } from '../../../remediations/rds/expand-db-storage';
import { bench, type Bench } from '../account';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

/** The plan for `orders`, which has 5 of 100 GiB left and no ceiling, unless `database` says otherwise. */
async function planFor(database: Partial<Database> = {}, parameters: object = { how: 'storage' }) {
  const on = bench();
  on.account.services.rds.addDatabase({ id: 'orders', storageGiB: 100, freeStorageGiB: 5, ...database });
  const target = { resource: on.resource('db-instance', 'orders'), condition: 'db-storage-low', attemptKey: 'k' };
  const plan = () => expandDbStorage.plan(target, parameters, on.aws);
  return { ...on, plan, planning: await plan() };
}

async function started(database: Partial<Database> = {}, parameters: object = { how: 'storage' }) {
  const on = await planFor(database, parameters);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  const start = () => expandDbStorage.start(plan, on.aws);
  const check = () => expandDbStorage.check(plan, undefined, on.aws);
  return { ...on, start, check };
}

test('the ceiling is raised unless the policy says to raise the storage itself', async () => {
  const { planning, aws, writes } = await planFor({ maxStorageGiB: 100 }, {});
  expect(planning).toMatchObject({
    plan: { how: 'ceiling', from: 100, to: 130 },
    summary: 'raise the ceiling of the storage of orders from 100 to 130 GiB, which costs more from then on',
    group: 'alone',
  });
  if (planning.kind === 'planned') await expandDbStorage.start(planning.plan, aws);
  expect(writes()).toMatchObject([
    { input: { DBInstanceIdentifier: 'orders', MaxAllocatedStorage: 130, ApplyImmediately: true } },
  ]);
  expect(writes()[0]?.input).not.toHaveProperty('AllocatedStorage');
});

test('people read which replicas do not grow with it', async () => {
  const { account, plan } = await planFor();
  account.services.rds.addDatabase({ id: 'copy', replicaOf: 'orders' });
  expect(await plan()).toMatchObject({
    summary: expect.stringMatching(/from then on; its replicas keep what they have: copy$/) as string,
  });
});

test.each<[string, Partial<Database>, object, RegExp]>([
  ['whose storage is being optimized', { status: 'storage-optimization' }, {}, /RDS changes no storage then/],
  ['with changes waiting', { pendingModifications: { class: 'db.r6g.xlarge' } }, {}, /waiting.*DBInstanceClass/],
  [
    'without autoscaling, of which the ceiling is asked',
    {},
    { how: 'ceiling' },
    /no storage autoscaling.*how: storage/,
  ],
  ['with room under its ceiling', { maxStorageGiB: 200 }, { how: 'ceiling' }, /by itself, from 100 GiB up to 200 GiB/],
  ['that would pass its ceiling', { maxStorageGiB: 120 }, {}, /130 GiB are above the ceiling of 120 GiB.*how: ceiling/],
  ['at the most that the policy allows', {}, { atMost: 105 }, /100 GiB are near the most that the policy allows/],
])('an instance %s is left alone', async (_, database, parameters, reason) => {
  const { planning, writes } = await planFor(database, { how: 'storage', ...parameters });
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('it is never raised above what the policy allows', async () => {
  const { planning } = await planFor({}, { how: 'storage', growBy: 100, atMost: 150 });
  expect(planning).toMatchObject({ plan: { to: 150 } });
});

test('a member of a cluster is left alone, whose storage grows by itself', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop' });
  const target = { resource: resource('db-instance', 'shop-1'), condition: 'db-storage-low', attemptKey: 'k' };
  expect(await expandDbStorage.plan(target, {}, aws)).toEqual({
    kind: 'refused',
    reason: 'shop-1 is a member of the cluster shop, whose storage is not its own',
  });
});

test('storage rests for six hours after a change, whoever made it', async () => {
  const { account, plan, pass } = await planFor();
  account.services.rds.operations.ModifyDBInstance({
    DBInstanceIdentifier: 'orders',
    AllocatedStorage: 120,
    ApplyImmediately: true,
  });
  await pass(60);
  expect(await plan()).toMatchObject({ kind: 'busy' });
  await pass(4 * 3_600);
  const reason = expect.stringMatching(/changed in the last 6 hours.*Finished applying modification/) as string;
  expect(await plan()).toEqual({ kind: 'refused', reason });
  await pass(2 * 3_600 + 360);
  expect(await plan()).toMatchObject({ kind: 'planned', plan: { from: 120, to: 156 } });
});

test('an instance whose events cannot be read keeps its storage', async () => {
  const { account, plan, writes } = await planFor();
  account.faults.plant('rds', 'DescribeEvents', 'denied');
  await expect(plan()).rejects.toThrow(/not authorized/);
  expect(writes()).toEqual([]);
});

test.each<[string, Partial<Database>, number, number | undefined]>([
  ['small gp3 storage, which has its IOPS by its size', {}, 130, undefined],
  ['gp3 storage that comes to be striped', { storageGiB: 350 }, 455, 12_000],
  ['large gp3 storage', { storageGiB: 500, iops: 16_000 }, 650, 16_000],
  ['io2 storage', { storageType: 'io2', iops: 5_000 }, 130, 5_000],
  ['gp2 storage', { storageType: 'gp2' }, 130, undefined],
])('the IOPS that RDS wants to hear are sent with %s', async (_, database, AllocatedStorage, Iops) => {
  const { start, writes } = await started(database);
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()[0]?.input).toEqual({
    DBInstanceIdentifier: 'orders',
    AllocatedStorage,
    Iops,
    ApplyImmediately: true,
  });
});

test('a full database serves again as soon as it has storage, while RDS optimizes it for hours', async () => {
  const { start, check, pass } = await started({ status: 'storage-full', freeStorageGiB: 0 });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  await pass(60);
  expect(await check()).toEqual({ kind: 'pending', detail: 'orders is modifying' });
  await pass(300);
  expect(await check()).toEqual({ kind: 'done', detail: 'the storage of orders is as planned' });
});

test('a second start writes nothing, neither while it grows nor after', async () => {
  const { start, pass, writes } = await started();
  await start();
  expect(await start()).toEqual({ kind: 'started' });
  await pass(600);
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(1);
});

test('a plan that waited while somebody else raised the storage is refused', async () => {
  const { account, start, check, pass, writes } = await started();
  account.services.rds.operations.ModifyDBInstance({
    DBInstanceIdentifier: 'orders',
    AllocatedStorage: 200,
    ApplyImmediately: true,
  });
  await pass(600);
  const overtaken = 'the storage of orders was changed by others since the plan';
  expect(await start()).toEqual({ kind: 'refused', reason: overtaken });
  expect(await check()).toEqual({ kind: 'failed', detail: overtaken });
  expect(writes()).toEqual([]);
});

test('a plan is not carried out while the instance restarts, nor once changes wait there', async () => {
  const busy = await started();
  busy.account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: 'orders' });
  expect(await busy.start()).toEqual({ kind: 'refused', reason: 'orders is rebooting' });
  const waiting = await started();
  waiting.account.services.rds.addDatabase({ id: 'orders', pendingModifications: { class: 'db.r6g.xlarge' } });
  expect(await waiting.start()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/waiting/) as string });
  expect([...busy.writes(), ...waiting.writes()]).toEqual([]);
});
