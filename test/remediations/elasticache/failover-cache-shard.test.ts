import { failoverCacheShard } from '../../../remediations/elasticache/failover-cache-shard';
import { Refusal } from '../../../simulator/refusal';
import { bench, type Bench } from '../account';

type Group = Parameters<Bench['account']['services']['elasticache']['addGroup']>[0];

const at = { account: '111122223333', region: 'eu-central-1' };
const condition = 'cache-primary-unhealthy';

/** The plan for the first node of `sessions`, whose replica is in another zone unless `group` says otherwise. */
async function planFor(group: Partial<Group> = {}, parameters: object = {}, node?: string) {
  const on = bench();
  on.account.services.elasticache.addGroup({ id: 'sessions', sick: { kind: 'host' }, ...group });
  const id = node ?? (group.clusterMode ? 'sessions-0001-001' : 'sessions-001');
  const resource = on.resource(id === 'sessions' ? 'cache-group' : 'cache-cluster', id);
  const plan = () => failoverCacheShard.plan({ resource, condition, attemptKey: 'k' }, parameters, on.aws);
  return { ...on, plan, planning: await plan() };
}

async function started(group: Partial<Group> = {}, parameters: object = {}) {
  const on = await planFor(group, parameters);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  let handle: string | undefined;
  const start = async (aws = on.aws) => {
    const answer = await failoverCacheShard.start(plan, aws);
    if (answer.kind === 'started') handle = answer.handle ?? handle;
    return answer;
  };
  const check = (aws = on.aws) => failoverCacheShard.check(plan, handle, aws);
  return { ...on, start, check };
}

const guardOn = { AutomaticFailoverEnabled: true, MultiAZEnabled: true };
const guardOff = { AutomaticFailoverEnabled: false, MultiAZEnabled: false };
const modified = (...inputs: readonly object[]) =>
  inputs.map((input) => ({
    operation: 'ModifyReplicationGroup',
    input: { ReplicationGroupId: 'sessions', ApplyImmediately: true, ...input },
  }));

test('the replica in another zone that follows is to become the primary', async () => {
  const { planning } = await planFor({ replicas: 2 });
  expect(planning).toMatchObject({
    kind: 'planned',
    plan: { way: 'promotion', group: 'sessions', primary: 'sessions-001', target: 'sessions-002' },
    summary: 'make sessions-002 the primary of sessions instead of sessions-001',
    touches: [
      { kind: 'cache-group', id: 'sessions' },
      { kind: 'cache-cluster', id: 'sessions-001' },
      { kind: 'cache-cluster', id: 'sessions-002' },
    ],
    group: { resource: { kind: 'cache-group', id: 'sessions', ...at }, size: 3, healthyOthers: 2 },
  });
});

test('the group itself may be named where it has one shard', async () => {
  expect((await planFor({}, {}, 'sessions')).planning).toMatchObject({
    kind: 'planned',
    plan: { target: 'sessions-002' },
  });
});

test.each<[string, Partial<Group>, object, string | undefined, RegExp]>([
  ['without a replica', { replicas: 0, automaticFailover: false, multiAz: false }, {}, undefined, /has no replica/],
  ['of a global datastore', { globalDatastore: { id: 'ldgnf-s', role: 'PRIMARY' } }, {}, undefined, /global datastore/],
  [
    'whose replica is in the same zone',
    { zones: ['eu-central-1a'] },
    {},
    undefined,
    /sessions-002 is in eu-central-1a as/,
  ],
  ['whose replica is in a zone to avoid', {}, { avoidZones: ['eu-central-1b'] }, undefined, /the policy says to avoid/],
  ['whose replica lags', { lagSeconds: 6 }, {}, undefined, /sessions-002 lags 6 s behind/],
  ['that is being deleted', { status: 'deleting' }, {}, undefined, /sessions is deleting: ElastiCache fails over only/],
  ['with cluster mode', { clusterMode: true }, {}, undefined, /only TestFailover fails its shards over/],
  [
    'of shards, with no node named',
    { clusterMode: true, shards: 2 },
    { testFailover: true },
    'sessions',
    /which of the 2 shards/,
  ],
  [
    'with cluster mode and no automatic failover',
    { clusterMode: true, automaticFailover: false, multiAz: false },
    { testFailover: true },
    undefined,
    /TestFailover needs it/,
  ],
  [
    'with cluster mode and one unfit replica, since ElastiCache picks',
    { clusterMode: true, replicas: 3 },
    { testFailover: true },
    undefined,
    /picks the replica itself.*sessions-0001-004 is in eu-central-1a/,
  ],
])('a group %s is left alone', async (_, group, parameters, node, reason) => {
  const { planning, writes } = await planFor(group, parameters, node);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('a cluster that stands alone has nothing to fail over to', async () => {
  const { account, aws, resource } = bench();
  account.services.elasticache.addCluster({ id: 'pages' });
  const target = { resource: resource('cache-cluster', 'pages'), condition, attemptKey: 'k' };
  expect(await failoverCacheShard.plan(target, {}, aws)).toMatchObject({
    kind: 'refused',
    reason: 'pages is in no replication group: nothing could take over',
  });
});

test('a node that is no longer the primary needs no failover', async () => {
  expect((await planFor({}, {}, 'sessions-002')).planning).toEqual({
    kind: 'notNeeded',
    reason: 'sessions-002 is a replica now: the primary is sessions-001',
  });
});

test('a lag that no metric tells is too large', async () => {
  const { aws, resource } = await planFor();
  const silent = { ...aws, cloudwatch: { ...aws.cloudwatch, getMetricData: async () => ({ $metadata: {} }) } };
  const target = { resource: resource('cache-cluster', 'sessions-001'), condition, attemptKey: 'k' };
  expect(await failoverCacheShard.plan(target, {}, silent)).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/how far sessions-002 lags behind is not told/) as string,
  });
});

