import type * as sdk from '@aws-sdk/client-ecs';
import type { SimulatedAccount } from '../world';
import { illOf, livingTasks, type Deployment, type ServiceState, type Task } from './service';

/** What ECS answers of services, deployments and tasks. */
export class Answers {
  constructor(private readonly account: SimulatedAccount) {}

  service(service: ServiceState, include: readonly string[] = []): sdk.Service {
    const there = livingTasks(service);
    return {
      serviceArn: service.arn,
      serviceName: service.name,
      clusterArn: this.cluster(service.cluster),
      status: 'ACTIVE',
      desiredCount: service.desired,
      runningCount: there.filter(({ status }) => status === 'RUNNING').length,
      pendingCount: there.filter(({ status }) => status === 'PENDING').length,
      launchType: service.launch,
      taskDefinition: this.taskDefinition(service.deployments[0]?.taskDefinition ?? service.taskDefinition),
      deploymentConfiguration: {
        minimumHealthyPercent: service.minPercent,
        maximumPercent: service.maxPercent,
        deploymentCircuitBreaker: {
          enable: service.circuitBreaker !== 'off',
          rollback: service.circuitBreaker === 'rollback',
        },
      },
      deploymentController: { type: service.controller },
      schedulingStrategy: 'REPLICA',
      deployments: this.#present(service).map((one, place) => this.#deployment(service, one, place === 0)),
      loadBalancers: service.targetGroups.map((name) => ({ targetGroupArn: this.#targetGroup(name) })),
      events: service.events.slice(0, 100).map(({ at, message }, place) => ({
        id: `00000000-0000-4000-8000-${at.toString(16).padStart(9, '0')}${place.toString(16).padStart(3, '0')}`,
        createdAt: new Date(at),
        message,
      })),
      ...(include.includes('TAGS') && { tags: Object.entries(service.tags).map(([key, value]) => ({ key, value })) }),
    };
  }

  serviceDeployment(service: ServiceState, deployment: Deployment): sdk.ServiceDeployment {
    const { createdAt, finishedAt, status, before } = deployment;
    return {
      serviceDeploymentArn: this.serviceDeploymentArn(service, deployment),
      serviceArn: service.arn,
      clusterArn: this.cluster(service.cluster),
      createdAt: new Date(createdAt),
      startedAt: new Date(createdAt),
      ...(finishedAt !== undefined && { finishedAt: new Date(finishedAt) }),
      status,
      ...(before !== undefined && { sourceServiceRevisions: [{ arn: this.revisionArn(service, before) }] }),
      targetServiceRevision: { arn: this.revisionArn(service, deployment.taskDefinition) },
      deploymentConfiguration: {
        deploymentCircuitBreaker: {
          enable: service.circuitBreaker !== 'off',
          rollback: service.circuitBreaker === 'rollback',
        },
      },
    };
  }

  task(service: ServiceState, task: Task): sdk.Task {
    return {
      taskArn: this.taskArn(service, task),
      clusterArn: this.cluster(service.cluster),
      group: `service:${service.name}`,
      startedBy: `ecs-svc/${task.deployment}`,
      taskDefinitionArn: this.taskDefinition(task.taskDefinition),
      launchType: service.launch,
      desiredStatus: task.status === 'STOPPED' ? 'STOPPED' : 'RUNNING',
      lastStatus: task.status,
      healthStatus: task.status !== 'RUNNING' ? 'UNKNOWN' : illOf(service, task) ? 'UNHEALTHY' : 'HEALTHY',
      createdAt: new Date(task.createdAt),
      version: task.version,
      ...(task.startedAt !== undefined && { startedAt: new Date(task.startedAt) }),
      ...(task.containerInstance !== undefined && {
        containerInstanceArn: this.account.arn(
          'ecs',
          `container-instance/${service.cluster}/${task.containerInstance}`,
        ),
      }),
      ...(task.stopped && {
        stopCode: task.stopped.code as sdk.TaskStopCode,
        stoppedReason: task.stopped.reason,
        stoppedAt: new Date(task.stopped.at),
      }),
    };
  }

  taskArn({ cluster }: ServiceState, { id }: Task): string {
    return this.account.arn('ecs', `task/${cluster}/${id}`);
  }

  serviceDeploymentArn({ cluster, name }: ServiceState, { id }: Deployment): string {
    return this.account.arn('ecs', `service-deployment/${cluster}/${name}/${id}`);
  }

  /** A revision is told apart by its task definition here: AWS gives each a number of its own. */
  revisionArn({ cluster, name }: ServiceState, taskDefinition: string): string {
    return this.account.arn('ecs', `service-revision/${cluster}/${name}/${taskDefinition.replace(':', '-')}`);
  }

  cluster(name: string): string {
    return this.account.arn('ecs', `cluster/${name}`);
  }

  taskDefinition(name: string): string {
    return this.account.arn('ecs', `task-definition/${name}`);
  }

  /** The primary, and those that still have tasks. */
  #present(service: ServiceState): readonly Deployment[] {
    const [primary, ...others] = service.deployments;
    const busy = new Set(livingTasks(service).map(({ deployment }) => deployment));
    return primary ? [primary, ...others.filter(({ id }) => busy.has(id))] : [];
  }

  #deployment(service: ServiceState, one: Deployment, isPrimary: boolean): sdk.Deployment {
    const own = livingTasks(service).filter(({ deployment }) => deployment === one.id);
    return {
      id: `ecs-svc/${one.id}`,
      status: isPrimary ? 'PRIMARY' : 'ACTIVE',
      taskDefinition: this.taskDefinition(one.taskDefinition),
      desiredCount: isPrimary ? service.desired : 0,
      runningCount: own.filter(({ status }) => status === 'RUNNING').length,
      pendingCount: own.filter(({ status }) => status === 'PENDING').length,
      failedTasks: one.failed,
      createdAt: new Date(one.createdAt),
      updatedAt: new Date(one.finishedAt ?? one.createdAt),
      rolloutState: one.status === 'SUCCESSFUL' ? 'COMPLETED' : one.status === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'FAILED',
    };
  }

  #targetGroup(name: string): string {
    return this.account.services.elasticloadbalancing.targetGroup(name)?.arn ?? name;
  }
}
