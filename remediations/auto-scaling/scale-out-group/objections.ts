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
import { everyItem } from '../../../vitals/pages';

/** A group whose launches failed this lately is not asked for more. */
const quietMinutes = 15;

export const objectionReads = [
  ...activityReads,
  ...refreshReads,
  'autoscaling:DescribePolicies',
  'ec2:DescribeSubnets',
] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Why the group must not grow, whatever it is doing now; undefined when it may. */
export function unfitness(group: AutoScalingGroup): string | undefined {
  const { name, desired, max } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  if (desired >= max) return `${name} is at its maximum of ${max}: a person must raise that first`;
  if (desired === 0) return `${name} is set to no members at all: somebody switched it off`;
  const suspension = suspensionOf(group, 'Launch');
  return suspension && `${suspension}; it would not grow`;
}

/** Why a step is too large. It is refused as a whole: a part of what was thought to be needed is a guess. */
export function excess({ name, desired, max }: AutoScalingGroup, wanted: number, atMost: number): string | undefined {
  if (wanted > atMost) return `${name} would grow by ${wanted}, and atMost is ${atMost}: make the step smaller`;
  return desired + wanted > max
    ? `${name} would grow to ${desired + wanted}, and its maximum is ${max}: a person must raise that first`
    : undefined;
}

/** Says so when a launch failed lately: what the group lacks it does not get. */
export async function failureOf({ name }: AutoScalingGroup, aws: Reads): Promise<string | undefined> {
  const since = aws.now() - quietMinutes * 60_000;
  const [failed] = failedLaunches(await readActivities(name, ({ startedAt }) => startedAt < since, aws));
  return failed && `a launch of ${name} failed in the last ${quietMinutes} minutes: ${failed.message}`;
}

/** What the group is doing to its members now: a step that is under way may be enough. */
export async function workOn(group: AutoScalingGroup, aws: Reads): Promise<string | undefined> {
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
export function sickness(group: AutoScalingGroup): string | undefined {
  const { name, desired } = group;
  const serving = capacityOf(healthyMembers(group));
  return serving < desired
    ? `only ${serving} of ${desired} members of ${name} are healthy: heal those first`
    : undefined;
}

/** Why growing by that much would come to nothing or collide with somebody; undefined when it would not. */
export async function troubleAhead(group: AutoScalingGroup, by: number, aws: Reads): Promise<string | undefined> {
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
