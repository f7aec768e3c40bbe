import { dbClusterVitals } from '../../../vitals/rds/db-cluster';
import { readGlobalDatabase } from '../../../vitals/rds/global-database';
import { bench } from '../../remediations/account';

function secondary() {
  const on = bench();
  on.account.services.rds.addCluster({ id: 'ledger', globalSecondary: true, globalCluster: 'world' });
  const health = (condition = 'db-source-lost', aws = on.aws) =>
    dbClusterVitals.health(on.resource('db-cluster', 'ledger'), condition, aws);
  return { ...on, health };
}

test('a secondary has its primary as long as what that writes arrives within a minute', async () => {
  const { account, health, pass } = secondary();
  expect(await health()).toEqual({ kind: 'healthy', detail: 'ledger is 0.1 s behind the primary of world' });
  account.services.rds.setPrimaryOf('ledger', 'lost');
  await pass(30);
  expect(await health()).toMatchObject({ kind: 'healthy' });
  await pass(60);
  expect(await health()).toEqual({ kind: 'unhealthy', detail: 'ledger is 90 s behind the primary of world' });
});

test('where CloudWatch knows no lag it is unknown whether a secondary has its primary', async () => {
  const { aws, health } = secondary();
  const silent = { ...aws, cloudwatch: { getMetricData: async () => ({ $metadata: {} }) } } as never;
  expect(await health('db-source-lost', silent)).toEqual({
    kind: 'unknown',
    detail: 'CloudWatch knows no lag of ledger in world',
  });
});

test('once it is the primary itself, it is well as any cluster is', async () => {
  const { account, health, pass } = secondary();
  account.services.rds.operations.SwitchoverGlobalCluster({
    GlobalClusterIdentifier: 'world',
    TargetDbClusterIdentifier: account.arn('rds', 'cluster:ledger'),
  });
  expect(await health()).toMatchObject({ kind: 'unhealthy', detail: 'ledger is promoting' });
  await pass(300);
  expect(await health()).toMatchObject({ kind: 'healthy', detail: expect.stringMatching(/its writer/) as string });
});

test('a global database tells its primary, and what is being done to it', async () => {
  const { account, aws } = secondary();
  const primary = 'arn:aws:rds:us-east-1:111122223333:cluster:ledger-primary';
  const own = account.arn('rds', 'cluster:ledger');
  expect(await readGlobalDatabase('world', aws)).toEqual({
    name: 'world',
    status: 'available',
    primary,
    movement: undefined,
  });
  account.services.rds.operations.FailoverGlobalCluster({
    GlobalClusterIdentifier: 'world',
    TargetDbClusterIdentifier: own,
    AllowDataLoss: true,
  });
  expect(await readGlobalDatabase('world', aws)).toMatchObject({
    primary,
    movement: `world is failing-over, to ${own}`,
  });
});

test.each([
  ['nothing', []],
  ['no status', [{ GlobalClusterIdentifier: 'world' }]],
  ['two of them', [{ Status: 'available' }, { Status: 'available' }]],
])('an answer with %s is no global database', async (_, GlobalClusters) => {
  const rds = { describeGlobalClusters: async () => ({ GlobalClusters, $metadata: {} }) };
  await expect(readGlobalDatabase('world', { now: () => 0, rds })).rejects.toThrow(/exactly one/);
});

test('of a global database that shows two primaries, none is taken for it', async () => {
  const writers = ['one', 'two'].map((DBClusterArn) => ({ DBClusterArn, IsWriter: true }));
  const GlobalClusters = [{ Status: 'available', GlobalClusterMembers: writers }];
  const rds = { describeGlobalClusters: async () => ({ GlobalClusters, $metadata: {} }) };
  expect(await readGlobalDatabase('world', { now: () => 0, rds })).toMatchObject({ primary: undefined });
});
