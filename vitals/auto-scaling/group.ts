import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import type { AutoScalingGroup as Described, Instance as DescribedMember } from '@aws-sdk/client-auto-scaling';
import type { Calls } from '../aws';
import { readActiveRefresh, refreshReads } from './group-activity';
import { everyItem } from '../pages';
import { healingProcesses, suspendedOf } from './suspensions';
import { isTargetGroupArn } from '../load-balancing/target-group';
import { defineVitals, type Health } from '../vitals';

/** A member of an Auto Scaling group, as the group sees it. */
export interface Member {
  readonly id: string;
  /** `InService`, `Pending`, `Standby`, `Terminating:Wait`, `Warmed:Stopped`, … */
  readonly lifecycle: string;
  /** Whether the group counts it as healthy; it replaces those that it does not. */
  readonly health: 'Healthy' | 'Unhealthy';
  readonly zone: string;
  readonly protectedFromScaleIn: boolean;
  /** What it counts for in the group's capacity: 1, unless the group weighs its instance types. */
  readonly weight: number;
}

/** An Auto Scaling group as a live read sees it. Its sizes are counted in units of capacity: instances, unless weighed. */
export interface AutoScalingGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly arn: string;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly members: readonly Member[];
  /** Process → why it is suspended. */
  readonly suspended: Readonly<Record<string, string>>;
  readonly subnets: readonly string[];
  /** Names of the Availability Zones that it may launch in. */
  readonly zones: readonly string[];
  /** Version of its launch template: a number, `$Latest` or `$Default`; absent where it has none. */
  readonly templateVersion?: string;
  /** ARNs of the target groups that its members are registered in. */
  readonly targetGroups: readonly string[];
  readonly isBeingDeleted: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The actions of `readGroup`. */
export const groupReads = ['autoscaling:DescribeAutoScalingGroups'] as const;
/** Whether the text can be the name of a group: printable ASCII without a colon. */
export function isGroupName(name: string): boolean {
  return /^[ -9;-~]{1,255}$/.test(name);
}

/** `absent` when Auto Scaling knows no such group, which it says by an empty list. */
export async function readGroup(
  name: string,
  aws: Calls<(typeof groupReads)[number]>,
): Promise<AutoScalingGroup | { kind: 'absent' }> {
  if (!isGroupName(name)) throw new Error(`${plainText(name)} is not the name of an Auto Scaling group`);
  const found = await everyItem(
    (token) => aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: [name], ...token }),
    (page) => page.AutoScalingGroups,
  );
  const group = found.find((candidate) => candidate.AutoScalingGroupName === name);
  return group ? fromAutoScaling(name, group) : { kind: 'absent' };
}

/** The group; or why there is none to be healed. */
export async function groupOrReason(
  name: string,
  aws: Calls<(typeof groupReads)[number]>,
): Promise<AutoScalingGroup | string> {
  if (!isGroupName(name)) return `${plainText(name)} is not the name of an Auto Scaling group`;
  const found = await readGroup(name, aws);
  return found.kind === 'absent' ? `${name} no longer exists` : found;
}

