import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import { isInstanceId } from '../../vitals/instance';
import { membershipReads, readGroupOf } from '../../vitals/membership';
import {
  isDraining,
  isNotOfTheTarget,
  isTargetGroupArn,
  readTargets,
  targetGroupName,
  targetReads,
  targetText,
  type RegisteredTarget,
} from '../../vitals/target-group';
import { readCrossZone, readZonesOf, targetZoneReads } from '../../vitals/target-zones';
import { defineRemediation } from '../remediation';

const parameters = z.strictObject({
  /** Healthy targets that must be left, at the least. */
  keepHealthy: z.int().min(1).default(1),
  /** Also targets that a group or service may own: the owner then puts another one in their place, or the same again. */
  evenIfGroupOwned: z.boolean().default(false),
});
type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  targetGroup: z.string(),
  condition: z.string(),
  id: z.string(),
  /** One id can be registered on several ports; this one alone is drained. */
  port: z.number(),
  /** As it was given at registration; needed to register an address outside the VPC again. */
  zone: z.string().optional(),
});

const reads = [...targetReads, ...targetZoneReads, ...membershipReads] as const;
type Reads = Calls<(typeof reads)[number]>;

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

function staying(targets: readonly RegisteredTarget[]): readonly RegisteredTarget[] {
  return targets.filter((target) => !isDraining(target));
}

function healthyOthers(bad: RegisteredTarget, targets: readonly RegisteredTarget[]): readonly RegisteredTarget[] {
  return targets.filter(({ id, port, state }) => state === 'healthy' && !(id === bad.id && port === bad.port));
}

type Found =
  | { readonly kind: 'found'; readonly target: RegisteredTarget }
  | { readonly kind: 'refused' | 'notNeeded'; readonly reason: string };

/** The one target that is bad in the sense of the condition. */
function findBad(arn: string, condition: string, targets: readonly RegisteredTarget[]): Found {
  const name = targetGroupName(arn);
  const unhealthy = targets.filter(({ state }) => state === 'unhealthy');
  const anomalous = staying(targets).filter(({ isAnomalous }) => isAnomalous);
  const bad = condition === 'target-erroring' && anomalous.length > 0 ? anomalous : unhealthy;
  const [target, ...more] = bad;
  if (target && isNotOfTheTarget(target)) {
    return {
      kind: 'refused',
      reason: `${targetText(target)} is not at fault: the load balancer says ${target.reason}`,
    };
  }
  if (target && more.length === 0) return { kind: 'found', target };
  if (target) {
    const names = bad.map(targetText).slice(0, 5).join(', ');
    return {
      kind: 'refused',
      reason: `${bad.length} targets of ${name} are bad at once (${names}): their trouble is shared`,
    };
  }
  const draining = targets.find(isDraining);
  if (draining) return { kind: 'notNeeded', reason: `${targetText(draining)} of ${name} is draining already` };
  return condition === 'target-erroring'
    ? {
        kind: 'refused',
        reason: `no target of ${name} stands out: the load balancer sees none that errs more than its peers`,
      }
    : { kind: 'notNeeded', reason: `no target of ${name} is unhealthy now` };
}

/** Says so while another target is on its way out. */
function stillDraining(arn: string, targets: readonly RegisteredTarget[]): string | undefined {
  const draining = targets.find(isDraining);
  return draining && `${targetText(draining)} of ${targetGroupName(arn)} is still draining: one at a time`;
}

/** Why this target must not be drained as things stand; undefined when it may. */
async function objectionTo(
  target: RegisteredTarget,
  arn: string,
  targets: readonly RegisteredTarget[],
  { keepHealthy, evenIfGroupOwned }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const name = targetGroupName(arn);
  const others = healthyOthers(target, targets);
  if (others.length === 0) {
    return `no other target of ${name} is healthy: the load balancer sends traffic to all of them, and each one counts`;
  }
  if (others.length < keepHealthy)
    return `${others.length} healthy targets of ${name} would be left, not ${keepHealthy}`;
  if (!evenIfGroupOwned) {
    const owner = await ownerOf(target, aws);
    if (owner) return owner;
  }
  if ((await readCrossZone(arn, aws)) === 'on') return undefined;
  const zoneOf = await readZonesOf([target, ...others], aws);
  const zone = zoneOf(target);
  if (others.some((other) => zoneOf(other) === zone)) return undefined;
  return `no other target of ${name} in ${zone} is healthy, and cross-zone load balancing is off`;
}

/** Who would put the target back or another in its place; what it is cannot be read of an address. */
async function ownerOf({ id }: RegisteredTarget, aws: Reads): Promise<string | undefined> {
  if (!isInstanceId(id))
    return `whether a service owns ${plainText(id)} cannot be read: set evenIfGroupOwned if none does`;
  const membership = await readGroupOf(id, aws);
  return membership.kind === 'member'
    ? `${id} belongs to the Auto Scaling group ${membership.group.name}: use replace-instance`
    : undefined;
}
