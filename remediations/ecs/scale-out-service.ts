import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { serviceOrReason, serviceReads, workOnService, type Service } from '../../vitals/ecs/service';
import { readBounds, scalableTarget } from '../../vitals/ecs/service-scaling';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

/** What says how many tasks there are: `tasks` of a service that nothing scales, else the bounds of what scales it. */
const size = z.union([z.object({ tasks: z.number() }), z.object({ min: z.number(), max: z.number() })]);
type Size = z.infer<typeof size>;

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

const reads = [...serviceReads, 'application-autoscaling:DescribeScalableTargets'] as const;
type Reads = Calls<(typeof reads)[number]>;

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
    read: reads,
    write: [
      { action: 'ecs:UpdateService', on: 'arn:*:ecs:*:*:service/*/*', tagged: true },
      {
        action: 'application-autoscaling:RegisterScalableTarget',
        on: 'arn:*:application-autoscaling:*:*:scalable-target/*',
        tagged: false,
        condition: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } },
      },
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, atMost }, aws) {
    const { id } = resource;
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const work = workOnService(service);
    if (work) return { kind: 'busy', reason: work };
    const objection = objectionTo(service);
    if (objection) return { kind: 'refused', reason: objection };
    const { desired } = service;
    const tasks = Math.min(atMost, desired + Math.max(1, Math.round((desired * step) / 100)));
    if (tasks <= desired) {
      return { kind: 'refused', reason: `${id} has ${desired} tasks, and the policy allows ${atMost} (atMost)` };
    }
    const from = await sizeOf(service, aws);
    // What scales it keeps to its bounds: the least that it keeps is what is raised, or it would take them away again.
    const to: Size = 'max' in from ? { min: tasks, max: Math.max(tasks, from.max) } : { tasks };
    return {
      kind: 'planned',
      plan: { service: id, from, to, tasks },
      summary: `let ${id} run ${tasks} tasks instead of ${desired}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start({ service: id, from, to }, aws) {
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const answer = answerBefore(standingOf({ from, to }, await sizeOf(service, aws)), whatOf(id));
    if (answer) return answer;
    const objection = workOnService(service) ?? objectionTo(service);
    if (objection) return { kind: 'refused', reason: objection };
    await setSize(service, to, aws);
    return { kind: 'started' };
  },

  async check({ service: id, from, to, tasks }, _handle, aws) {
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'failed', detail: service };
    const standing = standingOf({ from, to }, await sizeOf(service, aws));
    const { running } = service;
    const isThere = standing !== 'made' || running >= tasks;
    return checkOf(standing, whatOf(id), isThere ? undefined : `${running} of ${tasks} tasks of ${id} run`);
  },

  async undo({ service: id, from, to }, aws) {
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const answer = answerBefore(standingOf({ from: to, to: from }, await sizeOf(service, aws)), whatOf(id));
    if (answer) return answer;
    await setSize(service, from, aws);
    return { kind: 'started' };
  },
});

async function sizeOf(service: Service, aws: Reads): Promise<Size> {
  const bounds = await readBounds(service, aws);
  return bounds ? { min: bounds.min, max: bounds.max } : { tasks: service.desired };
}

type Writes = Calls<'ecs:UpdateService' | 'application-autoscaling:RegisterScalableTarget'>;

async function setSize(service: Service, to: Size, aws: Writes): Promise<void> {
  if ('tasks' in to) {
    await aws.ecs.updateService({ cluster: service.cluster, service: service.name, desiredCount: to.tasks });
    return;
  }
  const target = scalableTarget(service);
  await aws['application-autoscaling'].registerScalableTarget({ ...target, MinCapacity: to.min, MaxCapacity: to.max });
}

function whatOf(id: string): string {
  return `the number of tasks of ${id}`;
}

/** Why tasks must not be added as it stands; undefined when they may. */
function objectionTo({ id, strategy, desired, running, pending }: Service): string | undefined {
  if (strategy === 'DAEMON') return `${id} has one task on each instance: only more instances give it more`;
  if (desired === 0) return `${id} is to run no task: somebody has stopped it`;
  if (running + pending < desired) return `ECS runs ${running} of ${desired} tasks of ${id}: it has no room for more`;
  return undefined;
}
