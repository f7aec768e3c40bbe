import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { capacityOf, groupOrReason, groupReads, healthyMembers } from '../../vitals/auto-scaling/group';
import { readLastActivity } from '../../vitals/auto-scaling/group-activity';
import { refusedFor, startRefused } from '../hindrance';
import { defineRemediation, type Start } from '../remediation';
import { checkOfLaunches } from '../successor';
import { leaveOnGroups } from './group/leave';
import { hindranceTo, objectionReads } from './scale-out-group/objections';

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
    write: leaveOnGroups('autoscaling:SetDesiredCapacity'),
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, atMost }, aws) {
    const { id } = resource;
    const group = await groupOrReason(id, aws);
    if (typeof group === 'string') return { kind: 'refused', reason: group };
    const from = group.desired;
    const wanted = 'count' in step ? step.count : Math.ceil((from * step.percent) / 100);
    const to = from + wanted;
    const hindrance = refusedFor(tooMuch(id, wanted, atMost)) ?? (await hindranceTo(group, to, aws));
    if (hindrance) return hindrance;
    return {
      kind: 'planned',
      plan: { group: id, from, to, lastActivity: await readLastActivity(id, aws) },
      summary: `raise ${id} from ${from} to ${to} members (its maximum is ${group.max})`,
      touches: [resource],
      group: { resource, size: from, healthyOthers: capacityOf(healthyMembers(group)) },
    };
  },

  async start({ group: name, from, to }, aws) {
    const group = await groupOrReason(name, aws);
    if (typeof group === 'string') return { kind: 'refused', reason: group };
    if (group.desired === to) return { kind: 'refused', reason: `${name} is set to ${to} already` };
    if (group.desired !== from) {
      return { kind: 'refused', reason: `${name} is set to ${group.desired} and not to ${from} any more` };
    }
    const hindrance = await hindranceTo(group, to, aws);
    return hindrance ? startRefused(hindrance) : setDesired(name, to, aws);
  },

  async check({ group: name, from, to, lastActivity }, handle, aws) {
    const group = await groupOrReason(name, aws);
    if (typeof group === 'string') return { kind: 'failed', detail: group };
    if (group.desired === from) {
      return handle
        ? { kind: 'pending', detail: `${name} was told to grow to ${to} and still shows ${from}` }
        : { kind: 'notStarted', detail: `${name} is set to ${from} as before` };
    }
    if (group.desired < to) return { kind: 'failed', detail: `somebody set ${name} back to ${group.desired}` };
    return checkOfLaunches(group, lastActivity, aws);
  },

  // Which members leave is for the group's termination policy to say.
  async undo({ group: name, from, to }, aws) {
    const group = await groupOrReason(name, aws);
    if (typeof group === 'string') return { kind: 'refused', reason: group };
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

/** A larger step is refused as a whole: a part of what was thought to be needed is a guess. */
function tooMuch(name: string, wanted: number, atMost: number): string | undefined {
  return wanted > atMost
    ? `${name} would grow by ${wanted}, and atMost is ${atMost}: make the step smaller`
    : undefined;
}

async function setDesired(name: string, desired: number, aws: Calls<'autoscaling:SetDesiredCapacity'>): Promise<Start> {
  await aws.autoscaling.setDesiredCapacity({
    AutoScalingGroupName: name,
    DesiredCapacity: desired,
    HonorCooldown: false,
  });
  return { kind: 'started', handle: 'accepted' };
}
