import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { groupResource } from '../../vitals/auto-scaling/group';
import { readLastActivity } from '../../vitals/auto-scaling/group-activity';
import { instanceReads, readInstance } from '../../vitals/ec2/instance';
import { membershipReads, readGroupOf, standInsFor } from '../../vitals/auto-scaling/membership';
import { findSickMember } from '../../vitals/auto-scaling/sick-member';
import { targetReads } from '../../vitals/load-balancing/target-group';
import { defineRemediation } from '../remediation';
import { checkOfSuccessor } from '../successor';
import {
  lostWith,
  objectionReads,
  objectionTo,
  sharedTrouble,
  standalone,
  whyEnding,
  workOn,
} from './replace-instance/objections';

const parameters = z.strictObject({
  /** `set-unhealthy` lets the group replace it in its own way; `terminate` ends it at once. */
  how: z.enum(['set-unhealthy', 'terminate']).default('set-unhealthy'),
  /** Healthy members that must be left, at the least. */
  keepHealthy: z.int().min(1).default(1),
  /** More of the other members than this being sick means that the trouble is shared. */
  maxSickPercent: z.int().min(0).max(100).default(30),
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

const groupArns = 'arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*';

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
    write: [
      { action: 'autoscaling:SetInstanceHealth', on: groupArns, tagged: true },
      { action: 'autoscaling:TerminateInstanceInAutoScalingGroup', on: groupArns, tagged: true },
    ],
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
    const shared = sharedTrouble(membership, chosen);
    if (shared) return { kind: 'refused', reason: shared };
    const work = await workOn(membership, aws);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(instance, membership, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
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
    const { instance: InstanceId, sick, condition, how } = plan;
    const membership = await readGroupOf(InstanceId, aws);
    const ending = whyEnding(membership);
    if (ending) return { kind: 'refused', reason: ending };
    const found = await findSickMember(sick, condition, aws);
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    if (found.instance.id !== InstanceId) {
      return { kind: 'refused', reason: `not ${InstanceId} but ${found.instance.id} is bad now` };
    }
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(InstanceId) };
    const objection =
      sharedTrouble(membership, plan) ??
      (await workOn(membership, aws)) ??
      (await objectionTo(found.instance, membership, plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
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
