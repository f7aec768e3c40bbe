import { z } from 'zod';
import { serviceOrReason, serviceReads, startsNoTask, workOnService, type Service } from '../../vitals/ecs/service';
import { isUnhealthy, protectedAmong, protectionReads, readTasks, taskReads, type Task } from '../../vitals/ecs/tasks';
import { defineRemediation } from '../remediation';
import { progressOf } from './stop-unhealthy-task/progress';

const planned = z.object({
  service: z.string(),
  cluster: z.string(),
  /** ARNs, in the order in which they are stopped. */
  tasks: z.array(z.string()).min(1),
});
export type Plan = z.infer<typeof planned>;

/** Stops the tasks of a service that fail their health check, one after the other: ECS starts another in the place of each. */
export const stopUnhealthyTask = defineRemediation({
  name: 'stop-unhealthy-task',
  title: 'Stop the unhealthy tasks of a service',
  when: 'Some tasks of a service fail their health check, and the others are well.',
  whenNot: 'Most of them do, since they share a cause then; or a task is protected, or of no service.',
  heals: ['service-tasks-failing'],
  takes: ['ecs-service'],
  risk: 'low',
  needsApproval: false,
  parameters: z.object({
    /** Percent of the tasks that there should be, above which none is stopped. */
    atMostPercent: z.number().int().min(1).max(100).default(50),
  }),
  permissions: {
    read: [...serviceReads, ...taskReads, ...protectionReads],
    // The tags of a service are on its tasks only where it propagates them.
    write: [{ action: 'ecs:StopTask', on: 'arn:*:ecs:*:*:task/*/*', tagged: false }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 1_200 },
  planned,

  async plan({ resource }, { atMostPercent }, aws) {
    const { id } = resource;
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const work = workOnService(service);
    if (work) return { kind: 'busy', reason: work };
    const running = await readTasks(service, 'RUNNING', aws);
    const sick = running.filter(isUnhealthy);
    const objection = objectionTo(service, sick, atMostPercent);
    if (objection) return { kind: 'refused', reason: objection };
    const guarded = await protectedAmong(service.cluster, sick, aws);
    const tasks = sick.filter(({ arn }) => !guarded.has(arn)).sort((one, other) => one.createdAt - other.createdAt);
    if (tasks.length === 0)
      return { kind: 'refused', reason: `each unhealthy task of ${id} is protected by its own code` };
    const names = tasks.map((task) => task.id).join(' and ');
    return {
      kind: 'planned',
      plan: { service: id, cluster: service.cluster, tasks: tasks.map(({ arn }) => arn) },
      summary: `stop ${names} of ${id}, one after the other: ECS starts others in their place`,
      touches: [
        resource,
        ...tasks.map((task) => ({ ...resource, kind: 'ecs-task' as const, id: `${service.cluster}/${task.id}` })),
      ],
      group: {
        resource,
        size: service.desired,
        healthyOthers: running.filter((task) => task.status === 'RUNNING' && !isUnhealthy(task)).length,
      },
    };
  },

  async start(plan, aws) {
    const { left, work } = await progressOf(plan, aws);
    const [next] = left;
    const hasBegun = left.length < plan.tasks.length;
    if (!next || (hasBegun && work !== undefined)) return { kind: 'started' };
    if (work) return { kind: 'refused', reason: work };
    if (!isUnhealthy(next)) return { kind: 'refused', reason: `${next.id} has recovered by itself since the plan` };
    if ((await protectedAmong(plan.cluster, [next], aws)).size > 0) {
      return { kind: 'refused', reason: `${next.id} is protected by its own code since the plan` };
    }
    await aws.ecs.stopTask({ cluster: plan.cluster, task: next.arn, reason: 'homeostat: it fails its health check' });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const { left, work } = await progressOf(plan, aws);
    const [next] = left;
    if (left.length === plan.tasks.length) {
      return { kind: 'notStarted', detail: `${left.map(({ id }) => id).join(' and ')} of ${plan.service} still run` };
    }
    if (work) return { kind: 'pending', detail: work };
    if (next) return { kind: 'continue', detail: `others run in place of what was stopped; ${next.id} is next` };
    const count = plan.tasks.length === 1 ? 'one task' : `${plan.tasks.length} tasks`;
    return { kind: 'done', detail: `${count} of ${plan.service} stopped, and as many others run instead` };
  },
});

/** Why none of them must be stopped; undefined when they may. */
function objectionTo(service: Service, sick: readonly Task[], atMostPercent: number): string | undefined {
  const { id, desired, strategy } = service;
  if (sick.length === 0) return `no task of ${id} says that it is not well: there is none to stop`;
  const none = startsNoTask(service);
  if (none) return none;
  if (strategy === 'DAEMON') return `${id} has one task on each instance: none could take its place`;
  if (sick.length * 100 > desired * atMostPercent) {
    return `${sick.length} of ${desired} tasks of ${id} fail their health check: they share a cause, which stopping them does not end`;
  }
  return undefined;
}
