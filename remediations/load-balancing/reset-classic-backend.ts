import { z } from 'zod';
import { backendReads, backendsOrReason, movesAmong } from '../../vitals/load-balancing/classic-load-balancer';
import { defineRemediation } from '../remediation';
import { inService, objectionReads, objectionTo } from './reset-classic-backend/objections';

const parameters = z.strictObject({
  /** Instances in service that there must be besides, at the least. */
  keepInService: z.int().min(1).default(1),
  /** Also an instance of an Auto Scaling group, which that replaces by itself if it heeds the load balancer. */
  evenIfGroupOwned: z.boolean().default(false),
});
export type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({ loadBalancer: z.string(), instance: z.string() });

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
    read: [...backendReads, ...objectionReads],
    write: [
      { action: 'elasticloadbalancing:DeregisterInstancesFromLoadBalancer', on: balancerArns, tagged: true },
      { action: 'elasticloadbalancing:RegisterInstancesWithLoadBalancer', on: balancerArns, tagged: true },
    ],
  },
  snapshots: 'losesNoData',
  // An instance may drain for an hour, and one that is given up then is registered by nobody. Ten checks in a row, a minute apart,
  // are not unusual before it is in service again.
  patience: { checkEvery: 30, giveUpAfter: 4_800 },
  unseen: 'the load balancer does not say who registered an instance again, nor that it came back by itself',
  planned,

  async plan({ resource }, chosen, aws) {
    const name = resource.id;
    const backends = await backendsOrReason(name, aws);
    if (typeof backends === 'string') return { kind: 'refused', reason: backends };
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
    const backends = await backendsOrReason(loadBalancer, aws);
    if (typeof backends === 'string') return { kind: 'refused', reason: backends };
    const request = { LoadBalancerName: loadBalancer, Instances: [{ InstanceId: instance }] };
    const backend = backends.find(({ id }) => id === instance);
    if (!backend) {
      await aws.elasticloadbalancing.registerInstancesWithLoadBalancer(request);
      return { kind: 'started', handle: registered };
    }
    if (backend.state !== 'outOfService') {
      return { kind: 'refused', reason: `${instance} of ${loadBalancer} is not out of service any more` };
    }
    const objection =
      movesAmong(loadBalancer, backends) ?? (await objectionTo(backend, loadBalancer, backends, chosen, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.elasticloadbalancing.deregisterInstancesFromLoadBalancer(request);
    return { kind: 'started', handle: 'deregistered' };
  },

  async check({ loadBalancer, instance }, handle, aws) {
    const backends = await backendsOrReason(loadBalancer, aws);
    if (typeof backends === 'string') return { kind: 'failed', detail: backends };
    const backend = backends.find(({ id }) => id === instance);
    const name = `${instance} of ${loadBalancer}`;
    // Registered again and not there: the list lags, or somebody has taken it out, against whom nothing is done.
    if (!backend && handle === registered)
      return { kind: 'pending', detail: `${name} was registered again and is not shown` };
    if (!backend) return { kind: 'continue', detail: `${name} is deregistered and must be registered again` };
    if (backend.state === 'inService') return { kind: 'done', detail: `${name} is in service` };
    if (backend.state === 'moving') return { kind: 'pending', detail: `${name}: ${backend.detail}` };
    if (handle === registered) return { kind: 'failed', detail: `${name} was registered again: ${backend.detail}` };
    return handle
      ? { kind: 'pending', detail: `${name} was told to leave and is still there` }
      : { kind: 'notStarted', detail: `${name} is out of service as before` };
  },
});
