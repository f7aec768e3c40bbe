import { Answers } from './ecs/answers';
import { deploymentsOf, tasksOf, waitsUntil } from './ecs/as-described';
import { ContainerInstances } from './ecs/container-instances';
import { deploymentOperations } from './ecs/deployment-operations';
import { clusterOf, Inventory } from './ecs/inventory';
import { Measures } from './ecs/measures';
import { serviceOperations } from './ecs/service-operations';
import { taskOperations } from './ecs/task-operations';
import { Scheduler } from './ecs/scheduler';
import {
  ecsServiceSchema,
  isStuck,
  livingTasks,
  sickTasks,
  type EcsHappening,
  type EcsServiceInput,
  type ServiceState,
} from './ecs/service';
import { noRoom, Telling } from './ecs/telling';
import type { SimulatedAccount } from './world';

/** ECS of one account: services with their deployments and tasks, and the instances that these are put on. */
export class Ecs {
  readonly #answers: Answers;
  readonly #inventory: Inventory;
  readonly #telling: Telling;
  readonly #scheduler: Scheduler;
  readonly #measures: Measures;
  readonly instances: ContainerInstances;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#answers = new Answers(account);
    this.#inventory = new Inventory(this.#answers);
    this.#measures = new Measures(account, this.#inventory);
    this.instances = new ContainerInstances(
      account,
      ({ id }) => {
        this.#drain(id);
      },
      ({ id }) => this.#inventory.tasksOn(id).length,
      clusterOf,
    );
    this.#telling = new Telling(account);
    this.#scheduler = new Scheduler(
      account,
      this.#telling,
      (service) => {
        this.#measures.changed(service);
      },
      (cluster) => this.#hostIn(cluster),
    );
    this.operations = {
      ...this.instances.operations,
      ...serviceOperations(account, this.#inventory, this.#scheduler, this.#answers),
      ...deploymentOperations(account, this.#inventory, this.#scheduler, this.#answers),
      ...taskOperations(account, this.#inventory, this.#scheduler, this.#answers),
    };
  }

  /** Adds a service with its tasks, as if it had always been there, or replaces the one of that name. */
  add(input: EcsServiceInput): void {
    const { sick, deployed: told, desired, load, ...named } = ecsServiceSchema.parse(input);
    const waits = told === undefined ? 0 : waitsUntil(told, this.account);
    // What is yet to be deployed was not deployed before.
    const deployed = waits > 0 ? undefined : told;
    const described = waits > 0 && told ? { ...named, taskDefinition: told.before } : named;
    const arn = this.account.arn('ecs', `service/${described.cluster}/${described.name}`);
    const deployments = deploymentsOf(described.taskDefinition, deployed, this.account);
    const service: ServiceState = {
      ...described,
      arn,
      desired,
      room: described.room,
      work: desired * load,
      tasks: [],
      deployments,
      ills: [],
      events: [],
    };
    service.tasks = tasksOf(service, (place) => this.#anyHostIn(service.cluster, place), this.account);
    if (service.tasks.length < desired) this.#telling.note(service, noRoom);
    this.#inventory.add(service);
    const [latest] = deployments;
    if (latest.status === 'IN_PROGRESS') this.#scheduler.roll(service, latest);
    if (waits > 0)
      this.account.clock.after(waits, () => {
        this.#scheduler.deploy(service, named.taskDefinition);
      });
    // Which happens once all else of the account is there.
    if (sick)
      this.account.clock.after(0, () => {
        this.sicken(`${service.cluster}/${service.name}`, sick);
      });
  }

  holds(id: string): boolean {
    return this.#inventory.get(id) !== undefined;
  }

  /** A service as it is now, by `cluster/name`; undefined when there is none. */
  find(id: string): ServiceState | undefined {
    return this.#inventory.get(id);
  }

  /** Tasks of a service that do not do their work. */
  sickOf(id: string): number {
    const found = this.#inventory.get(id);
    return found ? sickTasks(found).length : 0;
  }

  sicken(id: string, { tasks, endsWith = 'restart', how = 'unhealthy' }: Partial<ServiceState['ills'][number]>): void {
    const service = this.#inventory.named(id);
    const [current] = service.deployments;
    service.ills = [
      ...service.ills,
      {
        tasks,
        endsWith,
        how,
        since: this.account.clock.now(),
        deployment: current?.id ?? '',
        taskDefinition: current?.taskDefinition ?? service.taskDefinition,
        size: livingTasks(service).length,
      },
    ];
    for (const task of sickTasks(service)) {
      if (how === 'unhealthy') this.#telling.task(service, task);
      this.#scheduler.live(service, task);
    }
    this.#measures.changed(service);
  }

  /** Whatever made it sick is over. */
  cure(id: string): void {
    const service = this.#inventory.named(id);
    service.ills = [];
    this.#measures.changed(service);
  }

  /** Somebody, or an autoscaler, sets the number of its tasks. */
  setDesired(cluster: string, name: string, desired: number): void {
    const service = this.#inventory.named(`${cluster}/${name}`);
    service.desired = desired;
    this.#scheduler.settle(service);
  }

  /** Lets it come about. */
  befall(happening: EcsHappening): void {
    if ('containerInstance' in happening) {
      this.instances.setAgent(happening.containerInstance, happening.agent);
      return;
    }
    const service = this.#inventory.named(happening.service);
    if ('well' in happening) this.cure(happening.service);
    else if ('load' in happening) {
      service.work = happening.load * service.desired;
      this.#measures.changed(service);
    } else if ('room' in happening) {
      service.room = happening.room;
      this.#scheduler.settle(service);
    } else if ('deploy' in happening) {
      this.#scheduler.deploy(service, happening.deploy);
      if (!happening.works) this.sicken(happening.service, { endsWith: 'rollback' });
    } else this.sicken(happening.service, happening);
  }

  #hostIn(cluster: string): string | undefined {
    const able = this.instances
      .inCluster(cluster)
      .filter(({ status, agent }) => status === 'ACTIVE' && agent === 'connected')
      .sort((one, other) => this.#inventory.tasksOn(one.id).length - this.#inventory.tasksOn(other.id).length);
    return able[0]?.id;
  }

  /** Where a task has been put while all was well. */
  #anyHostIn(cluster: string, place: number): string | undefined {
    const all = this.instances.inCluster(cluster);
    return all[place % Math.max(1, all.length)]?.id;
  }

  /** Tasks on an instance that drains are to end, if their service may do without them for a while; whether its agent hears of it or not. */
  #drain(id: string): void {
    this.account.clock.after(30_000, () => {
      for (const { service, task } of this.#inventory.tasksOn(id)) {
        const host = this.instances.find(service.cluster, id);
        if (host?.status !== 'DRAINING') continue;
        if (isStuck(service)) continue;
        this.#scheduler.stop(service, task, 'ServiceSchedulerInitiated', 'Container instance is draining');
      }
    });
  }
}
