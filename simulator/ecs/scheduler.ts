import { illOf, livingTasks, type Deployment, type ServiceState, type Task } from './service';
import type { SimulatedAccount } from '../world';
import type { Telling } from './telling';

const second = 1_000;
const minute = 60 * second;
/** From a task's creation until its containers run. */
const starting = 30 * second;
/** From its start until the essential container of a task that dies exits. */
const living = minute;
/** A deployment takes this long from one wave of tasks to the next. */
const wave = 90 * second;
/** So many tasks that end by themselves trip the circuit breaker of a deployment. */
const tripsAt = 3;
/** A stopped task is shown for this long. */
const shownFor = 60 * minute;

/** The service scheduler of ECS: keeps each service at its count, and carries deployments out. */
export class Scheduler {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly telling: Telling,
    private readonly changed: (service: ServiceState) => void,
    /** A container instance that takes tasks of the cluster; undefined where none is needed, or none is there. */
    private readonly hostIn: (cluster: string) => string | undefined,
  ) {}

  /** Starts what is missing, and stops what is too many. */
  settle(service: ServiceState): void {
    const [current] = service.deployments;
    if (!current) return;
    const there = livingTasks(service);
    const most = Math.min(service.desired, service.room ?? Infinity);
    for (let missing = most - there.length; missing > 0; missing -= 1) this.#start(service, current);
    if (there.length < service.desired && service.room !== undefined && service.desired > service.room) {
      this.telling.act(service, 'ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE', { reason: 'RESOURCE:CPU' });
    }
    const surplus = there.filter(({ isProtected }) => !isProtected).slice(service.desired);
    for (const task of surplus)
      this.stop(service, task, 'ServiceSchedulerInitiated', 'Scaling activity initiated by deployment');
    this.changed(service);
  }

  /** Stops one task; the scheduler starts another in its place. */
  stop(service: ServiceState, task: Task, code: string, reason: string): void {
    if (task.status === 'STOPPED') return;
    const { clock } = this.account;
    task.status = 'STOPPED';
    task.stopped = { at: clock.now(), code, reason };
    this.telling.task(service, task);
    clock.after(shownFor, () => {
      service.tasks = service.tasks.filter((one) => one !== task);
    });
    clock.after(10 * second, () => {
      this.settle(service);
    });
    this.changed(service);
  }

  /** Begins a deployment of that task definition; the one under way, if any, is superseded. */
  deploy(service: ServiceState, taskDefinition: string): Deployment {
    const { clock } = this.account;
    const [before] = service.deployments;
    if (before?.status === 'IN_PROGRESS') Object.assign(before, { status: 'STOPPED', finishedAt: clock.now() });
    const deployment: Deployment = {
      id: this.account.newId('', 19),
      taskDefinition,
      before: before?.taskDefinition,
      createdAt: clock.now(),
      status: 'IN_PROGRESS',
      finishedAt: undefined,
      failed: 0,
    };
    service.deployments = [deployment, ...service.deployments].slice(0, 10);
    this.telling.deployment(
      service,
      deployment,
      'INFO',
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      `ECS deployment ${deployment.id} in progress.`,
    );
    this.roll(service, deployment);
    return deployment;
  }

  /** Takes a deployment back: tasks of what ran before take the place of its own. */
  rollBack(service: ServiceState, deployment: Deployment): void {
    deployment.status = 'ROLLBACK_IN_PROGRESS';
    this.account.clock.after(wave, () => {
      if (deployment.status !== 'ROLLBACK_IN_PROGRESS') return;
      const back: Deployment = {
        ...deployment,
        id: this.account.newId('', 19),
        taskDefinition: deployment.before ?? deployment.taskDefinition,
        before: deployment.taskDefinition,
        status: 'SUCCESSFUL',
        failed: 0,
        finishedAt: this.account.clock.now(),
        isWayBack: true,
      };
      this.#exchange(service, back);
      Object.assign(deployment, { status: 'ROLLBACK_SUCCESSFUL', finishedAt: this.account.clock.now() });
      service.deployments = [back, ...service.deployments];
      this.telling.deployment(
        service,
        back,
        'INFO',
        'SERVICE_DEPLOYMENT_COMPLETED',
        `ECS deployment ${back.id} completed.`,
      );
      this.settle(service);
    });
    this.changed(service);
  }

  /** Exchanges the tasks, wave after wave; never ends while the new ones die. */
  roll(service: ServiceState, deployment: Deployment): void {
    const { clock } = this.account;
    clock.after(wave, () => {
      if (deployment.status !== 'IN_PROGRESS') return;
      this.#exchange(service, deployment);
      this.settle(service);
      clock.after(wave, () => {
        this.#complete(service, deployment);
      });
    });
  }

  #start(service: ServiceState, deployment: Deployment): void {
    const taken = new Set(livingTasks(service).map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    const { clock } = this.account;
    const task: Task = {
      id: this.account.newId('', 32),
      slot,
      deployment: deployment.id,
      taskDefinition: deployment.taskDefinition,
      containerInstance: service.launch === 'EC2' ? this.hostIn(service.cluster) : undefined,
      isProtected: false,
      createdAt: clock.now(),
      startedAt: undefined,
      status: 'PENDING',
      stopped: undefined,
      version: 0,
    };
    service.tasks.push(task);
    clock.after(starting, () => {
      if (task.status !== 'PENDING') return;
      task.status = 'RUNNING';
      task.startedAt = clock.now();
      this.telling.task(service, task);
      this.changed(service);
      if (
        livingTasks(service).length === service.desired &&
        livingTasks(service).every(({ status }) => status === 'RUNNING')
      ) {
        this.telling.act(service, 'INFO', 'SERVICE_STEADY_STATE');
      }
      this.live(service, task);
    });
  }

  /** A task that dies does so a minute after it runs, or fell sick. */
  live(service: ServiceState, task: Task): void {
    this.account.clock.after(living, () => {
      if (task.status !== 'RUNNING' || illOf(service, task)?.how !== 'dying') return;
      const deployment = service.deployments.find(({ id }) => id === task.deployment);
      if (deployment) deployment.failed += 1;
      this.stop(service, task, 'EssentialContainerExited', 'Essential container in task exited');
      if (deployment && deployment.failed % tripsAt === 0) this.#impaired(service, deployment);
    });
  }

  #impaired(service: ServiceState, deployment: Deployment): void {
    this.telling.act(service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
    if (deployment.status !== 'IN_PROGRESS' || service.circuitBreaker === 'off') return;
    Object.assign(deployment, { status: 'STOPPED', finishedAt: this.account.clock.now() });
    const reason = 'ECS deployment circuit breaker: tasks failed to start.';
    this.telling.deployment(service, deployment, 'ERROR', 'SERVICE_DEPLOYMENT_FAILED', reason);
    if (service.circuitBreaker === 'rollback' && deployment.before !== undefined) this.rollBack(service, deployment);
  }

  #exchange(service: ServiceState, deployment: Deployment): void {
    for (const task of livingTasks(service)) {
      if (task.deployment === deployment.id) continue;
      this.stop(
        service,
        task,
        'ServiceSchedulerInitiated',
        `Scaling activity initiated by (deployment ecs-svc/${deployment.id})`,
      );
      this.#start(service, deployment);
    }
  }

  #complete(service: ServiceState, deployment: Deployment): void {
    if (deployment.status !== 'IN_PROGRESS') return;
    const own = livingTasks(service);
    const isUp =
      own.length >= service.desired &&
      own.every((task) => task.status === 'RUNNING' && illOf(service, task)?.how !== 'dying');
    if (!isUp) {
      this.account.clock.after(wave, () => {
        this.#complete(service, deployment);
      });
      return;
    }
    Object.assign(deployment, { status: 'SUCCESSFUL', finishedAt: this.account.clock.now() });
    this.telling.deployment(
      service,
      deployment,
      'INFO',
      'SERVICE_DEPLOYMENT_COMPLETED',
      `ECS deployment ${deployment.id} completed.`,
    );
    this.changed(service);
  }
}
