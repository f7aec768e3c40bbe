import { z } from 'zod';
import {
  capacityOf,
  groupOrReason,
  groupReads,
  healthyMembers,
  type AutoScalingGroup,
} from '../../vitals/auto-scaling/group';
import { healingProcesses, suspendedOf } from '../../vitals/auto-scaling/suspensions';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { leaveOnGroups } from './group/leave';
import { movesAhead, objectionReads, objectionTo, workOn } from './resume-group-processes/objections';

const parameters = z.strictObject({
  /** Processes that may be resumed. */
  processes: z
    .array(z.enum(healingProcesses))
    .min(1)
    .default([...healingProcesses]),
  /** Members that the group would launch, replace or end at once when it may again: more than this is refused. */
  atMostMoves: z.int().min(0).max(100).default(3),
  /** Keys of tags that a deployment puts on the group while it has its processes suspended. */
  deploymentTags: z.array(z.string().min(1)).default([]),
});

const planned = parameters.extend({
  group: z.string(),
  /** Before-image: what was suspended, and why; who has suspended it anew since had another reason. */
  suspended: z.record(z.string(), z.string()),
});
type Plan = z.infer<typeof planned>;

/** Lets a group heal itself again: resumes those of its processes that somebody suspended and forgot. */
export const resumeGroupProcesses = defineRemediation({
  name: 'resume-group-processes',
  title: 'Resume the processes of a group',
  when: 'A process by which an Auto Scaling group heals itself was suspended by hand, and nobody works on the group any more.',
  whenNot:
    'A deployment or people still need it suspended, AWS itself has, or much would be launched or ended at once.',
  heals: ['group-process-suspended'],
  takes: ['auto-scaling-group'],
  risk: 'medium',
  // Only people know whether whoever suspended it is done.
  needsApproval: true,
  parameters,
  permissions: {
    read: [...groupReads, ...objectionReads],
    write: leaveOnGroups('autoscaling:ResumeProcesses'),
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 300 },
  unseen: 'Auto Scaling does not say who resumed a process',
  planned,

  async plan({ resource }, chosen, aws) {
    const { id } = resource;
    const group = await groupOrReason(id, aws);
    if (typeof group === 'string') return { kind: 'refused', reason: group };
    const suspended = suspendedOf(group, chosen.processes);
    const names = Object.keys(suspended);
    if (names.length === 0)
      return { kind: 'notNeeded', reason: `none of ${chosen.processes.join(', ')} of ${id} is suspended` };
    const work = await workOn(group, chosen, aws);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(group, suspended, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { ...chosen, group: id, suspended },
      summary: `resume ${names.join(', ')} of ${id}; members that it then launches, replaces or ends: ${movesAhead(group, suspended)}`,
      touches: [resource],
      group: { resource, size: group.desired, healthyOthers: capacityOf(healthyMembers(group)) },
    };
  },

  async start(plan, aws) {
    const group = await groupOrReason(plan.group, aws);
    if (typeof group === 'string') return { kind: 'refused', reason: group };
    const answer = answerBefore(standing(plan, group), whatOf(plan));
    if (answer) return answer;
    const objection = (await workOn(group, plan, aws)) ?? (await objectionTo(group, plan.suspended, plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
    // Without names it would resume all of them.
    await aws.autoscaling.resumeProcesses({
      AutoScalingGroupName: plan.group,
      ScalingProcesses: Object.keys(plan.suspended),
    });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const group = await groupOrReason(plan.group, aws);
    if (typeof group === 'string') return { kind: 'failed', detail: group };
    return checkOf(standing(plan, group), whatOf(plan), undefined);
  },
});

function whatOf({ group, suspended }: Plan): string {
  return `the suspension of ${Object.keys(suspended).join(', ')} of ${group}`;
}

function standing({ suspended }: Plan, group: AutoScalingGroup): ReturnType<typeof standingOf> {
  return standingOf({ from: suspended, to: {} }, suspendedOf(group, Object.keys(suspended)));
}
