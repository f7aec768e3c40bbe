import { ElastiCache } from '@aws-sdk/client-elasticache';
import { readEvent } from '../../signals';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import { buildAccount } from '../../simulator/description';
import type { BusEvent } from '../../simulator/event-bus';
import { World } from '../../simulator/world';
import { publishedProblems } from '../signals/published-schema';

const minute = 60_000;
const ownerless = { account: '123456789012', region: 'eu-west-1' };

function room(description: object = {}) {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const account = buildAccount(new World(clock), { ...ownerless, ...description });
  const aws = new ElastiCache({ region: 'eu-west-1' });
  connect(aws, 'elasticache', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  const value = (name: string, dimensions: Record<string, string>) =>
    account.services.cloudwatch.value({ namespace: 'AWS/ElastiCache', name, dimensions });
  const pass = (minutes: number) => clock.runUntil(clock.now() + minutes * minute);
  const group = async (ReplicationGroupId = 'sessions') =>
    (await aws.describeReplicationGroups({ ReplicationGroupId })).ReplicationGroups?.[0];
  return { account, aws, caches: account.services.elasticache, events, group, pass, value };
}

const sessions = { cacheGroups: [{ id: 'sessions', replicas: 2 }] };
const sharded = { cacheGroups: [{ id: 'sessions', clusterMode: true, shards: 2 }] };

describe('a replication group', () => {
  test('shows its nodes with zones and roles, and no roles where it has cluster mode', async () => {
    const { group } = room(sessions);
    expect(await group()).toMatchObject({
      Status: 'available',
      ClusterEnabled: false,
      AutomaticFailover: 'enabled',
      MultiAZ: 'enabled',
      MemberClusters: ['sessions-001', 'sessions-002', 'sessions-003'],
      NodeGroups: [
        {
          NodeGroupId: '0001',
          NodeGroupMembers: [
            { CacheClusterId: 'sessions-001', CurrentRole: 'primary', PreferredAvailabilityZone: 'eu-west-1a' },
            { CacheClusterId: 'sessions-002', CurrentRole: 'replica', PreferredAvailabilityZone: 'eu-west-1b' },
            { CacheClusterId: 'sessions-003', CurrentRole: 'replica', PreferredAvailabilityZone: 'eu-west-1c' },
          ],
        },
      ],
    });
    const shown = await room(sharded).group();
    expect(shown?.MemberClusters).toEqual([
      'sessions-0001-001',
      'sessions-0001-002',
      'sessions-0002-001',
      'sessions-0002-002',
    ]);
    expect(shown?.NodeGroups?.[0]?.NodeGroupMembers?.[0]?.CurrentRole).toBeUndefined();
  });

  test('each node is a cluster, with the tags of the group', async () => {
    const { aws } = room({ cacheGroups: [{ id: 'sessions', tags: { service: 'shop' } }] });
    const { CacheClusters = [] } = await aws.describeCacheClusters({ CacheClusterId: 'sessions-002' });
    expect(CacheClusters).toMatchObject([{ ReplicationGroupId: 'sessions', CacheClusterStatus: 'available' }]);
    expect(CacheClusters[0]?.CacheNodes).toBeUndefined();
    expect(await aws.listTagsForResource({ ResourceName: CacheClusters[0]?.ARN })).toMatchObject({
      TagList: [{ Key: 'service', Value: 'shop' }],
    });
  });

  test('takes a primary by name only while automatic failover is off', async () => {
    const { aws, group, pass } = room(sessions);
    const change = (input: object) =>
      aws.modifyReplicationGroup({ ReplicationGroupId: 'sessions', ApplyImmediately: true, ...input });
    await expect(change({ PrimaryClusterId: 'sessions-002' })).rejects.toMatchObject({
      name: 'InvalidReplicationGroupStateFault',
    });
    await expect(change({ AutomaticFailoverEnabled: false })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await change({ AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    expect(await group()).toMatchObject({ Status: 'modifying', AutomaticFailover: 'enabled' });
    await expect(change({ PrimaryClusterId: 'sessions-002' })).rejects.toMatchObject({
      name: 'InvalidReplicationGroupStateFault',
    });
    await pass(1);
    await change({ PrimaryClusterId: 'sessions-002' });
    await pass(1);
    expect((await group())?.NodeGroups?.[0]?.NodeGroupMembers?.[1]).toMatchObject({ CurrentRole: 'primary' });
    await expect(change({ PrimaryClusterId: 'stranger' })).rejects.toMatchObject({ name: 'CacheClusterNotFoundFault' });
  });

  test('is failed over by a test once in a while, step by step, and no more than 15 shards a day', async () => {
    const { aws, caches, pass, value } = room({ cacheGroups: [{ id: 'sessions', clusterMode: true }] });
    await aws.testFailover({ ReplicationGroupId: 'sessions', NodeGroupId: '0001' });
    await pass(11);
    const { Events = [] } = await aws.describeEvents({ Duration: 60 });
    expect(Events.map(({ Message }) => Message)).toEqual([
      'Test Failover API called for node group 0001',
      'Failover from primary node sessions-0001-001 to replica node sessions-0001-002 completed',
      'Failover from primary node sessions-0001-001 to replica node sessions-0001-002 completed',
      'Recovering cache nodes 0001',
      'Finished recovery for cache nodes 0001',
    ]);
    expect(value('IsMaster', { CacheClusterId: 'sessions-0001-002' })).toBe(1);
    for (let place = 1; place < 15; place += 1) {
      caches.addGroup({ id: `other-${place}` });
      await aws.testFailover({ ReplicationGroupId: `other-${place}`, NodeGroupId: '0001' });
    }
    const again = () => aws.testFailover({ ReplicationGroupId: 'sessions', NodeGroupId: '0001' });
    await expect(again()).rejects.toMatchObject({ name: 'APICallRateForCustomerExceededFault' });
    await pass(24 * 60);
    await again();
  });

  test('a test needs a shard that there is, and a replica', async () => {
    const { aws, caches } = room(sharded);
    const test = (ReplicationGroupId: string, NodeGroupId: string) =>
      aws.testFailover({ ReplicationGroupId, NodeGroupId });
    await expect(test('sessions', '0009')).rejects.toMatchObject({ name: 'NodeGroupNotFoundFault' });
    await expect(test('none', '0001')).rejects.toMatchObject({ name: 'ReplicationGroupNotFoundFault' });
    caches.addGroup({ id: 'lonely', replicas: 0, automaticFailover: false, multiAz: false });
    await expect(test('lonely', '0001')).rejects.toMatchObject({ name: 'TestFailoverNotAvailableFault' });
  });

  test('grows by replicas, which take reads, and by no more than five', async () => {
    const { aws, group, pass, value } = room({ cacheGroups: [{ id: 'sessions', load: 180 }] });
    const cpu = () => value('EngineCPUUtilization', { CacheClusterId: 'sessions-001', CacheNodeId: '0001' });
    const grow = (NewReplicaCount: number) =>
      aws.increaseReplicaCount({ ReplicationGroupId: 'sessions', NewReplicaCount, ApplyImmediately: true });
    await expect(grow(1)).rejects.toMatchObject({ name: 'NoOperationFault' });
    await expect(grow(6)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    expect(cpu()).toBe(90);
    await grow(2);
    expect((await group())?.MemberClusters).toHaveLength(2);
    await pass(8);
    expect((await group())?.MemberClusters).toHaveLength(3);
    expect(cpu()).toBe(60);
  });

  test('grows by shards, over which its keys are spread, where it has cluster mode', async () => {
    const { aws, caches, group, pass, value } = room({
      cacheGroups: [{ id: 'sessions', clusterMode: true, dataGiB: 13.07 }],
    });
    const memory = () => value('DatabaseMemoryUsagePercentage', { CacheClusterId: 'sessions-0001-001' });
    const reshard = (ReplicationGroupId: string, NodeGroupCount: number) =>
      aws.modifyReplicationGroupShardConfiguration({ ReplicationGroupId, NodeGroupCount, ApplyImmediately: true });
    expect(memory()).toBe(100);
    await reshard('sessions', 2);
    await pass(15);
    expect((await group())?.NodeGroups).toHaveLength(2);
    expect(memory()).toBe(50);
    caches.addGroup({ id: 'plain' });
    await expect(reshard('plain', 2)).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  test('gets larger nodes, of the types that it is told', async () => {
    const { aws, group, pass } = room(sessions);
    const { ScaleUpModifications, ScaleDownModifications } = await aws.listAllowedNodeTypeModifications({
      ReplicationGroupId: 'sessions',
    });
    expect(ScaleUpModifications).toContain('cache.r7g.xlarge');
    expect(ScaleDownModifications).toContain('cache.m7g.large');
    const change = (CacheNodeType: string) =>
      aws.modifyReplicationGroup({ ReplicationGroupId: 'sessions', CacheNodeType, ApplyImmediately: true });
    await expect(change('cache.none.large')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await change('cache.r7g.xlarge');
    await pass(12);
    expect(await group()).toMatchObject({ Status: 'available', CacheNodeType: 'cache.r7g.xlarge' });
  });
});

describe('a sick node', () => {
  const latency = 'SuccessfulWriteRequestLatency';

  test('as a primary answers writes late, until another has its role', async () => {
    const { caches, pass, value } = room({ cacheGroups: [{ id: 'sessions', sick: { kind: 'host' } }] });
    expect(value(latency, { CacheClusterId: 'sessions-001' })).toBe(250_000);
    expect(value('ReplicationLag', { CacheClusterId: 'sessions-001' })).toBeUndefined();
    caches.failOver('sessions');
    await pass(11);
    expect(value(latency, { CacheClusterId: 'sessions-001' })).toBe(220);
    expect(value(latency, { CacheClusterId: 'sessions-002' })).toBe(220);
  });

  test('that no failover cures passes its sickness on with its role', async () => {
    const { caches, pass, value } = room({ cacheGroups: [{ id: 'sessions', sick: { kind: 'host', curedBy: [] } }] });
    caches.failOver('sessions');
    await pass(2);
    expect(value(latency, { CacheClusterId: 'sessions-002' })).toBe(250_000);
  });

  test('of Memcached is cured by a restart, which is silent meanwhile and is told', async () => {
    const { aws, pass, value } = room({ cacheClusters: [{ id: 'pages', sick: { kind: 'engine' } }] });
    const connections = () => value('CurrConnections', { CacheClusterId: 'pages', CacheNodeId: '0001' });
    expect(connections()).toBe(65_000);
    const reboot = (...CacheNodeIdsToReboot: string[]) =>
      aws.rebootCacheCluster({ CacheClusterId: 'pages', CacheNodeIdsToReboot });
    await expect(reboot('0009')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reboot('0001');
    await expect(reboot('0002')).rejects.toMatchObject({ name: 'InvalidCacheClusterStateFault' });
    expect(connections()).toBeUndefined();
    await pass(2);
    expect(connections()).toBe(40);
    const { Events = [] } = await aws.describeEvents({ SourceType: 'cache-cluster', SourceIdentifier: 'pages' });
    expect(Events.map(({ Message }) => Message)).toEqual(['Cache node 0001 shutdown', 'Cache node 0001 restarted']);
  });

  test('of a group with cluster mode is not restarted', async () => {
    const { aws } = room(sharded);
    await expect(
      aws.rebootCacheCluster({ CacheClusterId: 'sessions-0001-001', CacheNodeIdsToReboot: ['0001'] }),
    ).rejects.toMatchObject({ name: 'InvalidCacheClusterStateFault' });
  });
});

test('a Memcached cluster grows by nodes, and shows how many it waits for', async () => {
  const { aws, pass } = room({ cacheClusters: [{ id: 'pages' }, { id: 'single', engine: 'redis', nodes: 1 }] });
  const grow = (CacheClusterId: string, NumCacheNodes: number) =>
    aws.modifyCacheCluster({ CacheClusterId, NumCacheNodes, ApplyImmediately: true });
  const shown = async () => (await aws.describeCacheClusters({ CacheClusterId: 'pages' })).CacheClusters?.[0];
  await grow('pages', 3);
  expect(await shown()).toMatchObject({ NumCacheNodes: 2, PendingModifiedValues: { NumCacheNodes: 3 } });
  await pass(5);
  expect(await shown()).toMatchObject({ NumCacheNodes: 3, CacheClusterStatus: 'available' });
  await expect(grow('single', 2)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

describe('a serverless cache', () => {
  const carts = {
    serverlessCaches: [{ name: 'carts', maxStorageGB: 10, maxEcpuPerSecond: 1_000, dataGB: 12, ecpuPerSecond: 1_500 }],
  };

  test('uses no more than its limits, evicts and throttles beyond them, and tells by a dimension of its own', () => {
    const { value } = room(carts);
    expect(value('BytesUsedForCache', { clusterId: 'carts' })).toBe(10e9);
    expect(value('Evictions', { clusterId: 'carts' })).toBeGreaterThan(0);
    expect(value('ElastiCacheProcessingUnits', { clusterId: 'carts' })).toBe(60_000);
    expect(value('ThrottledCmds', { clusterId: 'carts' })).toBe(30_000);
    expect(value('BytesUsedForCache', { CacheClusterId: 'carts' })).toBeUndefined();
  });

  test('gets higher limits, and sends what AWS sends about it', async () => {
    const { aws, caches, events, pass, value } = room(carts);
    await aws.modifyServerlessCache({
      ServerlessCacheName: 'carts',
      CacheUsageLimits: { DataStorage: { Maximum: 15, Unit: 'GB' } },
    });
    await pass(2);
    expect(value('BytesUsedForCache', { clusterId: 'carts' })).toBe(12e9);
    caches.fillSlot('carts', 90);
    await pass(1);
    const json = events.map((event) => JSON.parse(JSON.stringify(event)) as Record<string, unknown>);
    expect(json.flatMap(publishedProblems)).toEqual([]);
    const readings = json.map((event) => readEvent(event, { accounts: ['123456789012'], regions: ['eu-west-1'] }));
    expect(readings).toMatchObject([
      { kind: 'signals', signals: [{ kind: 'progress', resource: { kind: 'serverless-cache', id: 'carts' } }] },
      { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'cache-slot-full' }] },
    ]);
  });
});

test('what an account file describes befalls its caches at its time', async () => {
  const { pass, value } = room({
    ...sessions,
    happenings: [
      { at: 'PT1M', cache: { sicken: 'sessions-001', sick: { kind: 'host' } } },
      { at: 'PT1M', cache: { data: 'sessions', is: 13.07 } },
      { at: 'PT1M', cache: { load: 'sessions', is: 270 } },
    ],
  });
  const show = (name: string) => value(name, { CacheClusterId: 'sessions-001' });
  expect(show('DatabaseMemoryUsagePercentage')).toBeLessThan(50);
  await pass(1);
  expect(show('DatabaseMemoryUsagePercentage')).toBe(100);
  expect(show('EngineCPUUtilization')).toBe(90);
  expect(show('SuccessfulWriteRequestLatency')).toBe(250_000);
});

test('of events, an id without its type is refused, and pages are cut and linked by markers', async () => {
  const { account, aws } = room({ cacheGroups: [{ id: 'one' }, { id: 'two' }, { id: 'three' }] });
  await expect(aws.describeEvents({ SourceIdentifier: 'one' })).rejects.toMatchObject({
    name: 'InvalidParameterCombinationException',
  });
  account.pageSize = 2;
  const first = await aws.describeReplicationGroups({});
  expect(first.ReplicationGroups).toHaveLength(2);
  const rest = await aws.describeReplicationGroups({ Marker: first.Marker });
  expect(rest.ReplicationGroups?.map(({ ReplicationGroupId }) => ReplicationGroupId)).toEqual(['three']);
});
