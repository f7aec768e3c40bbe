import type { AlarmCondition } from '../alarm-condition';
import { ecsService } from '../subjects';

/** What Container Insights counts of a service is the same by its dimensions as what ECS measures. */
export const ecsMetrics: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/ECS'],
    metrics: ['CPUUtilization', 'MemoryUtilization'],
    subject: ecsService,
    condition: 'service-overloaded',
  },
  {
    namespaces: ['ECS/ContainerInsights'],
    metrics: ['UnHealthyContainerHealthStatus', 'RunningTaskCount'],
    subject: ecsService,
    condition: 'service-tasks-failing',
  },
];
