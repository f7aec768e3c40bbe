import { listed, type Disagreement } from '../disagreement';

/** Services, their deployments and tasks, and the instances that carry these. */
export const aboutEcs: readonly Disagreement[] = [
  ...listed('moto', 'it does not know the operation', [
    ['ecs:ListServiceDeployments', 'the one that made the service is there, and has a revision'],
    ['ecs:DescribeServiceDeployments', 'a deployment of the same has the revision before it'],
    ['ecs:DescribeServiceRevisions', 'a revision tells its task definition'],
    ['ecs:StopServiceDeployment', 'one that is over cannot be stopped'],
    ['ecs:GetTaskProtection', 'a task is not protected unless its own code says so'],
  ]),
  ...listed('moto', 'its services run no tasks', [
    ['ecs:ListTasks', 'the tasks of a service are listed'],
    ['ecs:DescribeTasks', 'a task tells its service and what it should be'],
    ['ecs:StopTask', 'a task is to stop, and says why'],
  ]),
  ...listed('moto', 'it says nothing of what it does not find', [
    ['ecs:DescribeTasks', 'one that there is not is told as missing'],
  ]),
  ...listed('moto', 'it fails on what it does not find', [
    ['ecs:StopTask', 'one that there is not is refused'],
    ['ecs:DescribeContainerInstances', 'one that there is not is told as missing'],
  ]),
  ...listed('ministack', 'it keeps no deployments of a service', [
    ['ecs:ListServiceDeployments', 'the one that made the service is there, and has a revision'],
    ['ecs:DescribeServiceDeployments', 'a deployment of the same has the revision before it'],
    ['ecs:DescribeServiceRevisions', 'a revision tells its task definition'],
  ]),
  ...listed('ministack', 'it does not know the operation', [
    ['ecs:StopServiceDeployment', 'one that is over cannot be stopped'],
    ['ecs:UpdateContainerInstancesState', 'a status that there is not is refused'],
  ]),
  ...listed('ministack', 'it says nothing of a task that nobody protects', [
    ['ecs:GetTaskProtection', 'a task is not protected unless its own code says so'],
  ]),
  ...listed('ministack', 'it has no container instances, and says nothing of what it does not find', [
    ['ecs:DescribeContainerInstances', 'one that there is not is told as missing'],
  ]),
];
