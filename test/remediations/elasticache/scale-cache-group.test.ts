import { scaleCacheGroup } from '../../../remediations/elasticache/scale-cache-group';
import { bench, type Bench } from '../account';

type Caches = Bench['account']['services']['elasticache'];
type Kind = 'cache-group' | 'cache-cluster' | 'serverless-cache';

const overloaded = 'cache-overloaded';
const memoryLow = 'cache-memory-low';

async function planFor(
  add: (caches: Caches) => void,
  [kind, id]: readonly [Kind, string],
  condition: string,
  parameters: object = {},
) {
  const on = bench();
  add(on.account.services.elasticache);
  const target = { resource: on.resource(kind, id), condition, attemptKey: 'k' };
  const plan = (aws = on.aws) => scaleCacheGroup.plan(target, parameters, aws);
  return { ...on, caches: on.account.services.elasticache, plan, planning: await plan() };
}

type Case = readonly [string, (caches: Caches) => void, readonly [Kind, string], string, object];

const group = ['cache-group', 'sessions'] as const;
const sessions = (more: object) => (caches: Caches) => {
  caches.addGroup({ id: 'sessions', ...more });
};
const pages = (more: object) => (caches: Caches) => {
  caches.addCluster({ id: 'pages', ...more });
};
const carts = (more: object) => (caches: Caches) => {
  caches.addServerless({ name: 'carts', ...more });
};

test.each<[...Case, string]>([
  [
    'without cluster mode',
    sessions({ load: 190 }),
    group,
    overloaded,
    {},
    'raise the number of replicas in each shard of sessions from 1 to 2',
  ],
  [
    'with cluster mode',
    sessions({ clusterMode: true, load: 190 }),
    group,
    overloaded,
    {},
    'raise the number of shards of sessions from 1 to 2',
  ],
  [
    'with cluster mode, if so told',
    sessions({ clusterMode: true }),
    group,
    overloaded,
    { how: 'replicas' },
    'raise the number of replicas in each shard of sessions from 1 to 2',
  ],
  [
    'whose keys need more shards',
    sessions({ clusterMode: true, dataGiB: 13 }),
    group,
    memoryLow,
    {},
    'raise the number of shards of sessions from 1 to 2',
  ],
  [
    'whose keys need larger nodes',
    sessions({ dataGiB: 13 }),
    group,
    memoryLow,
    { nodeType: 'cache.r7g.xlarge' },
    'raise the node type of sessions from cache.r7g.large to cache.r7g.xlarge',
  ],
  [
    'of Memcached',
    pages({ nodes: 2 }),
    ['cache-cluster', 'pages'],
    overloaded,
    {},
    'raise the number of nodes of pages from 2 to 3',
  ],
  [
    'that is serverless and full',
    carts({ maxStorageGB: 10, dataGB: 9 }),
    ['serverless-cache', 'carts'],
    memoryLow,
    {},
    'raise the storage limit of carts from 10 to 13',
  ],
  [
    'that is serverless and busy',
    carts({ maxEcpuPerSecond: 5_000, ecpuPerSecond: 6_000 }),
    ['serverless-cache', 'carts'],
    overloaded,
    { limitStep: 100 },
    'raise the limit of carts on processing units from 5000 to 10000',
  ],
])('a cache %s grows by one step', async (_, add, of, condition, parameters, summary) => {
  const { planning } = await planFor(add, of, condition, parameters);
  expect(planning).toMatchObject({ kind: 'planned', summary });
});

test('of a node of a group the whole group grows, and both are touched', async () => {
  const { planning } = await planFor(sessions({ load: 190 }), ['cache-cluster', 'sessions-002'], overloaded);
  expect(planning).toMatchObject({
    kind: 'planned',
    touches: [
      { kind: 'cache-group', id: 'sessions' },
      { kind: 'cache-cluster', id: 'sessions-002' },
    ],
    group: { resource: { kind: 'cache-group', id: 'sessions' }, size: 2, healthyOthers: 2 },
  });
});

const member = { globalDatastore: { id: 'ldgnf-s', role: 'PRIMARY' } };

