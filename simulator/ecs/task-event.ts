import type { SimulatedAccount } from '../world';
import { illOf, type ServiceState, type Task } from './service';

/** What an event of ECS says of a task as it is now. */
export function taskDetail(account: SimulatedAccount, service: ServiceState, task: Task): object {
  const arn = account.arn('ecs', `task/${service.cluster}/${task.id}`);
  const at = new Date(account.clock.now()).toISOString();
  return {
    taskArn: arn,
    clusterArn: account.arn('ecs', `cluster/${service.cluster}`),
    ...(task.containerInstance !== undefined && {
      containerInstanceArn: account.arn('ecs', `container-instance/${service.cluster}/${task.containerInstance}`),
    }),
    group: `service:${service.name}`,
    startedBy: `ecs-svc/${task.deployment}`,
    launchType: service.launch,
    taskDefinitionArn: account.arn('ecs', `task-definition/${task.taskDefinition}`),
    desiredStatus: task.status === 'STOPPED' ? 'STOPPED' : 'RUNNING',
    lastStatus: task.status,
    ...(task.status === 'RUNNING' && { healthStatus: illOf(service, task) ? 'UNHEALTHY' : 'HEALTHY' }),
    ...(task.stopped && { stopCode: task.stopped.code, stoppedReason: task.stopped.reason, stoppedAt: at }),
    containers: [
      {
        containerArn: account.arn('ecs', `container/${service.cluster}/${task.id}/app`),
        taskArn: arn,
        name: 'app',
        lastStatus: task.status,
        ...(task.stopped?.code === 'EssentialContainerExited' && { exitCode: 1 }),
      },
    ],
    overrides: { containerOverrides: [{ name: 'app' }] },
    createdAt: new Date(task.createdAt).toISOString(),
    updatedAt: at,
    version: task.version,
  };
}
