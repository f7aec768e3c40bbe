import { suspensionOf } from '../../../vitals/auto-scaling/group';
import type { Belonging } from '../member/peers';
import type { Parameters } from '../standby-instance';

/** Why an instance of no group is not put aside. */
export function standalone(id: string): string {
  return `${id} belongs to no Auto Scaling group: nothing would take its place; use drain-target`;
}

/** Whether it is out of service already, or on its way. */
export function isOut({ member }: Belonging): boolean {
  return member.lifecycle === 'Standby' || member.lifecycle === 'EnteringStandby';
}

/** Why this member must not be put aside, whatever the others do; undefined when it may. */
export function objectionToStandby(
  { group, member }: Belonging,
  targetGroup: string,
  { atMostInStandby }: Parameters,
): string | undefined {
  const { name } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (member.lifecycle !== 'InService') return `${member.id} is ${member.lifecycle} in ${name}, not InService`;
  if (!group.targetGroups.includes(targetGroup)) {
    return `${name} does not register its members in that target group: it would not take ${member.id} out either`;
  }
  const suspension = suspensionOf(group, 'Launch');
  if (suspension) return `${suspension}: nothing would take the place of ${member.id}`;
  const aside = group.members.filter(({ lifecycle }) => lifecycle === 'Standby').length;
  return aside >= atMostInStandby
    ? `${name} has ${aside} in Standby already, and atMostInStandby is ${atMostInStandby}: end those first`
    : undefined;
}

/** Why this member does not come back into service; undefined when it may. */
export function objectionToReturn({ group, member }: Belonging): string | undefined {
  const { name, desired, max } = group;
  if (member.lifecycle !== 'Standby') return `${member.id} is ${member.lifecycle} in ${name}, not in Standby`;
  return desired >= max ? `${name} is at its maximum of ${max}: a person must raise that first` : undefined;
}
