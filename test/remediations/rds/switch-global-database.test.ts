import { switchGlobalDatabase } from '../../../remediations/rds/switch-global-database';
import { bench, type Bench } from '../account';

type Cluster = Parameters<Bench['account']['services']['rds']['addCluster']>[0];

const primary = 'arn:aws:rds:us-east-1:111122223333:cluster:shop-primary';
const own = 'arn:aws:rds:eu-central-1:111122223333:cluster:shop';

/** The plan for `shop`, a secondary whose primary is well, unless `cluster` says otherwise. */
async function planFor(how?: 'switchover' | 'failover', cluster: Partial<Cluster> = {}) {
  const on = bench();
  on.account.services.rds.addCluster({ id: 'shop', globalSecondary: true, globalCluster: 'world', ...cluster });
  const target = { resource: on.resource('db-cluster', 'shop'), condition: 'db-source-lost', attemptKey: 'k' };
  const plan = () => switchGlobalDatabase.plan(target, how ? { how } : {}, on.aws);
  const planning = await plan();
  const made = planning.kind === 'planned' ? planning.plan : undefined;
  const start = () => switchGlobalDatabase.start(made, on.aws);
  const check = () => switchGlobalDatabase.check(made, undefined, on.aws);
  return { ...on, plan, planning, start, check };
}

test('a switchover loses nothing, and is what is done unless the policy says otherwise', async () => {
  const { planning, start, check, pass, writes } = await planFor();
  expect(planning).toMatchObject({
    plan: { how: 'switchover', global: 'world', cluster: 'shop', arn: own, from: primary },
    summary: 'make shop the primary of world: shop-primary in us-east-1 stops writing, hands over and loses nothing',
    touches: [{ kind: 'db-cluster', id: 'shop' }],
  });
  expect(planning).not.toHaveProperty('destroys');
  expect(await check()).toEqual({ kind: 'notStarted', detail: `${primary} is still the primary of world` });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([
    {
      operation: 'SwitchoverGlobalCluster',
      input: { GlobalClusterIdentifier: 'world', TargetDbClusterIdentifier: own },
    },
  ]);
  await pass(30);
  expect(await check()).toEqual({ kind: 'pending', detail: `world is switching-over, to ${own}` });
  await pass(200);
  expect(await check()).toEqual({
    kind: 'done',
    detail: 'shop is the primary of world, and its writer is available',
  });
});

test('a failover says what may be lost and whom to cut off, and allows the loss', async () => {
  const { account, plan, pass, aws, writes } = await planFor('failover');
  account.services.rds.setPrimaryOf('shop', 'lost');
  await pass(120);
  const planning = await plan();
  expect(planning).toMatchObject({
    summary:
      'make shop the primary of world and give shop-primary in us-east-1 up. Before: cut that off, so that it takes no more writes. ' +
      'After: send those who write to shop.cluster-simulated.eu-central-1.rds.amazonaws.com',
    destroys: [
      'what shop-primary in us-east-1 wrote and had not copied to shop: the last 5 minutes at most, as far as CloudWatch knows',
    ],
  });
  if (planning.kind === 'planned') await switchGlobalDatabase.start(planning.plan, aws);
  expect(writes()).toMatchObject([
    {
      operation: 'FailoverGlobalCluster',
      input: { GlobalClusterIdentifier: 'world', TargetDbClusterIdentifier: own, AllowDataLoss: true },
    },
  ]);
});

test('what may be lost reads the same when the plan is made again after people agreed to it', async () => {
  const { account, plan, pass } = await planFor('failover');
  account.services.rds.setPrimaryOf('shop', 'lost');
  await pass(1_500);
  const asked = await plan();
  expect(asked).toMatchObject({
    destroys: [
      'what shop-primary in us-east-1 wrote and had not copied to shop: all after 2026-11-21T01:58:00Z, as far as CloudWatch knows',
    ],
  });
  await pass(745);
  expect(await plan()).toEqual(asked);
});

