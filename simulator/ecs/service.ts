import { z } from 'zod';

const count = z.int().nonnegative();
const tags = z.record(z.string(), z.string());
const name = z.string().regex(/^[\w-]{1,255}$/, 'letters, digits, hyphens and underscores');
/** `family:revision`. */
const taskDefinition = z.string().regex(/^[\w-]{1,255}:\d+$/, 'a task definition is written family:revision');

const sicknessFields = {
  /** The first of its tasks that are sick; all, unless told. */
  tasks: count.optional(),
  /**
   * What ends it: a task begun anew, tasks of a new deployment, tasks of another task definition, a task more than there were,
   * or nothing.
   */
  endsWith: z.enum(['restart', 'redeployment', 'rollback', 'more-tasks', 'nothing']).default('restart'),
  /** `unhealthy`: they stay, and answer with errors. `dying`: their essential container exits a minute after its start. */
  how: z.enum(['unhealthy', 'dying']).default('unhealthy'),
};

export const serviceSicknessSchema = z.strictObject(sicknessFields);
type ServiceSickness = z.infer<typeof serviceSicknessSchema>;

/** A service as a description of an account writes it. */
export const ecsServiceSchema = z.strictObject({
  cluster: name,
  name,
  taskDefinition: taskDefinition.default('app:1'),
  desired: count.default(2),
  /** Percent of `desired` that a deployment keeps, and that it may reach. */
  minPercent: count.default(100),
  maxPercent: count.default(200),
  controller: z.enum(['ECS', 'CODE_DEPLOY', 'EXTERNAL']).default('ECS'),
  circuitBreaker: z.enum(['off', 'stop', 'rollback']).default('off'),
  launch: z.enum(['FARGATE', 'EC2']).default('FARGATE'),
  /** Tasks that their own code protects from being stopped by scaling and deployments. */
  protectedTasks: count.default(0),
  /** Most tasks that the cluster finds room for. */
  room: count.optional(),
  /** Names of target groups that its tasks stand behind; its errors are counted there. */
  targetGroups: z.array(z.string()).default([]),
  /** The task definition before this one, and when it was replaced. */
  deployed: z
    .strictObject({
      before: taskDefinition,
      minutesAgo: z.number().nonnegative().optional(),
      /** The same as a time, which may also be one that is yet to come. */
      at: z.iso.datetime().optional(),
      /** Whether it still goes on. */
      underWay: z.boolean().default(false),
    })
    .refine(({ minutesAgo, at }) => (minutesAgo === undefined) !== (at === undefined), 'give minutesAgo or at')
    .optional(),
  /** Percent of the CPU of `desired` tasks that its work takes. */
  load: z.number().nonnegative().default(30),
  sick: serviceSicknessSchema.optional(),
  tags: tags.default({}),
});
export type EcsServiceInput = z.input<typeof ecsServiceSchema>;

/** Something that comes about in a service: tasks sicken or recover, work grows, or somebody deploys. */
export const ecsHappeningSchema = z.union([
  z.strictObject({ service: z.string(), ...sicknessFields }),
  z.strictObject({ service: z.string(), well: z.literal(true) }),
  z.strictObject({ service: z.string(), load: z.number().nonnegative() }),
  z.strictObject({ service: z.string(), deploy: taskDefinition, works: z.boolean().default(true) }),
  z.strictObject({ service: z.string(), room: count }),
  z.strictObject({ containerInstance: z.string(), agent: z.enum(['connected', 'lost']) }),
]);
export type EcsHappening = z.infer<typeof ecsHappeningSchema>;

/** One task of a service. */
export interface Task {
  readonly id: string;
  /** Its place among the tasks of the service: the one that takes its place has the same. */
  readonly slot: number;
  readonly deployment: string;
  readonly taskDefinition: string;
  readonly containerInstance: string | undefined;
  readonly isProtected: boolean;
  readonly createdAt: number;
  startedAt: number | undefined;
  status: 'PENDING' | 'RUNNING' | 'STOPPED';
  stopped: { readonly at: number; readonly code: string; readonly reason: string } | undefined;
  /** Counts its changes, as ECS does. */
  version: number;
}

/** One deployment of a service. */
export interface Deployment {
  /** Digits and letters behind `ecs-svc/`. */
  readonly id: string;
  readonly taskDefinition: string;
  /** What ran before; undefined of the first. */
  readonly before: string | undefined;
  readonly createdAt: number;
  status: 'IN_PROGRESS' | 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_IN_PROGRESS' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED';
  finishedAt: number | undefined;
  /** Tasks of it that ended by themselves. */
  failed: number;
  /** Whether ECS took the one before it back by it: it is a part of that service deployment then, and none of its own. */
  readonly isWayBack?: true;
}

export interface ServiceState extends Omit<
  z.infer<typeof ecsServiceSchema>,
  'sick' | 'deployed' | 'desired' | 'load' | 'room'
> {
  readonly arn: string;
  desired: number;
  room: number | undefined;
  /** CPU that its work takes, in percent of one task. */
  work: number;
  tasks: Task[];
  /** The latest first. */
  deployments: Deployment[];
  ills: (ServiceSickness & {
    readonly since: number;
    readonly deployment: string;
    readonly taskDefinition: string;
    readonly size: number;
  })[];
  events: { readonly at: number; readonly message: string }[];
}

/** Whether ECS can exchange none of its tasks: what it may do without is rounded up, and what it may have besides down. */
export function isStuck({ desired, minPercent, maxPercent }: ServiceState): boolean {
  return Math.ceil((desired * minPercent) / 100) >= desired && Math.floor((desired * maxPercent) / 100) <= desired;
}

/** Tasks that are there, by order of their places. */
export function livingTasks({ tasks }: ServiceState): Task[] {
  return tasks.filter(({ status }) => status !== 'STOPPED').sort((one, other) => one.slot - other.slot);
}

/** What makes a task sick, if anything does. */
export function illOf(service: ServiceState, task: Task): ServiceState['ills'][number] | undefined {
  return service.ills.find((ill) => {
    if (task.slot >= (ill.tasks ?? Infinity)) return false;
    if (ill.endsWith === 'restart') return task.createdAt <= ill.since;
    if (ill.endsWith === 'redeployment') return task.deployment === ill.deployment;
    if (ill.endsWith === 'rollback') return task.taskDefinition === ill.taskDefinition;
    return ill.endsWith === 'nothing' || livingTasks(service).length <= ill.size;
  });
}

/** Running tasks that are sick. */
export function sickTasks(service: ServiceState): Task[] {
  return livingTasks(service).filter((task) => task.status === 'RUNNING' && illOf(service, task) !== undefined);
}
