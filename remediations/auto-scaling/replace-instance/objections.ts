import type { Calls } from '../../../vitals/aws';
import { healthyMembers, isMoving, suspensionOf, type Member } from '../../../vitals/auto-scaling/group';
import {
  activityReads,
  readActiveRefresh,
  readActivities,
  refreshReads,
} from '../../../vitals/auto-scaling/group-activity';
import type { Instance } from '../../../vitals/ec2/instance';
import { hasInstanceStore, instanceStoreReads } from '../../../vitals/ec2/instance-store';
import { movedNow, type Membership } from '../../../vitals/auto-scaling/membership';
import type { Parameters } from '../replace-instance';

const hour = 3_600_000;
/** A failure among the group's last activities tells of a bad launch template for this long. */
const failureCountsFor = 24 * hour;

export const objectionReads = [...instanceStoreReads, ...activityReads, ...refreshReads] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Says that the group has given the member up already; undefined when it has not. */
export function whyEnding(membership: Membership): string | undefined {
  if (membership.kind === 'standalone') return undefined;
  const { group, member } = membership;
  if (member.lifecycle.startsWith('Terminat')) return `${group.name} is ending ${member.id} already`;
  const isGivenUp = member.lifecycle === 'InService' && member.health === 'Unhealthy';
  return isGivenUp && !suspensionOf(group, 'ReplaceUnhealthy', 'Terminate')
    ? `${group.name} counts ${member.id} as unhealthy and replaces it`
    : undefined;
}

export function standalone(id: string): string {
  return `${id} belongs to no Auto Scaling group: nothing would take its place; use stop-start-instance`;
}

/** What the group is doing to its members now; one at a time is enough. */
export async function workOn(
  membership: Belonging,
  aws: Calls<(typeof refreshReads)[number]>,
): Promise<string | undefined> {
  const { group, member } = membership;
  const moved = movedNow(membership);
  if (moved) return moved;
  const moving = group.members.find((other) => other.id !== member.id && isMoving(other));
  if (moving) return `${moving.id} of ${group.name} is ${moving.lifecycle}: one at a time`;
  const refresh = await readActiveRefresh(group.name, aws);
  return refresh && `an instance refresh of ${group.name} is ${refresh}: it replaces members itself`;
}

/** Why this member must not be replaced as things stand; undefined when it may. */
export async function objectionTo(
  instance: Instance,
  membership: Belonging,
  chosen: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const { name } = membership.group;
  const objection = memberObjection(membership) ?? peersObjection(membership, chosen);
  if (objection) return objection;
  const failure = await failureLately(name, aws);
  if (failure) return failure;
  if (chosen.mayLoseLocalData) return undefined;
  const [lost] = await lostWith(instance, aws);
  return lost && `${instance.id} would take ${lost} with it: set mayLoseLocalData if nothing of worth is there`;
}

/** Says so when one of the group's last activities failed: what it lacks it does not get. */
export async function failureLately(
  name: string,
  aws: Calls<(typeof activityReads)[number]>,
): Promise<string | undefined> {
  const since = aws.now() - failureCountsFor;
  const last = await readActivities(name, ({ startedAt }, before) => before === 3 || startedAt < since, aws);
  const failed = last.find(({ status }) => status === 'Failed');
  return failed && `one of the last activities of ${name} failed, and a new member may as well: ${failed.message}`;
}

export type Belonging = Extract<Membership, { kind: 'member' }>;

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
export function sharedTrouble(
  membership: Belonging,
  { maxSickPercent }: Pick<Parameters, 'maxSickPercent'>,
): string | undefined {
  const others = othersIn(membership);
  const sick = others.filter(({ lifecycle, health }) => lifecycle === 'InService' && health === 'Unhealthy').length;
  if (sick * 100 <= others.length * maxSickPercent) return undefined;
  return `${sick} of the ${others.length} other members of ${membership.group.name} are not healthy either: their trouble is shared`;
}

/** Why its peers must not be left alone by this member; undefined when they may. */
export function peersObjection(membership: Belonging, chosen: Pick<Parameters, 'keepHealthy'>): string | undefined {
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
export async function lostWith(instance: Instance, aws: Reads): Promise<readonly string[]> {
  const { id, type, volumesLostWithIt } = instance;
  const volumes = volumesLostWithIt.map((volume) => `the volume ${volume} of ${id}`);
  return (await hasInstanceStore(instance, aws)) ? [...volumes, `the instance store of ${id} (${type})`] : volumes;
}
