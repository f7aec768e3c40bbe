import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';
import { readService, serviceReads, workOnService, type Service } from './service';
import { diedByItself, isUnhealthy, readTasks, taskReads } from './tasks';

const reads = [...serviceReads, ...taskReads] as const;
type Reads = Calls<(typeof reads)[number]>;

/** A task that died within so many milliseconds is one of now. */
const lately = 5 * 60_000;

async function tasksHealth(service: Service, aws: Reads): Promise<Health> {
  const { id, desired, running } = service;
  const sick = (await readTasks(service, 'RUNNING', aws)).filter(isUnhealthy).length;
  if (sick > 0) return { kind: 'unhealthy', detail: `${sick} of ${running} tasks of ${id} fail their health check` };
  const now = aws.now();
  const died = (await readTasks(service, 'STOPPED', aws)).filter(
    (task) => diedByItself(task) && now - (task.stoppedAt ?? now) < lately,
  ).length;
  if (died > 0) return { kind: 'unhealthy', detail: `${died} tasks of ${id} ended by themselves within 5 minutes` };
  if (running < desired) return { kind: 'unhealthy', detail: `${id} runs ${running} of ${desired} tasks` };
  return { kind: 'healthy', detail: `${id} runs all of its ${desired} tasks, and none fails its health check` };
}

/**
 * A service is well when all of its tasks run, and none of them dies or says that it is not well. Its tasks are not counted as
 * members: they are one deployment, and fall sick together where that is at fault; ECS itself exchanges them no faster than the
 * service allows.
 */
export const serviceVitals = defineVitals({
  kind: 'ecs-service',
  reads,
  sees: ['service-tasks-failing'],
  async health({ id }, _condition, aws) {
    const service = await readService(id, aws);
    if (service.kind === 'absent') return { kind: 'gone', detail: `the service ${id} no longer exists` };
    return tasksHealth(service, aws);
  },
  async tags({ id }, aws) {
    const service = await readService(id, aws);
    return service.kind === 'absent' ? {} : service.tags;
  },
  // Its tasks stand in several zones, and ECS puts new ones where there is room.
  place: () => Promise.resolve({ groups: [] }),
  async busy({ id }, aws) {
    const service = await readService(id, aws);
    return service.kind === 'absent' ? undefined : workOnService(service);
  },
});
