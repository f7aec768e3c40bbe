import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { groupResource } from '../../vitals/auto-scaling/group';
import { readLastActivity } from '../../vitals/auto-scaling/group-activity';
import { instanceReads, readInstance } from '../../vitals/ec2/instance';
import { membershipReads, readGroupOf, standInsFor } from '../../vitals/auto-scaling/membership';
import { findAgain, findSickMember } from '../../vitals/auto-scaling/sick-member';
import { targetReads } from '../../vitals/load-balancing/target-group';
import { startRefused } from '../hindrance';
import { defineRemediation } from '../remediation';
import { checkOfSuccessor } from '../successor';
import { leaveOnGroups } from './group/leave';
import { ofThePeers } from './member/peers';
import { hindranceTo, lostWith, objectionReads, standalone, whyEnding } from './replace-instance/objections';

const parameters = z.strictObject({
  /** `set-unhealthy` lets the group replace it in its own way; `terminate` ends it at once. */
  how: z.enum(['set-unhealthy', 'terminate']).default('set-unhealthy'),
  ...ofThePeers,
  /** Its instance store, and volumes that end with it, hold nothing of worth. */
  mayLoseLocalData: z.boolean().default(false),
});
export type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  /** What was sick: the instance itself, or the target group in which it is the one unhealthy target. */
  sick: z.strictObject({ kind: z.enum(['ec2-instance', 'target-group']), id: z.string() }),
  condition: z.string(),
  instance: z.string(),
  group: z.string(),
  /** Newest activity of the group when the plan was made; later ones are of this attempt. */
  lastActivity: z.string(),
});

const reads = [...instanceReads, ...membershipReads, ...objectionReads, ...targetReads] as const;

/** Ends one bad member of an Auto Scaling group; the group launches another in its place. */
export const replaceInstance = defineRemediation({
  name: 'replace-instance',
  title: 'Replace a member of a group',
  when: 'One member of an Auto Scaling group is bad, its peers are well, and it holds nothing that they do not have.',
  whenNot: 'The new one would fail as well, many members are bad at once, or the member holds data of its own.',
  heals: [
    'ec2-instance-impaired',
    'ec2-host-impaired',
    'ec2-instance-retiring',
    'target-unhealthy',
    'spot-instance-interrupted',
  ],
  takes: ['ec2-instance', 'target-group'],
  risk: 'medium',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: leaveOnGroups('autoscaling:SetInstanceHealth', 'autoscaling:TerminateInstanceInAutoScalingGroup'),
  },
  snapshots: { kinds: ['ec2-instance'], of: ({ instance }) => ({ kind: 'ec2-instance', id: instance }) },
  // Lifecycle hooks may hold it up for long; whoever has slow ones escalates rather than waits.
  patience: { checkEvery: 30, giveUpAfter: 1200 },
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const { id } = resource;
    const sick = { kind: resource.kind === 'target-group' ? 'target-group' : 'ec2-instance', id } as const;
    const found = await findSickMember(sick, condition, aws);
    if (found.kind !== 'found') return found;
    const { instance } = found;
    const membership = await readGroupOf(instance.id, aws);
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(instance.id) };
    const ending = whyEnding(membership);
    if (ending) return { kind: 'notNeeded', reason: ending };
    const hindrance = await hindranceTo(instance, membership, chosen, aws);
    if (hindrance) return hindrance;
    const lost = chosen.mayLoseLocalData ? await lostWith(instance, aws) : [];
    const group = membership.group.name;
    const member: Resource = { ...resource, kind: 'ec2-instance', id: instance.id };
    const lastActivity = await readLastActivity(group, aws);
    return {
      kind: 'planned',
      plan: { ...chosen, sick, condition, instance: instance.id, group, lastActivity },
      summary: `replace ${instance.id} in ${group}: ${found.detail}`,
      touches: [member, groupResource(membership.group, resource)],
      group: await standInsFor(membership, resource, aws),
      ...(lost.length > 0 && { destroys: lost }),
    };
  },

  async start(plan, aws) {
    const { instance: InstanceId, how } = plan;
    const membership = await readGroupOf(InstanceId, aws);
    const ending = whyEnding(membership);
    if (ending) return { kind: 'refused', reason: ending };
    const found = await findAgain(plan, aws);
    if (found.kind === 'refused') return found;
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(InstanceId) };
    const hindrance = await hindranceTo(found.instance, membership, plan, aws);
    if (hindrance) return startRefused(hindrance);
    if (how === 'terminate') {
      const ended = await aws.autoscaling.terminateInstanceInAutoScalingGroup({
        InstanceId,
        ShouldDecrementDesiredCapacity: false,
      });
      return { kind: 'started', handle: ended.Activity?.ActivityId ?? 'accepted' };
    }
    await aws.autoscaling.setInstanceHealth({
      InstanceId,
      HealthStatus: 'Unhealthy',
      ShouldRespectGracePeriod: false,
    });
    return { kind: 'started', handle: 'accepted' };
  },

  async check(plan, handle, aws) {
    const { instance: id, group: name } = plan;
    const membership = await readGroupOf(id, aws);
    if (membership.kind === 'member') {
      const { lifecycle, health } = membership.member;
      if (lifecycle !== 'InService') return { kind: 'pending', detail: `${id} is ${lifecycle} in ${name}` };
      if (health === 'Unhealthy') return { kind: 'pending', detail: `${id} waits for ${name} to replace it` };
      return handle
        ? { kind: 'pending', detail: `${name} was told to replace ${id} and still counts it as healthy` }
        : { kind: 'notStarted', detail: `${id} is in service in ${name} as before` };
    }
    const instance = await readInstance(id, aws);
    const ends = ['absent', 'shutting-down', 'terminated'];
    if (!ends.includes(instance.kind === 'absent' ? 'absent' : instance.state)) {
      return { kind: 'failed', detail: `${id} has left ${name} and has not ended: somebody detached it` };
    }
    return checkOfSuccessor(name, `${id} has ended`, plan.lastActivity, aws);
  },
});
