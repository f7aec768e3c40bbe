import type * as sdk from '@aws-sdk/client-ecs';
import { Refusal } from '../refusal';
import type { Answers } from './answers';
import { livingTasks, type Deployment, type ServiceState, type Task } from './service';

/** The services of an account, and what is found in them. */
export class Inventory {
  readonly #services = new Map<string, ServiceState>();

  constructor(private readonly answers: Answers) {}

  add(service: ServiceState): void {
    this.#services.set(`${service.cluster}/${service.name}`, service);
  }

  /** By `cluster/name`. */
  get(id: string): ServiceState | undefined {
    return this.#services.get(id);
  }

  all(): readonly ServiceState[] {
    return [...this.#services.values()];
  }

  /** Tasks on a container instance. */
  tasksOn(id: string): readonly { readonly service: ServiceState; readonly task: Task }[] {
    return [...this.#services.values()].flatMap((service) =>
      livingTasks(service)
        .filter(({ containerInstance }) => containerInstance === id)
        .map((task) => ({ service, task })),
    );
  }

  /** ARNs of the tasks that are asked for. */
  taskArns(input: sdk.ListTasksCommandInput): readonly string[] {
    const cluster = clusterOf(input.cluster);
    const wanted = input.desiredStatus ?? 'RUNNING';
    const on = input.containerInstance === undefined ? undefined : nameOf(input.containerInstance);
    return [...this.#services.values()]
      .filter(
        (service) =>
          service.cluster === cluster &&
          (input.serviceName === undefined || nameOf(input.serviceName) === service.name),
      )
      .flatMap((service) =>
        service.tasks
          .filter(
            (task) =>
              (task.status === 'STOPPED') === (wanted === 'STOPPED') &&
              (on === undefined || task.containerInstance === on),
          )
          .map((task) => this.answers.taskArn(service, task)),
      );
  }

  /** A task by its id or ARN. */
  task(
    cluster: string | undefined,
    given: string,
  ): { readonly service: ServiceState; readonly task: Task } | undefined {
    const id = nameOf(given);
    for (const service of this.#services.values()) {
      const task = service.cluster === clusterOf(cluster) ? service.tasks.find((one) => one.id === id) : undefined;
      if (task) return { service, task };
    }
    return undefined;
  }

  /** A service deployment by its ARN. */
  deployment(arn: string): { readonly service: ServiceState; readonly deployment: Deployment } | undefined {
    for (const service of this.#services.values()) {
      const deployment = serviceDeployments(service).find(
        (one) => this.answers.serviceDeploymentArn(service, one) === arn,
      );
      if (deployment) return { service, deployment };
    }
    return undefined;
  }

  /** What a service revision runs, by its ARN. */
  revision(arn: string): { readonly service: ServiceState; readonly taskDefinition: string } | undefined {
    for (const service of this.#services.values()) {
      const known = service.deployments.flatMap(({ taskDefinition, before }) => [
        taskDefinition,
        ...(before === undefined ? [] : [before]),
      ]);
      const taskDefinition = known.find((one) => this.answers.revisionArn(service, one) === arn);
      if (taskDefinition !== undefined) return { service, taskDefinition };
    }
    return undefined;
  }

  /** By its name or ARN. */
  find(cluster: string | undefined, given: string): ServiceState | undefined {
    return this.#services.get(`${clusterOf(cluster)}/${nameOf(given)}`);
  }

  /** The same, or ECS's refusal. */
  known(cluster: string | undefined, given: string | undefined): ServiceState {
    const found = this.find(cluster, given ?? '');
    if (!found) throw new Refusal('ServiceNotFoundException', 'Service not found.');
    return found;
  }

  /** By `cluster/name`, for whoever sets the stage. */
  named(id: string): ServiceState {
    const found = this.#services.get(id);
    if (!found) throw new Error(`there is no service ${id}`);
    return found;
  }
}

/** Deployments that somebody asked for, the latest first. */
export function serviceDeployments({ deployments }: ServiceState): readonly Deployment[] {
  return deployments.filter(({ isWayBack }) => !isWayBack);
}

/** The name behind the last slash of an ARN, or the name itself. */
export function nameOf(given: string): string {
  return given.split('/').at(-1) ?? given;
}

/** `default`, unless told. */
export function clusterOf(given: string | undefined): string {
  return given === undefined ? 'default' : nameOf(given);
}