function fromAutoScaling(name: string, group: Described): AutoScalingGroup {
  const { MinSize, MaxSize, DesiredCapacity, AutoScalingGroupARN } = group;
  if (MinSize === undefined || MaxSize === undefined || DesiredCapacity === undefined || !AutoScalingGroupARN) {
    throw new Error(`Auto Scaling answered neither size nor ARN of ${name}`);
  }
  return {
    kind: 'group',
    name,
    arn: AutoScalingGroupARN,
    min: MinSize,
    max: MaxSize,
    desired: DesiredCapacity,
    members: (group.Instances ?? []).map(memberOf),
    suspended: Object.fromEntries(
      (group.SuspendedProcesses ?? []).map((process) => [
        process.ProcessName ?? '',
        plainText(process.SuspensionReason ?? ''),
      ]),
    ),
    subnets: (group.VPCZoneIdentifier ?? '').split(',').filter((subnet) => subnet !== ''),
    zones: group.AvailabilityZones ?? [],
    ...templateVersionOf(group),
    targetGroups: targetGroupsOf(group),
    isBeingDeleted: group.Status !== undefined,
    tags: Object.fromEntries((group.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
  };
}

function templateVersionOf({ LaunchTemplate, MixedInstancesPolicy }: Described): { templateVersion?: string } {
  const template = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return template?.Version === undefined ? {} : { templateVersion: template.Version };
}

/** Auto Scaling lists them in two places: an older one for target groups alone, and one for whatever sends traffic. */
function targetGroupsOf({ TargetGroupARNs = [], TrafficSources = [] }: Described): readonly string[] {
  const all = [...TargetGroupARNs, ...TrafficSources.map(({ Identifier = '' }) => Identifier)];
  return [...new Set(all.filter(isTargetGroupArn))];
}

type MemberRecord = Pick<
  DescribedMember,
  'InstanceId' | 'LifecycleState' | 'HealthStatus' | 'AvailabilityZone' | 'ProtectedFromScaleIn' | 'WeightedCapacity'
>;

/** A member, as its group or its own record describes it. What AWS leaves out is taken for the case that guards refuse. */
export function memberOf(record: { readonly [Field in keyof MemberRecord]: MemberRecord[Field] | string }): Member {
  return {
    id: record.InstanceId ?? '',
    lifecycle: record.LifecycleState ?? 'unknown',
    // The group writes `Healthy`, the record of the instance `HEALTHY`.
    health: record.HealthStatus?.toLowerCase() === 'healthy' ? 'Healthy' : 'Unhealthy',
    zone: record.AvailabilityZone ?? 'unknown',
    protectedFromScaleIn: record.ProtectedFromScaleIn !== false,
    weight: Number(record.WeightedCapacity ?? 1),
  };
}

/** Members that do the group's work: in service, and healthy to the group. */
export function healthyMembers(group: AutoScalingGroup): readonly Member[] {
  return group.members.filter((member) => member.lifecycle === 'InService' && member.health === 'Healthy');
}

/** Members that are on their way in. */
export function pendingMembers(group: AutoScalingGroup): readonly Member[] {
  return group.members.filter((member) => member.lifecycle.startsWith('Pending'));
}

/** Where a member stays: at work, set aside by people, or ready in a warm pool. */
const atRest = ['InService', 'Standby', 'Warmed:Hibernated', 'Warmed:Running', 'Warmed:Stopped'];

/** A member that is on its way in or out: somebody moves it. */
export function isMoving({ lifecycle }: Member): boolean {
  return !atRest.includes(lifecycle);
}

/** The group as a resource, in the account and region in which its member was found. */
export function groupResource(
  { name }: { readonly name: string },
  { account, region }: Pick<Resource, 'account' | 'region'>,
): Resource {
  return { kind: 'auto-scaling-group', id: name, account, region };
}

/** The group and the target groups that its members are in: what falls sick or is changed in one concerns all of it. */
export function failureDomainsOf(
  group: AutoScalingGroup,
  { account, region }: Pick<Resource, 'account' | 'region'>,
): readonly Resource[] {
  const targetGroups = group.targetGroups.map((id): Resource => ({ kind: 'target-group', id, account, region }));
  return [groupResource(group, { account, region }), ...targetGroups];
}

/** Units of capacity that these members count for. */
export function capacityOf(members: readonly Member[]): number {
  return members.reduce((sum, member) => sum + member.weight, 0);
}

/** One sentence about the first of the processes that is suspended; undefined when all run. */
export function suspensionOf(group: AutoScalingGroup, ...processes: readonly string[]): string | undefined {
  const process = processes.find((name) => name in group.suspended);
  return (
    process && `the ${process} process of ${group.name} is suspended: ${group.suspended[process] || 'no reason given'}`
  );
}

/** Whether the group has the members that it should have, and, when it was overloaded, has stopped growing. */
function groupHealthOf(group: AutoScalingGroup, condition: string): Health {
  const { name, desired } = group;
  if (group.isBeingDeleted) return { kind: 'unknown', detail: `${name} is being deleted` };
  if (desired === 0) return { kind: 'unknown', detail: `${name} is set to no members at all` };
  const suspended = Object.keys(suspendedOf(group, healingProcesses));
  if (condition === 'group-process-suspended' && suspended.length > 0) {
    return { kind: 'unhealthy', detail: `${name} can't heal itself: ${suspended.join(', ')} suspended` };
  }
  const sick = group.members.filter((member) => member.lifecycle === 'InService' && member.health === 'Unhealthy');
  if (sick.length > 0) return { kind: 'unhealthy', detail: `${sick.length} members of ${name} are unhealthy` };
  const serving = capacityOf(healthyMembers(group));
  if (serving < desired) return { kind: 'unhealthy', detail: `${name} has ${serving} of ${desired} in service` };
  const pending = pendingMembers(group).length;
  if (condition === 'group-overloaded' && pending > 0) {
    return { kind: 'unhealthy', detail: `${pending} members of ${name} are still launching` };
  }
  return { kind: 'healthy', detail: `${name} has ${serving} of ${desired} in service` };
}

/** One line on the first of the members that are on their way in or out; undefined when none is. */
export function movesIn({ name, members }: AutoScalingGroup): string | undefined {
  const moving = members.find(isMoving);
  return moving && `${moving.id} of ${name} is ${moving.lifecycle}`;
}

/**
 * Auto Scaling groups. A group is itself the first of the groups that it stands in. It is in a zone only where it may launch in
 * no other.
 */
export const groupVitals = defineVitals({
  kind: 'auto-scaling-group',
  reads: [...groupReads, ...refreshReads],
  // No more: a group with all its members may be overloaded all the same, and whether it could launch or end one shows only
  // when it has to.
  sees: ['group-process-suspended'],
  async health({ id }, condition, aws) {
    const group = await readGroup(id, aws);
    return group.kind === 'absent'
      ? { kind: 'gone', detail: `${id} no longer exists` }
      : groupHealthOf(group, condition);
  },
  async tags({ id }, aws) {
    const group = await readGroup(id, aws);
    return group.kind === 'absent' ? {} : group.tags;
  },
  async place(resource, aws) {
    const group = await readGroup(resource.id, aws);
    if (group.kind === 'absent') return { groups: [] };
    const [zone, ...others] = group.zones;
    const groups = failureDomainsOf(group, resource);
    return zone !== undefined && others.length === 0 ? { zone, groups } : { groups };
  },
  // Counted in units of capacity. Members on their way in are neither missing nor sick: a group that grows is no sick one.
  async members({ id }, aws) {
    const group = await readGroup(id, aws);
    if (group.kind === 'absent') return { size: 0, sick: 0 };
    const { desired } = group;
    const expected = capacityOf([...healthyMembers(group), ...pendingMembers(group)]);
    return { size: desired, sick: Math.max(0, desired - expected) };
  },
  // Whatever moves a member, be it a replacement, a rebalancing of zones, a scaling or a deployment, takes from the group what a
  // remediation would count on. Members that are missing and that it does not launch are no work of its own.
  async busy({ id }, aws) {
    const group = await readGroup(id, aws);
    if (group.kind === 'absent') return undefined;
    const refresh = await readActiveRefresh(id, aws);
    return refresh ? `an instance refresh of ${id} is ${refresh}` : movesIn(group);
  },
});