test('a change that waits for the maintenance window is not made along with the failover', async () => {
  const { aws, resource } = await planFor();
  const describeCacheClusters: typeof aws.elasticache.describeCacheClusters = async (input: object = {}) => {
    const answer = await aws.elasticache.describeCacheClusters(input);
    const CacheClusters = (answer.CacheClusters ?? []).map((one) => ({
      ...one,
      PendingModifiedValues: { EngineVersion: '8.0' },
    }));
    return { ...answer, CacheClusters };
  };
  const waiting = { ...aws, elasticache: { ...aws.elasticache, ...bound(aws), describeCacheClusters } };
  const target = { resource: resource('cache-cluster', 'sessions-001'), condition, attemptKey: 'k' };
  expect(await failoverCacheShard.plan(target, {}, waiting)).toMatchObject({
    kind: 'refused',
    reason: 'sessions has changes waiting that would be made as well: EngineVersion',
  });
});

test('a group that has just failed over is left as it is for half an hour', async () => {
  const { account, plan, pass } = await planFor();
  account.services.elasticache.failOver('sessions');
  await pass(700);
  account.services.elasticache.addGroup({ id: 'sessions' });
  expect(await plan()).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/must rest for 30 minutes/) as string,
  });
  await pass(1800);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a plan that is made again for the same sickness is the same', async () => {
  const { plan, planning, pass } = await planFor({ replicas: 2 });
  await pass(300);
  expect(await plan()).toEqual(planning);
});

test('automatic failover is turned off, the replica made primary, and automatic failover turned on again', async () => {
  const { start, check, pass, writes } = await started();
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  await start();
  expect(await check()).toEqual({
    kind: 'pending',
    detail: 'sessions is modifying: sessions-002 is to become its primary',
  });
  await pass(60);
  expect(await check()).toEqual({
    kind: 'continue',
    detail: 'automatic failover of sessions is OFF: sessions-002 is to be promoted now',
  });
  await start();
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'continue', detail: expect.stringMatching(/failover is OFF/) as string });
  await start();
  await pass(60);
  expect(await check()).toEqual({
    kind: 'done',
    detail: 'sessions-002 is the primary of sessions, and automatic failover is as before',
  });
  expect(writes()).toMatchObject(modified(guardOff, { PrimaryClusterId: 'sessions-002' }, guardOn));
});

test('a group without automatic failover is failed over in one step, and stays without', async () => {
  const { start, check, pass, writes } = await started({ automaticFailover: false, multiAz: false });
  await start();
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(writes()).toMatchObject(modified({ PrimaryClusterId: 'sessions-002' }));
});

