import { z } from 'zod';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'suspended-processes';

/** Without these a group neither notices what is sick nor replaces it. */
const healing = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'];

/**
 * Somebody suspends processes by which an Auto Scaling group heals itself. CloudTrail tells of it, if a trail records the calls
 * of the region.
 */
export const suspendedProcesses = defineSource({
  name,
  pattern: { source: ['aws.autoscaling'], 'detail-type': ['AWS API Call via CloudTrail'] },
  tells: ['group-process-suspended'],
  worthwhile: { eventName: ['SuspendProcesses'] },
  detail: z.object({
    eventName: z.string(),
    eventID: z.string().optional(),
    errorCode: z.string().optional(),
    userIdentity: z.object({ arn: z.string().optional() }).optional(),
    requestParameters: z
      .object({ autoScalingGroupName: nameText.optional(), scalingProcesses: z.array(z.string()).nullish() })
      .nullish(),
  }),
  read: ({ eventName, eventID, errorCode, userIdentity, requestParameters }, event) => {
    if (eventName !== 'SuspendProcesses')
      return ignored(`no signal is read from a call of ${plainText(eventName, 60)}`);
    if (errorCode !== undefined)
      return ignored(`the call of SuspendProcesses was refused: ${plainText(errorCode, 60)}`);
    const { autoScalingGroupName = '', scalingProcesses } = requestParameters ?? {};
    const group = resourceOf('auto-scaling-group', autoScalingGroupName, event);
    if (!group) return ignored('the call of SuspendProcesses names no Auto Scaling group');
    // None named are all of them.
    const suspended = scalingProcesses?.length ? healing.filter((one) => scalingProcesses.includes(one)) : healing;
    if (suspended.length === 0) return ignored(`what is suspended of ${group.id} is none of what heals it`);
    const by = userIdentity?.arn === undefined ? '' : ` by ${plainText(userIdentity.arn, 120)}`;
    const told = telling(event, {
      source: name,
      resource: group,
      fact: `SuspendProcesses/${eventID ?? event.id}`,
      detail: `${suspended.join(', ')} of ${group.id} suspended${by}`,
    });
    return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'group-process-suspended', ...told }] };
  },
});
