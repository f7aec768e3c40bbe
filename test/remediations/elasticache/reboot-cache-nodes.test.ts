import { rebootCacheNodes } from '../../../remediations/elasticache/reboot-cache-nodes';
import { bench, type Bench } from '../account';

type Cluster = Parameters<Bench['account']['services']['elasticache']['addCluster']>[0];

const condition = 'cache-node-unhealthy';

function planOf(on: Bench, id: string) {
  const target = { resource: on.resource('cache-cluster', id), condition, attemptKey: 'k' };
  return rebootCacheNodes.plan(target, {}, on.aws);
}

/** The plan for `pages`, three Memcached nodes of which the second hangs unless `cluster` says otherwise. */
async function planFor(cluster: Partial<Cluster> = {}) {
  const on = bench();
  const { elasticache } = on.account.services;
  elasticache.addCluster({ id: 'pages', nodes: 3, ...cluster });
  if (!cluster.nodes || cluster.nodes > 1) elasticache.sicken('pages', { kind: 'engine' }, '0002');
  return { ...on, elasticache, planning: await planOf(on, 'pages') };
}

async function started() {
  const on = await planFor();
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  return {
    ...on,
    start: () => rebootCacheNodes.start(plan, on.aws),
    check: (handle?: string) => rebootCacheNodes.check(plan, handle, on.aws),
  };
}

test('the one node that is sick is restarted, and what it holds is lost', async () => {
  expect((await planFor()).planning).toMatchObject({
    kind: 'planned',
    plan: { cluster: 'pages', node: '0002' },
    summary: 'restart node 0002 of pages: it has 65000 connections, and takes no more',
    touches: [{ kind: 'cache-cluster', id: 'pages' }],
    group: { resource: { kind: 'cache-cluster', id: 'pages' }, size: 3, healthyOthers: 2 },
    destroys: ['what node 0002 of pages holds'],
  });
});

test('a single node of Valkey has nobody who stands in for it', async () => {
  const { planning } = await planFor({ engine: 'valkey', nodes: 1, sick: { kind: 'engine' } });
  expect(planning).toMatchObject({ kind: 'planned', group: 'alone', destroys: ['what node 0001 of pages holds'] });
});

test('a replica gets its contents back from its primary: nothing is lost', async () => {
  const on = bench();
  on.account.services.elasticache.addGroup({ id: 'sessions', replicas: 2 });
  on.account.services.elasticache.sicken('sessions-002', { kind: 'engine' });
  const planning = await planOf(on, 'sessions-002');
  expect(planning).toMatchObject({
    kind: 'planned',
    group: { resource: { kind: 'cache-group', id: 'sessions' }, size: 3, healthyOthers: 2 },
  });
  expect(planning).not.toHaveProperty('destroys');
});

test.each([
  [
    'the primary of a group',
    { clusterMode: false },
    'sessions-001',
    /is the primary of sessions: use failover-cache-shard/,
  ],
  [
    'a node of a group with cluster mode',
    { clusterMode: true },
    'sessions-0001-002',
    /restarts no nodes of such a group/,
  ],
])('%s is left alone', async (_, group, node, reason) => {
  const on = bench();
  on.account.services.elasticache.addGroup({ id: 'sessions', ...group });
  on.account.services.elasticache.sicken(node, { kind: 'engine' });
  expect(await planOf(on, node)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

test('nothing is restarted while no node is sick', async () => {
  const on = await planFor();
  on.elasticache.cure('pages', '0002');
  expect(await planOf(on, 'pages')).toMatchObject({ kind: 'notNeeded' });
});

test('trouble that several nodes share is no node’s own', async () => {
  const on = await planFor();
  on.elasticache.sicken('pages', { kind: 'engine' }, '0003');
  expect(await planOf(on, 'pages')).toEqual({
    kind: 'refused',
    reason: '2 nodes of pages are sick at once: their trouble is shared',
  });
});

test('a cluster of which CloudWatch tells nothing is left alone', async () => {
  const on = await planFor();
  const silent = { ...on.aws, cloudwatch: { ...on.aws.cloudwatch, getMetricData: async () => ({ $metadata: {} }) } };
  expect(await planOf({ ...on, aws: silent }, 'pages')).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/CloudWatch is silent about all nodes/) as string,
  });
});

test('a node that restarted within half an hour is not restarted again', async () => {
  const on = await planFor();
  on.elasticache.operations.RebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot: ['0002'] });
  await on.pass(300);
  on.elasticache.sicken('pages', { kind: 'engine' }, '0002');
  expect(await planOf(on, 'pages')).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/restarted within 30 minutes, and that did not help/) as string,
  });
  await on.pass(1800);
  expect(await planOf(on, 'pages')).toMatchObject({ kind: 'planned' });
});

test('a plan that is made again for the same sickness is the same', async () => {
  const on = await planFor();
  await on.pass(300);
  expect(await planOf(on, 'pages')).toEqual(on.planning);
});

test('it is done when ElastiCache tells that the node is back', async () => {
  const { start, check, pass, writes } = await started();
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started', handle: 'accepted' });
  expect(writes()).toMatchObject([
    { operation: 'RebootCacheCluster', input: { CacheClusterId: 'pages', CacheNodeIdsToReboot: ['0002'] } },
  ]);
  await pass(60);
  expect(await check()).toEqual({ kind: 'pending', detail: 'pages is rebooting cluster nodes' });
  await pass(120);
  expect(await check()).toEqual({
    kind: 'done',
    detail: 'pages is available, and ElastiCache says: Cache node 0002 restarted',
  });
  expect(await start()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/restarted since the plan/) as string,
  });
});

test('a node that got well after the plan is not restarted', async () => {
  const { elasticache, start, writes } = await started();
  elasticache.cure('pages', '0002');
  expect(await start()).toMatchObject({ kind: 'refused' });
  elasticache.sicken('pages', { kind: 'engine' }, '0003');
  expect(await start()).toEqual({ kind: 'refused', reason: 'node 0002 of pages is well again, and 0003 is sick' });
  expect(writes()).toEqual([]);
});

test('another node’s restart is not taken for this one', async () => {
  const { elasticache, check, pass } = await started();
  elasticache.operations.RebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot: ['0001'] });
  await pass(300);
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await check('accepted')).toMatchObject({ kind: 'pending' });
});
