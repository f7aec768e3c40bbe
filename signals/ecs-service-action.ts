import { z } from 'zod';
import { serviceOfArn } from './ecs/resource';
import { plainText } from './plain-text';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';
import { parseTime } from './time';

const name = 'ecs-service-action';

const conditions = new Map([
  ['SERVICE_TASK_START_IMPAIRED', 'service-tasks-failing'],
  ['SERVICE_TASK_PLACEMENT_FAILURE', 'service-placement-failing'],
] as const);

const sick: ReadonlyMap<string, string> = conditions;

/** What shows that tasks are where they should be: worth a look by whoever waits for it. */
const progress = ['SERVICE_STEADY_STATE', 'SERVICE_DESIRED_COUNT_UPDATED', 'TASKS_STOPPED'];

/** ECS tells how a service fares: tasks that do not start, no room for them, and the steady state again. */
export const ecsServiceAction = defineSource({
  name,
  pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Service Action'] },
  tells: [...conditions.values()],
  tellsProgress: true,
  worthwhile: { eventName: [...conditions.keys(), ...progress] },
  detail: z.object({ eventName: nameText, reason: z.string().optional(), createdAt: z.string().optional() }),
  read: ({ eventName, reason, createdAt }, event) => {
    const [arn] = event.resources;
    const resource = serviceOfArn(arn, event);
    if (!resource) return ignored(`ECS tells ${plainText(eventName, 60)} of no service of a cluster`);
    const at = parseTime(createdAt ?? '') ?? event.at;
    const told = telling(event, {
      source: name,
      resource,
      at,
      fact: `${eventName}@${at}`,
      detail: `ECS tells ${eventName} of ${resource.id}${reason === undefined ? '' : `: ${reason}`}`,
    });
    const condition = sick.get(eventName);
    if (condition !== undefined) return { kind: 'signals', signals: [{ kind: 'unhealthy', condition, ...told }] };
    if (progress.includes(eventName)) return { kind: 'signals', signals: [{ kind: 'progress', ...told }] };
    return ignored(`${plainText(eventName, 60)} of ${resource.id} asks nothing of us`);
  },
});
