import { Answers } from './ecs/answers';
import { ContainerInstances } from './ecs/container-instances';
import { deploymentOperations } from './ecs/deployment-operations';
import { clusterOf, Inventory } from './ecs/inventory';
import { serviceOperations } from './ecs/service-operations';
import { taskOperations } from './ecs/task-operations';
import { Scheduler } from './ecs/scheduler';
import {
  ecsServiceSchema,
  livingTasks,
  sickTasks,
  type Deployment,
  type EcsHappening,
  type EcsServiceInput,
  type ServiceState,
  type Task,
} from './ecs/service';
import type { SimulatedAccount } from './world';

const minute = 60_000;

type Deployed = ReturnType<typeof ecsServiceSchema.parse>['deployed'];

/** ECS of one account: services with their deployments and tasks, and the instances that these are put on. */
export class Ecs {
  readonly #answers: Answers;
  readonly #inventory: Inventory;
  readonly #scheduler: Scheduler;
  readonly instances: ContainerInstances;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#answers = new Answers(account);
    this.#inventory = new Inventory(this.#answers);
    this.instances = new ContainerInstances(
      account,
      ({ id }) => {
        this.#drain(id);
      },
      ({ id }) => this.#inventory.tasksOn(id).length,
      clusterOf,
    );
    this.#scheduler = new Scheduler(
      account,
      (service) => {
        this.#changed(service);
      },
      (cluster) => this.#hostIn(cluster),
    );
    for (const namespace of ['AWS/ECS', 'ECS/ContainerInsights']) {
      account.services.cloudwatch.provide(namespace, (name, { ClusterName = '', ServiceName = '' }) =>
        this.#metric(name, this.#inventory.get(`${ClusterName}/${ServiceName}`)),
      );
    }
    account.services.cloudwatch.provide('AWS/ApplicationELB', (name, { TargetGroup = '' }) =>
      name === 'HTTPCode_Target_5XX_Count' ? this.#errorsBehind(TargetGroup) : undefined,
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
    const { sick, deployed, desired, load, ...described } = ecsServiceSchema.parse(input);
    const arn = this.account.arn('ecs', `service/${described.cluster}/${described.name}`);
    const deployments = this.#deploymentsOf(described.taskDefinition, deployed);
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
    service.tasks = this.#tasksOf(service);
    this.#inventory.add(service);
    const [latest] = deployments;
    if (latest.status === 'IN_PROGRESS') this.#scheduler.roll(service, latest);
    // Which happens once all else of the account is there.
    if (sick)
      this.account.clock.after(0, () => {
        this.sicken(`${service.cluster}/${service.name}`, sick);
      });
  }

  /** The latest first; of one that is not described, that it was long ago. */
  #deploymentsOf(taskDefinition: string, deployed: Deployed): [Deployment, ...Deployment[]] {
    const now = this.account.clock.now();
    const longAgo = now - 30 * 24 * 60 * minute;
    const first: Deployment = {
      id: this.account.newId('', 19),
      taskDefinition: deployed?.before ?? taskDefinition,
      before: undefined,
      createdAt: longAgo,
      status: 'SUCCESSFUL',
      finishedAt: longAgo,
      failed: 0,
    };
    if (!deployed) return [first];
    const { before, minutesAgo, underWay } = deployed;
    const last: Deployment = {
      id: this.account.newId('', 19),
      taskDefinition,
      before,
      createdAt: now - minutesAgo * minute,
      status: underWay ? 'IN_PROGRESS' : 'SUCCESSFUL',
      finishedAt: underWay ? undefined : now - Math.max(0, minutesAgo - 3) * minute,
      failed: 0,
    };
    return [last, first];
  }

  /** All of them run, of the latest deployment. */
  #tasksOf(service: ServiceState): Task[] {
    const [current] = service.deployments;
    const begun = Math.min(this.account.clock.now(), (current?.createdAt ?? 0) + minute);
    return Array.from({ length: Math.min(service.desired, service.room ?? Infinity) }, (_, slot) => ({
      id: this.account.newId('', 32),
      slot,
      deployment: current?.id ?? '',
      taskDefinition: service.taskDefinition,
      containerInstance: service.launch === 'EC2' ? this.#anyHostIn(service.cluster, slot) : undefined,
      isProtected: slot < service.protectedTasks,
      createdAt: begun,
      startedAt: begun,
      status: 'RUNNING',
      stopped: undefined,
      version: 2,
    }));
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
      if (how === 'unhealthy') this.#scheduler.tell(service, task);
      this.#scheduler.live(service, task);
    }
    this.#changed(service);
  }

  /** Whatever made it sick is over. */
  cure(id: string): void {
    const service = this.#inventory.named(id);
    service.ills = [];
    this.#changed(service);
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
      this.#changed(service);
    } else if ('room' in happening) {
      service.room = happening.room;
      this.#scheduler.settle(service);
    } else if ('deploy' in happening) {
      this.#scheduler.deploy(service, happening.deploy);
      if (!happening.works) this.sicken(happening.service, { endsWith: 'rollback' });
    } else this.sicken(happening.service, happening);
  }

  #metric(name: string, service: ServiceState | undefined): number | undefined {
    if (!service) return undefined;
    const running = livingTasks(service).filter(({ status }) => status === 'RUNNING').length;
    if (name === 'CPUUtilization' || name === 'MemoryUtilization')
      return Math.min(100, service.work / Math.max(1, running));
    if (name === 'RunningTaskCount') return running;
    if (name === 'DesiredTaskCount') return service.desired;
    if (name === 'UnHealthyContainerHealthStatus') return sickTasks(service).length;
    return undefined;
  }

  #errorsBehind(dimension: string): number | undefined {
    const { elasticloadbalancing } = this.account.services;
    const behind = this.#inventory
      .all()
      .filter(({ targetGroups }) =>
        targetGroups.some((name) => elasticloadbalancing.targetGroup(name)?.dimension === dimension),
      );
    if (behind.length === 0) return undefined;
    return behind.reduce((sum, service) => sum + 50 * sickTasks(service).length, 0);
  }

  #changed(service: ServiceState): void {
    const { cloudwatch, elasticloadbalancing } = this.account.services;
    const named = { ClusterName: service.cluster, ServiceName: service.name };
    for (const namespace of ['AWS/ECS', 'ECS/ContainerInsights']) cloudwatch.changed(namespace, named);
    for (const name of service.targetGroups) {
      const dimension = elasticloadbalancing.targetGroup(name)?.dimension;
      if (dimension !== undefined) cloudwatch.changed('AWS/ApplicationELB', { TargetGroup: dimension });
    }
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
        if (service.minPercent >= 100 && service.maxPercent <= 100) continue;
        this.#scheduler.stop(service, task, 'ServiceSchedulerInitiated', 'Container instance is draining');
      }
    });
  }
}
