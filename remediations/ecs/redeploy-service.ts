import { z } from 'zod';
import {
  isGivenUp,
  isStuck,
  primaryOf,
  revisionOf,
  serviceOrReason,
  serviceReads,
  workOnService,
  type Service,
} from '../../vitals/ecs/service';
import { defineRemediation } from '../remediation';

const planned = z.object({
  service: z.string(),
  /** The deployment whose tasks are to be replaced: `ecs-svc/…`. */
  deployment: z.string(),
  taskDefinition: z.string(),
});

/** Replaces all tasks of a service by new ones of the same task definition. */
export const redeployService = defineRemediation({
  name: 'redeploy-service',
  title: 'Deploy a service anew as it is',
  when: 'Tasks hang, or hold connections, addresses or credentials that are no longer good, and a fresh start ends that.',
  whenNot:
    'What was deployed last is at fault, since it would be deployed again; or its image is named by a tag that has moved on.',
  heals: ['service-tasks-failing', 'service-erroring', 'service-deployment-failed'],
  takes: ['ecs-service'],
  risk: 'low',
  needsApproval: false,
  parameters: z.object({}),
  permissions: {
    read: serviceReads,
    write: [{ action: 'ecs:UpdateService', on: 'arn:*:ecs:*:*:service/*/*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 1_800 },
  unseen: 'a deployment of the same task definition that somebody else begins looks the same, and does the same',
  planned,

  async plan({ resource }, _parameters, aws) {
    const service = await serviceOrReason(resource.id, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const objection = objectionTo(service);
    if (objection) return { kind: 'refused', reason: objection };
    const work = workOnService(service);
    if (work) return { kind: 'busy', reason: work };
    const { id, taskDefinition } = primaryOf(service);
    return {
      kind: 'planned',
      plan: { service: resource.id, deployment: id, taskDefinition },
      summary: `replace all ${service.desired} tasks of ${resource.id} by new ones of ${revisionOf(taskDefinition)}`,
      touches: [resource],
      // ECS itself keeps as many running as the service demands.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'refused', reason: service };
    const objection = objectionTo(service);
    if (objection) return { kind: 'refused', reason: objection };
    const primary = primaryOf(service);
    if (primary.id !== plan.deployment)
      return { kind: 'refused', reason: `${plan.service} was deployed since the plan` };
    const work = workOnService(service);
    if (work) return { kind: 'refused', reason: work };
    await aws.ecs.updateService({ cluster: service.cluster, service: service.name, forceNewDeployment: true });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const service = await serviceOrReason(plan.service, aws);
    if (typeof service === 'string') return { kind: 'failed', detail: service };
    const { id, taskDefinition, rollout } = primaryOf(service);
    if (taskDefinition !== plan.taskDefinition)
      return { kind: 'failed', detail: `another task definition was deployed to ${plan.service}` };
    if (id === plan.deployment) return { kind: 'notStarted', detail: `${plan.service} runs the tasks that it ran` };
    if (rollout === 'FAILED') return { kind: 'failed', detail: `ECS gave the deployment ${id} up` };
    const work = workOnService(service);
    if (work) return { kind: 'pending', detail: work };
    return { kind: 'done', detail: `${service.running} of ${service.desired} tasks of ${plan.service} run anew` };
  },
});

/** Why ECS cannot deploy it, or must not; undefined when it may. */
function objectionTo(service: Service): string | undefined {
  const { id, controller, desired, deployments } = service;
  if (controller !== 'ECS') return `${id} is deployed by ${controller}, not by ECS: deploy it there`;
  if (desired === 0) return `${id} is to run no task: somebody has stopped it`;
  if (isGivenUp(service) && deployments.length > 1) {
    return `ECS has given up the latest deployment of ${id}, and an earlier one serves: take it back to that`;
  }
  if (isStuck(service)) {
    return `${id} may run neither fewer nor more than ${desired} tasks, so that none can be replaced`;
  }
  return undefined;
}
