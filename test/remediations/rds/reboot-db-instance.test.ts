import { rebootDbInstance } from '../../../remediations/rds/reboot-db-instance';
import type { ResourceKind } from '../../../signals/signal';
import { bench, type Bench } from '../account';

type Rds = Bench['account']['services']['rds'];
type Database = Parameters<Rds['addDatabase']>[0];
type Cluster = Parameters<Rds['addCluster']>[0];

async function planFor(fill: (rds: Rds) => void, kind: ResourceKind, id: string, parameters: object = {}) {
  const on = bench();
  fill(on.account.services.rds);
  const target = { resource: on.resource(kind, id), condition: 'db-instance-impaired', attemptKey: 'k' };
  const plan = () => rebootDbInstance.plan(target, parameters, on.aws);
  return { ...on, plan, planning: await plan() };
}

/** The plan for `orders`, whose engine hangs. */
function planForInstance(database: Partial<Database> = {}, parameters: object = {}) {
  const hung: Database = { id: 'orders', sick: { kind: 'engine' }, ...database };
  return planFor(
    (rds) => {
      rds.addDatabase(hung);
    },
    'db-instance',
    'orders',
    parameters,
  );
}

/** The plan for `shop`, of which `one` writes and `two` reads. */
function planForCluster(cluster: Partial<Cluster> = {}) {
  const members = [{ id: 'one', sick: { kind: 'engine' as const } }, { id: 'two' }];
  return planFor(
    (rds) => {
      rds.addCluster({ id: 'shop', members, ...cluster });
    },
    'db-cluster',
    'shop',
  );
}

async function started(of: ReturnType<typeof planFor>) {
  const on = await of;
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  const start = () => rebootDbInstance.start(plan, on.aws);
  const check = () => rebootDbInstance.check(plan, undefined, on.aws);
  return { ...on, start, check };
}

test('an instance restarts where it is, and is down meanwhile', async () => {
  const { planning } = await planForInstance();
  expect(planning).toMatchObject({
    plan: { instance: 'orders' },
    summary: 'restart orders where it is: it is down for some minutes',
    touches: [{ kind: 'db-instance', id: 'orders' }],
    group: 'alone',
  });
});

test('of a cluster the writer restarts, and the readers count for those that are left', async () => {
  const { planning } = await planForCluster();
  expect(planning).toMatchObject({
    plan: { instance: 'one', cluster: 'shop' },
    summary: 'restart one, the writer of shop, where it is: it is down for some minutes',
    touches: [
      { kind: 'db-cluster', id: 'shop' },
      { kind: 'db-instance', id: 'one' },
    ],
    group: { size: 2, healthyOthers: 1 },
  });
});

test.each<[string, Partial<Database>, RegExp]>([
  ['whose storage is full', { status: 'storage-full' }, /orders is storage-full: RDS restarts only what is available/],
  ['with changes waiting', { pendingModifications: { class: 'db.r6g.xlarge' } }, /waiting.*DBInstanceClass/],
  ['whose parameters wait', { parametersWait: true }, /parameters of tuned .*evenIfParametersWait/],
])('an instance %s is left alone', async (_, database, reason) => {
  const { planning, writes } = await planForInstance(database);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('parameters that wait are applied where the policy accepts it', async () => {
  const accepted = await started(planForInstance({ parametersWait: true }, { evenIfParametersWait: true }));
  expect(await accepted.start()).toEqual({ kind: 'started' });
  const { start, account, writes } = await started(planForInstance());
  account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'engine' }, parametersWait: true });
  expect(await start()).toMatchObject({ kind: 'refused' });
  expect(writes()).toEqual([]);
});