test.each<[...Case, RegExp]>([
  [
    'whose shards are those of a global datastore',
    sessions({ ...member, clusterMode: true, load: 190 }),
    group,
    overloaded,
    {},
    /part of the global datastore ldgnf-s.*changes it there/,
  ],
  [
    'whose node type is that of a global datastore',
    sessions({ ...member, dataGiB: 13 }),
    group,
    memoryLow,
    { nodeType: 'cache.r7g.xlarge' },
    /part of the global datastore ldgnf-s.*changes it there/,
  ],
  [
    'at its ceiling of replicas',
    sessions({ replicas: 3 }),
    group,
    overloaded,
    {},
    /has 3 replicas in each shard, and mostReplicas is 3/,
  ],
  [
    'at its ceiling of shards',
    sessions({ clusterMode: true, shards: 4 }),
    group,
    overloaded,
    { mostShards: 4 },
    /has 4 shards, and mostShards is 4/,
  ],
  [
    'at its ceiling of nodes',
    pages({ nodes: 4 }),
    ['cache-cluster', 'pages'],
    overloaded,
    { mostNodes: 4 },
    /has 4 nodes, and mostNodes is 4/,
  ],
  [
    'at its ceiling of storage',
    carts({ maxStorageGB: 90, dataGB: 90 }),
    ['serverless-cache', 'carts'],
    memoryLow,
    {},
    /grow to 113 GB, and the policy allows 100/,
  ],
  ['without a limit', carts({}), ['serverless-cache', 'carts'], memoryLow, {}, /is nothing that can be raised/],
  [
    'whose limit is far',
    carts({ maxStorageGB: 10, dataGB: 3 }),
    ['serverless-cache', 'carts'],
    memoryLow,
    {},
    /uses 3 of 10 GB: that limit is not what it is short of/,
  ],
  ['that needs a type that is not named', sessions({}), group, memoryLow, {}, /the policy names none: set nodeType/],
  [
    'that has the named type',
    sessions({}),
    group,
    memoryLow,
    { nodeType: 'cache.r7g.large' },
    /has cache.r7g.large already/,
  ],
  [
    'that cannot get the named type',
    sessions({}),
    group,
    memoryLow,
    { nodeType: 'cache.t4g.small' },
    /does not scale sessions up/,
  ],
  ['whose keys replicas would only copy', sessions({}), group, memoryLow, { how: 'replicas' }, /it gives no memory/],
  [
    'without cluster mode that is to get shards',
    sessions({}),
    group,
    overloaded,
    { how: 'shards' },
    /is nothing that can be raised/,
  ],
  [
    'that is one node on its own',
    pages({ engine: 'valkey', nodes: 1 }),
    ['cache-cluster', 'pages'],
    overloaded,
    {},
    /one node on its own/,
  ],
  ['that is being deleted', sessions({ status: 'deleting' }), group, overloaded, {}, /sessions is deleting/],
])('a cache %s does not grow', async (_, add, of, condition, parameters, reason) => {
  const { planning, writes } = await planFor(add, of, condition, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test.each([
  [
    'replicas',
    { replicas: 2 },
    /sessions-001 is 90 % busy and the others 10 % on average: one more replica takes nothing off it/,
  ],
  [
    'shards',
    { clusterMode: true, shards: 3, replicas: 0, automaticFailover: false, multiAz: false },
    /a hot key stays on one shard/,
  ],
])('work that is not spread is not spread by more %s', async (_, more, reason) => {
  const { aws, plan } = await planFor(sessions(more), group, overloaded);
  const getMetricData = async () => ({
    $metadata: {},
    MetricDataResults: [90, 10, 10].map((value, place) => ({ Id: `of${place}`, Values: [value] })),
  });
  expect(await plan({ ...aws, cloudwatch: { ...aws.cloudwatch, getMetricData } })).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(reason) as string,
  });
});

test('how work is spread is not guessed where no metric tells', async () => {
  const { aws, plan } = await planFor(sessions({}), group, overloaded);
  const getMetricData = async () => ({ $metadata: {} });
  await expect(plan({ ...aws, cloudwatch: { ...aws.cloudwatch, getMetricData } })).rejects.toThrow(
    /how busy sessions-001 is is not told/,
  );
});

test('a member of a global datastore gets a replica of its own', async () => {
  const { planning } = await planFor(sessions({ ...member, load: 190 }), group, overloaded);
  expect(planning).toMatchObject({ kind: 'planned', plan: { way: 'replicas' } });
});

test('a group that auto scaling sizes is left to it', async () => {
  const { account, plan } = await planFor(sessions({}), group, overloaded);
  account.services['application-autoscaling'].add({
    resource: 'replication-group/sessions',
    dimension: 'elasticache:replication-group:Replicas',
    min: 1,
    max: 4,
  });
  expect(await plan()).toEqual({
    kind: 'refused',
    reason: 'Application Auto Scaling sizes sessions up to 4: raise that instead',
  });
});

test('a Memcached cluster that auto scaling sizes is left to it, also where that began after the plan', async () => {
  const { account, aws, plan, planning, writes } = await planFor(
    pages({ engine: 'memcached' }),
    ['cache-cluster', 'pages'],
    overloaded,
  );
  if (planning.kind !== 'planned') throw new Error(`not planned: ${planning.reason}`);
  account.services['application-autoscaling'].add({
    resource: 'cache-cluster/pages',
    dimension: 'elasticache:cache-cluster:Nodes',
    min: 1,
    max: 4,
  });
  const reason = 'Application Auto Scaling sizes pages up to 4: raise that instead';
  expect(await plan()).toEqual({ kind: 'refused', reason });
  expect(await scaleCacheGroup.start(planning.plan, aws)).toEqual({ kind: 'refused', reason });
  expect(writes()).toEqual([]);
});

async function started(...[add, of, condition, parameters]: Parameters<typeof planFor>) {
  const on = await planFor(add, of, condition, parameters);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  return {
    ...on,
    start: () => scaleCacheGroup.start(plan, on.aws),
    check: () => scaleCacheGroup.check(plan, undefined, on.aws),
  };
}

test('the size that was decided once is set, however often it is started', async () => {
  const { start, check, pass, writes } = await started(sessions({ load: 190 }), group, overloaded);
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(await start()).toEqual({ kind: 'refused', reason: 'sessions is modifying' });
  expect(await check()).toEqual({ kind: 'pending', detail: 'sessions is modifying' });
  await pass(600);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([
    {
      operation: 'IncreaseReplicaCount',
      input: { ReplicationGroupId: 'sessions', NewReplicaCount: 2, ApplyImmediately: true },
    },
  ]);
});

test('a size that others have set since the plan is not overwritten', async () => {
  const { caches, start, check, writes } = await started(sessions({ load: 190 }), group, overloaded);
  caches.addGroup({ id: 'sessions', replicas: 4 });
  expect(await start()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/changed by others/) as string,
  });
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});

