import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { defineVitals } from '../vitals';
import { readService, serviceReads } from './service';
import { describeTasks, isUnhealthy, type Task } from './tasks';

const reads = [...serviceReads, 'ecs:DescribeTasks'] as const;

/** The task of that resource; undefined once ECS shows it no more. */
async function find({ id }: Resource, aws: Calls<'ecs:DescribeTasks'>): Promise<Task | undefined> {
  const [cluster = '', own = ''] = id.split('/');
  const [found] = await describeTasks(cluster, [own], aws);
  return found;
}

/** A task of a service. What its owners say of the service they say of its tasks: ECS need not put the tags on both. */
export const taskVitals = defineVitals({
  kind: 'ecs-task',
  reads,
  sees: [],
  async health(resource, _condition, aws) {
    const task = await find(resource, aws);
    if (!task || task.status === 'STOPPED') return { kind: 'gone', detail: `the task ${resource.id} has ended` };
    if (isUnhealthy(task)) return { kind: 'unhealthy', detail: `${resource.id} fails its health check` };
    return { kind: 'healthy', detail: `${resource.id} is ${task.status}, and its health is ${task.health}` };
  },
  async tags(resource, aws) {
    const task = await find(resource, aws);
    if (!task) return {};
    if (task.service === undefined) throw new Error(`${resource.id} is of no service`);
    const service = await readService(`${resource.id.split('/')[0] ?? ''}/${task.service}`, aws);
    return service.kind === 'absent' ? {} : service.tags;
  },
  async place(resource, aws) {
    const task = await find(resource, aws);
    return { groups: [], ...(task?.zone !== undefined && { zone: task.zone }) };
  },
});
