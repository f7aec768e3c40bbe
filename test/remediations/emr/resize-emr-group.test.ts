import { resizeEmrGroup } from '../../../remediations/emr/resize-emr-group';
import type { EmrClusterInput } from '../../../simulator/elasticmapreduce/cluster';
import { bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';
import { emrCluster, type Befalls } from './emr-cluster';

const id = 'j-1YONHTCP3YZKC';

/** A cluster of two core nodes and two task nodes, and what befalls it. */
function sick(
  condition: string,
  described: Partial<EmrClusterInput> = {},
  happening?: Befalls,
  parameters: object = {},
) {
  const on = bench();
  const resource = emrCluster(on, described);
  const befall = (one: Befalls) => {
    on.account.services.elasticmapreduce.befall({ id, ...one });
  };
  if (happening) befall(happening);
  return { ...on, befall, ...attempt(resizeEmrGroup, on, { resource, condition }, parameters) };
}

const core = { id: 'ig-2CORE', role: 'CORE' as const };

test('the task group gets more nodes, which hold no data', async () => {
  const { plan, start, check, writes, pass } = sick('emr-cluster-overloaded');
  expect(await plan()).toMatchObject({
    plan: { cluster: id, change: { how: 'count', group: 'ig-3TASK', from: 2, to: 3 } },
    summary: `give the task group ig-3TASK of ${id} 3 nodes instead of 2, which cost until somebody takes them back`,
  });
  await start();
  expect(writes()).toMatchObject([
    { input: { ClusterId: id, InstanceGroups: [{ InstanceGroupId: 'ig-3TASK', InstanceCount: 3 }] } },
  ]);
  expect(await check()).toEqual({ kind: 'pending', detail: `the task group ig-3TASK of ${id} is RESIZING` });
  await pass(300);
  expect(await check()).toEqual({ kind: 'done', detail: `the size of ${id} is as planned` });
});

test('where there is no task group, or storage is short, the core group does', async () => {
  const alone = sick('emr-cluster-overloaded', { groups: [core] }, undefined, { growBy: 100 });
  expect(await alone.plan()).toMatchObject({ plan: { change: { group: 'ig-2CORE', to: 4 } } });
  expect(await sick('emr-storage-low').plan()).toMatchObject({ plan: { change: { group: 'ig-2CORE', to: 3 } } });
});

test('where EMR scales the cluster its maximum is raised, and what was as high goes with it', async () => {
  const { plan, start, check, writes } = sick('emr-cluster-overloaded', {
    managedScaling: { min: 2, max: 4, maxOnDemand: 4 },
  });
  expect(await plan()).toMatchObject({
    plan: { change: { how: 'limits', unit: 'Instances', from: 4, to: 5 } },
    summary: `let EMR scale ${id} to 5 Instances instead of 4, which cost while they are used`,
  });
  expect(await start()).toMatchObject({ kind: 'started' });
  expect(await start()).toMatchObject({ kind: 'started' });
  const ComputeLimits = {
    UnitType: 'Instances',
    MinimumCapacityUnits: 2,
    MaximumCapacityUnits: 5,
    MaximumOnDemandCapacityUnits: 5,
  };
  expect(writes()).toMatchObject([{ input: { ClusterId: id, ManagedScalingPolicy: { ComputeLimits } } }]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a narrower limit stays as it is', async () => {
  const { start, writes } = sick('emr-cluster-overloaded', { managedScaling: { min: 2, max: 4, maxOnDemand: 3 } });
  await start();
  expect(writes()).toMatchObject([
    { input: { ManagedScalingPolicy: { ComputeLimits: { MaximumOnDemandCapacityUnits: 3 } } } },
  ]);
});

test.each<[string, string, Partial<EmrClusterInput>, object, RegExp]>([
  [
    'as large as the policy allows',
    'emr-cluster-overloaded',
    {},
    { atMost: 2 },
    /has 2 nodes, and the policy allows 2 \(atMost\)/,
  ],
  [
    'that has ended',
    'emr-cluster-overloaded',
    { state: 'TERMINATED' },
    {},
    /the cluster j-1YONHTCP3YZKC is TERMINATED/,
  ],
  ['of fleets', 'emr-cluster-overloaded', { fleets: true }, {}, /of instance fleets, whose mix people choose/],
  [
    'without workers',
    'emr-cluster-overloaded',
    { groups: [{ id: 'ig-1MASTER', role: 'MASTER' }] },
    {},
    /no group of core or task/,
  ],
  [
    'scaled by a policy of its own',
    'emr-cluster-overloaded',
    { groups: [{ ...core, scaled: true }] },
    {},
    /a scaling policy of its own: raise its limits/,
  ],
  [
    'whose group is stuck',
    'emr-cluster-overloaded',
    { groups: [{ ...core, state: 'ARRESTED' }] },
    {},
    /is ARRESTED: more nodes would fail/,
  ],
  [
    'that EMR may still scale',
    'emr-cluster-overloaded',
    { managedScaling: { min: 1, max: 9 } },
    {},
    /may still scale .* from 4 nodes to 9/,
  ],
  [
    'that EMR may scale as far as the policy allows',
    'emr-cluster-overloaded',
    { managedScaling: { min: 1, max: 4 } },
    { atMost: 4 },
    /to 4 Instances, and the policy allows 4/,
  ],
  [
    'that EMR scales and whose storage is short',
    'emr-storage-low',
    { managedScaling: { min: 1, max: 4 } },
    {},
    /not by its storage: people decide/,
  ],
  [
    'whose nodes EMR replaces',
    'emr-nodes-lost',
    { replacesUnhealthyNodes: true },
    {},
    /replaces unhealthy core nodes .* already/,
  ],
  [
    'that is not protected',
    'emr-nodes-lost',
    { terminationProtected: false },
    {},
    /terminate unhealthy core nodes .* turn termination protection on/,
  ],
  ['no group of which is stuck', 'emr-group-stuck', {}, {}, /no group of j-1YONHTCP3YZKC is stuck any more/],
])('a cluster %s is left alone', async (_, condition, described, parameters, reason) => {
  const { plan, writes } = sick(condition, described, undefined, parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('a subnet without room takes no nodes, also when they were planned', async () => {
  const on = sick('emr-cluster-overloaded');
  await on.plan();
  on.account.services.ec2.addSubnet({ id: 'subnet-0aaaaaaaaaaaaaaa1', zone: 'eu-central-1a', freeAddresses: 0 });
  expect(await on.start()).toEqual(no('refused', /have 0 free addresses, and 1 are needed/));
  expect(await on.plan()).toEqual(no('refused', /have 0 free addresses/));
  answerWith(on, 'ec2', 'DescribeSubnets', { Subnets: [] });
  expect(await on.plan()).toEqual(no('refused', /EC2 does not say how many addresses/));
});

test('a group that EMR has given up is told its count once more; if it fails again that is the end', async () => {
  const groups = [{ id: 'ig-3TASK', role: 'TASK' as const, nodes: 4, running: 2, state: 'ARRESTED' as const }];
  const well = sick('emr-group-stuck', { groups });
  expect(await well.plan()).toMatchObject({
    plan: { change: { how: 'again', group: 'ig-3TASK', count: 4 } },
    summary: `tell the task group ig-3TASK of ${id} once more to have 4 nodes`,
  });
  expect(await well.check()).toMatchObject({ kind: 'notStarted' });
  await well.start();
  await well.pass(300);
  expect(await well.check()).toMatchObject({ kind: 'done' });
  const broken = sick('emr-group-stuck', { groups: groups.map((one) => ({ ...one, newNodes: 'fail' as const })) });
  await broken.start();
  await broken.pass(300);
  expect(await broken.check()).toEqual({
    kind: 'failed',
    detail: 'the task group ig-3TASK is ARRESTED with 2 of 4 nodes: they do not start, look at their bootstrap logs',
  });
});

test('nodes that are lost are asked for again, and waited for', async () => {
  const { plan, start, check, befall, pass } = sick('emr-nodes-lost', {}, { lose: 'ig-2CORE', nodes: 1 });
  expect(await plan()).toMatchObject({ plan: { change: { how: 'again', group: 'ig-2CORE', count: 2 } } });
  await start();
  await pass(300);
  befall({ lose: 'ig-2CORE', nodes: 1 });
  expect(await check()).toEqual({ kind: 'pending', detail: 'the core group ig-2CORE is RUNNING with 1 of 2 nodes' });
});

test('a master group, which EMR lets nobody resize, is never told its count', async () => {
  const master = { id: 'ig-1MASTER', role: 'MASTER' as const, nodes: 3, running: 2 };
  const lost = sick('emr-nodes-lost', { groups: [master, core] });
  expect(await lost.plan()).toEqual(no('refused', /master group ig-1MASTER .* 2 of 3 nodes: nobody can resize it/));
  const stuck = sick('emr-group-stuck', { groups: [{ ...master, state: 'ARRESTED' }, core] });
  expect(await stuck.plan()).toEqual(
    no('refused', /is ARRESTED with 2 of 3 nodes: nobody can resize it, .* new cluster/),
  );
  const both = sick('emr-nodes-lost', { groups: [master, { ...core, running: 1 }] });
  expect(await both.plan()).toMatchObject({ plan: { change: { how: 'again', group: 'ig-2CORE' } } });
});

test('an empty task group gets its first node, and none gets more than its percentage', async () => {
  const task = (nodes: number) => ({ groups: [core, { id: 'ig-3TASK', role: 'TASK' as const, nodes }] });
  expect(await sick('emr-cluster-overloaded', task(0)).plan()).toMatchObject({
    plan: { change: { group: 'ig-3TASK', from: 0, to: 1 } },
  });
  const tenth = sick('emr-cluster-overloaded', task(20), undefined, { growBy: 10, atMost: 40 });
  expect(await tenth.plan()).toMatchObject({ plan: { change: { from: 20, to: 22 } } });
});

test('core nodes that are not well are replaced from now on, if EMR may keep them until then', async () => {
  const { plan, start, check, writes } = sick('emr-nodes-lost', {}, { unhealthy: 'ig-2CORE', nodes: 1 });
  expect(await plan()).toMatchObject({ summary: `let EMR replace core nodes of ${id} that are not well` });
  await start();
  expect(writes()).toMatchObject([{ input: { JobFlowIds: [id], UnhealthyNodeReplacement: true } }]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a size that others have set meanwhile stays so', async () => {
  const on = sick('emr-cluster-overloaded');
  await on.plan();
  emrCluster(on, { groups: [{ id: 'ig-3TASK', role: 'TASK', nodes: 7 }] });
  expect(await on.start()).toEqual(no('refused', /the size of j-1YONHTCP3YZKC was changed by others/));
  expect(await on.check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/by others/) as string });
  emrCluster(on, { groups: [core] });
  expect(await on.check()).toMatchObject({ kind: 'failed' });
  const again = sick('emr-group-stuck', {}, { arrest: 'ig-3TASK' });
  await again.plan();
  emrCluster(again, { groups: [{ id: 'ig-3TASK', role: 'TASK', nodes: 7, state: 'ARRESTED' }] });
  expect(await again.start()).toEqual(no('refused', /by others/));
  const limits = sick('emr-cluster-overloaded', { managedScaling: { min: 2, max: 4 } });
  await limits.plan();
  emrCluster(limits, {});
  expect(await limits.start()).toEqual(no('refused', /by others/));
});

test('one that is gone is left', async () => {
  const on = sick('emr-cluster-overloaded');
  await on.plan();
  answerWith(
    on,
    'elasticmapreduce',
    'DescribeCluster',
    Object.assign(unknown('InvalidRequestException'), { message: `Cluster id '${id}' is not valid.` }),
  );
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toEqual({ kind: 'failed', detail: `${id} no longer exists` });
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
});
