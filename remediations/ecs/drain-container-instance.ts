import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import {
  containerInstanceReads,
  instanceOrReason,
  readContainerInstance,
  readOthers,
  readServicesOn,
  type ContainerInstance,
} from '../../vitals/ecs/container-instance';
import { isStuck, readService, startsNoTask } from '../../vitals/ecs/service';
import { defineRemediation } from '../remediation';

const planned = z.object({ instance: z.string(), cluster: z.string(), arn: z.string() });

const reads = [
  ...containerInstanceReads,
  'ecs:ListContainerInstances',
  'ecs:ListTasks',
  'ecs:DescribeTasks',
  'ecs:DescribeServices',
] as const;
type Reads = Calls<(typeof reads)[number]>;

/** Moves the tasks of services away from a container instance that ECS no longer hears from. */
export const drainContainerInstance = defineRemediation({
  name: 'drain-container-instance',
  title: 'Drain a container instance',
  when: 'ECS no longer hears from the agent of a container instance, and others of its cluster can take its tasks.',
  whenNot:
    'No other instance has room, or its services may not run a task more or less for a while: nothing would move.',
  heals: ['container-instance-disconnected'],
  takes: ['container-instance'],
  risk: 'low',
  needsApproval: false,
  parameters: z.object({}),
  permissions: {
    read: reads,
    write: [{ action: 'ecs:UpdateContainerInstancesState', on: 'arn:*:ecs:*:*:container-instance/*/*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 1_800 },
  unseen: 'a container instance that somebody else drains looks the same, and is drained',
  planned,

  async plan({ resource }, _parameters, aws) {
    const { id } = resource;
    const found = await instanceOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    if (found.status === 'DRAINING') return { kind: 'notNeeded', reason: `${id} drains already` };
    const others = await readOthers(found, aws);
    const objection = objectionTo(found, others) ?? (await stuckOn(found, aws));
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { instance: id, cluster: found.cluster, arn: found.arn },
      summary: `move the tasks of services away from ${id}${found.instance ? ` (${found.instance})` : ''}`,
      touches: [resource],
      // ECS begins its tasks elsewhere before they end here, as far as their services allow.
      group: 'alone',
    };
  },

  async start({ instance: id, cluster, arn }, aws) {
    const found = await instanceOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    if (found.status === 'DRAINING') return { kind: 'started' };
    const others = await readOthers(found, aws);
    const objection = objectionTo(found, others) ?? (await stuckOn(found, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.ecs.updateContainerInstancesState({ cluster, containerInstances: [arn], status: 'DRAINING' });
    return { kind: 'started' };
  },

  async check({ instance: id }, _handle, aws) {
    const found = await readContainerInstance(id, aws);
    if (found.kind === 'absent') return { kind: 'done', detail: `${id} is no longer in its cluster` };
    if (found.status !== 'DRAINING') return { kind: 'notStarted', detail: `${id} is ${found.status}` };
    const services = await readServicesOn(found, aws);
    if (services.length > 0)
      return { kind: 'pending', detail: `tasks of ${services.join(' and ')} are still on ${id}` };
    return { kind: 'done', detail: `${id} is drained: it carries no task of a service` };
  },

  async undo({ instance: id, cluster, arn }, aws) {
    const found = await instanceOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    if (found.status === 'ACTIVE') return { kind: 'started' };
    await aws.ecs.updateContainerInstancesState({ cluster, containerInstances: [arn], status: 'ACTIVE' });
    return { kind: 'started' };
  },
});

/** Why it must not be drained as it stands; undefined when it may. */
function objectionTo({ id, cluster, status, isConnected }: ContainerInstance, others: readonly ContainerInstance[]) {
  if (status !== 'ACTIVE') return `${id} is ${status}: ECS drains only what is active`;
  if (isConnected) return `the agent of ${id} is connected again`;
  const hosts = others.filter((other) => other.isConnected).length;
  if (hosts === 0) return `${cluster} has no other container instance that could take its tasks`;
  // Tasks on them may serve all the while, and what is left has no room for all.
  const silent = 1 + others.length - hosts;
  return silent > hosts
    ? `ECS hears nothing of ${silent} of ${silent + hosts} container instances of ${cluster}: they share a cause, such as the network, which draining does not end`
    : undefined;
}

/** Says so where a service has tasks on it that ECS would never move. */
async function stuckOn(found: ContainerInstance, aws: Reads): Promise<string | undefined> {
  for (const id of await readServicesOn(found, aws)) {
    const service = await readService(id, aws);
    if (service.kind === 'absent') continue;
    if (isStuck(service)) return `${id} may run neither a task more nor one less, so that none is moved`;
    const none = startsNoTask(service);
    if (none) return none;
  }
  return undefined;
}
