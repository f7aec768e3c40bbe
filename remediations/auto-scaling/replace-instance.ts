import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import {
  capacityOf,
  groupResource,
  healthyMembers,
  isMoving,
  readGroup,
  suspensionOf,
  type Member,
} from '../../vitals/group';
import {
  activityReads,
  failedLaunches,
  readActiveRefresh,
  readActivities,
  readLastActivity,
  refreshReads,
} from '../../vitals/group-activity';
import { instanceReads, readInstance, type Instance } from '../../vitals/instance';
import { hasInstanceStore, instanceStoreReads } from '../../vitals/instance-store';
import { membershipReads, movedNow, readGroupOf, standInsFor, type Membership } from '../../vitals/membership';
import { findSickMember } from '../../vitals/sick-member';
import { targetReads } from '../../vitals/target-group';
import { defineRemediation, type Check } from '../remediation';

const hour = 3_600_000;
/** A failure among the group's last activities tells of a bad launch template for this long. */
const failureCountsFor = 24 * hour;
/** Launches that may fail before the attempt has: a group that keeps failing burns capacity. */
const failuresAllowed = 2;

const parameters = z.strictObject({
  /** `set-unhealthy` lets the group replace it in its own way; `terminate` ends it at once. */
  how: z.enum(['set-unhealthy', 'terminate']).default('set-unhealthy'),
  /** Healthy members that must be left, at the least. */
  keepHealthy: z.int().min(1).default(1),
  /** More of the other members than this being sick means that the trouble is shared. */
  maxSickPercent: z.int().min(0).max(100).default(30),
  /** Its instance store, and volumes that end with it, hold nothing of worth. */
  mayLoseLocalData: z.boolean().default(false),
});
type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  /** What was sick: the instance itself, or the target group in which it is the one unhealthy target. */
  sick: z.strictObject({ kind: z.enum(['ec2-instance', 'target-group']), id: z.string() }),
  condition: z.string(),
  instance: z.string(),
  group: z.string(),
  /** Newest activity of the group when the plan was made; later ones are of this attempt. */
  lastActivity: z.string(),
});

const reads = [
  ...instanceReads,
  ...instanceStoreReads,
  ...membershipReads,
  ...activityReads,
  ...refreshReads,
  ...targetReads,
] as const;
type Reads = Calls<(typeof reads)[number]>;

const groupArns = 'arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*';

