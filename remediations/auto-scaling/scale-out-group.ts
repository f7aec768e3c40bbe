import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import {
  capacityOf,
  groupReads,
  healthyMembers,
  isGroupName,
  movesIn,
  pendingMembers,
  readGroup,
  suspensionOf,
  type AutoScalingGroup,
} from '../../vitals/group';
import {
  activityReads,
  failedLaunches,
  readActiveRefresh,
  readActivities,
  readLastActivity,
  refreshReads,
} from '../../vitals/group-activity';
import { everyItem } from '../../vitals/pages';
import { defineRemediation, type Start } from '../remediation';

/** A group whose launches failed this lately is not asked for more. */
const quietMinutes = 15;
/** Launches that may fail before the attempt has. */
const failuresAllowed = 2;

const parameters = z.strictObject({
  /** By how much the group grows, in members or in percent of what is desired, rounded up. */
  step: z
    .union([z.strictObject({ count: z.int().min(1).max(100) }), z.strictObject({ percent: z.int().min(1).max(100) })])
    .default({ count: 1 }),
  /** A larger step is refused. */
  atMost: z.int().min(1).max(100).default(10),
});

const planned = z.object({
  group: z.string(),
  /** Before-image of the desired capacity. */
  from: z.number(),
  /** Decided once: a start that is repeated sets the same number. */
  to: z.number(),
  /** Newest activity when the plan was made; later ones are of this attempt. */
  lastActivity: z.string(),
});

const reads = [
  ...groupReads,
  ...activityReads,
  ...refreshReads,
  'autoscaling:DescribePolicies',
  'ec2:DescribeSubnets',
] as const;
type Reads = Calls<(typeof reads)[number]>;

