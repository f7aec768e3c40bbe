import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import {
  capacityOf,
  groupReads,
  groupResource,
  healthyMembers,
  isMoving,
  memberOf,
  readGroup,
  type AutoScalingGroup,
  type Member,
} from './group';
import { everyItem } from '../pages';
import { passingAmong, statusCheckReads } from '../ec2/status-checks';

/** Where an instance belongs. */
export type Membership =
  | { readonly kind: 'standalone' }
  | { readonly kind: 'member'; readonly group: AutoScalingGroup; readonly member: Member };

/** The actions of `readGroupOf`. */
export const membershipReads = ['autoscaling:DescribeAutoScalingInstances', ...groupReads] as const;

/** The group of an instance. Throws when the instance's record names a group that cannot be found. */
export async function readGroupOf(
  instanceId: string,
  aws: Calls<(typeof membershipReads)[number]>,
): Promise<Membership> {
  const found = await everyItem(
    (token) => aws.autoscaling.describeAutoScalingInstances({ InstanceIds: [instanceId], ...token }),
    (page) => page.AutoScalingInstances,
  );
  const record = found.find((candidate) => candidate.InstanceId === instanceId);
  if (!record) return { kind: 'standalone' };
  const group = await readGroup(record.AutoScalingGroupName ?? '', aws);
  if (group.kind === 'absent') {
    throw new Error(`${instanceId} belongs to ${record.AutoScalingGroupName ?? 'a group'}, which could not be found`);
  }
  return { kind: 'member', group, member: group.members.find(({ id }) => id === instanceId) ?? memberOf(record) };
}

/** Says so while the group brings the instance in, or takes it out; undefined when it stays where it is. */
export function movedNow(membership: Membership): string | undefined {
  if (membership.kind === 'standalone' || !isMoving(membership.member)) return undefined;
  const { group, member } = membership;
  return `${member.id} is ${member.lifecycle} in ${group.name}, which moves it now`;
}

/** Why the instance must not be down for minutes: its group would replace it meanwhile. Undefined when none would. */
export function replacedMeanwhile(membership: Membership): string | undefined {
  if (membership.kind === 'standalone') return undefined;
  const { group, member } = membership;
  if (member.lifecycle === 'Standby') return undefined;
  if (member.lifecycle !== 'InService') return `${member.id} is ${member.lifecycle} in ${group.name}, not InService`;
  if ('HealthCheck' in group.suspended || 'ReplaceUnhealthy' in group.suspended) return undefined;
  return (
    `${member.id} is a member of ${group.name}, which would replace it while it is down: ` +
    'use replace-instance, put it into Standby, or suspend HealthCheck first'
  );
}

/** Who does the work while an instance is down, in units of the group's capacity; `alone` where nobody does. */
export type StandIns = { readonly resource: Resource; readonly size: number; readonly healthyOthers: number } | 'alone';

/** The actions of `standInsFor`. */
export const standInReads = statusCheckReads;

/** Those who do the work while the instance is down: healthy to their group, and to EC2's status checks as well. */
export async function standInsFor(
  membership: Membership,
  { account, region }: Resource,
  aws: Calls<(typeof standInReads)[number]>,
): Promise<StandIns> {
  // A member in Standby does none of the group's work.
  if (membership.kind === 'standalone' || membership.member.lifecycle === 'Standby') return 'alone';
  const { group, member } = membership;
  const others = healthyMembers(group).filter(({ id }) => id !== member.id);
  const passing = await passingAmong(
    others.map(({ id }) => id),
    aws,
  );
  return {
    resource: groupResource(group, { account, region }),
    size: group.desired,
    healthyOthers: capacityOf(others.filter(({ id }) => passing.has(id))),
  };
}
