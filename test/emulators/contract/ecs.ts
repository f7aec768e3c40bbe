import { casesOf, refusal } from './case';
import type { Place } from './place';

const cluster = 'shop';
const service = 'checkout';

async function described({ ecs }: Place) {
  const { services: [found] = [] } = await ecs.describeServices({ cluster, services: [service], include: ['TAGS'] });
  return found;
}

/** ARN of the newest service deployment. */
async function newest({ ecs }: Place): Promise<string> {
  const { serviceDeployments: [found] = [] } = await ecs.listServiceDeployments({ cluster, service });
  return found?.serviceDeploymentArn ?? '';
}

async function taskArns({ ecs }: Place): Promise<readonly string[]> {
  const { taskArns: found = [] } = await ecs.listTasks({ cluster, serviceName: service });
  return found;
}

const noTask = '0123456789abcdef0123456789abcdef';

/** Container instances register themselves by their agents, so that an emulator has none. */
export const ecsCases = casesOf([
  {
    operation: 'ecs:DescribeServices',
    name: 'a service has its counts, its controller and its tags',
    agreed: ['ACTIVE', 1, 'ECS', [{ key: 'homeostat:heal', value: 'yes' }]],
    seen: async (place) => {
      await place.add.ecsService({ tags: { 'homeostat:heal': 'yes' } });
      const found = await described(place);
      return [found?.status, found?.desiredCount, found?.deploymentController?.type ?? 'ECS', found?.tags];
    },
  },
  {
    operation: 'ecs:DescribeServices',
    name: 'its deployment is the primary, and names its task definition',
    agreed: ['PRIMARY', 'checkout:1'],
    seen: async (place) => {
      await place.add.ecsService();
      const [first] = (await described(place))?.deployments ?? [];
      return [first?.status, first?.taskDefinition?.split('/').at(-1)];
    },
  },
  {
    operation: 'ecs:DescribeServices',
    name: 'one that there is not is told as missing',
    agreed: ['MISSING'],
    seen: async (place) => {
      await place.add.ecsService();
      const { failures = [] } = await place.ecs.describeServices({ cluster, services: ['nothing'] });
      return failures.map(({ reason }) => reason);
    },
  },
  {
    operation: 'ecs:UpdateService',
    name: 'it is to have another number of tasks',
    agreed: 3,
    seen: async (place) => {
      await place.add.ecsService();
      await place.ecs.updateService({ cluster, service, desiredCount: 3 });
      return (await described(place))?.desiredCount;
    },
  },
  {
    operation: 'ecs:UpdateService',
    name: 'a new deployment of the same takes the place of the primary',
    agreed: { isAnother: true, of: 'checkout:1' },
    seen: async (place) => {
      await place.add.ecsService();
      const before = (await described(place))?.deployments?.find(({ status }) => status === 'PRIMARY');
      await place.ecs.updateService({ cluster, service, forceNewDeployment: true });
      const after = (await described(place))?.deployments?.find(({ status }) => status === 'PRIMARY');
      return { isAnother: before?.id !== after?.id, of: after?.taskDefinition?.split('/').at(-1) };
    },
  },
  {
    operation: 'ecs:UpdateService',
    name: 'one that there is not is refused',
    agreed: { refused: 'ServiceNotFoundException' },
    seen: async (place) => {
      await place.add.ecsService();
      return refusal(place.ecs.updateService({ cluster, service: 'nothing', desiredCount: 3 }));
    },
  },
  {
    operation: 'ecs:ListServiceDeployments',
    name: 'the one that made the service is there, and has a revision',
    agreed: [true, true],
    seen: async (place) => {
      await place.add.ecsService();
      const { serviceDeployments: [first] = [] } = await place.ecs.listServiceDeployments({ cluster, service });
      return [first?.serviceDeploymentArn !== undefined, first?.targetServiceRevisionArn !== undefined];
    },
  },
  {
    operation: 'ecs:DescribeServiceDeployments',
    name: 'a deployment of the same has the revision before it',
    agreed: 1,
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      await place.ecs.updateService({ cluster, service, forceNewDeployment: true });
      const { serviceDeployments: [found] = [] } = await place.ecs.describeServiceDeployments({
        serviceDeploymentArns: [await newest(place)],
      });
      return found?.sourceServiceRevisions?.length;
    },
  },
  {
    operation: 'ecs:DescribeServiceRevisions',
    name: 'a revision tells its task definition',
    agreed: 'checkout:1',
    seen: async (place) => {
      await place.add.ecsService();
      const { serviceDeployments: [first] = [] } = await place.ecs.listServiceDeployments({ cluster, service });
      const { serviceRevisions: [revision] = [] } = await place.ecs.describeServiceRevisions({
        serviceRevisionArns: [first?.targetServiceRevisionArn ?? ''],
      });
      return revision?.taskDefinition?.split('/').at(-1);
    },
  },
  {
    operation: 'ecs:StopServiceDeployment',
    name: 'one that is over cannot be stopped',
    agreed: { refused: 'ConflictException' },
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      const serviceDeploymentArn = await newest(place);
      return refusal(place.ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' }));
    },
  },
  {
    operation: 'ecs:ListTasks',
    name: 'the tasks of a service are listed',
    agreed: 1,
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      return (await taskArns(place)).length;
    },
  },
  {
    operation: 'ecs:DescribeTasks',
    name: 'a task tells its service and what it should be',
    agreed: ['service:checkout', 'RUNNING'],
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      const { tasks: [first] = [] } = await place.ecs.describeTasks({ cluster, tasks: [...(await taskArns(place))] });
      return [first?.group, first?.desiredStatus];
    },
  },
  {
    operation: 'ecs:DescribeTasks',
    name: 'one that there is not is told as missing',
    agreed: ['MISSING'],
    seen: async (place) => {
      await place.add.ecsService();
      const { failures = [] } = await place.ecs.describeTasks({ cluster, tasks: [noTask] });
      return failures.map(({ reason }) => reason);
    },
  },
  {
    operation: 'ecs:GetTaskProtection',
    name: 'a task is not protected unless its own code says so',
    agreed: [false],
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      const tasks = [...(await taskArns(place))];
      const { protectedTasks = [] } = await place.ecs.getTaskProtection({ cluster, tasks });
      return protectedTasks.map(({ protectionEnabled }) => protectionEnabled);
    },
  },
  {
    operation: 'ecs:StopTask',
    name: 'a task is to stop, and says why',
    agreed: ['STOPPED', 'it hangs'],
    seen: async (place) => {
      await place.add.ecsService();
      await place.settle();
      const [first = ''] = await taskArns(place);
      const { task } = await place.ecs.stopTask({ cluster, task: first, reason: 'it hangs' });
      return [task?.desiredStatus, task?.stoppedReason];
    },
  },
  {
    operation: 'ecs:StopTask',
    name: 'one that there is not is refused',
    agreed: { refused: 'InvalidParameterException' },
    seen: async (place) => {
      await place.add.ecsService();
      return refusal(place.ecs.stopTask({ cluster, task: noTask }));
    },
  },
  {
    operation: 'ecs:ListContainerInstances',
    name: 'a cluster whose tasks need none has none',
    agreed: [],
    seen: async (place) => {
      await place.add.ecsService();
      return (await place.ecs.listContainerInstances({ cluster })).containerInstanceArns;
    },
  },
  {
    operation: 'ecs:DescribeContainerInstances',
    name: 'one that there is not is told as missing',
    agreed: ['MISSING'],
    seen: async (place) => {
      await place.add.ecsService();
      const asked = { cluster, containerInstances: [noTask] };
      return ((await place.ecs.describeContainerInstances(asked)).failures ?? []).map(({ reason }) => reason);
    },
  },
  {
    operation: 'ecs:UpdateContainerInstancesState',
    name: 'a status that there is not is refused',
    agreed: { refused: 'InvalidParameterException' },
    seen: async (place) => {
      await place.add.ecsService();
      const asked = { cluster, containerInstances: [noTask], status: 'REGISTERING' as const };
      return refusal(place.ecs.updateContainerInstancesState(asked));
    },
  },
]);
