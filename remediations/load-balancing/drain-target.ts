import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { isInstanceId } from '../../vitals/ec2/instance';
import {
  isDraining,
  isTargetGroupArn,
  readTargets,
  targetGroupName,
  targetReads,
  targetText,
} from '../../vitals/load-balancing/target-group';
import { defineRemediation } from '../remediation';
import { findBad, healthyOthers, staying, stillDraining } from './drain-target/bad-target';
import { objectionReads, objectionTo } from './drain-target/objections';

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

const reads = [...targetReads, ...objectionReads] as const;

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
    read: reads,
    write: [
      { action: 'elasticloadbalancing:DeregisterTargets', on: groupArns(), tagged: true },
      { action: 'elasticloadbalancing:RegisterTargets', on: groupArns(), tagged: true },
    ],
  },
  snapshots: 'losesNoData',
  // A deregistration may be set to take an hour.
  patience: { checkEvery: 30, giveUpAfter: 3900 },
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const arn = resource.id;
    if (!isTargetGroupArn(arn))
      return { kind: 'refused', reason: `${plainText(arn)} is not the ARN of a target group` };
    const read = await readTargets(arn, aws);
    if (read.kind === 'absent') return { kind: 'refused', reason: `${arn} no longer exists` };
    const found = findBad(arn, condition, read.targets);
    if (found.kind !== 'found') return found;
    const { target } = found;
    const work = stillDraining(arn, read.targets);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(target, arn, read.targets, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const { id, port, zone } = target;
    return {
      kind: 'planned',
      plan: { ...chosen, targetGroup: arn, condition, id, port, ...(zone !== undefined && { zone }) },
      summary: `drain ${targetText(target)} from ${targetGroupName(arn)}`,
      // The instance as well, so that nothing else is done to it meanwhile.
      touches: isInstanceId(id) ? [resource, { ...resource, kind: 'ec2-instance', id }] : [resource],
      group: {
        resource,
        size: staying(read.targets).length,
        healthyOthers: healthyOthers(target, read.targets).length,
      },
    };
  },

  async start(plan, aws) {
    const { targetGroup, id, port } = plan;
    const read = await readTargets(targetGroup, aws);
    if (read.kind === 'absent') return { kind: 'refused', reason: `${targetGroup} no longer exists` };
    const found = findBad(targetGroup, plan.condition, read.targets);
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    if (found.target.id !== id || found.target.port !== port) {
      return { kind: 'refused', reason: `not ${targetText(plan)} but ${targetText(found.target)} is bad now` };
    }
    const objection =
      stillDraining(targetGroup, read.targets) ??
      (await objectionTo(found.target, targetGroup, read.targets, plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.elasticloadbalancing.deregisterTargets({
      TargetGroupArn: targetGroup,
      Targets: [{ Id: id, Port: port }],
    });
    return { kind: 'started', handle: 'accepted' };
  },

  async check(plan, handle, aws) {
    const read = await readTargets(plan.targetGroup, aws);
    if (read.kind === 'absent') return { kind: 'failed', detail: `${plan.targetGroup} no longer exists` };
    const name = `${targetText(plan)} of ${targetGroupName(plan.targetGroup)}`;
    // The plan saw healthy peers: a list without anybody is not to be believed.
    if (read.targets.length === 0) return { kind: 'pending', detail: 'the load balancer listed no targets at all' };
    const target = read.targets.find((one) => one.id === plan.id && one.port === plan.port);
    if (!target || target.reason === 'Target.NotRegistered') return { kind: 'done', detail: `${name} is drained` };
    if (isDraining(target)) return { kind: 'pending', detail: `${name} is draining` };
    return handle
      ? { kind: 'pending', detail: `${name} was told to drain and is still ${target.state}` }
      : { kind: 'notStarted', detail: `${name} is ${target.state} and not draining` };
  },

  async undo(plan, aws) {
    const { targetGroup, id, port, zone } = plan;
    const read = await readTargets(targetGroup, aws);
    if (read.kind === 'absent') return { kind: 'refused', reason: `${targetGroup} no longer exists` };
    const target = read.targets.find((one) => one.id === id && one.port === port);
    if (target && !isDraining(target)) {
      return { kind: 'refused', reason: `${targetText(plan)} is registered again already, and ${target.state}` };
    }
    const Targets = [{ Id: id, Port: port, ...(zone !== undefined && { AvailabilityZone: zone }) }];
    await aws.elasticloadbalancing.registerTargets({ TargetGroupArn: targetGroup, Targets });
    return { kind: 'started' };
  },
});

function groupArns(): string {
  return 'arn:*:elasticloadbalancing:*:*:targetgroup/*/*';
}
