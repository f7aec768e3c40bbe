import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import { capacityOf, groupReads, healthyMembers, isGroupName, readGroup } from '../../vitals/auto-scaling/group';
import { failedLaunches, readActivities, readLastActivity } from '../../vitals/auto-scaling/group-activity';
import { defineRemediation, type Start } from '../remediation';
import {
  excess,
  failureOf,
  objectionReads,
  sickness,
  troubleAhead,
  unfitness,
  workOn,
} from './scale-out-group/objections';

/** Launches that may fail before the attempt has. */
const failuresAllowed = 2;

const parameters = z.strictObject({
  /** By how much the group grows, in members or in percent of what is desired, rounded up. */
  step: z
    .union([z.strictObject({ count: z.int().min(1).max(100) }), z.strictObject({ percent: z.int().min(1).max(100) })])
    .default({ count: 1 }),
  /** A larger step is refused. */
  atMost: z.int().min(1).max(100).default(10),
});

const planned = z.object({
  group: z.string(),
  /** Before-image of the desired capacity. */
  from: z.number(),
  /** Decided once: a start that is repeated sets the same number. */
  to: z.number(),
  /** Newest activity when the plan was made; later ones are of this attempt. */
  lastActivity: z.string(),
});

const reads = [...groupReads, ...objectionReads] as const;

/** Raises the desired capacity of a group by a bounded step. It goes back only by `undo`, or by the group's own policies. */
export const scaleOutGroup = defineRemediation({
  name: 'scale-out-group',
  title: 'Add members to a group',
  when: 'All members of the group are healthy and have more work than they can carry.',
  whenNot: 'The bottleneck is behind the group, such as its database; or a target tracking policy of its own sizes it.',
  heals: ['group-overloaded'],
  takes: ['auto-scaling-group'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: [
      {
        action: 'autoscaling:SetDesiredCapacity',
        on: 'arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*',
        tagged: true,
      },
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, atMost }, aws) {
    const { id } = resource;
    if (!isGroupName(id))
      return { kind: 'refused', reason: `${plainText(id)} is not the name of an Auto Scaling group` };
    const group = await readGroup(id, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const from = group.desired;
    const wanted = 'count' in step ? step.count : Math.ceil((from * step.percent) / 100);
    const to = from + wanted;
    const unfit = unfitness(group) ?? excess(group, wanted, atMost) ?? (await failureOf(group, aws));
    if (unfit) return { kind: 'refused', reason: unfit };
    const work = await workOn(group, aws);
    if (work) return { kind: 'busy', reason: work };
    const objection = sickness(group) ?? (await troubleAhead(group, to - from, aws));
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { group: id, from, to, lastActivity: await readLastActivity(id, aws) },
      summary: `raise ${id} from ${from} to ${to} members (its maximum is ${group.max})`,
      touches: [resource],
      group: { resource, size: from, healthyOthers: capacityOf(healthyMembers(group)) },
    };
  },

  async start({ group: name, from, to }, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${name} no longer exists` };
    if (group.desired === to) return { kind: 'refused', reason: `${name} is set to ${to} already` };
    if (group.desired !== from) {
      return { kind: 'refused', reason: `${name} is set to ${group.desired} and not to ${from} any more` };
    }
    const objection =
      unfitness(group) ??
      (await failureOf(group, aws)) ??
      (await workOn(group, aws)) ??
      sickness(group) ??
      (await troubleAhead(group, to - from, aws));
    if (objection) return { kind: 'refused', reason: objection };
    return setDesired(name, to, aws);
  },

  async check({ group: name, from, to, lastActivity }, handle, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'failed', detail: `${name} no longer exists` };
    const serving = capacityOf(healthyMembers(group));
    const detail = `${serving} of ${group.desired} members of ${name} are in service`;
    if (group.desired === from) {
      return handle
        ? { kind: 'pending', detail: `${name} was told to grow to ${to} and still shows ${from}` }
        : { kind: 'notStarted', detail: `${name} is set to ${from} as before` };
    }
    if (group.desired < to) return { kind: 'failed', detail: `somebody set ${name} back to ${group.desired}` };
    if (serving >= group.desired) return { kind: 'done', detail };
    const failed = failedLaunches(await readActivities(name, ({ id }) => id === lastActivity, aws));
    if (failed.length >= failuresAllowed) {
      return { kind: 'failed', detail: `${failed.length} launches of ${name} failed: ${failed[0]?.message ?? ''}` };
    }
    return { kind: 'pending', detail };
  },

  // Which members leave is for the group's termination policy to say.
  async undo({ group: name, from, to }, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${name} no longer exists` };
    if (group.desired !== to) {
      return {
        kind: 'refused',
        reason: `${name} is set to ${group.desired} and no longer to our ${to}: somebody else sizes it`,
      };
    }
    if (from < group.min)
      return { kind: 'refused', reason: `the minimum of ${name} is ${group.min} now, above ${from}` };
    return setDesired(name, from, aws);
  },
});

async function setDesired(name: string, desired: number, aws: Calls<'autoscaling:SetDesiredCapacity'>): Promise<Start> {
  await aws.autoscaling.setDesiredCapacity({
    AutoScalingGroupName: name,
    DesiredCapacity: desired,
    HonorCooldown: false,
  });
  return { kind: 'started', handle: 'accepted' };
}
