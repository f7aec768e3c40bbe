import { z } from 'zod';
import { clusterName } from './ecs/resource';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'ecs-task';

/** A task that ended in one of these ways died by itself: nobody asked it to. */
const died = ['EssentialContainerExited', 'TaskFailedToStart'];

const change = z.object({
  taskArn: nameText,
  clusterArn: nameText,
  group: nameText.optional(),
  lastStatus: nameText,
  healthStatus: z.string().optional(),
  stopCode: z.string().optional(),
  stoppedReason: z.string().optional(),
  version: z.int().optional(),
});

/** Tasks of services change: they die, say that they are not well, or run. A task of no service is its owner's matter. */
export const ecsTask = defineSource({
  name,
  pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Task State Change'] },
  tells: ['service-tasks-failing'],
  tellsProgress: true,
  // Whatever else a task goes through is not worth a run of ours.
  worthwhile: { group: [{ prefix: 'service:' }], lastStatus: ['RUNNING', 'STOPPED'] },
  detail: change,
  read: (
    { taskArn, clusterArn, group = '', lastStatus, healthStatus, stopCode = '', stoppedReason, version },
    event,
  ) => {
    const task = taskArn.split('/').at(-1) ?? '';
    const [, service] = /^service:(.+)$/.exec(group) ?? [];
    if (service === undefined) return ignored(`task ${plainText(task, 40)} is of no service: ${plainText(group, 60)}`);
    const resource = resourceOf('ecs-service', `${clusterName(clusterArn)}/${service}`, event);
    if (!resource) return ignored(`task ${plainText(task, 40)} names no service of a cluster`);
    const why = stoppedReason === undefined ? '' : `: ${stoppedReason}`;
    const told = telling(event, {
      source: name,
      resource,
      // ECS counts the changes of a task, and may tell one twice.
      fact: `${task}/${version ?? event.id}`,
      detail: `task ${task} of ${resource.id} is ${lastStatus} ${stopCode || (healthStatus ?? '')}${why}`,
    });
    if (isSick(lastStatus, stopCode, healthStatus))
      return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'service-tasks-failing', ...told }] };
    if (lastStatus === 'RUNNING' || lastStatus === 'STOPPED') {
      return { kind: 'signals', signals: [{ kind: 'progress', ...told }] };
    }
    return ignored(`task ${plainText(task, 40)} of ${resource.id} is ${plainText(lastStatus, 30)}`);
  },
});

function isSick(status: string, stopCode: string, health: string | undefined): boolean {
  return (status === 'STOPPED' && died.includes(stopCode)) || (status === 'RUNNING' && health === 'UNHEALTHY');
}