/** Raises the desired capacity of a group by a bounded step. It goes back only by `undo`, or by the group's own policies. */
export const scaleOutGroup = defineRemediation({
  name: 'scale-out-group',
  title: 'Add members to a group',
  when: 'All members of the group are healthy and have more work than they can carry.',
  whenNot: 'The bottleneck is behind the group, such as its database; or a target tracking policy of its own sizes it.',
  heals: ['group-overloaded'],
  takes: ['auto-scaling-group'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: [
      {
        action: 'autoscaling:SetDesiredCapacity',
        on: 'arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*',
        tagged: true,
      },
    ],
  },
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, atMost }, aws) {
    const { id } = resource;
    if (!isGroupName(id))
      return { kind: 'refused', reason: `${plainText(id)} is not the name of an Auto Scaling group` };
    const group = await readGroup(id, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const from = group.desired;
    const wanted = 'count' in step ? step.count : Math.ceil((from * step.percent) / 100);
    const to = from + wanted;
    const unfit = unfitness(group) ?? excess(group, wanted, atMost) ?? (await failureOf(group, aws));
    if (unfit) return { kind: 'refused', reason: unfit };
    const work = await workOn(group, aws);
    if (work) return { kind: 'busy', reason: work };
    const objection = sickness(group) ?? (await troubleAhead(group, to - from, aws));
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { group: id, from, to, lastActivity: await readLastActivity(id, aws) },
      summary: `raise ${id} from ${from} to ${to} members (its maximum is ${group.max})`,
      touches: [resource],
      group: { resource, size: from, healthyOthers: capacityOf(healthyMembers(group)) },
    };
  },

  async start({ group: name, from, to }, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${name} no longer exists` };
    if (group.desired === to) return { kind: 'refused', reason: `${name} is set to ${to} already` };
    if (group.desired !== from) {
      return { kind: 'refused', reason: `${name} is set to ${group.desired} and not to ${from} any more` };
    }
    const objection =
      unfitness(group) ??
      (await failureOf(group, aws)) ??
      (await workOn(group, aws)) ??
      sickness(group) ??
      (await troubleAhead(group, to - from, aws));
    if (objection) return { kind: 'refused', reason: objection };
    return setDesired(name, to, aws);
  },

  async check({ group: name, from, to, lastActivity }, handle, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'failed', detail: `${name} no longer exists` };
    const serving = capacityOf(healthyMembers(group));
    const detail = `${serving} of ${group.desired} members of ${name} are in service`;
    if (group.desired === from) {
      return handle
        ? { kind: 'pending', detail: `${name} was told to grow to ${to} and still shows ${from}` }
        : { kind: 'notStarted', detail: `${name} is set to ${from} as before` };
    }
    if (group.desired < to) return { kind: 'failed', detail: `somebody set ${name} back to ${group.desired}` };
    if (serving >= group.desired) return { kind: 'done', detail };
    const failed = failedLaunches(await readActivities(name, ({ id }) => id === lastActivity, aws));
    if (failed.length >= failuresAllowed) {
      return { kind: 'failed', detail: `${failed.length} launches of ${name} failed: ${failed[0]?.message ?? ''}` };
    }
    return { kind: 'pending', detail };
  },

  // Which members leave is for the group's termination policy to say.
  async undo({ group: name, from, to }, aws) {
    const group = await readGroup(name, aws);
    if (group.kind === 'absent') return { kind: 'refused', reason: `${name} no longer exists` };
    if (group.desired !== to) {
      return {
        kind: 'refused',
        reason: `${name} is set to ${group.desired} and no longer to our ${to}: somebody else sizes it`,
      };
    }
    if (from < group.min)
      return { kind: 'refused', reason: `the minimum of ${name} is ${group.min} now, above ${from}` };
    return setDesired(name, from, aws);
  },
});

async function setDesired(name: string, desired: number, aws: Calls<'autoscaling:SetDesiredCapacity'>): Promise<Start> {
  await aws.autoscaling.setDesiredCapacity({
    AutoScalingGroupName: name,
    DesiredCapacity: desired,
    HonorCooldown: false,
  });
  return { kind: 'started', handle: 'accepted' };
}

/** Why the group must not grow, whatever it is doing now; undefined when it may. */
function unfitness(group: AutoScalingGroup): string | undefined {
  const { name, desired, max } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (desired >= max) return `${name} is at its maximum of ${max}: a person must raise that first`;
  if (desired === 0) return `${name} is set to no members at all: somebody switched it off`;
  const suspension = suspensionOf(group, 'Launch');
  return suspension && `${suspension}; it would not grow`;
}

/** Why a step is too large. It is refused as a whole: a part of what was thought to be needed is a guess. */
function excess({ name, desired, max }: AutoScalingGroup, wanted: number, atMost: number): string | undefined {
  if (wanted > atMost) return `${name} would grow by ${wanted}, and atMost is ${atMost}: make the step smaller`;
  return desired + wanted > max
    ? `${name} would grow to ${desired + wanted}, and its maximum is ${max}: a person must raise that first`
    : undefined;
}

/** Says so when a launch failed lately: what the group lacks it does not get. */
async function failureOf({ name }: AutoScalingGroup, aws: Reads): Promise<string | undefined> {
  const since = aws.now() - quietMinutes * 60_000;
  const [failed] = failedLaunches(await readActivities(name, ({ startedAt }) => startedAt < since, aws));
  return failed && `a launch of ${name} failed in the last ${quietMinutes} minutes: ${failed.message}`;
}

/** What the group is doing to its members now: a step that is under way may be enough. */
async function workOn(group: AutoScalingGroup, aws: Reads): Promise<string | undefined> {
  const { name } = group;
  const pending = pendingMembers(group).length;
  if (pending > 0) return `${pending} members of ${name} are still launching: wait for them`;
  const refresh = await readActiveRefresh(name, aws);
  if (refresh) return `an instance refresh of ${name} is ${refresh}`;
  const listed = capacityOf(group.members.filter(({ lifecycle }) => lifecycle === 'InService'));
  return listed < group.desired
    ? `${name} has ${listed} of ${group.desired} members and launches more`
    : movesIn(group);
}

/** Why more members are not what the group needs first; undefined when they may be. */
function sickness(group: AutoScalingGroup): string | undefined {
  const { name, desired } = group;
  const serving = capacityOf(healthyMembers(group));
  return serving < desired
    ? `only ${serving} of ${desired} members of ${name} are healthy: heal those first`
    : undefined;
}

/** Why growing by that much would come to nothing or collide with somebody; undefined when it would not. */
async function troubleAhead(group: AutoScalingGroup, by: number, aws: Reads): Promise<string | undefined> {
  const { name } = group;
  const policies = await everyItem(
    (token) => aws.autoscaling.describePolicies({ AutoScalingGroupName: name, ...token }),
    (page) => page.ScalingPolicies,
  );
  const own = policies.find((policy) => policy.PolicyType === 'TargetTrackingScaling' && policy.Enabled !== false);
  if (own) return `the target tracking policy ${plainText(own.PolicyName ?? '')} of ${name} sizes it already`;
  return shortageOfAddresses(group, by, aws);
}

async function shortageOfAddresses(
  { name, subnets }: AutoScalingGroup,
  by: number,
  aws: Reads,
): Promise<string | undefined> {
  if (subnets.length === 0) return `${name} names no subnets: whether addresses are free cannot be read`;
  const described = await everyItem(
    (token) => aws.ec2.describeSubnets({ SubnetIds: [...subnets], ...token }),
    (page) => page.Subnets,
  );
  const free = described.reduce((sum, subnet) => sum + (subnet.AvailableIpAddressCount ?? 0), 0);
  return free < by ? `the subnets of ${name} have ${free} free addresses, and ${by} are needed` : undefined;
}