test('of a serverless cache the other limits are said again as they are', async () => {
  const limits = { maxStorageGB: 10, minStorageGB: 2, maxEcpuPerSecond: 8_000, minEcpuPerSecond: 1_000, dataGB: 11 };
  const { start, writes } = await started(carts(limits), ['serverless-cache', 'carts'], memoryLow, {});
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'ModifyServerlessCache',
      input: {
        ServerlessCacheName: 'carts',
        CacheUsageLimits: {
          DataStorage: { Maximum: 13, Minimum: 2, Unit: 'GB' },
          ECPUPerSecond: { Maximum: 8_000, Minimum: 1_000 },
        },
      },
    },
  ]);
});

test('a change that waits for the maintenance window is not made along with another', async () => {
  const { aws, plan } = await planFor(pages({}), ['cache-cluster', 'pages'], overloaded);
  const { elasticache } = aws;
  const describeCacheClusters: typeof elasticache.describeCacheClusters = async (input: object = {}) => {
    const answer = await elasticache.describeCacheClusters(input);
    return {
      ...answer,
      CacheClusters: (answer.CacheClusters ?? []).map((one) => ({
        ...one,
        PendingModifiedValues: { EngineVersion: '1.6.22' },
      })),
    };
  };
  expect(await plan({ ...aws, elasticache: { ...elasticache, describeCacheClusters } })).toEqual({
    kind: 'refused',
    reason: 'pages has changes waiting that would be made as well: EngineVersion',
  });
});
