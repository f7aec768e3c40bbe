import { raiseServerlessCapacity } from '../../../remediations/rds/raise-serverless-capacity';
import { bench, type Bench } from '../account';

type Cluster = Parameters<Bench['account']['services']['rds']['addCluster']>[0];

const overloaded = { kind: 'overloaded' as const, curedBy: ['capacity' as const] };
const writer = { id: 'one', class: 'db.serverless', sick: overloaded };

/** The plan for `shop`, whose writer stands at the most of 8 ACU. */
async function planFor(cluster: Partial<Cluster> = {}, parameters: object = {}) {
  const on = bench();
  on.account.services.rds.addCluster({ id: 'shop', capacity: { least: 1, most: 8 }, members: [writer], ...cluster });
  const target = { resource: on.resource('db-cluster', 'shop'), condition: 'db-overloaded', attemptKey: 'k' };
  const planning = await raiseServerlessCapacity.plan(target, parameters, on.aws);
  const plan = planning.kind === 'planned' ? planning.plan : undefined;
  const start = () => raiseServerlessCapacity.start(plan, on.aws);
  const check = () => raiseServerlessCapacity.check(plan, undefined, on.aws);
  const undo = () => raiseServerlessCapacity.undo!(plan, on.aws);
  return { ...on, planning, start, check, undo };
}

test('the maximum is raised by half, and the minimum stays as it is', async () => {
  const { planning, start, check, writes } = await planFor();
  expect(planning).toMatchObject({
    plan: { cluster: 'shop', from: 8, to: 12 },
    summary: 'let each member of shop grow to 12 ACU instead of 8, which costs more while it is in use',
  });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([
    {
      input: {
        DBClusterIdentifier: 'shop',
        ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 12 },
        ApplyImmediately: true,
      },
    },
  ]);
  expect(await check()).toEqual({ kind: 'done', detail: 'the maximum capacity of shop is as planned' });
});

test('it is raised to a half unit, and never above what the policy allows', async () => {
  const odd = await planFor({ capacity: { least: 0.5, most: 2.5 } }, { growBy: 10 });
  expect(odd.planning).toMatchObject({ plan: { from: 2.5, to: 3 } });
  expect((await planFor({}, { atMost: 10 })).planning).toMatchObject({ plan: { to: 10 } });
  const reason = 'shop may have 8 ACU already, and the policy allows 8 (atMost)';
  expect((await planFor({}, { atMost: 8 })).planning).toEqual({ kind: 'refused', reason });
});

test.each<[string, Partial<Cluster>, RegExp]>([
  ['of members of fixed size', { capacity: undefined }, /no range of Serverless v2/],
  ['that has room left', { members: [{ ...writer, sick: undefined }] }, /uses 2.4 of 8 ACU at most/],
  ['of which CloudWatch tells nothing', { members: [{ ...writer, status: 'stopped' }] }, /not told by CloudWatch/],
  ['whose settings no member follows', { members: [{ ...writer, class: 'db.r6g.large' }] }, /not told by CloudWatch/],
  [
    'that is not available',
    { status: 'inaccessible-encryption-credentials' },
    /shop is inaccessible.*: RDS changes only what is available/,
  ],
])('a cluster %s is left alone', async (_, cluster, reason) => {
  const { planning, writes } = await planFor(cluster);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('a range that somebody else has changed meanwhile is left so', async () => {
  const { account, start, check, undo, writes } = await planFor();
  account.services.rds.operations.ModifyDBCluster({
    DBClusterIdentifier: 'shop',
    ServerlessV2ScalingConfiguration: { MaxCapacity: 20 },
  });
  const overtaken = 'the maximum capacity of shop was changed by others since the plan';
  expect(await start()).toEqual({ kind: 'refused', reason: overtaken });
  expect(await check()).toEqual({ kind: 'failed', detail: overtaken });
  expect(await undo()).toEqual({ kind: 'refused', reason: overtaken });
  expect(writes()).toEqual([]);
});

test('undo puts the maximum back, once', async () => {
  const { start, undo, check, writes } = await planFor();
  await start();
  expect(await undo()).toEqual({ kind: 'started' });
  expect(await undo()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(2);
  expect(writes()[1]).toMatchObject({
    input: { ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 } },
  });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
});

test('a cluster that pauses goes on pausing after as long', async () => {
  const { aws, resource } = await planFor();
  const inputs: object[] = [];
  const pausing = {
    ...aws,
    rds: {
      describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
      describeDBClusters: async () => ({
        DBClusters: (await aws.rds.describeDBClusters({ DBClusterIdentifier: 'shop' })).DBClusters?.map((each) => ({
          ...each,
          ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 8, SecondsUntilAutoPause: 900 },
        })),
        $metadata: {},
      }),
      modifyDBCluster: async (input: object) => {
        inputs.push(input);
        return { $metadata: {} };
      },
    },
  } as never;
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-overloaded', attemptKey: 'k' };
  const planning = await raiseServerlessCapacity.plan(target, {}, pausing);
  if (planning.kind === 'planned') await raiseServerlessCapacity.start(planning.plan, pausing);
  expect(inputs).toMatchObject([
    { ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 12, SecondsUntilAutoPause: 900 } },
  ]);
});

test('a cluster with changes waiting is left alone, since they would be applied with it', async () => {
  const { aws, resource } = await planFor();
  const describeDBClusters = async (input: { DBClusterIdentifier: string }) => {
    const answer = await aws.rds.describeDBClusters(input);
    const PendingModifiedValues = { EngineVersion: '16.4' };
    return { ...answer, DBClusters: answer.DBClusters?.map((each) => ({ ...each, PendingModifiedValues })) };
  };
  const describeDBInstances = aws.rds.describeDBInstances.bind(aws.rds);
  const target = { resource: resource('db-cluster', 'shop'), condition: 'db-overloaded', attemptKey: 'k' };
  const waiting = { ...aws, rds: { describeDBClusters, describeDBInstances } } as never;
  expect(await raiseServerlessCapacity.plan(target, {}, waiting)).toEqual({
    kind: 'refused',
    reason: 'shop has changes waiting that would be applied with it: EngineVersion',
  });
});
