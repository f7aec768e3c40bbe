import { casesOf, refusal } from './case';
import type { Place } from './place';

const web = { name: 'web', min: 1, max: 3, desired: 2 };
const missing = 'i-0123456789abcdef0';

async function sizeOf({ autoscaling }: Place): Promise<{ desired: number | undefined; members: number | undefined }> {
  const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: ['web'] });
  return { desired: AutoScalingGroups[0]?.DesiredCapacity, members: AutoScalingGroups[0]?.Instances?.length };
}

async function lifecycleOf({ autoscaling }: Place, id: string): Promise<string | undefined> {
  const { AutoScalingInstances = [] } = await autoscaling.describeAutoScalingInstances({ InstanceIds: [id] });
  return AutoScalingInstances[0]?.LifecycleState;
}

async function desire(place: Place, DesiredCapacity: number): Promise<unknown> {
  await place.add.group(web);
  return refusal(place.autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity }));
}

async function terminate(place: Place, group: typeof web, decrement: boolean): Promise<unknown> {
  const [InstanceId] = await place.add.group(group);
  const { Activity } = await place.autoscaling.terminateInstanceInAutoScalingGroup({
    InstanceId,
    ShouldDecrementDesiredCapacity: decrement,
  });
  await place.settle();
  const { AutoScalingInstances = [] } = await place.autoscaling.describeAutoScalingInstances({
    InstanceIds: [InstanceId!],
  });
  return {
    hasActivity: Activity?.ActivityId !== undefined,
    isMember: AutoScalingInstances.length > 0,
    ...(await sizeOf(place)),
  };
}

