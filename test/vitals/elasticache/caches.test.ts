import type { Resource } from '../../../signals/signal';
import { cacheClusterVitals } from '../../../vitals/elasticache/cache-cluster';
import { readCacheEvents } from '../../../vitals/elasticache/cache-events';
import { cacheGroupVitals, readCacheGroup } from '../../../vitals/elasticache/cache-group';
import { serverlessCacheVitals } from '../../../vitals/elasticache/serverless-cache';
import type { Vitals } from '../../../vitals/vitals';
import { bench, type Bench } from '../../remediations/account';

const tags = { service: 'shop' };
const at = { account: '111122223333', region: 'eu-central-1' };

/** An account with one cache of each kind; of the group and the clusters in the status that is given. */
function caches(status = 'available') {
  const on = bench();
  const { elasticache } = on.account.services;
  elasticache.addGroup({ id: 'sessions', replicas: 2, status, tags });
  elasticache.addCluster({ id: 'pages', nodes: 3, status, tags });
  elasticache.addServerless({ name: 'carts', status, tags });
  return { ...on, elasticache };
}

const each: readonly (readonly [string, Vitals, Resource])[] = [
  ['a replication group', cacheGroupVitals, { kind: 'cache-group', id: 'sessions', ...at }],
  ['a cluster', cacheClusterVitals, { kind: 'cache-cluster', id: 'pages', ...at }],
  ['a serverless cache', serverlessCacheVitals, { kind: 'serverless-cache', id: 'carts', ...at }],
];

describe.each(each)('%s', (_, vitals, resource) => {
  const look = async (on: Bench) => vitals.health(resource, 'cache-overloaded', on.aws);

  test.each([
    ['available', 'healthy'],
    ['modifying', 'healthy'],
    ['snapshotting', 'healthy'],
    ['create-failed', 'unhealthy'],
    ['a-status-of-next-year', 'unhealthy'],
    ['deleting', 'gone'],
  ])('that is %s is %s', async (status, kind) => {
    expect(await look(caches(status))).toMatchObject({ kind });
  });

  test('that is not there is gone, and has neither tags nor a place', async () => {
    const empty = bench();
    expect(await look(empty)).toEqual({ kind: 'gone', detail: `${resource.id} no longer exists` });
    expect(await vitals.tags(resource, empty.aws)).toEqual({});
    expect(await vitals.place(resource, empty.aws)).toEqual({ groups: [] });
  });

  test('that cannot be read is unknown', async () => {
    const on = caches();
    on.account.faults.plant('elasticache', '*', 'denied', 9);
    expect(await look(on)).toMatchObject({ kind: 'unknown' });
    await expect(vitals.tags(resource, on.aws)).rejects.toThrow(/not authorized/);
  });

  test('whose id ElastiCache would not give is not asked about', async () => {
    const on = caches();
    expect(await vitals.health({ ...resource, id: '../x' }, 'cache-overloaded', on.aws)).toMatchObject({
      kind: 'unknown',
    });
    expect(on.calls).toEqual([]);
  });

  test('tells its tags, and who is at work on it', async () => {
    const on = caches();
    expect(await vitals.tags(resource, on.aws)).toEqual(tags);
    expect(await vitals.busy?.(resource, on.aws)).toBeUndefined();
    on.elasticache.putToWork(resource.id, 'snapshotting', 5);
    expect(await vitals.busy?.(resource, on.aws)).toBe(`${resource.id} is snapshotting`);
  });
});

test('a replication group stands where its primary does, and its nodes stand in for each other', async () => {
  const { aws, elasticache, resource } = caches();
  const group = resource('cache-group', 'sessions');
  expect(await cacheGroupVitals.place(group, aws)).toEqual({ zone: 'eu-central-1a', groups: [group] });
  elasticache.operations.RebootCacheCluster({ CacheClusterId: 'sessions-003', CacheNodeIdsToReboot: ['0001'] });
  expect(await cacheGroupVitals.members?.(group, aws)).toEqual({ size: 3, sick: 1 });
});

test('a node of a replication group stands in that group, in its own zone', async () => {
  const { aws, resource } = caches();
  expect(await cacheClusterVitals.place(resource('cache-cluster', 'sessions-002'), aws)).toEqual({
    zone: 'eu-central-1b',
    groups: [resource('cache-group', 'sessions')],
  });
  expect(await cacheClusterVitals.tags(resource('cache-cluster', 'sessions-002'), aws)).toEqual(tags);
});

test('a Memcached cluster is itself the group that it stands in, and well while all its nodes are', async () => {
  const { aws, elasticache, resource } = caches();
  const pages = resource('cache-cluster', 'pages');
  expect(await cacheClusterVitals.place(pages, aws)).toEqual({ groups: [pages] });
  elasticache.operations.RebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot: ['0002'] });
  expect(await cacheClusterVitals.members?.(pages, aws)).toEqual({ size: 3, sick: 1 });
  expect(await cacheClusterVitals.health(pages, 'cache-node-unhealthy', aws)).toEqual({
    kind: 'unhealthy',
    detail: 'pages is rebooting cluster nodes',
  });
});

test('how full a slot of a serverless cache is nobody can see', async () => {
  const { aws, resource } = caches();
  expect(await serverlessCacheVitals.health(resource('serverless-cache', 'carts'), 'cache-slot-full', aws)).toEqual({
    kind: 'unknown',
    detail: 'no metric tells how full a slot of carts is',
  });
});

test('a group that ElastiCache shows in part is not taken for whole', async () => {
  const { aws } = caches();
  const { elasticache } = aws;
  const describeReplicationGroups: typeof elasticache.describeReplicationGroups = async (input: object = {}) => {
    const answer = await elasticache.describeReplicationGroups(input);
    return {
      ...answer,
      ReplicationGroups: (answer.ReplicationGroups ?? []).map((one) => ({ ...one, NodeGroups: [] })),
    };
  };
  const partly = { ...aws, elasticache: { ...elasticache, describeReplicationGroups } };
  expect(await readCacheGroup('sessions', partly)).toMatchObject({ kind: 'unreadable' });
});

test('an answer about another group is not taken for this one', async () => {
  const { aws, account } = caches();
  const { elasticache } = aws;
  account.services.elasticache.addGroup({ id: 'other' });
  const describeReplicationGroups: typeof elasticache.describeReplicationGroups = async () =>
    elasticache.describeReplicationGroups({ ReplicationGroupId: 'other' });
  const wrong = { ...aws, elasticache: { ...elasticache, describeReplicationGroups } };
  expect(await readCacheGroup('sessions', wrong)).toMatchObject({ kind: 'unreadable' });
});

test('events are read to the last page, the oldest first, and none from before', async () => {
  const { account, aws, clock, elasticache, pass } = caches();
  account.pageSize = 1;
  for (const node of ['0001', '0002', '0003']) {
    elasticache.operations.RebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot: [node] });
    await pass(180);
  }
  const since = clock.now() - 360_000;
  const events = await readCacheEvents({ type: 'cache-cluster', id: 'pages' }, since, aws);
  expect(events.map(({ message }) => message)).toEqual([
    'Cache node 0002 shutdown',
    'Cache node 0002 restarted',
    'Cache node 0003 shutdown',
    'Cache node 0003 restarted',
  ]);
});
