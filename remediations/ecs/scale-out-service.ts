import { z } from 'zod';
import { serviceOrReason, serviceReads, startsNoTask, workOnService, type Service } from '../../vitals/ecs/service';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { busyWith, refusedFor, startRefused, type Hindrance } from '../hindrance';
import { defineRemediation } from '../remediation';
import { leaveToSetBounds } from '../scalable-target';
import { leastOf, nameOfSize, readSize, setSize, size, sizeFor } from './scale-out-service/size';

const planned = z.object({
  service: z.string(),
  from: size,
  to: size,
  /** Tasks that there are to be in the end. */
  tasks: z.number(),
});

const parameters = z.object({
  /** Percent of the tasks that are added, at least one. */
  step: z.number().int().min(1).max(400).default(50),
  /** Tasks above which none is added: each costs money until somebody takes it away. */
  atMost: z.number().int().min(1).default(10),
});

/** Adds tasks to a service. */
export const scaleOutService = defineRemediation({
  name: 'scale-out-service',
  title: 'Add tasks to a service',
  when: 'Its tasks have more work than they can carry, and more of them would share it.',
  whenNot: 'The cluster has no room for those that it should run already, or what is behind it is what cannot keep up.',
  heals: ['service-overloaded', 'service-tasks-failing', 'service-erroring'],
  takes: ['ecs-service'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...serviceReads, 'application-autoscaling:DescribeScalableTargets'],
    write: [{ action: 'ecs:UpdateService', on: 'arn:*:ecs:*:*:service/*/*', tagged: true }, leaveToSetBounds('ecs')],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, atMost }, aws) {
    const { id } = resource;
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const hindrance = hindranceTo(service);
    if (hindrance) return hindrance;
    const { desired } = service;
    const from = await readSize(service, aws);
    const least = leastOf(from, desired);
    const tasks = Math.min(atMost, least + Math.max(1, Math.round((least * step) / 100)));
    if (tasks <= least) {
      return { kind: 'refused', reason: `${id} has ${least} tasks, and the policy allows ${atMost} (atMost)` };
    }
    return {
      kind: 'planned',
      plan: { service: id, from, to: sizeFor(tasks, from), tasks },
      summary: `let ${id} run ${tasks} tasks instead of ${desired}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const answer = answerBefore(standingOf(plan, await readSize(service, aws)), nameOfSize(plan.service));
    if (answer) return answer;
    const hindrance = hindranceTo(service);
    if (hindrance) return startRefused(hindrance);
    await setSize(service, plan.to, aws);
    return { kind: 'started' };
  },

  async check({ service: id, from, to, tasks }, _handle, aws) {
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'failed', detail: service };
    const standing = standingOf({ from, to }, await readSize(service, aws));
    const { running } = service;
    const isThere = standing !== 'made' || running >= tasks;
    return checkOf(standing, nameOfSize(id), isThere ? undefined : `${running} of ${tasks} tasks of ${id} run`);
  },

  async undo(plan, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const answer = answerBefore(standingOf(backFrom(plan), await readSize(service, aws)), nameOfSize(plan.service));
    if (answer) return answer;
    await setSize(service, plan.from, aws);
    return { kind: 'started' };
  },
});

/** Why no task is added as it stands; undefined when some may be. */
function hindranceTo(service: Service): Hindrance | undefined {
  return busyWith(workOnService(service)) ?? refusedFor(objectionTo(service));
}

function objectionTo(service: Service): string | undefined {
  const { id, strategy, desired, running, pending } = service;
  if (strategy === 'DAEMON') return `${id} has one task on each instance: only more instances give it more`;
  if (desired === 0) return `${id} is to run no task: somebody has stopped it`;
  const none = startsNoTask(service);
  if (none) return none;
  if (running + pending < desired) return `ECS runs ${running} of ${desired} tasks of ${id}: it has no room for more`;
  return undefined;
}
