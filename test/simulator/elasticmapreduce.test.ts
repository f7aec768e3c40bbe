import { EMR } from '@aws-sdk/client-emr';
import { connect } from '../../simulator/connect';
import type { EmrClusterInput } from '../../simulator/elasticmapreduce/cluster';
import { minute, room } from './compute';

const id = 'j-1YONHTCP3YZKC';
const ClusterId = id;
const groups = [
  { id: 'ig-1', role: 'MASTER' as const, nodes: 1 },
  { id: 'ig-2', role: 'CORE' as const },
  { id: 'ig-3', role: 'TASK' as const },
];

function withCluster(described: Partial<EmrClusterInput> = {}) {
  const made = room();
  const emr = new EMR({ region: 'us-east-1' });
  connect(emr, 'elasticmapreduce', made.account);
  const { elasticmapreduce: own, cloudwatch } = made.account.services;
  own.add({ id, groups, ...described });
  const metric = (name: string) =>
    cloudwatch.value({ namespace: 'AWS/ElasticMapReduce', name, dimensions: { JobFlowId: id } });
  const told: object[] = [];
  made.account.bus.subscribe(({ detail }) => void told.push(detail));
  const group = async (GroupId: string) =>
    (await emr.listInstanceGroups({ ClusterId })).InstanceGroups?.find(({ Id }) => Id === GroupId);
  return { ...made, emr, own, metric, told, group };
}

test('a group gets its nodes within minutes, and EMR tells', async () => {
  const { emr, clock, metric, told, group } = withCluster({ load: 3 });
  expect(metric('YARNMemoryAvailablePercentage')).toBe(25);
  await emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [{ InstanceGroupId: 'ig-3', InstanceCount: 4 }] });
  expect(await group('ig-3')).toMatchObject({
    Status: { State: 'RESIZING' },
    RequestedInstanceCount: 4,
    RunningInstanceCount: 2,
  });
  await clock.runUntil(clock.now() + 6 * minute);
  expect(await group('ig-3')).toMatchObject({ Status: { State: 'RUNNING' }, RunningInstanceCount: 4 });
  expect(metric('YARNMemoryAvailablePercentage')).toBe(50);
  expect(told).toMatchObject([{ clusterId: id, instanceGroupId: 'ig-3', state: 'RUNNING', runningInstanceCount: 4 }]);
});

test('a group whose nodes do not start is arrested', async () => {
  const { emr, clock, told, group } = withCluster({ groups: [{ id: 'ig-3', role: 'TASK', newNodes: 'fail' }] });
  await emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [{ InstanceGroupId: 'ig-3', InstanceCount: 4 }] });
  await clock.runUntil(clock.now() + 6 * minute);
  expect(await group('ig-3')).toMatchObject({
    Status: { State: 'ARRESTED' },
    RequestedInstanceCount: 4,
    RunningInstanceCount: 2,
  });
  expect(told).toMatchObject([{ severity: 'ERROR', state: 'ARRESTED' }]);
});

test('EMR scales a cluster to what its work needs, up to its limit', async () => {
  const { emr, clock, metric, group } = withCluster({ load: 6, managedScaling: { min: 2, max: 4 } });
  expect(metric('ContainerPendingRatio')).toBe(0.5);
  const ComputeLimits = { UnitType: 'Instances' as const, MinimumCapacityUnits: 2, MaximumCapacityUnits: 6 };
  await emr.putManagedScalingPolicy({ ClusterId, ManagedScalingPolicy: { ComputeLimits } });
  await clock.runUntil(clock.now() + 6 * minute);
  expect((await emr.getManagedScalingPolicy({ ClusterId })).ManagedScalingPolicy).toEqual({ ComputeLimits });
  expect(await group('ig-3')).toMatchObject({ RunningInstanceCount: 4 });
  expect(metric('ContainerPendingRatio')).toBe(0);
});

test('a cluster that nobody scales has no policy', async () => {
  expect((await withCluster().emr.getManagedScalingPolicy({ ClusterId })).ManagedScalingPolicy).toBeUndefined();
});

test('unhealthy core nodes are replaced once that is on', async () => {
  const { emr, own, clock, metric } = withCluster();
  own.befall({ id, unhealthy: 'ig-2', nodes: 1 });
  expect(metric('MRUnhealthyNodes')).toBe(1);
  await emr.setUnhealthyNodeReplacement({ JobFlowIds: [id], UnhealthyNodeReplacement: false });
  await clock.runUntil(clock.now() + 20 * minute);
  expect(metric('MRUnhealthyNodes')).toBe(1);
  await emr.setUnhealthyNodeReplacement({ JobFlowIds: [id], UnhealthyNodeReplacement: true });
  await clock.runUntil(clock.now() + 11 * minute);
  expect(metric('MRUnhealthyNodes')).toBe(0);
  expect((await emr.describeCluster({ ClusterId })).Cluster?.UnhealthyNodeReplacement).toBe(true);
});

