import type { SimulatedAccount } from '../world';
import type { Deployment, ServiceState, Task } from './service';
import { taskDetail } from './task-event';

export const noRoom = 'was unable to place a task because no container instance met all of its requirements.';
/** In what words a service tells of itself what ECS's events tell by a name. */
const told: Readonly<Record<string, string>> = {
  SERVICE_STEADY_STATE: 'has reached a steady state.',
  SERVICE_TASK_PLACEMENT_FAILURE: noRoom,
};

/** What ECS tells of services, their deployments and their tasks. */
export class Telling {
  constructor(private readonly account: SimulatedAccount) {}

  /** Says what ECS's events say of a task. */
  task(service: ServiceState, task: Task): void {
    task.version += 1;
    const { bus } = this.account;
    const arn = this.account.arn('ecs', `task/${service.cluster}/${task.id}`);
    bus.emit('aws.ecs', 'ECS Task State Change', [arn], taskDetail(this.account, service, task));
  }

  /** Says something of a service, in an event and in what the service tells of itself. */
  act(service: ServiceState, eventType: string, eventName: string, more: object = {}): void {
    const at = this.account.clock.now();
    this.note(service, told[eventName] ?? eventName);
    this.account.bus.emit('aws.ecs', 'ECS Service Action', [service.arn], {
      eventType,
      eventName,
      clusterArn: this.account.arn('ecs', `cluster/${service.cluster}`),
      createdAt: new Date(at).toISOString(),
      ...more,
    });
  }

  /** Writes it into what the service tells of itself. */
  note(service: ServiceState, what: string): void {
    const event = { at: this.account.clock.now(), message: `(service ${service.name}) ${what}` };
    service.events = [event, ...service.events].slice(0, 100);
  }

  /** Says how a deployment fares. */
  deployment(service: ServiceState, { id }: Deployment, eventType: string, eventName: string, reason: string): void {
    this.account.bus.emit('aws.ecs', 'ECS Deployment State Change', [service.arn], {
      eventType,
      eventName,
      deploymentId: `ecs-svc/${id}`,
      updatedAt: new Date(this.account.clock.now()).toISOString(),
      reason,
    });
  }
}