test('where CloudWatch knows no lag, nobody is told that little is lost', async () => {
  const { aws, resource } = await planFor();
  const silent = { ...aws, cloudwatch: { getMetricData: async () => ({ $metadata: {} }) } } as never;
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-source-lost', attemptKey: 'k' };
  expect(await switchGlobalDatabase.plan(target, { how: 'failover' }, silent)).toMatchObject({
    destroys: [expect.stringMatching(/nobody knows how much$/)],
  });
});

test.each<[string, Partial<Cluster>, RegExp]>([
  [
    'of no global database',
    { globalSecondary: false, globalCluster: undefined },
    /^shop is part of no global database$/,
  ],
  ['without a member that could write', { members: [] }, /^shop has no member that is available and could write/],
  ['whose members are stopped', { members: [{ id: 'one', status: 'stopped' }] }, /no member that is available/],
  ['that is not available', { status: 'inaccessible-encryption-credentials' }, /^shop is inaccessible.*not available$/],
])('a cluster %s is not made a primary', async (_, cluster, reason) => {
  const { planning, writes } = await planFor('failover', cluster);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('what is the primary already stays it', async () => {
  const { planning } = await planFor('failover', { globalSecondary: false });
  expect(planning).toEqual({ kind: 'notNeeded', reason: 'shop is the primary of world already' });
});

test('a global database that cannot be read, or shows no primary, is left alone', async () => {
  const { account, plan, aws, resource, writes } = await planFor('failover');
  const nobody = {
    ...aws,
    rds: {
      describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
      describeDBClusters: aws.rds.describeDBClusters.bind(aws.rds),
      describeGlobalClusters: async () => ({ GlobalClusters: [{ Status: 'available' }], $metadata: {} }),
    },
  } as never;
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-source-lost', attemptKey: 'k' };
  expect(await switchGlobalDatabase.plan(target, { how: 'failover' }, nobody)).toEqual({
    kind: 'refused',
    reason: 'RDS shows no primary of world',
  });
  account.faults.plant('rds', 'DescribeGlobalClusters', 'denied');
  await expect(plan()).rejects.toThrow(/not authorized/);
  expect(writes()).toEqual([]);
});

test('a second start writes nothing, neither while it moves nor after', async () => {
  const { start, pass, writes } = await planFor('failover', { primary: 'lost' });
  await start();
  await pass(10);
  expect(await start()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/^world is failing-over/) as string,
  });
  await pass(300);
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(1);
});

test('a plan is refused when another cluster has become the primary meanwhile', async () => {
  const { aws, planning, writes } = await planFor('failover');
  const another = `${primary}-2`;
  const moved = {
    ...aws,
    rds: {
      describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
      describeDBClusters: aws.rds.describeDBClusters.bind(aws.rds),
      describeGlobalClusters: async () => ({
        GlobalClusters: [{ Status: 'available', GlobalClusterMembers: [{ DBClusterArn: another, IsWriter: true }] }],
        $metadata: {},
      }),
    },
  } as never;
  const plan = planning.kind === 'planned' ? planning.plan : undefined;
  expect(await switchGlobalDatabase.start(plan, moved)).toEqual({
    kind: 'refused',
    reason: `${another} is the primary of world now, and not ${primary}`,
  });
  expect(await switchGlobalDatabase.check(plan, undefined, moved)).toEqual({
    kind: 'failed',
    detail: `${another} became the primary of world`,
  });
  expect(writes()).toEqual([]);
});

test('a global database in a state that is not known is left alone', async () => {
  const { aws, resource } = await planFor();
  const GlobalClusterMembers = [{ DBClusterArn: primary, IsWriter: true }];
  const odd = {
    ...aws,
    rds: {
      describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
      describeDBClusters: aws.rds.describeDBClusters.bind(aws.rds),
      describeGlobalClusters: async () => ({
        GlobalClusters: [{ Status: 'degraded', GlobalClusterMembers }],
        $metadata: {},
      }),
    },
  } as never;
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-source-lost', attemptKey: 'k' };
  expect(await switchGlobalDatabase.plan(target, { how: 'failover' }, odd)).toEqual({
    kind: 'refused',
    reason: 'the global database world is degraded',
  });
});
