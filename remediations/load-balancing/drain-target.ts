import { z } from 'zod';
import { isInstanceId } from '../../vitals/ec2/instance';
import {
  isDraining,
  targetGroupName,
  targetReads,
  targetsOrReason,
  targetText,
} from '../../vitals/load-balancing/target-group';
import { startRefused } from '../hindrance';
import { defineRemediation } from '../remediation';
import { findBad, healthyOthers, staying } from './drain-target/bad-target';
import { hindranceTo, objectionReads } from './drain-target/objections';

const parameters = z.strictObject({
  /** Healthy targets that must be left, at the least. */
  keepHealthy: z.int().min(1).default(1),
  /** Also targets that a group or service may own: the owner then puts another one in their place, or the same again. */
  evenIfGroupOwned: z.boolean().default(false),
});
export type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  targetGroup: z.string(),
  condition: z.string(),
  id: z.string(),
  /** One id can be registered on several ports; this one alone is drained. */
  port: z.number(),
  /** As it was given at registration; needed to register an address outside the VPC again. */
  zone: z.string().optional(),
});

const groupArns = 'arn:*:elasticloadbalancing:*:*:targetgroup/*/*';

/** Takes one bad target out of its target group: no new connections, the old ones end. */
export const drainTarget = defineRemediation({
  name: 'drain-target',
  title: 'Drain a target',
  when: 'One target of a load balancer fails, errs or answers late while the others are well.',
  whenNot: 'An Auto Scaling group or ECS service owns the target, several are bad at once, or too few would be left.',
  heals: ['target-unhealthy', 'target-erroring'],
  takes: ['target-group'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...targetReads, ...objectionReads],
    write: [
      { action: 'elasticloadbalancing:DeregisterTargets', on: groupArns, tagged: true },
      { action: 'elasticloadbalancing:RegisterTargets', on: groupArns, tagged: true },
    ],
  },
  snapshots: 'losesNoData',
  // A deregistration may be set to take an hour.
  patience: { checkEvery: 30, giveUpAfter: 3900 },
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const arn = resource.id;
    const targets = await targetsOrReason(arn, aws);
    if (typeof targets === 'string') return { kind: 'refused', reason: targets };
    const found = findBad(arn, condition, targets);
    if (found.kind !== 'found') return found;
    const { target } = found;
    const hindrance = await hindranceTo(target, arn, targets, chosen, aws);
    if (hindrance) return hindrance;
    const { id, port, zone } = target;
    return {
      kind: 'planned',
      plan: { ...chosen, targetGroup: arn, condition, id, port, ...(zone !== undefined && { zone }) },
      summary: `drain ${targetText(target)} from ${targetGroupName(arn)}`,
      // The instance as well, so that nothing else is done to it meanwhile.
      touches: isInstanceId(id) ? [resource, { ...resource, kind: 'ec2-instance', id }] : [resource],
      group: { resource, size: staying(targets).length, healthyOthers: healthyOthers(target, targets).length },
    };
  },

  async start(plan, aws) {
    const { targetGroup, id, port } = plan;
    const targets = await targetsOrReason(targetGroup, aws);
    if (typeof targets === 'string') return { kind: 'refused', reason: targets };
    const found = findBad(targetGroup, plan.condition, targets);
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    if (found.target.id !== id || found.target.port !== port) {
      return { kind: 'refused', reason: `not ${targetText(plan)} but ${targetText(found.target)} is bad now` };
    }
    const hindrance = await hindranceTo(found.target, targetGroup, targets, plan, aws);
    if (hindrance) return startRefused(hindrance);
    await aws.elasticloadbalancing.deregisterTargets({
      TargetGroupArn: targetGroup,
      Targets: [{ Id: id, Port: port }],
    });
    return { kind: 'started', handle: 'accepted' };
  },

  async check(plan, handle, aws) {
    const targets = await targetsOrReason(plan.targetGroup, aws);
    if (typeof targets === 'string') return { kind: 'failed', detail: targets };
    const name = `${targetText(plan)} of ${targetGroupName(plan.targetGroup)}`;
    // The plan saw healthy peers: a list without anybody is not to be believed.
    if (targets.length === 0) return { kind: 'pending', detail: 'the load balancer listed no targets at all' };
    const target = targets.find((one) => one.id === plan.id && one.port === plan.port);
    if (!target || target.reason === 'Target.NotRegistered') return { kind: 'done', detail: `${name} is drained` };
    if (isDraining(target)) return { kind: 'pending', detail: `${name} is draining` };
    return handle
      ? { kind: 'pending', detail: `${name} was told to drain and is still ${target.state}` }
      : { kind: 'notStarted', detail: `${name} is ${target.state} and not draining` };
  },

  async undo(plan, aws) {
    const { targetGroup, id, port, zone } = plan;
    const targets = await targetsOrReason(targetGroup, aws);
    if (typeof targets === 'string') return { kind: 'refused', reason: targets };
    const target = targets.find((one) => one.id === id && one.port === port);
    if (target && !isDraining(target)) {
      return { kind: 'refused', reason: `${targetText(plan)} is registered again already, and ${target.state}` };
    }
    const Targets = [{ Id: id, Port: port, ...(zone !== undefined && { AvailabilityZone: zone }) }];
    await aws.elasticloadbalancing.registerTargets({ TargetGroupArn: targetGroup, Targets });
    return { kind: 'started' };
  },
});
