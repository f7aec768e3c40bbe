import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const last = (given: string): string => given.split('/').at(-1) ?? given;

/** What a call names in a cluster, whether by its name or by its ARN. */
const inCluster =
  (type: string, field: string): Arns =>
  (input) =>
    texts(input['cluster']).flatMap((cluster) =>
      texts(input[field]).map((name) => arn('ecs', `${type}/${last(cluster)}/${last(name)}`)),
    );

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'ecs:DescribeServices': inCluster('service', 'services'),
  'ecs:UpdateService': inCluster('service', 'service'),
  'ecs:ListServiceDeployments': inCluster('service', 'service'),
  'ecs:DescribeServiceDeployments': ({ serviceDeploymentArns }) => texts(serviceDeploymentArns),
  'ecs:DescribeServiceRevisions': ({ serviceRevisionArns }) => texts(serviceRevisionArns),
  'ecs:StopServiceDeployment': ({ serviceDeploymentArn }) => texts(serviceDeploymentArn),
  // By the container instance that they are on; where none is named, whichever of the cluster.
  'ecs:ListTasks': ({ cluster, containerInstance = 'any' }) =>
    texts(cluster).flatMap((name) =>
      texts(containerInstance).map((one) => arn('ecs', `container-instance/${last(name)}/${last(one)}`)),
    ),
  'ecs:ListContainerInstances': ({ cluster }) => texts(cluster).map((name) => arn('ecs', `cluster/${last(name)}`)),
  'ecs:DescribeTasks': inCluster('task', 'tasks'),
  'ecs:GetTaskProtection': inCluster('task', 'tasks'),
  'ecs:StopTask': inCluster('task', 'task'),
  'ecs:DescribeContainerInstances': inCluster('container-instance', 'containerInstances'),
  'ecs:UpdateContainerInstancesState': inCluster('container-instance', 'containerInstances'),
};

/** What AWS asks besides, of the one who calls: whoever names a task definition passes its roles on to the tasks. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'ecs:UpdateService': ({ taskDefinition }) =>
    texts(taskDefinition).map(() => ({
      action: 'iam:PassRole',
      resource: arn('iam', 'role/checkout-task', ''),
      context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })),
};
