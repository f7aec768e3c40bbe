import type { Task as Described } from '@aws-sdk/client-ecs';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import type { Service } from './service';

/** One task of a service. */
export interface Task {
  /** The last part of its ARN. */
  readonly id: string;
  readonly arn: string;
  /** Name of the service that it belongs to; undefined of one of its own. */
  readonly service: string | undefined;
  /** `PROVISIONING`, `PENDING`, `RUNNING`, …, `STOPPED`. */
  readonly status: string;
  /** Whether it should go on: one that is told to stop runs a while longer. */
  readonly isToRun: boolean;
  /** `HEALTHY`, `UNHEALTHY`, or `UNKNOWN` where no container has a health check. */
  readonly health: string;
  readonly taskDefinition: string;
  readonly createdAt: EpochMillis;
  readonly startedAt: EpochMillis | undefined;
  readonly stoppedAt: EpochMillis | undefined;
  /** Why it was stopped, by ECS's code, such as `EssentialContainerExited`. */
  readonly stopCode: string | undefined;
  /** Name of its zone. */
  readonly zone: string | undefined;
}

/** The actions of `readTasks`. */
export const taskReads = ['ecs:ListTasks', 'ecs:DescribeTasks'] as const;
type Reads = Calls<(typeof taskReads)[number]>;

/** The most that one call describes. */
const atOnce = 100;

/** Tasks of a service: those that are to run, or those that were stopped within about an hour. */
export async function readTasks(
  { cluster, name, id }: Pick<Service, 'cluster' | 'name' | 'id'>,
  wanted: 'RUNNING' | 'STOPPED',
  aws: Reads,
): Promise<readonly Task[]> {
  const arns = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.ecs.listTasks({ cluster, serviceName: name, desiredStatus: wanted, nextToken: NextToken });
      return { arns: page.taskArns, NextToken: page.nextToken };
    },
    (page) => page.arns,
  );
  const tasks: Task[] = [];
  for (let from = 0; from < arns.length; from += atOnce) {
    tasks.push(...(await describeTasks(cluster, arns.slice(from, from + atOnce), aws)));
  }
  // One that ended between the two calls is missing, and that is right; one without its facts is not.
  if (tasks.some(({ arn }) => arn === '')) throw new Error(`ECS answered tasks of ${id} without what names them`);
  return tasks;
}

/** Those of these tasks that ECS still shows. */
export async function describeTasks(
  cluster: string,
  arns: readonly string[],
  aws: Calls<'ecs:DescribeTasks'>,
): Promise<readonly Task[]> {
  if (arns.length === 0) return [];
  const { tasks = [] } = await aws.ecs.describeTasks({ cluster, tasks: [...arns] });
  return tasks.map(task);
}

function task(given: Described): Task {
  const { taskArn: arn = '', lastStatus: status = '', taskDefinitionArn: taskDefinition = '', createdAt } = given;
  if (!arn || !status || !createdAt) throw new Error('ECS answered a task without its ARN, its status or its time');
  return {
    id: arn.split('/').at(-1) ?? '',
    arn,
    service: /^service:(.+)$/.exec(given.group ?? '')?.[1],
    status,
    isToRun: given.desiredStatus === 'RUNNING',
    health: given.healthStatus ?? 'UNKNOWN',
    taskDefinition,
    createdAt: createdAt.getTime(),
    startedAt: given.startedAt?.getTime(),
    stoppedAt: given.stoppedAt?.getTime(),
    stopCode: given.stopCode,
    zone: given.availabilityZone,
  };
}

/** Whether it ended though nobody and nothing asked it to. */
export function diedByItself({ stopCode }: Task): boolean {
  return stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart';
}

/** Whether it runs and its container says that it is not well. */
export function isUnhealthy({ status, health }: Task): boolean {
  return status === 'RUNNING' && health === 'UNHEALTHY';
}

/** The action of `protectedAmong`. */
export const protectionReads = ['ecs:GetTaskProtection'] as const;

/** ARNs of those of these tasks whose own code asks that they are not stopped, and of those of which ECS does not tell. */
export async function protectedAmong(
  cluster: string,
  tasks: readonly Task[],
  aws: Calls<(typeof protectionReads)[number]>,
): Promise<ReadonlySet<string>> {
  const { protectedTasks = [] } = await aws.ecs.getTaskProtection({ cluster, tasks: tasks.map(({ arn }) => arn) });
  const free = new Set(protectedTasks.flatMap((one) => (one.protectionEnabled === false ? one.taskArn : [])));
  return new Set(tasks.flatMap(({ arn }) => (free.has(arn) ? [] : [arn])));
}
