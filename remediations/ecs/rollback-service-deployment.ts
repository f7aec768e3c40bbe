import { z } from 'zod';
import { primaryOf, revisionOf, serviceOrReason, serviceReads, workOnService } from '../../vitals/ecs/service';
import { readServiceDeployments, serviceDeploymentReads } from '../../vitals/ecs/service-deployments';
import { defineRemediation, type Check } from '../remediation';
import { targetOf } from './rollback-service-deployment/target';

const planned = z.object({
  service: z.string(),
  /** ARN of the service deployment that is taken back. */
  deployment: z.string(),
  /** `stop`: ECS ends what it still carries out. `update`: what ran before is deployed again. */
  how: z.enum(['stop', 'update']),
  before: z.string(),
  after: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Takes the latest deployment of a service back, if it may have made it sick. */
export const rollbackServiceDeployment = defineRemediation({
  name: 'rollback-service-deployment',
  title: 'Take the deployment of a service back',
  when: 'A service fails or answers with errors since another task definition was deployed to it.',
  whenNot:
    'It fell sick long after its last deployment, or what was deployed has changed data that the old one cannot read.',
  heals: ['service-erroring', 'service-deployment-failed', 'service-tasks-failing'],
  takes: ['ecs-service'],
  risk: 'medium',
  needsApproval: false,
  parameters: z.object({
    /** Minutes before the sickness within which a deployment is taken for its cause. */
    withinMinutes: z.number().int().min(1).max(1_440).default(60),
    /**
     * Names of the roles of its task definitions, those of the tasks and those that start them. Whoever deploys a task
     * definition passes them on: a deployment that is over is taken back only where they are named.
     */
    taskRoles: z.array(z.string().regex(/^[\w+=,.@/-]{1,512}$/, 'the name of a role, with its path')).default([]),
  }),
  permissions: {
    read: [...serviceReads, ...serviceDeploymentReads],
    write: [
      { action: 'ecs:UpdateService', on: 'arn:*:ecs:*:*:service/*/*', tagged: true },
      // A deployment carries no tags of its own.
      { action: 'ecs:StopServiceDeployment', on: 'arn:*:ecs:*:*:service-deployment/*/*/*', tagged: false },
    ],
    // A service that is told its task definition gets the roles of that from whoever tells it.
    implied: [
      {
        action: 'iam:PassRole',
        on: 'arn:*:iam::*:role/*',
        tagged: false,
        namedIn: ['taskRoles'],
        condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 1_800 },
  interrupts: true,
  planned,

  async plan({ resource, since }, { withinMinutes }, aws) {
    const { id } = resource;
    const service = await serviceOrReason(id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    if (service.controller !== 'ECS') {
      return { kind: 'refused', reason: `${id} is deployed by ${service.controller}, not by ECS: take it back there` };
    }
    const target = await targetOf(service, { sickSince: since ?? aws.now(), withinMinutes }, aws);
    if ('busy' in target) return { kind: 'busy', reason: target.busy };
    if ('notNeeded' in target) return { kind: 'notNeeded', reason: target.notNeeded };
    if ('refused' in target) return { kind: 'refused', reason: target.refused };
    const { before, after } = target.change;
    return {
      kind: 'planned',
      plan: {
        service: id,
        deployment: target.deployment.arn,
        how: target.isUnderWay ? ('stop' as const) : ('update' as const),
        before,
        after,
      },
      summary: `take ${id} back from ${revisionOf(after)} to ${revisionOf(before)}`,
      touches: [resource],
      // ECS itself keeps as many running as the service demands.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    if (primaryOf(service).taskDefinition === plan.before) return { kind: 'started' };
    const [latest] = await readServiceDeployments(service, aws);
    if (latest?.arn !== plan.deployment || primaryOf(service).taskDefinition !== plan.after) {
      return { kind: 'refused', reason: `${plan.service} was deployed again since the plan` };
    }
    if (plan.how === 'update') {
      await aws.ecs.updateService({ cluster: service.cluster, service: service.name, taskDefinition: plan.before });
      return { kind: 'started' };
    }
    if (latest.status.startsWith('ROLLBACK_')) return { kind: 'started' };
    if (latest.status !== 'IN_PROGRESS' && latest.status !== 'PENDING') {
      return { kind: 'refused', reason: `the deployment of ${plan.service} is ${latest.status} since the plan` };
    }
    await aws.ecs.stopServiceDeployment({ serviceDeploymentArn: plan.deployment, stopType: 'ROLLBACK' });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'failed', detail: service };
    const { taskDefinition, rollout } = primaryOf(service);
    if (taskDefinition === plan.before) {
      if (rollout === 'FAILED')
        return { kind: 'failed', detail: `ECS gave up deploying ${revisionOf(plan.before)} again` };
      const work = workOnService(service);
      return work === undefined
        ? { kind: 'done', detail: `${plan.service} runs ${revisionOf(plan.before)} again` }
        : { kind: 'pending', detail: work };
    }
    if (taskDefinition !== plan.after) {
      return { kind: 'failed', detail: `${plan.service} was deployed again since the plan` };
    }
    return plan.how === 'stop'
      ? stopped(plan, await readServiceDeployments(service, aws))
      : { kind: 'notStarted', detail: `${plan.service} still runs ${revisionOf(plan.after)}` };
  },
});

/** How far ECS has come with taking it back, while the service still shows what was deployed. */
function stopped(plan: Plan, deployments: Awaited<ReturnType<typeof readServiceDeployments>>): Check {
  const status = deployments.find(({ arn }) => arn === plan.deployment)?.status;
  const detail = `the deployment of ${plan.service} is ${status ?? 'no longer told'}`;
  if (status === 'ROLLBACK_REQUESTED' || status === 'ROLLBACK_IN_PROGRESS' || status === 'STOP_REQUESTED') {
    return { kind: 'pending', detail };
  }
  // What is taken back shows in the service within moments.
  if (status === 'ROLLBACK_SUCCESSFUL') return { kind: 'pending', detail };
  return status === 'IN_PROGRESS' || status === 'PENDING' ? { kind: 'notStarted', detail } : { kind: 'failed', detail };
}
