import type { Calls } from '../../../vitals/aws';
import { serviceOrReason, startsNoTask, workOnService, type serviceReads } from '../../../vitals/ecs/service';
import { describeTasks, type Task } from '../../../vitals/ecs/tasks';
import type { Plan } from '../stop-unhealthy-task';

type Reads = Calls<(typeof serviceReads)[number] | 'ecs:DescribeTasks'>;

/** How far the plan has come. */
interface Progress {
  /** Its tasks that are still to run, in its order. */
  readonly left: readonly Task[];
  /** What is not settled yet of those before, in one line. */
  readonly work: string | undefined;
}

/** Looks which of the tasks are stopped, and whether others run in their place. */
export async function progressOf({ service: id, cluster, tasks }: Plan, aws: Reads): Promise<Progress> {
  const shown = await describeTasks(cluster, tasks, aws);
  const left = tasks.flatMap((arn) => shown.find((task) => task.arn === arn && task.isToRun) ?? []);
  const ending = shown.find(({ isToRun, status }) => !isToRun && status !== 'STOPPED');
  if (ending) return { left, work: `${ending.id} of ${id} still ends` };
  const service = await serviceOrReason(id, aws);
  if (typeof service === 'string') return { left, work: service };
  const { running, desired } = service;
  const missing = running < desired ? `${running} of ${desired} tasks of ${id} run` : undefined;
  return { left, work: workOnService(service) ?? startsNoTask(service) ?? missing };
}