describe('automatic failover is turned on again, and the attempt has failed,', () => {
  async function unguarded() {
    const on = await started();
    await on.start();
    await on.pass(60);
    const goOn = async () => {
      await on.start();
      await on.pass(60);
      return { check: await on.check(), write: on.writes().at(-1) };
    };
    return { ...on, goOn };
  }

  test('when ElastiCache refuses the promotion', async () => {
    const { account, goOn, writes } = await unguarded();
    const refusal = new Refusal('InvalidCacheClusterStateFault', 'sessions-002 is not available');
    account.faults.plant('elasticache', 'ModifyReplicationGroup', refusal);
    expect(await goOn()).toMatchObject(
      undoneSince(/^sessions is as before: InvalidCacheClusterStateFault: sessions-002 is not available$/),
    );
    expect(writes()).toHaveLength(3);
  });

  test('when the replica has fallen behind meanwhile', async () => {
    const { account, goOn } = await unguarded();
    account.services.elasticache.addGroup({ id: 'sessions', automaticFailover: false, multiAz: false, lagSeconds: 90 });
    expect(await goOn()).toMatchObject(undoneSince(/sessions-002 lags 90 s behind/));
  });

  test.each(['DescribeEvents', 'DescribeCacheClusters'])('when %s cannot be read', async (operation) => {
    const { account, goOn } = await unguarded();
    account.faults.plant('elasticache', operation, 'denied');
    expect(await goOn()).toMatchObject(undoneSince(/not authorized/));
  });

  test('when ElastiCache tells that the promotion came to nothing', async () => {
    const on = await unguarded();
    const told = async () => ({
      $metadata: {},
      Events: [{ Date: new Date(on.clock.now()), Message: 'Failover to replica node sessions-002 failed' }],
    });
    const aws = { ...on.aws, elasticache: { ...on.aws.elasticache, ...bound(on.aws), describeEvents: told } };
    await on.start(aws);
    await on.pass(60);
    expect(await on.check()).toEqual({
      kind: 'failed',
      detail: 'sessions is as before: the promotion came to nothing: Failover to replica node sessions-002 failed',
    });
  });

  test('but not when no answer came: then the next check tells', async () => {
    const { account, start, check, pass, writes } = await unguarded();
    account.faults.plant('elasticache', 'ModifyReplicationGroup', 'lostAnswer');
    await expect(start()).rejects.toThrow('socket hang up');
    await pass(60);
    expect(await check()).toMatchObject({
      kind: 'continue',
      detail: expect.stringMatching(/^sessions-002 is the/) as string,
    });
    expect(writes()).toHaveLength(2);
  });
});

const undoneSince = (reason: RegExp): object => ({
  check: { kind: 'failed', detail: expect.stringMatching(reason) as string },
  write: modified(guardOn)[0],
});

test('a plan that waited for its approval while ElastiCache failed over by itself is refused', async () => {
  const { account, start, pass, writes } = await started();
  account.services.elasticache.failOver('sessions');
  await pass(3600);
  expect(await start()).toEqual({ kind: 'refused', reason: 'sessions-002 is the primary of sessions already' });
  expect(writes()).toEqual([]);
});

describe('with cluster mode and testFailover: true', () => {
  const sharded = { clusterMode: true, shards: 2 } as const;
  const allowed = { testFailover: true };

  test('the shard of the node is failed over to the replica that ElastiCache picks', async () => {
    const { planning } = await planFor(sharded, allowed);
    expect(planning).toMatchObject({
      kind: 'planned',
      plan: { way: 'test', group: 'sessions', shard: '0001', primary: 'sessions-0001-001' },
      summary: 'fail shard 0001 of sessions over from sessions-0001-001 to a replica that ElastiCache picks',
      touches: [{ kind: 'cache-group' }, { id: 'sessions-0001-001' }, { id: 'sessions-0001-002' }],
      group: { size: 2, healthyOthers: 1 },
    });
  });

  test('it is done when ElastiCache tells of the failover and has made the old node anew', async () => {
    const { start, check, pass, writes } = await started(sharded, allowed);
    await start();
    expect(writes()).toMatchObject([
      { operation: 'TestFailover', input: { ReplicationGroupId: 'sessions', NodeGroupId: '0001' } },
    ]);
    await pass(30);
    expect(await check()).toEqual({ kind: 'pending', detail: 'shard 0001 of sessions fails over' });
    await pass(60);
    expect(await check()).toMatchObject({
      kind: 'pending',
      detail: expect.stringMatching(/completed; .*modifying/) as string,
    });
    await pass(600);
    expect(await check()).toEqual({
      kind: 'done',
      detail: 'Failover from primary node sessions-0001-001 to replica node sessions-0001-002 completed',
    });
    expect(await start()).toMatchObject({ kind: 'refused' });
  });

  test('none is started when 15 shards were failed over so within a day', async () => {
    const { account, pass, plan } = await planFor(sharded, allowed);
    const { operations } = account.services.elasticache;
    for (let place = 0; place < 15; place += 1) {
      account.services.elasticache.addGroup({ id: `other-${place}`, ...sharded });
      operations.TestFailover({ ReplicationGroupId: `other-${place}`, NodeGroupId: '0001' });
    }
    expect(await plan()).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(/15 shards within a day/) as string,
    });
    await pass(24 * 3600 + 60);
    expect(await plan()).toMatchObject({ kind: 'planned' });
  });
});

function bound(aws: Bench['aws']) {
  const { elasticache } = aws;
  return {
    describeReplicationGroups: elasticache.describeReplicationGroups.bind(elasticache),
    describeCacheClusters: elasticache.describeCacheClusters.bind(elasticache),
    describeEvents: elasticache.describeEvents.bind(elasticache),
    modifyReplicationGroup: elasticache.modifyReplicationGroup.bind(elasticache),
  };
}
