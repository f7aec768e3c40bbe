import type { Calls } from '../../../vitals/aws';
import { suspensionOf } from '../../../vitals/auto-scaling/group';
import { activityReads, refreshReads } from '../../../vitals/auto-scaling/group-activity';
import type { Membership } from '../../../vitals/auto-scaling/membership';
import type { Instance } from '../../../vitals/ec2/instance';
import { hasInstanceStore, instanceStoreReads } from '../../../vitals/ec2/instance-store';
import { refusedFor, type Hindrance } from '../../hindrance';
import { hindranceIn, type Belonging } from '../member/peers';
import type { Parameters } from '../replace-instance';

/** The actions of `hindranceTo`. */
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

/** Why this member is not replaced as things stand; undefined when it may be. */
export async function hindranceTo(
  instance: Instance,
  membership: Belonging,
  chosen: Parameters,
  aws: Reads,
): Promise<Hindrance | undefined> {
  return (
    (await hindranceIn(membership, memberObjection(membership), chosen, aws)) ??
    refusedFor(await lossObjection(instance, chosen, aws))
  );
}

function memberObjection({ group, member }: Belonging): string | undefined {
  const { name, desired, min } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (member.lifecycle !== 'InService') return `${member.id} is ${member.lifecycle} in ${name}, not InService`;
  if (member.protectedFromScaleIn) return `${member.id} is protected from scale-in: somebody wants to keep it`;
  const suspension = suspensionOf(group, 'Launch', 'Terminate', 'ReplaceUnhealthy');
  if (suspension) return `${member.id} is a member of ${name}, and ${suspension}`;
  return desired < min ? `${name} is set to ${desired} members, below its minimum of ${min}` : undefined;
}

async function lossObjection(
  instance: Instance,
  { mayLoseLocalData }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  if (mayLoseLocalData) return undefined;
  const [lost] = await lostWith(instance, aws);
  return lost && `${instance.id} would take ${lost} with it: set mayLoseLocalData if nothing of worth is there`;
}

/** What ends with the instance and comes back with no other, one line each. Its root volume is as its launch template made it. */
export async function lostWith(instance: Instance, aws: Reads): Promise<readonly string[]> {
  const { id, type, volumesLostWithIt } = instance;
  const volumes = volumesLostWithIt.map((volume) => `the volume ${volume} of ${id}`);
  return (await hasInstanceStore(instance, aws)) ? [...volumes, `the instance store of ${id} (${type})`] : volumes;
}
