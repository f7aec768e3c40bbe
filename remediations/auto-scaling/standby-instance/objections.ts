import type { Calls } from '../../../vitals/aws';
import { suspensionOf } from '../../../vitals/auto-scaling/group';
import type { activityReads } from '../../../vitals/auto-scaling/group-activity';
import { failureLately, peersObjection, type Belonging } from '../replace-instance/objections';

/** Why an instance of no group is not put aside. */
export function standalone(id: string): string {
  return `${id} belongs to no Auto Scaling group: nothing would take its place; use drain-target`;
}

/** Whether it is out of service already, or on its way. */
export function isOut({ member }: Belonging): boolean {
  return member.lifecycle === 'Standby' || member.lifecycle === 'EnteringStandby';
}

/** Why this member must not be put aside as things stand; undefined when it may. */
export async function objectionTo(
  membership: Belonging,
  targetGroup: string,
  { atMostInStandby, keepHealthy }: { readonly atMostInStandby: number; readonly keepHealthy: number },
  aws: Calls<(typeof activityReads)[number]>,
): Promise<string | undefined> {
  const { group, member } = membership;
  const { name } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (member.lifecycle !== 'InService') return `${member.id} is ${member.lifecycle} in ${name}, not InService`;
  if (!group.targetGroups.includes(targetGroup)) {
    return `${name} does not register its members in that target group: it would not take ${member.id} out either`;
  }
  const suspension = suspensionOf(group, 'Launch');
  if (suspension) return `${suspension}: nothing would take the place of ${member.id}`;
  const aside = group.members.filter(({ lifecycle }) => lifecycle === 'Standby').length;
  if (aside >= atMostInStandby) {
    return `${name} has ${aside} in Standby already, and atMostInStandby is ${atMostInStandby}: end those first`;
  }
  return peersObjection(membership, { keepHealthy }) ?? (await failureLately(name, aws));
}
