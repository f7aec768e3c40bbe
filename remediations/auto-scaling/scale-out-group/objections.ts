import { plainText } from '../../../signals/plain-text';
import type { Calls } from '../../../vitals/aws';
import {
  capacityOf,
  healthyMembers,
  movesIn,
  pendingMembers,
  suspensionOf,
  type AutoScalingGroup,
} from '../../../vitals/auto-scaling/group';
import {
  activityReads,
  failedLaunches,
  readActiveRefresh,
  readActivities,
  refreshReads,
} from '../../../vitals/auto-scaling/group-activity';
import { shortageOfAddresses, subnetReads } from '../../../vitals/ec2/subnet-room';
import { everyItem } from '../../../vitals/pages';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';

/** A group whose launches failed this lately is not asked for more. */
const quietMinutes = 15;

/** The actions of `hindranceTo`. */
export const objectionReads = [
  ...activityReads,
  ...refreshReads,
  ...subnetReads,
  'autoscaling:DescribePolicies',
] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Why the group does not grow to that many as things stand; undefined when it may. */
export async function hindranceTo(group: AutoScalingGroup, to: number, aws: Reads): Promise<Hindrance | undefined> {
  return (
    refusedFor(unfitness(group, to) ?? (await failureOf(group, aws))) ??
    busyWith(await workOn(group, aws)) ??
    refusedFor(sickness(group) ?? (await troubleAhead(group, to - group.desired, aws)))
  );
}

function unfitness(group: AutoScalingGroup, to: number): string | undefined {
  const { name, desired, max } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (desired >= max) return `${name} is at its maximum of ${max}: a person must raise that first`;
  if (desired === 0) return `${name} is set to no members at all: somebody switched it off`;
  const suspension = suspensionOf(group, 'Launch');
  if (suspension) return `${suspension}; it would not grow`;
  return to > max
    ? `${name} would grow to ${to}, and its maximum is ${max}: a person must raise that first`
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
  return group.subnets.length === 0
    ? `${name} names no subnets: whether addresses are free cannot be read`
    : shortageOfAddresses(name, group.subnets, by, aws);
}
