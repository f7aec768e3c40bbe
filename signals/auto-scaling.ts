import { z } from 'zod';
import type { KnownCondition } from './conditions';
import type { Envelope } from './envelope';
import { resourceOf } from './resource-id';
import type { Reading, Signal } from './signal';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'auto-scaling';

/** What a failed activity says of the group; an activity that succeeded is progress. */
const failures: Readonly<Record<string, KnownCondition>> = {
  'EC2 Instance Launch Unsuccessful': 'group-launch-failing',
  'EC2 Instance Terminate Unsuccessful': 'group-terminate-failing',
};

const detail = z.object({
  AutoScalingGroupName: nameText.optional(),
  EC2InstanceId: z.string().optional(),
  ActivityId: nameText.optional(),
  StatusCode: z.string().optional(),
  StatusMessage: z.string().optional(),
  Cause: z.string().optional(),
});

/** An Auto Scaling group has launched or terminated an instance, or could not. */
export const autoScaling = defineSource({
  name,
  pattern: {
    source: ['aws.autoscaling'],
    'detail-type': [
      'EC2 Instance Launch Successful',
      'EC2 Instance Launch Unsuccessful',
      'EC2 Instance Terminate Successful',
      'EC2 Instance Terminate Unsuccessful',
    ],
  },
  tells: Object.values(failures),
  tellsProgress: true,
  detail,
  read: (activity, event) => readActivity(activity, event),
});

function readActivity(activity: z.infer<typeof detail>, event: Envelope): Reading {
  const groupName = activity.AutoScalingGroupName;
  if (groupName === undefined) {
    return ignored(`${event.detailType} names no Auto Scaling group: detail has no "AutoScalingGroupName"`);
  }
  const group = resourceOf('auto-scaling-group', groupName, event);
  if (!group) return ignored('the Auto Scaling group is named in a way that no group can be: more than 255 characters');

  const fact = `${event.detailType}/${activity.ActivityId ?? event.id}`;
  const why = [activity.StatusMessage, activity.Cause].find((text) => text) ?? activity.StatusCode ?? '';
  const ofGroup = telling(event, {
    source: name,
    resource: group,
    fact,
    detail: `${groupName}: ${event.detailType}${why && `: ${why}`}`,
  });

  const condition = failures[event.detailType];
  if (condition) return { kind: 'signals', signals: [{ kind: 'unhealthy', condition, ...ofGroup }] };

  const instanceId = activity.EC2InstanceId ?? '';
  const instance = resourceOf('ec2-instance', instanceId, event);
  const ofInstance: readonly Signal[] = instance
    ? [
        {
          kind: 'progress',
          ...telling(event, {
            source: name,
            resource: instance,
            fact,
            detail: `${instanceId} of ${groupName}: ${event.detailType}`,
          }),
        },
      ]
    : [];
  return { kind: 'signals', signals: [{ kind: 'progress', ...ofGroup }, ...ofInstance] };
}
