import { startDbInstance } from '../../../remediations/rds/start-db-instance';
import { bench, type Bench } from '../account';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

const alwaysOn = { 'homeostat:always-on': 'yes' };

/** The plan for `orders`, which is stopped and must always run, unless `database` says otherwise. */
async function planFor(database: Partial<Database> = {}, parameters: object = {}) {
  const on = bench();
  on.account.services.rds.addDatabase({ id: 'orders', status: 'stopped', tags: alwaysOn, ...database });
  const target = { resource: on.resource('db-instance', 'orders'), condition: 'db-instance-stopped', attemptKey: 'k' };
  const planning = await startDbInstance.plan(target, parameters, on.aws);
  const start = () => startDbInstance.start(planning.kind === 'planned' ? planning.plan : undefined, on.aws);
  const check = () => startDbInstance.check(planning.kind === 'planned' ? planning.plan : undefined, undefined, on.aws);
  return { ...on, planning, start, check };
}

test('a stopped instance whose owner says that it must always run is started', async () => {
  const { planning, start, check, pass, writes } = await planFor();
  expect(planning).toMatchObject({ summary: 'start orders, which is stopped and tagged homeostat:always-on=yes' });
  expect(await check()).toEqual({ kind: 'notStarted', detail: 'orders is stopped' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([{ operation: 'StartDBInstance', input: { DBInstanceIdentifier: 'orders' } }]);
  await pass(60);
  expect(await check()).toEqual({ kind: 'pending', detail: 'orders is starting' });
  await pass(300);
  expect(await check()).toEqual({ kind: 'done', detail: 'orders is available' });
});

test('one that cannot come up is not waited for', async () => {
  const { account, start, check } = await planFor();
  await start();
  account.services.rds.addDatabase({ id: 'orders', status: 'incompatible-network', tags: alwaysOn });
  expect(await check()).toEqual({ kind: 'failed', detail: 'orders is incompatible-network' });
});

test.each([
  ['no such tag', {}],
  ['another value of it', { 'homeostat:always-on': 'no' }],
  ['another tag, though the policy names one', { ...alwaysOn, always: 'no' }],
])('one with %s may be stopped on purpose', async (_, tags) => {
  const { planning, writes } = await planFor({ tags }, 'always' in tags ? { alwaysOn: 'always' } : {});
  const reason = expect.stringMatching(/^nobody says that orders must always run.*its owner can tag it/) as string;
  expect(planning).toEqual({ kind: 'refused', reason });
  expect(writes()).toEqual([]);
});

test.each([
  ['available', { kind: 'notNeeded', reason: 'orders is available' }],
  ['stopping', { kind: 'busy', reason: 'orders is stopping' }],
  ['failed', { kind: 'refused', reason: 'orders is failed, not stopped' }],
])('one that is %s is not started', async (status, planning) => {
  expect((await planFor({ status })).planning).toEqual(planning);
});

test('a member of a cluster is left alone', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop', members: [{ id: 'one', status: 'stopped', tags: alwaysOn }] });
  const target = { resource: resource('db-instance', 'one'), condition: 'db-instance-stopped', attemptKey: 'k' };
  expect(await startDbInstance.plan(target, {}, aws)).toEqual({
    kind: 'refused',
    reason: 'one is a member of the cluster shop, which is started as a whole',
  });
});

test('a second start writes nothing, nor does one after the owner took the tag away', async () => {
  const { start, pass, writes } = await planFor();
  await start();
  expect(await start()).toEqual({ kind: 'refused', reason: 'orders is starting now' });
  await pass(600);
  expect(await start()).toEqual({ kind: 'refused', reason: 'orders is available now' });
  expect(writes()).toHaveLength(1);
  const untagged = await planFor();
  untagged.account.services.rds.addDatabase({ id: 'orders', status: 'stopped' });
  expect(await untagged.start()).toMatchObject({ kind: 'refused' });
  expect(untagged.writes()).toEqual([]);
});
