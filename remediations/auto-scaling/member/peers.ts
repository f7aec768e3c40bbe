import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { healthyMembers, isMoving, type Member } from '../../../vitals/auto-scaling/group';
import {
  readActiveRefresh,
  readActivities,
  type activityReads,
  type refreshReads,
} from '../../../vitals/auto-scaling/group-activity';
import { movedNow, type Membership } from '../../../vitals/auto-scaling/membership';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';

const hour = 3_600_000;
/** A failure among the group's last activities tells of a bad launch template for this long. */
const failureCountsFor = 24 * hour;

type Reads = Calls<(typeof activityReads)[number] | (typeof refreshReads)[number]>;

/** A member of a group that is to leave it, or its service. */
export type Belonging = Extract<Membership, { kind: 'member' }>;

/** What a policy may say of the members that stay. */
export const ofThePeers = {
  /** Healthy members that must be left, at the least. */
  keepHealthy: z.int().min(1).default(1),
  /** More of the other members than this being sick means that the trouble is shared. */
  maxSickPercent: z.int().min(0).max(100).default(30),
};
interface OfThePeers {
  readonly keepHealthy: number;
  readonly maxSickPercent: number;
}

/** Why this member does not leave as things stand, whatever else `own` says of it; undefined when it may. */
export async function hindranceIn(
  membership: Belonging,
  own: string | undefined,
  chosen: OfThePeers,
  aws: Reads,
): Promise<Hindrance | undefined> {
  return (
    refusedFor(sharedTrouble(membership, chosen)) ??
    busyWith(await workOn(membership, aws)) ??
    refusedFor(own ?? peersObjection(membership, chosen) ?? (await failureLately(membership.group.name, aws)))
  );
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

/** Says so when one of the group's last activities failed: what it lacks it does not get. */
async function failureLately(name: string, aws: Reads): Promise<string | undefined> {
  const since = aws.now() - failureCountsFor;
  const last = await readActivities(name, ({ startedAt }, before) => before === 3 || startedAt < since, aws);
  const failed = last.find(({ status }) => status === 'Failed');
  return failed && `one of the last activities of ${name} failed, and a new member may as well: ${failed.message}`;
}

/** Says so when too many of the others are sick as well; those on their way in or out are neither sick nor well. */
function sharedTrouble(membership: Belonging, { maxSickPercent }: OfThePeers): string | undefined {
  const others = othersIn(membership);
  const sick = others.filter(({ lifecycle, health }) => lifecycle === 'InService' && health === 'Unhealthy').length;
  if (sick * 100 <= others.length * maxSickPercent) return undefined;
  return `${sick} of the ${others.length} other members of ${membership.group.name} are not healthy either: their trouble is shared`;
}

/** Why its peers must not be left alone by this member; undefined when they may. */
function peersObjection(membership: Belonging, { keepHealthy }: OfThePeers): string | undefined {
  const { group, member } = membership;
  const { name } = group;
  const others = othersIn(membership);
  const healthy = healthyMembers(group).filter(({ id }) => id !== member.id);
  if (healthy.length < keepHealthy) {
    return `${healthy.length} healthy members of ${name} would be left, not ${keepHealthy}`;
  }
  const isElsewhere = ({ zone }: Member): boolean => zone !== member.zone;
  return others.some(isElsewhere) && !healthy.some(isElsewhere)
    ? `no member of ${name} outside ${member.zone} is healthy`
    : undefined;
}

function othersIn({ group, member }: Belonging): readonly Member[] {
  return group.members.filter(({ id, lifecycle }) => id !== member.id && lifecycle !== 'Standby');
}
