import { failoverDbCluster } from '../../../remediations/rds/failover-db-cluster';
import { bench, type Bench } from '../account';

type Cluster = Parameters<Bench['account']['services']['rds']['addCluster']>[0];

const writer = { id: 'one', zone: 'eu-central-1a', writer: true, tier: 1 };
const reader = { id: 'two', zone: 'eu-central-1b', tier: 1 };

/** The plan for the cluster `shop`, which has a writer `one` and a reader `two` unless `cluster` says otherwise. */
async function planFor(cluster: Partial<Cluster> = {}, parameters: object = {}) {
  const on = bench();
  on.account.services.rds.addCluster({ id: 'shop', members: [writer, reader], ...cluster });
  const target = { resource: on.resource('db-cluster', 'shop'), condition: 'db-writer-unhealthy', attemptKey: 'k' };
  const plan = () => failoverDbCluster.plan(target, parameters, on.aws);
  return { ...on, plan, planning: await plan() };
}

async function started(cluster: Partial<Cluster> = {}) {
  const on = await planFor(cluster);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  return {
    ...on,
    start: () => failoverDbCluster.start(plan, on.aws),
    check: () => failoverDbCluster.check(plan, undefined, on.aws),
    undo: async () => failoverDbCluster.undo?.(plan, on.aws),
  };
}

test('the reader is named as the one that is to write', async () => {
  const { planning } = await planFor();
  expect(planning).toMatchObject({
    kind: 'planned',
    plan: { cluster: 'shop', writer: 'one', target: 'two' },
    summary: 'make two the writer of shop instead of one',
    touches: [{ id: 'shop' }, { id: 'one' }, { id: 'two' }],
    group: { resource: { kind: 'db-cluster', id: 'shop' }, size: 2, healthyOthers: 1 },
  });
});

test.each<[string, object[], string]>([
  [
    'of the lowest promotion tier',
    [
      { ...reader, tier: 5 },
      { id: 'three', tier: 0 },
    ],
    'three',
  ],
  [
    'that is available',
    [
      { ...reader, tier: 0, status: 'rebooting' },
      { id: 'three', tier: 9 },
    ],
    'three',
  ],
  [
    'of the class of the writer',
    [
      { ...reader, tier: 0, class: 'db.t4g.medium' },
      { id: 'three', tier: 9 },
    ],
    'three',
  ],
  [
    'in another zone than the writer',
    [
      { id: 'a', zone: 'eu-central-1a' },
      { id: 'b', zone: 'eu-central-1c' },
    ],
    'b',
  ],
])('the reader %s is taken', async (_, readers, target) => {
  const { planning } = await planFor({ members: [writer, ...(readers as { id: string }[])] });
  expect(planning).toMatchObject({ kind: 'planned', plan: { target } });
});

test('a reader of another class is taken only if the policy accepts it, and after those of the same', async () => {
  const small = { ...reader, class: 'db.t4g.medium', tier: 0 };
  expect((await planFor({ members: [writer, small] })).planning).toEqual({
    kind: 'refused',
    reason:
      'no reader of shop can take over: ' +
      'two is a db.t4g.medium and the writer a db.r6g.large (allowSmaller would accept it)',
  });
  expect((await planFor({ members: [writer, small] }, { allowSmaller: true })).planning).toMatchObject({
    plan: { target: 'two' },
  });
  const both = [writer, small, { id: 'three', tier: 9 }];
  expect((await planFor({ members: both }, { allowSmaller: true })).planning).toMatchObject({
    plan: { target: 'three' },
  });
});

