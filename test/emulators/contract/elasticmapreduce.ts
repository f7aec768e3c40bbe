import { casesOf, refusal, type Facts } from './case';
import type { Place } from './place';

const Steps = [
  {
    Name: 'load-orders',
    ActionOnFailure: 'CONTINUE' as const,
    HadoopJarStep: {
      Jar: 'command-runner.jar',
      Args: ['spark-submit', 's3://shop/load.py'],
      Properties: [{ Key: 'day', Value: 'monday' }],
    },
  },
];

async function groups({ emr }: Place, ClusterId: string) {
  const { InstanceGroups = [] } = await emr.listInstanceGroups({ ClusterId });
  return InstanceGroups;
}

async function core(place: Place, ClusterId: string) {
  return (await groups(place, ClusterId)).find(({ InstanceGroupType }) => InstanceGroupType === 'CORE');
}

/** The message of an error that has no name of its own. */
async function words(call: Promise<unknown>): Promise<Facts> {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    return error instanceof Error ? [error.name, / id .*is not valid/i.test(error.message)] : error;
  }
}

const unknownCluster = { ClusterId: 'j-2AXXXXXXGAPLF' };
const notValid = ['InvalidRequestException', true];

export const elasticmapreduceCases = casesOf([
  {
    operation: 'elasticmapreduce:DescribeCluster',
    name: 'it takes work, and has its tags',
    agreed: { takesWork: true, tags: [{ Key: 'service', Value: 'shop' }] },
    seen: async (place) => {
      const id = await place.add.emrCluster({ tags: { service: 'shop' } });
      const { Cluster } = await place.emr.describeCluster({ ClusterId: id });
      return {
        takesWork: ['RUNNING', 'WAITING'].includes(Cluster?.Status?.State ?? ''),
        tags: Cluster?.Tags,
      };
    },
  },
  {
    operation: 'elasticmapreduce:DescribeCluster',
    name: 'it tells of what its nodes are, and how they are guarded',
    agreed: ['INSTANCE_GROUP', true, false],
    seen: async (place) => {
      const { Cluster } = await place.emr.describeCluster({ ClusterId: await place.add.emrCluster() });
      return [Cluster?.InstanceCollectionType, Cluster?.TerminationProtected, Cluster?.UnhealthyNodeReplacement];
    },
  },
  {
    operation: 'elasticmapreduce:DescribeCluster',
    name: 'one that does not exist is told in words',
    agreed: notValid,
    seen: ({ emr }) => words(emr.describeCluster(unknownCluster)),
  },
  {
    operation: 'elasticmapreduce:ListInstanceGroups',
    name: 'its groups have a role, a state and a size',
    agreed: [
      ['CORE', 'RUNNING', 2, 2],
      ['MASTER', 'RUNNING', 1, 1],
    ],
    seen: async (place) => {
      const found = await groups(place, await place.add.emrCluster());
      const byRole = [...found].sort((one, other) =>
        (one.InstanceGroupType ?? '') < (other.InstanceGroupType ?? '') ? -1 : 1,
      );
      return byRole.map(({ InstanceGroupType, Status, RequestedInstanceCount, RunningInstanceCount }) => [
        InstanceGroupType,
        Status?.State,
        RequestedInstanceCount,
        RunningInstanceCount,
      ]);
    },
  },
  {
    operation: 'elasticmapreduce:ModifyInstanceGroups',
    name: 'a group gets the nodes that it is told to have',
    agreed: [3, 3],
    seen: async (place) => {
      const ClusterId = await place.add.emrCluster();
      const InstanceGroupId = (await core(place, ClusterId))?.Id;
      await place.emr.modifyInstanceGroups({ ClusterId, InstanceGroups: [{ InstanceGroupId, InstanceCount: 3 }] });
      await place.settle();
      const found = await core(place, ClusterId);
      return [found?.RequestedInstanceCount, found?.RunningInstanceCount];
    },
  },
  {
    operation: 'elasticmapreduce:GetManagedScalingPolicy',
    name: 'there is none where nobody has put one',
    agreed: 'none',
    seen: async (place) => {
      const ClusterId = await place.add.emrCluster();
      return (await place.emr.getManagedScalingPolicy({ ClusterId })).ManagedScalingPolicy ?? 'none';
    },
  },
  {
    operation: 'elasticmapreduce:PutManagedScalingPolicy',
    name: 'the limits are as they were put',
    agreed: { UnitType: 'Instances', MinimumCapacityUnits: 2, MaximumCapacityUnits: 5 },
    seen: async (place) => {
      const ClusterId = await place.add.emrCluster();
      const ComputeLimits = { UnitType: 'Instances' as const, MinimumCapacityUnits: 2, MaximumCapacityUnits: 5 };
      await place.emr.putManagedScalingPolicy({ ClusterId, ManagedScalingPolicy: { ComputeLimits } });
      return (await place.emr.getManagedScalingPolicy({ ClusterId })).ManagedScalingPolicy?.ComputeLimits;
    },
  },
  {
    operation: 'elasticmapreduce:SetUnhealthyNodeReplacement',
    name: 'it is on from then on',
    agreed: true,
    seen: async (place) => {
      const ClusterId = await place.add.emrCluster();
      await place.emr.setUnhealthyNodeReplacement({ JobFlowIds: [ClusterId], UnhealthyNodeReplacement: true });
      return (await place.emr.describeCluster({ ClusterId })).Cluster?.UnhealthyNodeReplacement;
    },
  },
  {
    operation: 'elasticmapreduce:AddJobFlowSteps',
    name: 'two steps of one name are two steps',
    agreed: 2,
    seen: async ({ emr, add }) => {
      const JobFlowId = await add.emrCluster();
      await emr.addJobFlowSteps({ JobFlowId, Steps });
      await emr.addJobFlowSteps({ JobFlowId, Steps });
      return (await emr.listSteps({ ClusterId: JobFlowId })).Steps?.length;
    },
  },
  {
    operation: 'elasticmapreduce:ListSteps',
    name: 'the newest is the first',
    agreed: ['second', 'load-orders'],
    seen: async ({ emr, add }) => {
      const JobFlowId = await add.emrCluster();
      await emr.addJobFlowSteps({ JobFlowId, Steps });
      await emr.addJobFlowSteps({ JobFlowId, Steps: Steps.map((step) => ({ ...step, Name: 'second' })) });
      return (await emr.listSteps({ ClusterId: JobFlowId })).Steps?.map(({ Name }) => Name);
    },
  },
  {
    operation: 'elasticmapreduce:ListSteps',
    name: 'it tells what a step runs',
    agreed: { Jar: 'command-runner.jar', Args: ['spark-submit', 's3://shop/load.py'], Properties: { day: 'monday' } },
    seen: async ({ emr, add }) => {
      const JobFlowId = await add.emrCluster();
      await emr.addJobFlowSteps({ JobFlowId, Steps });
      return (await emr.listSteps({ ClusterId: JobFlowId })).Steps?.[0]?.Config;
    },
  },
  {
    operation: 'elasticmapreduce:DescribeStep',
    name: 'it tells what a step runs, in the same words',
    agreed: { Jar: 'command-runner.jar', Args: ['spark-submit', 's3://shop/load.py'], Properties: { day: 'monday' } },
    seen: async ({ emr, add }) => {
      const JobFlowId = await add.emrCluster();
      const { StepIds: [StepId] = [] } = await emr.addJobFlowSteps({ JobFlowId, Steps });
      return (await emr.describeStep({ ClusterId: JobFlowId, StepId })).Step?.Config;
    },
  },
  {
    operation: 'elasticmapreduce:DescribeStep',
    name: 'one that does not exist is told in words',
    agreed: notValid,
    seen: async ({ emr, add }) =>
      words(emr.describeStep({ ClusterId: await add.emrCluster(), StepId: 's-2AXXXXXXGAPLF' })),
  },
  {
    operation: 'elasticmapreduce:AddJobFlowSteps',
    name: 'a cluster that does not exist is refused',
    agreed: { refused: 'InvalidRequestException' },
    seen: ({ emr }) => refusal(emr.addJobFlowSteps({ JobFlowId: unknownCluster.ClusterId, Steps })),
  },
]);