export const autoscalingCases = casesOf([
  {
    operation: 'autoscaling:DescribeAutoScalingGroups',
    name: 'a group that does not exist is left out',
    agreed: 0,
    seen: async ({ autoscaling }) =>
      (await autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: ['none'] })).AutoScalingGroups?.length ?? 0,
  },
  {
    operation: 'autoscaling:DescribeAutoScalingGroups',
    name: 'what we read of a group is there',
    agreed: {
      min: 1,
      max: 3,
      desired: 2,
      checks: 'EC2',
      suspended: [],
      members: [
        { lifecycle: 'InService', health: 'Healthy', isProtected: false },
        { lifecycle: 'InService', health: 'Healthy', isProtected: false },
      ],
    },
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({
        AutoScalingGroupNames: ['web'],
      });
      const [group] = AutoScalingGroups;
      return {
        min: group?.MinSize,
        max: group?.MaxSize,
        desired: group?.DesiredCapacity,
        checks: group?.HealthCheckType,
        suspended: group?.SuspendedProcesses ?? [],
        members: group?.Instances?.map(({ LifecycleState, HealthStatus, ProtectedFromScaleIn }) => ({
          lifecycle: LifecycleState,
          health: HealthStatus,
          isProtected: ProtectedFromScaleIn,
        })),
      };
    },
  },
  {
    operation: 'autoscaling:DescribeAutoScalingInstances',
    name: 'an instance of no group is left out',
    agreed: 0,
    seen: async ({ autoscaling, add }) => {
      const InstanceIds = [await add.instance()];
      return (await autoscaling.describeAutoScalingInstances({ InstanceIds })).AutoScalingInstances?.length ?? 0;
    },
  },
  {
    operation: 'autoscaling:DescribeAutoScalingInstances',
    name: 'a member tells its group; its health is in capitals here',
    agreed: { group: 'web', lifecycle: 'InService', health: 'HEALTHY' },
    seen: async ({ autoscaling, add }) => {
      const [id] = await add.group(web);
      const { AutoScalingInstances = [] } = await autoscaling.describeAutoScalingInstances({ InstanceIds: [id!] });
      const [one] = AutoScalingInstances;
      return { group: one?.AutoScalingGroupName, lifecycle: one?.LifecycleState, health: one?.HealthStatus };
    },
  },
  {
    operation: 'autoscaling:DescribeScalingActivities',
    name: 'a group that does not exist is an error',
    agreed: { refused: 'ValidationError' },
    seen: ({ autoscaling }) => refusal(autoscaling.describeScalingActivities({ AutoScalingGroupName: 'none' })),
  },
  {
    operation: 'autoscaling:DescribeInstanceRefreshes',
    name: 'a group has none unless one was started',
    agreed: 0,
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      const answer = await autoscaling.describeInstanceRefreshes({ AutoScalingGroupName: 'web' });
      return answer.InstanceRefreshes?.length ?? 0;
    },
  },
  {
    operation: 'autoscaling:DescribePolicies',
    name: 'a group has none unless one was put',
    agreed: 0,
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      return (await autoscaling.describePolicies({ AutoScalingGroupName: 'web' })).ScalingPolicies?.length ?? 0;
    },
  },
  {
    operation: 'autoscaling:SetDesiredCapacity',
    name: 'within its bounds the group grows',
    agreed: { desired: 3, members: 3 },
    seen: async (place) => {
      await desire(place, 3);
      await place.settle();
      return sizeOf(place);
    },
  },
  {
    operation: 'autoscaling:SetDesiredCapacity',
    name: 'more than the maximum is refused',
    agreed: { refused: 'ValidationError' },
    seen: (place) => desire(place, 4),
  },
  {
    operation: 'autoscaling:SetDesiredCapacity',
    name: 'fewer than the minimum is refused',
    agreed: { refused: 'ValidationError' },
    seen: (place) => desire(place, 0),
  },
  {
    operation: 'autoscaling:SetDesiredCapacity',
    name: 'a group that does not exist is an error',
    agreed: { refused: 'ValidationError' },
    seen: ({ autoscaling }) =>
      refusal(autoscaling.setDesiredCapacity({ AutoScalingGroupName: 'none', DesiredCapacity: 1 })),
  },
  {
    operation: 'autoscaling:SetInstanceHealth',
    name: 'a member that is set unhealthy is replaced',
    agreed: { isMember: false, desired: 2, members: 2 },
    seen: async (place) => {
      const [InstanceId] = await place.add.group(web);
      const asked = { InstanceId, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: false };
      await place.autoscaling.setInstanceHealth(asked);
      await place.settle();
      const found = await place.autoscaling.describeAutoScalingInstances({ InstanceIds: [InstanceId!] });
      return { isMember: (found.AutoScalingInstances ?? []).length > 0, ...(await sizeOf(place)) };
    },
  },
  {
    operation: 'autoscaling:SetInstanceHealth',
    name: 'an instance of no group is refused',
    agreed: { refused: 'ValidationError' },
    seen: async ({ autoscaling, add }) =>
      refusal(autoscaling.setInstanceHealth({ InstanceId: await add.instance(), HealthStatus: 'Unhealthy' })),
  },
  {
    operation: 'autoscaling:TerminateInstanceInAutoScalingGroup',
    name: 'without a decrement a successor is launched',
    agreed: { hasActivity: true, isMember: false, desired: 2, members: 2 },
    seen: (place) => terminate(place, web, false),
  },
  {
    operation: 'autoscaling:TerminateInstanceInAutoScalingGroup',
    name: 'with a decrement the group is smaller',
    agreed: { hasActivity: true, isMember: false, desired: 1, members: 1 },
    seen: (place) => terminate(place, web, true),
  },
  {
    operation: 'autoscaling:TerminateInstanceInAutoScalingGroup',
    name: 'a decrement below the minimum is refused',
    agreed: { refused: 'ValidationError' },
    seen: (place) => refusal(terminate(place, { ...web, min: 2 }, true)),
  },
  {
    operation: 'autoscaling:TerminateInstanceInAutoScalingGroup',
    name: 'an instance of no group is refused',
    agreed: { refused: 'ValidationError' },
    seen: ({ autoscaling }) =>
      refusal(
        autoscaling.terminateInstanceInAutoScalingGroup({ InstanceId: missing, ShouldDecrementDesiredCapacity: false }),
      ),
  },
  {
    operation: 'autoscaling:RollbackInstanceRefresh',
    name: 'without a refresh under way there is nothing to roll back',
    agreed: { refused: 'ActiveInstanceRefreshNotFoundFault' },
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      return refusal(autoscaling.rollbackInstanceRefresh({ AutoScalingGroupName: 'web' }));
    },
  },
  {
    operation: 'autoscaling:CancelInstanceRefresh',
    name: 'without a refresh under way there is nothing to cancel',
    agreed: { refused: 'ActiveInstanceRefreshNotFoundFault' },
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      return refusal(autoscaling.cancelInstanceRefresh({ AutoScalingGroupName: 'web' }));
    },
  },
  {
    operation: 'autoscaling:ResumeProcesses',
    name: 'only those that are named are resumed',
    agreed: ['AZRebalance'],
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      await autoscaling.suspendProcesses({ AutoScalingGroupName: 'web', ScalingProcesses: ['Launch', 'AZRebalance'] });
      await autoscaling.resumeProcesses({ AutoScalingGroupName: 'web', ScalingProcesses: ['Launch'] });
      const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({
        AutoScalingGroupNames: ['web'],
      });
      return AutoScalingGroups[0]?.SuspendedProcesses?.map(({ ProcessName }) => ProcessName);
    },
  },
  {
    operation: 'autoscaling:DescribeLifecycleHooks',
    name: 'a group has none unless one was put',
    agreed: [],
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      return (await autoscaling.describeLifecycleHooks({ AutoScalingGroupName: 'web' })).LifecycleHooks;
    },
  },
  {
    operation: 'autoscaling:EnterStandby',
    name: 'the member stays, out of service, and another is launched in its place',
    agreed: { lifecycle: 'Standby', desired: 2, members: 3 },
    seen: async (place) => {
      const [id = ''] = await place.add.group(web);
      await place.autoscaling.enterStandby({
        AutoScalingGroupName: 'web',
        InstanceIds: [id],
        ShouldDecrementDesiredCapacity: false,
      });
      await place.settle();
      return { lifecycle: await lifecycleOf(place, id), ...(await sizeOf(place)) };
    },
  },
  {
    operation: 'autoscaling:EnterStandby',
    name: 'an instance that is no member is refused',
    agreed: { refused: 'ValidationError' },
    seen: async ({ autoscaling, add }) => {
      await add.group(web);
      return refusal(
        autoscaling.enterStandby({
          AutoScalingGroupName: 'web',
          InstanceIds: [missing],
          ShouldDecrementDesiredCapacity: false,
        }),
      );
    },
  },
  {
    operation: 'autoscaling:ExitStandby',
    name: 'the member is in service again, and the group is to have one more',
    agreed: { lifecycle: 'InService', desired: 3 },
    seen: async (place) => {
      const [id = ''] = await place.add.group(web);
      const asked = { AutoScalingGroupName: 'web', InstanceIds: [id] };
      await place.autoscaling.enterStandby({ ...asked, ShouldDecrementDesiredCapacity: false });
      await place.settle();
      await place.autoscaling.exitStandby(asked);
      await place.settle();
      return { lifecycle: await lifecycleOf(place, id), desired: (await sizeOf(place)).desired };
    },
  },
]);