/** Ends one bad member of an Auto Scaling group; the group launches another in its place. */
export const replaceInstance = defineRemediation({
  name: 'replace-instance',
  title: 'Replace a member of a group',
  when: 'One member of an Auto Scaling group is bad, its peers are well, and it holds nothing that they do not have.',
  whenNot: 'The new one would fail as well, many members are bad at once, or the member holds data of its own.',
  heals: [
    'ec2-instance-impaired',
    'ec2-host-impaired',
    'ec2-instance-retiring',
    'target-unhealthy',
    'spot-instance-interrupted',
  ],
  takes: ['ec2-instance', 'target-group'],
  risk: 'medium',
  needsApproval: false,
  parameters,
  permissions: {
    read: reads,
    write: [
      { action: 'autoscaling:SetInstanceHealth', on: groupArns, tagged: true },
      { action: 'autoscaling:TerminateInstanceInAutoScalingGroup', on: groupArns, tagged: true },
    ],
  },
  // Lifecycle hooks may hold it up for long; whoever has slow ones escalates rather than waits.
  patience: { checkEvery: 30, giveUpAfter: 1200 },
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const { id } = resource;
    const sick = { kind: resource.kind === 'target-group' ? 'target-group' : 'ec2-instance', id } as const;
    const found = await findSickMember(sick, condition, aws);
    if (found.kind !== 'found') return found;
    const { instance } = found;
    const membership = await readGroupOf(instance.id, aws);
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(instance.id) };
    const ending = whyEnding(membership);
    if (ending) return { kind: 'notNeeded', reason: ending };
    const shared = sharedTrouble(membership, chosen);
    if (shared) return { kind: 'refused', reason: shared };
    const work = await workOn(membership, aws);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(instance, membership, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const lost = chosen.mayLoseLocalData ? await lostWith(instance, aws) : [];
    const group = membership.group.name;
    const member: Resource = { ...resource, kind: 'ec2-instance', id: instance.id };
    const lastActivity = await readLastActivity(group, aws);
    return {
      kind: 'planned',
      plan: { ...chosen, sick, condition, instance: instance.id, group, lastActivity },
      summary: `replace ${instance.id} in ${group}: ${found.detail}`,
      touches: [member, groupResource(membership.group, resource)],
      group: await standInsFor(membership, resource, aws),
      ...(lost.length > 0 && { destroys: lost }),
    };
  },

  async start(plan, aws) {
    const { instance: InstanceId, sick, condition, how } = plan;
    const membership = await readGroupOf(InstanceId, aws);
    const ending = whyEnding(membership);
    if (ending) return { kind: 'refused', reason: ending };
    const found = await findSickMember(sick, condition, aws);
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    if (found.instance.id !== InstanceId) {
      return { kind: 'refused', reason: `not ${InstanceId} but ${found.instance.id} is bad now` };
    }
    if (membership.kind === 'standalone') return { kind: 'refused', reason: standalone(InstanceId) };
    const objection =
      sharedTrouble(membership, plan) ??
      (await workOn(membership, aws)) ??
      (await objectionTo(found.instance, membership, plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
    if (how === 'terminate') {
      const ended = await aws.autoscaling.terminateInstanceInAutoScalingGroup({
        InstanceId,
        ShouldDecrementDesiredCapacity: false,
      });
      return { kind: 'started', handle: ended.Activity?.ActivityId ?? 'accepted' };
    }
    await aws.autoscaling.setInstanceHealth({
      InstanceId,
      HealthStatus: 'Unhealthy',
      ShouldRespectGracePeriod: false,
    });
    return { kind: 'started', handle: 'accepted' };
  },

  async check(plan, handle, aws) {
    const { instance: id, group: name } = plan;
    const membership = await readGroupOf(id, aws);
    if (membership.kind === 'member') {
      const { lifecycle, health } = membership.member;
      if (lifecycle !== 'InService') return { kind: 'pending', detail: `${id} is ${lifecycle} in ${name}` };
      if (health === 'Unhealthy') return { kind: 'pending', detail: `${id} waits for ${name} to replace it` };
      return handle
        ? { kind: 'pending', detail: `${name} was told to replace ${id} and still counts it as healthy` }
        : { kind: 'notStarted', detail: `${id} is in service in ${name} as before` };
    }
    const instance = await readInstance(id, aws);
    const ends = ['absent', 'shutting-down', 'terminated'];
    if (!ends.includes(instance.kind === 'absent' ? 'absent' : instance.state)) {
      return { kind: 'failed', detail: `${id} has left ${name} and has not ended: somebody detached it` };
    }
    return replacementOf(plan, aws);
  },
});

/** How the stand-in for the ended member comes along. */
async function replacementOf(plan: z.infer<typeof planned>, aws: Reads): Promise<Check> {
  const group = await readGroup(plan.group, aws);
  if (group.kind === 'absent') return { kind: 'failed', detail: `${plan.group} no longer exists` };
  const serving = capacityOf(healthyMembers(group));
  const detail = `${plan.instance} has ended, and ${serving} of ${group.desired} members of ${group.name} are in service`;
  if (serving >= group.desired) return { kind: 'done', detail };
  const failed = failedLaunches(await readActivities(group.name, ({ id }) => id === plan.lastActivity, aws));
  return failed.length >= failuresAllowed
    ? { kind: 'failed', detail: `${detail}; ${failed.length} launches failed: ${failed[0]?.message ?? ''}` }
    : { kind: 'pending', detail };
}

/** Says that the group has given the member up already; undefined when it has not. */
function whyEnding(membership: Membership): string | undefined {
  if (membership.kind === 'standalone') return undefined;
  const { group, member } = membership;
  if (member.lifecycle.startsWith('Terminat')) return `${group.name} is ending ${member.id} already`;
  const isGivenUp = member.lifecycle === 'InService' && member.health === 'Unhealthy';
  return isGivenUp && !suspensionOf(group, 'ReplaceUnhealthy', 'Terminate')
    ? `${group.name} counts ${member.id} as unhealthy and replaces it`
    : undefined;
}

function standalone(id: string): string {
  return `${id} belongs to no Auto Scaling group: nothing would take its place; use stop-start-instance`;
}

/** What the group is doing to its members now; one at a time is enough. */
async function workOn(membership: Belonging, aws: Reads): Promise<string | undefined> {
  const { group, member } = membership;
  const moved = movedNow(membership);
  if (moved) return moved;
  const moving = group.members.find((other) => other.id !== member.id && isMoving(other));
  if (moving) return `${moving.id} of ${group.name} is ${moving.lifecycle}: one at a time`;
  const refresh = await readActiveRefresh(group.name, aws);
  return refresh && `an instance refresh of ${group.name} is ${refresh}: it replaces members itself`;
}

/** Why this member must not be replaced as things stand; undefined when it may. */
async function objectionTo(
  instance: Instance,
  membership: Belonging,
  chosen: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const { name } = membership.group;
  const objection = memberObjection(membership) ?? peersObjection(membership, chosen);
  if (objection) return objection;
  const since = aws.now() - failureCountsFor;
  const last = await readActivities(name, ({ startedAt }, before) => before === 3 || startedAt < since, aws);
  const failed = last.find(({ status }) => status === 'Failed');
  if (failed) return `one of the last activities of ${name} failed, and a new member may as well: ${failed.message}`;
  if (chosen.mayLoseLocalData) return undefined;
  const [lost] = await lostWith(instance, aws);
  return lost && `${instance.id} would take ${lost} with it: set mayLoseLocalData if nothing of worth is there`;
}

type Belonging = Extract<Membership, { kind: 'member' }>;

function memberObjection({ group, member }: Belonging): string | undefined {
  const { name, desired, min } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (member.lifecycle !== 'InService') return `${member.id} is ${member.lifecycle} in ${name}, not InService`;
  if (member.protectedFromScaleIn) return `${member.id} is protected from scale-in: somebody wants to keep it`;
  const suspension = suspensionOf(group, 'Launch', 'Terminate', 'ReplaceUnhealthy');
  if (suspension) return `${member.id} is a member of ${name}, and ${suspension}`;
  return desired < min ? `${name} is set to ${desired} members, below its minimum of ${min}` : undefined;
}

const othersIn = ({ group, member }: Belonging): readonly Member[] =>
  group.members.filter(({ id, lifecycle }) => id !== member.id && lifecycle !== 'Standby');

/** Says so when too many of the others are sick as well; those on their way in or out are neither sick nor well. */
function sharedTrouble(membership: Belonging, { maxSickPercent }: Parameters): string | undefined {
  const others = othersIn(membership);
  const sick = others.filter(({ lifecycle, health }) => lifecycle === 'InService' && health === 'Unhealthy').length;
  if (sick * 100 <= others.length * maxSickPercent) return undefined;
  return `${sick} of the ${others.length} other members of ${membership.group.name} are not healthy either: their trouble is shared`;
}

function peersObjection(membership: Belonging, chosen: Parameters): string | undefined {
  const { group, member } = membership;
  const { name } = group;
  const others = othersIn(membership);
  const healthy = healthyMembers(group).filter(({ id }) => id !== member.id);
  if (healthy.length < chosen.keepHealthy) {
    return `${healthy.length} healthy members of ${name} would be left, not ${chosen.keepHealthy}`;
  }
  const isElsewhere = ({ zone }: Member): boolean => zone !== member.zone;
  return others.some(isElsewhere) && !healthy.some(isElsewhere)
    ? `no member of ${name} outside ${member.zone} is healthy`
    : undefined;
}

/** What ends with the instance and comes back with no other, one line each. Its root volume is as its launch template made it. */
async function lostWith(instance: Instance, aws: Reads): Promise<readonly string[]> {
  const { id, type, volumesLostWithIt } = instance;
  const volumes = volumesLostWithIt.map((volume) => `the volume ${volume} of ${id}`);
  return (await hasInstanceStore(instance, aws)) ? [...volumes, `the instance store of ${id} (${type})`] : volumes;
}
