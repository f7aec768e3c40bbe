import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { groupResource } from '../../vitals/auto-scaling/group';
import { readLastActivity, refreshReads } from '../../vitals/auto-scaling/group-activity';
import { instanceReads } from '../../vitals/ec2/instance';
import { membershipReads, readGroupOf, standInReads, standInsFor } from '../../vitals/auto-scaling/membership';
import { findAgain, findSickMember } from '../../vitals/auto-scaling/sick-member';
import { targetReads } from '../../vitals/load-balancing/target-group';
import { startRefused } from '../hindrance';
import { defineRemediation } from '../remediation';
import { checkOfSuccessor, successorReads } from '../successor';
import { leaveOnGroups } from './group/leave';
import { hindranceIn, ofThePeers } from './member/peers';
import { isOut, objectionToReturn, objectionToStandby, standalone } from './standby-instance/objections';

const parameters = z.strictObject({
  ...ofThePeers,
  /** Members of the group that may be in Standby, this one counted: each costs until somebody ends it. */
  atMostInStandby: z.int().min(1).max(10).default(1),
});

export type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  targetGroup: z.string(),
  condition: z.string(),
  instance: z.string(),
  group: z.string(),
  /** Newest activity of the group when the plan was made; later ones are of this attempt. */
  lastActivity: z.string(),
});

const reads = [
  ...new Set([
    ...instanceReads,
    ...membershipReads,
    ...standInReads,
    ...refreshReads,
    ...successorReads,
    ...targetReads,
  ]),
] as const;

/** Takes one bad member out of the service of its group and keeps it as it is; the group launches another in its place. */
export const standbyInstance = defineRemediation({
  name: 'standby-instance',
  title: 'Put a member of a group into Standby',
  when: 'One member of an Auto Scaling group is a bad target, its peers are well, and people want to look at it afterwards.',
  whenNot: 'The new one would fail as well, many members are bad at once, or nobody will end what is kept and costs.',
  heals: ['target-unhealthy'],
  // Not an instance: in Standby it is as sick as before, and an alarm on it stays. The target group is well without it.
  takes: ['target-group'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: leaveOnGroups('autoscaling:EnterStandby', 'autoscaling:ExitStandby'),
  },
  snapshots: 'losesNoData',
  // It drains first, and lifecycle hooks may hold up the launch of the other one.
  patience: { checkEvery: 30, giveUpAfter: 1200 },
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const found = await findSickMember({ kind: 'target-group', id: resource.id }, condition, aws);
    if (found.kind !== 'found') return found;
    const { id } = found.instance;
    const membership = await readGroupOf(id, aws);
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(id) };
    const own = objectionToStandby(membership, resource.id, chosen);
    const hindrance = await hindranceIn(membership, own, chosen, aws);
    if (hindrance) return hindrance;
    const group = membership.group.name;
    const member: Resource = { ...resource, kind: 'ec2-instance', id };
    const lastActivity = await readLastActivity(group, aws);
    return {
      kind: 'planned',
      plan: { ...chosen, targetGroup: resource.id, condition, instance: id, group, lastActivity },
      summary: `put ${id} of ${group} into Standby and launch another: ${found.detail}; it is kept, and costs`,
      touches: [member, groupResource(membership.group, resource)],
      group: await standInsFor(membership, resource, aws),
    };
  },

  async start({ targetGroup, condition, instance, group, ...chosen }, aws) {
    const membership = await readGroupOf(instance, aws);
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(instance) };
    if (isOut(membership)) return { kind: 'started' };
    const found = await findAgain({ sick: { kind: 'target-group', id: targetGroup }, condition, instance }, aws);
    if (found.kind === 'refused') return found;
    const own = objectionToStandby(membership, targetGroup, chosen);
    const hindrance = await hindranceIn(membership, own, chosen, aws);
    if (hindrance) return startRefused(hindrance);
    await aws.autoscaling.enterStandby({
      AutoScalingGroupName: group,
      InstanceIds: [instance],
      ShouldDecrementDesiredCapacity: false,
    });
    return { kind: 'started', handle: 'accepted' };
  },

  async check({ instance, group, lastActivity }, handle, aws) {
    const membership = await readGroupOf(instance, aws);
    if (membership.kind === 'standalone') {
      return { kind: 'failed', detail: `${instance} has left ${group}: somebody detached or ended it` };
    }
    const { lifecycle } = membership.member;
    if (lifecycle === 'Standby') return checkOfSuccessor(group, `${instance} is in Standby`, lastActivity, aws);
    if (lifecycle !== 'InService') return { kind: 'pending', detail: `${instance} is ${lifecycle} in ${group}` };
    return handle
      ? { kind: 'pending', detail: `${group} was told to put ${instance} into Standby and still has it in service` }
      : { kind: 'notStarted', detail: `${instance} is in service in ${group} as before` };
  },

  // The group is one larger afterwards, since another was launched; which member leaves is for its scaling to say.
  async undo({ instance }, aws) {
    const membership = await readGroupOf(instance, aws);
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(instance) };
    const objection = objectionToReturn(membership);
    if (objection) return { kind: 'refused', reason: objection };
    await aws.autoscaling.exitStandby({ AutoScalingGroupName: membership.group.name, InstanceIds: [instance] });
    return { kind: 'started' };
  },
});
