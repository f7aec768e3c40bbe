import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import {
  backendReads,
  faultOfBalancer,
  isClassicName,
  movesAmong,
  readBackends,
  type Backend,
} from '../../vitals/load-balancing/classic-load-balancer';
import { healthOf, instanceReads, readInstance } from '../../vitals/ec2/instance';
import { membershipReads, readGroupOf } from '../../vitals/auto-scaling/membership';
import { defineRemediation } from '../remediation';

const parameters = z.strictObject({
  /** Instances in service that there must be besides, at the least. */
  keepInService: z.int().min(1).default(1),
  /** Also an instance of an Auto Scaling group, which that replaces by itself if it heeds the load balancer. */
  evenIfGroupOwned: z.boolean().default(false),
});
type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({ loadBalancer: z.string(), instance: z.string() });

const reads = [...backendReads, ...instanceReads, ...membershipReads] as const;
type Reads = Calls<(typeof reads)[number]>;

const balancerArns = 'arn:*:elasticloadbalancing:*:*:loadbalancer/*';
/** Handle of an attempt that has gone on to register the instance again. */
const registered = 'registered';

/** Takes an instance that is out of service out of a classic load balancer, and registers it again. */
export const resetClassicBackend = defineRemediation({
  name: 'reset-classic-backend',
  title: 'Register an instance with its classic load balancer again',
  when: 'One instance of a Classic Load Balancer is out of service though it is well to EC2, and the others serve.',
  whenNot: 'The instance itself is down or sick, a group owns it, several are out at once, or its zone is not enabled.',
  heals: ['backend-out-of-service'],
  takes: ['classic-load-balancer'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: [
      { action: 'elasticloadbalancing:DeregisterInstancesFromLoadBalancer', on: balancerArns, tagged: true },
      { action: 'elasticloadbalancing:RegisterInstancesWithLoadBalancer', on: balancerArns, tagged: true },
    ],
  },
  snapshots: 'losesNoData',
  // Ten checks in a row, a minute apart, are not unusual before an instance is in service again.
  patience: { checkEvery: 30, giveUpAfter: 1200 },
  unseen: 'the load balancer does not say who registered an instance again, nor that it came back by itself',
  planned,

  async plan({ resource }, chosen, aws) {
    const name = resource.id;
    if (!isClassicName(name))
      return { kind: 'refused', reason: `${plainText(name)} is not the name of a classic load balancer` };
    const read = await readBackends(name, aws);
    if (read.kind === 'absent') return { kind: 'refused', reason: `${name} no longer exists` };
    const { backends } = read;
    const work = movesAmong(name, backends);
    if (work) return { kind: 'busy', reason: work };
    const [out] = backends.filter(({ state }) => state === 'outOfService');
    if (!out) return { kind: 'notNeeded', reason: `no instance of ${name} is out of service now` };
    const objection = await objectionTo(out, name, backends, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { ...chosen, loadBalancer: name, instance: out.id },
      summary: `deregister ${out.id} from ${name} and register it again`,
      // The instance as well, so that nothing else is done to it meanwhile.
      touches: [resource, { ...resource, kind: 'ec2-instance', id: out.id }],
      group: { resource, size: backends.length, healthyOthers: inService(backends) },
    };
  },

  // Called once to deregister and again to register: each time it goes on from the state that it reads. The load balancer does
  // not say who took an instance out: one that a person deregistered after the plan is registered again.
  async start({ loadBalancer, instance, ...chosen }, aws) {
    const read = await readBackends(loadBalancer, aws);
    if (read.kind === 'absent') return { kind: 'refused', reason: `${loadBalancer} no longer exists` };
    const request = { LoadBalancerName: loadBalancer, Instances: [{ InstanceId: instance }] };
    const backend = read.backends.find(({ id }) => id === instance);
    if (!backend) {
      await aws.elasticloadbalancing.registerInstancesWithLoadBalancer(request);
      return { kind: 'started', handle: registered };
    }
    if (backend.state !== 'outOfService') {
      return { kind: 'refused', reason: `${instance} of ${loadBalancer} is not out of service any more` };
    }
    const objection =
      movesAmong(loadBalancer, read.backends) ?? (await objectionTo(backend, loadBalancer, read.backends, chosen, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.elasticloadbalancing.deregisterInstancesFromLoadBalancer(request);
    return { kind: 'started', handle: 'deregistered' };
  },

  async check({ loadBalancer, instance }, handle, aws) {
    const read = await readBackends(loadBalancer, aws);
    if (read.kind === 'absent') return { kind: 'failed', detail: `${loadBalancer} no longer exists` };
    const backend = read.backends.find(({ id }) => id === instance);
    const name = `${instance} of ${loadBalancer}`;
    if (!backend) return { kind: 'continue', detail: `${name} is deregistered and must be registered again` };
    if (backend.state === 'inService') return { kind: 'done', detail: `${name} is in service` };
    if (backend.state === 'moving') return { kind: 'pending', detail: `${name}: ${backend.detail}` };
    if (handle === registered) return { kind: 'failed', detail: `${name} was registered again: ${backend.detail}` };
    return handle
      ? { kind: 'pending', detail: `${name} was told to leave and is still there` }
      : { kind: 'notStarted', detail: `${name} is out of service as before` };
  },
});

function inService(backends: readonly Backend[]): number {
  return backends.filter(({ state }) => state === 'inService').length;
}

/** Why this instance must not be reset as things stand; undefined when it may. */
async function objectionTo(
  out: Backend,
  name: string,
  backends: readonly Backend[],
  { keepInService, evenIfGroupOwned }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const outOfService = backends.filter(({ state }) => state === 'outOfService');
  if (outOfService.length > 1)
    return `${outOfService.length} instances of ${name} are out of service at once: their trouble is shared`;
  const others = inService(backends);
  if (others < keepInService) return `${others} other instances of ${name} are in service, not ${keepInService}`;
  const fault = faultOfBalancer(out);
  if (fault) return fault;
  const instance = await readInstance(out.id, aws);
  if (instance.kind === 'absent') return `${out.id} no longer exists: a person must take it out of ${name}`;
  const health = healthOf(instance, 'ec2-instance-impaired');
  if (health.kind !== 'healthy') return `${health.detail}: heal the instance first`;
  const membership = evenIfGroupOwned ? undefined : await readGroupOf(out.id, aws);
  return membership?.kind === 'member'
    ? `${out.id} belongs to the Auto Scaling group ${membership.group.name}: use replace-instance`
    : undefined;
}