test.each<[string, Partial<Cluster>, object, RegExp]>([
  ['without a reader', { members: [writer] }, {}, /shop has no reader to promote/],
  ['of RDS for MySQL', { engine: 'mysql' }, {}, /can't name its target/],
  ['of an engine that is not known', { engine: 'neptune' }, {}, /runs neptune/],
  ['that follows another Region', { globalSecondary: true }, {}, /global cluster shop-global/],
  ['whose readers are all in zones to avoid', {}, { avoidZones: ['eu-central-1b'] }, /two is in eu-central-1b/],
  ['whose readers are all down', { members: [writer, { ...reader, status: 'failed' }] }, {}, /two is failed/],
])('a cluster %s is left alone', async (_, cluster, parameters, reason) => {
  const { planning, writes } = await planFor(cluster, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test.each<[string, Partial<Cluster>, string]>([
  ['that is failing over', { status: 'failing-over' }, 'shop is failing-over'],
  [
    'whose writer restarts',
    { members: [{ ...writer, status: 'rebooting' }, reader] },
    `${writer.id}, the writer of shop, is rebooting`,
  ],
  [
    'whose only fit reader restarts',
    { members: [writer, { ...reader, status: 'rebooting' }] },
    'no reader of shop can take over: two is rebooting',
  ],
])('a cluster %s is waited for, unless it would be left alone all the same', async (_, cluster, reason) => {
  const { planning, writes } = await planFor(cluster);
  expect(planning).toEqual({ kind: 'busy', reason });
  expect(writes()).toEqual([]);
  expect((await planFor({ ...cluster, engine: 'mysql' })).planning).toMatchObject({ kind: 'refused' });
});

test('a reader that restarts and would not do for its size is not waited for', async () => {
  const small = { ...reader, class: 'db.t4g.medium', status: 'rebooting' };
  expect((await planFor({ members: [writer, small] })).planning).toMatchObject({ kind: 'refused' });
});

test('a reader that lags far behind is not promoted, and one of which no lag is told may be', async () => {
  const lagging = { ...reader, tier: 0, replicaLagMs: 45_000 };
  expect((await planFor({ members: [writer, lagging] })).planning).toMatchObject({
    kind: 'refused',
    reason: 'no reader of shop can take over: two lags 45 s behind, more than 30 s',
  });
  const both = { members: [writer, lagging, { id: 'three', tier: 9 }] };
  expect((await planFor(both)).planning).toMatchObject({ plan: { target: 'three' } });
  expect((await planFor(both, { maxLagSeconds: 60 })).planning).toMatchObject({ plan: { target: 'two' } });
  const { aws, resource } = await planFor();
  const silent = { ...aws, cloudwatch: { ...aws.cloudwatch, getMetricData: async () => ({ $metadata: {} }) } };
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-writer-unhealthy', attemptKey: 'k' };
  expect(await failoverDbCluster.plan(target, {}, silent)).toMatchObject({ kind: 'planned' });
});

test('a primary of a global cluster may fail over, but not a cluster that is not shown as one', async () => {
  const { aws, resource } = await planFor();
  const arn = 'arn:aws:rds:eu-central-1:111122223333:cluster:shop';
  const seen = (GlobalClusterMembers: object[]) => ({
    ...aws,
    rds: {
      ...aws.rds,
      describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
      describeEvents: aws.rds.describeEvents.bind(aws.rds),
      describeDBClusters: async (input: { DBClusterIdentifier: string }) => {
        const answer = await aws.rds.describeDBClusters(input);
        return {
          ...answer,
          DBClusters: answer.DBClusters?.map((each) => ({ ...each, GlobalClusterIdentifier: 'world' })),
        };
      },
      describeGlobalClusters: async () => ({ GlobalClusters: [{ GlobalClusterMembers }], $metadata: {} }),
    },
  });
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-writer-unhealthy', attemptKey: 'k' };
  const plan = (members: object[]) => failoverDbCluster.plan(target, {}, seen(members) as never);
  expect(await plan([{ DBClusterArn: arn, IsWriter: true }])).toMatchObject({ kind: 'planned' });
  const reason = 'shop is not shown as the primary of the global cluster world';
  expect(await plan([{ DBClusterArn: arn, IsWriter: false }])).toEqual({ kind: 'refused', reason });
  expect(await plan([])).toEqual({ kind: 'refused', reason });
});

test('a cluster that has just failed over is left so for half an hour', async () => {
  const { account, plan, pass } = await planFor();
  account.services.rds.failOver('shop');
  await pass(120);
  expect(await plan()).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/had a failover in the last 30 minutes/) as string,
  });
  await pass(1_800);
  expect(await plan()).toMatchObject({ kind: 'planned', plan: { writer: 'two', target: 'one' } });
});

test('the failover is done once the target writes', async () => {
  const { start, check, pass, writes } = await started();
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([
    { operation: 'FailoverDBCluster', input: { DBClusterIdentifier: 'shop', TargetDBInstanceIdentifier: 'two' } },
  ]);
  await pass(10);
  expect(await check()).toEqual({ kind: 'pending', detail: 'shop is failing-over' });
  await pass(60);
  expect(await check()).toEqual({ kind: 'done', detail: 'two, now the writer of shop, is available' });
});

test('a second start writes nothing, neither while the failover runs nor after it', async () => {
  const { start, pass, writes } = await started();
  await start();
  expect(await start()).toMatchObject({ kind: 'refused' });
  await pass(120);
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(1);
});

test('a plan is refused when another member has become the writer meanwhile', async () => {
  const { account, start, check, pass, writes } = await started({
    members: [writer, reader, { id: 'three', tier: 9 }],
  });
  account.services.rds.failOver('shop', 'three');
  await pass(3_600);
  expect(await start()).toEqual({ kind: 'refused', reason: 'three writes in shop now, and not one' });
  expect(await check()).toEqual({ kind: 'failed', detail: 'three became the writer of shop, and not two' });
  expect(writes()).toEqual([]);
});

test.each([
  ['Cluster failover failed, check the health of your cluster instances and try again.', { kind: 'failed' }],
  ['Promoting previous primary again: one', { kind: 'failed' }],
  ['Started cross AZ failover to DB instance: two', { kind: 'pending' }],
])('RDS saying "%s" is told apart', async (message, outcome) => {
  const { aws, planning } = await planFor();
  if (planning.kind !== 'planned') throw new Error('not planned');
  const rds = {
    describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
    describeDBClusters: aws.rds.describeDBClusters.bind(aws.rds),
    describeEvents: async () => ({ Events: [{ Message: message, EventCategories: ['failover'] }], $metadata: {} }),
  };
  const answer = await failoverDbCluster.check(planning.plan, undefined, { ...aws, rds: { ...aws.rds, ...rds } });
  expect(answer).toMatchObject(outcome);
});

test('undo makes the old writer write again, once, and only while the target still does', async () => {
  const { start, undo, pass, writes } = await started();
  await start();
  await pass(120);
  expect(await undo()).toEqual({ kind: 'started' });
  expect(writes().at(-1)).toMatchObject({ input: { TargetDBInstanceIdentifier: 'one' } });
  await pass(120);
  expect(await undo()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(2);
});
