import { z } from 'zod';
import { defineApiCallSource } from './api-call';
import { resourceOf } from './resource-id';
import { ignored } from './source';
import { nameText, telling } from './telling';

const name = 'suspended-processes';

/** Without these a group neither notices what is sick nor replaces it. */
const healing = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'];

/** Somebody suspends processes by which an Auto Scaling group heals itself. */
export const suspendedProcesses = defineApiCallSource({
  name,
  service: 'aws.autoscaling',
  calls: ['SuspendProcesses'],
  tells: ['group-process-suspended'],
  parameters: z.object({
    autoScalingGroupName: nameText.optional(),
    scalingProcesses: z.array(z.string()).nullish(),
  }),
  read: ({ id, by, parameters: { autoScalingGroupName = '', scalingProcesses } }, event) => {
    const group = resourceOf('auto-scaling-group', autoScalingGroupName, event);
    if (!group) return ignored('the call of SuspendProcesses names no Auto Scaling group');
    // None named are all of them.
    const suspended = scalingProcesses?.length ? healing.filter((one) => scalingProcesses.includes(one)) : healing;
    if (suspended.length === 0) return ignored(`what is suspended of ${group.id} is none of what heals it`);
    const told = telling(event, {
      source: name,
      resource: group,
      fact: `SuspendProcesses/${id}`,
      detail: `${suspended.join(', ')} of ${group.id} suspended${by}`,
    });
    return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'group-process-suspended', ...told }] };
  },
});