test.each<[string, Partial<Cluster>, RegExp]>([
  ['that is a Multi-AZ cluster', { engine: 'mysql' }, /RDS restarts all members/],
  ['that follows another Region', { globalSecondary: true }, /not show exactly one writer in shop/],
])('a cluster %s is left alone', async (_, cluster, reason) => {
  const { planning } = await planForCluster(cluster);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

test('a member is left to the incident of its cluster', async () => {
  const fill = (rds: Rds): void => {
    rds.addCluster({ id: 'shop' });
  };
  const { planning } = await planFor(fill, 'db-instance', 'shop-1');
  expect(planning).toEqual({
    kind: 'refused',
    reason: 'shop-1 is a member of the cluster shop, whose writer counts',
  });
});

test('an instance that restarted and did not get well by it is not restarted again for half an hour', async () => {
  const { account, plan, pass } = await planForInstance();
  account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: 'orders' });
  await pass(5);
  expect(await plan()).toEqual({
    kind: 'busy',
    reason: 'orders is rebooting: RDS restarts only what is available',
  });
  await pass(300);
  const reason = 'orders restarted in the last 30 minutes, and did not get well by it: DB instance restarted';
  expect(await plan()).toEqual({ kind: 'refused', reason });
  await pass(1_800);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test.each(['orders', 'shop'])('a failover of %s that did not help keeps nobody from it', async (id) => {
  const { account, plan, pass } = await (id === 'orders' ? planForInstance() : planForCluster());
  account.services.rds.failOver(id);
  await pass(120);
  expect(await plan()).toMatchObject({ kind: 'planned', plan: { instance: id === 'orders' ? 'orders' : 'two' } });
});

test('one that does not come up again, such as for a parameter that the restart applied, is not waited for', async () => {
  const { account, start, check } = await started(planForInstance());
  await start();
  account.services.rds.addDatabase({ id: 'orders', status: 'incompatible-parameters' });
  expect(await check()).toEqual({ kind: 'failed', detail: 'orders is incompatible-parameters' });
});

test('the restart is done once RDS tells of it and the instance serves', async () => {
  const { start, check, pass, writes } = await started(planForInstance());
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([{ input: { DBInstanceIdentifier: 'orders', ForceFailover: false } }]);
  await pass(20);
  expect(await check()).toEqual({ kind: 'pending', detail: 'orders is rebooting' });
  await pass(60);
  expect(await check()).toEqual({
    kind: 'done',
    detail: 'orders is available, and RDS says of it: DB instance restarted',
  });
});

test('a second start writes nothing, neither while it restarts nor after', async () => {
  const { start, pass, writes } = await started(planForInstance());
  await start();
  expect(await start()).toMatchObject({ kind: 'refused' });
  await pass(300);
  expect(await start()).toEqual({ kind: 'refused', reason: 'orders has restarted since the plan' });
  expect(writes()).toHaveLength(1);
});

test('a plan is refused when another member has come to write meanwhile', async () => {
  const { account, start, pass, writes } = await started(planForCluster());
  account.services.rds.completeFailover('shop');
  await pass(60);
  expect(await start()).toEqual({ kind: 'refused', reason: 'one does not write in shop any more' });
  expect(writes()).toEqual([]);
});

test('a cluster that shows two writers is left alone', async () => {
  const { aws, resource } = await planForCluster();
  const describeDBClusters = async (input: { DBClusterIdentifier: string }) => {
    const answer = await aws.rds.describeDBClusters(input);
    const both = (cluster: NonNullable<typeof answer.DBClusters>[number]) => ({
      ...cluster,
      DBClusterMembers: cluster.DBClusterMembers?.map((member) => ({ ...member, IsClusterWriter: true })),
    });
    return { ...answer, DBClusters: answer.DBClusters?.map(both) };
  };
  const describeDBInstances = aws.rds.describeDBInstances.bind(aws.rds);
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-writer-unhealthy', attemptKey: 'k' };
  const two = { ...aws, rds: { describeDBClusters, describeDBInstances } } as never;
  const reason = 'RDS does not show exactly one writer in shop';
  expect(await rebootDbInstance.plan(target, {}, two)).toEqual({ kind: 'refused', reason });
});