test('data fills core nodes, and nodes that are lost are missing', () => {
  const { own, metric } = withCluster();
  own.befall({ id, data: 1.8 });
  expect(metric('HDFSUtilization')).toBe(90);
  own.befall({ id, lose: 'ig-3', nodes: 2 });
  expect(metric('MRLostNodes')).toBe(2);
  own.befall({ id, load: 2 });
  expect(metric('YARNMemoryAvailablePercentage')).toBe(0);
});

test('a cluster that has ended has no metrics, and nothing of it can be changed', async () => {
  const { emr, metric } = withCluster({ state: 'TERMINATED' });
  expect(metric('HDFSUtilization')).toBeUndefined();
  for (const call of [
    emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [] }),
    emr.addJobFlowSteps({ JobFlowId: id, Steps: [] }),
    emr.putManagedScalingPolicy({ ClusterId, ManagedScalingPolicy: {} }),
  ]) {
    await expect(call).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('may not be modified') as string,
    });
  }
});

test.each<[string, Partial<EmrClusterInput>, (emr: EMR) => Promise<unknown>, string]>([
  [
    'the primary node',
    {},
    (emr) => emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [{ InstanceGroupId: 'ig-1', InstanceCount: 3 }] }),
    'InvalidRequestException',
  ],
  [
    'a group that there is not',
    {},
    (emr) => emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [{ InstanceGroupId: 'ig-9', InstanceCount: 3 }] }),
    'InvalidRequestException',
  ],
  ['the groups of fleets', { fleets: true }, (emr) => emr.listInstanceGroups({ ClusterId }), 'InvalidRequestException'],
  [
    'a maximum below the minimum',
    {},
    (emr) =>
      emr.putManagedScalingPolicy({
        ClusterId,
        ManagedScalingPolicy: {
          ComputeLimits: { UnitType: 'Instances', MinimumCapacityUnits: 3, MaximumCapacityUnits: 2 },
        },
      }),
    'ValidationException',
  ],
])('%s is refused', async (_, described, call, name) => {
  await expect(call(withCluster(described).emr)).rejects.toMatchObject({ name });
});

test('a step waits, runs and comes to its end, and EMR tells of each', async () => {
  const { emr, clock, told } = withCluster({ newStepsFail: 1 });
  const Steps = [
    { Name: 'load', HadoopJarStep: { Jar: 'a.jar', Args: ['x'], Properties: [{ Key: 'k', Value: 'v' }] } },
  ];
  const { StepIds: [first] = [] } = await emr.addJobFlowSteps({ JobFlowId: id, Steps });
  const { StepIds: [second] = [] } = await emr.addJobFlowSteps({ JobFlowId: id, Steps });
  await clock.runUntil(clock.now() + 4 * minute);
  expect(told.map((detail) => (detail as { state: string }).state)).toEqual([
    'PENDING',
    'PENDING',
    'RUNNING',
    'RUNNING',
    'FAILED',
    'COMPLETED',
  ]);
  const { Steps: listed = [] } = await emr.listSteps({ ClusterId });
  expect(listed.map(({ Id, Status }) => [Id, Status?.State])).toEqual([
    [second, 'COMPLETED'],
    [first, 'FAILED'],
  ]);
  expect((await emr.describeStep({ ClusterId, StepId: first! })).Step?.Config).toEqual({
    Jar: 'a.jar',
    Args: ['x'],
    Properties: { k: 'v' },
  });
});

test('a step may be made to fail, and one that there is not is no step', async () => {
  const { emr, own } = withCluster({ steps: [{ id: 's-1', name: 'load', state: 'RUNNING' }] });
  own.befall({ id, failStep: 's-1' });
  expect((await emr.describeStep({ ClusterId, StepId: 's-1' })).Step?.Status?.State).toBe('FAILED');
  expect(() => {
    own.befall({ id, failStep: 's-2' });
  }).toThrow('has no step s-2');
  await expect(emr.describeStep({ ClusterId, StepId: 's-2' })).rejects.toMatchObject({
    message: "Step id 's-2' is not valid.",
  });
  await expect(emr.describeCluster({ ClusterId: 'j-2' })).rejects.toMatchObject({
    message: "Cluster id 'j-2' is not valid.",
  });
  expect([own.holds(id), own.holds('j-2')]).toEqual([true, false]);
});
