import type { InstanceRefresh, LifecycleHook, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import type { Cancel } from '../clock';
import { refreshesOf, type RefreshDescription } from './refreshes';
import type { ScalingActivity } from './scaling-activity';
import type { SimulatedAccount } from '../world';

/** A group as one describes it; what is left out is made up. */
export interface GroupDescription {
  readonly name: string;
  readonly arn?: string | undefined;
  /** As many as `desired` unless told. */
  readonly min?: number | undefined;
  /** Twice `desired` unless told. */
  readonly max?: number | undefined;
  /** As many as `members`, or 2, unless told. */
  readonly desired?: number | undefined;
  /** The region's first two unless told. */
  readonly zones?: readonly string[] | undefined;
  /** Subnets, one a zone; the zone's first one unless told. */
  readonly subnets?: readonly string[] | undefined;
  readonly type?: string | undefined;
  /** Instances that exist and belong to it. More are made up until there are `desired`. */
  readonly members?: readonly string[] | undefined;
  /** Names or ARNs of the target groups in which its members are registered. */
  readonly targetGroups?: readonly string[] | undefined;
  /** Work there is, in percent of one member's CPU: it is shared by the members that serve. */
  readonly load?: number | undefined;
  readonly suspended?: readonly string[] | undefined;
  /** Which sickness makes the group replace a member by itself: none unless told. One that is not running it always replaces. */
  readonly healthChecks?: readonly ('ec2' | 'elb')[] | undefined;
  /** Seconds after a launch in which sickness is overlooked; 300 unless told. */
  readonly gracePeriod?: number | undefined;
  /** Version of its launch template: a number, `$Latest` or `$Default`; 3 unless told. */
  readonly version?: string | undefined;
  readonly newInstancesAre?: 'healthy' | 'sick' | undefined;
  readonly launches?: 'succeed' | 'fail' | undefined;
  readonly protectedFromScaleIn?: readonly string[] | undefined;
  /** Members that are out of service, and none of those that it should have. */
  readonly standby?: readonly string[] | undefined;
  /** Scaling policies, by the type that the API names. They are shown; what they would do is not simulated. */
  readonly policies?: readonly { readonly name: string; readonly type: PolicyType }[] | undefined;
  readonly hooks?: readonly { readonly name: string; readonly on: 'launch' | 'terminate' }[] | undefined;
  readonly refresh?: RefreshDescription | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

type PolicyType = 'SimpleScaling' | 'StepScaling' | 'TargetTrackingScaling' | 'PredictiveScaling';

/** An instance of a group, as the group sees it: its own lifecycle is apart from the instance's power. */
export interface Member {
  readonly id: string;
  readonly zone: string;
  readonly isProtected: boolean;
  lifecycle: 'Pending' | 'InService' | 'Terminating' | 'EnteringStandby' | 'Standby';
  /** Unhealthy stays: a group replaces what it has once given up. */
  health: 'Healthy' | 'Unhealthy';
  /** Milliseconds since the epoch. */
  graceUntil: number;
  /** Whether it counts among those that share the load. */
  serves: boolean;
  /** The launch or termination that is under way. */
  activity: ScalingActivity | undefined;
  recheck: Cancel | undefined;
}

export interface ScalingGroup {
  readonly name: string;
  readonly arn: string;
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  readonly type: string;
  /** ARNs. */
  readonly targetGroups: readonly string[];
  readonly healthChecks: ReadonlySet<'ec2' | 'elb'>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Version of its launch template. */
  readonly version: string;
  newInstancesAre: 'healthy' | 'sick';
  readonly members: Map<string, Member>;
  /** Why each suspended process is. */
  readonly suspended: Map<string, string>;
  /** Oldest first. */
  readonly activities: ScalingActivity[];
  readonly refreshes: InstanceRefresh[];
  readonly policies: ScalingPolicy[];
  readonly hooks: LifecycleHook[];
  min: number;
  max: number;
  desired: number;
  /** Seconds. */
  gracePeriod: number;
  load: number | undefined;
  launches: 'succeed' | 'fail';
  /** Members that share the load. */
  serving: number;
  /** Launches that failed in a row. */
  failures: number;
  /** When it last scaled, in milliseconds since the epoch: for the cooldown. */
  scaledAt: number;
  balancing: { readonly at: number; readonly cancel: Cancel } | undefined;
}

/** Processes that can be suspended. */
export const processes = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

/** A group without members yet. Target groups may be named by name or ARN. */
export function makeGroup(account: SimulatedAccount, described: GroupDescription): ScalingGroup {
  const { name } = described;
  const { ec2, elasticloadbalancing } = account.services;
  const zones = described.zones ?? [`${account.region}a`, `${account.region}b`];
  const suspended = `User suspended at ${new Date(account.clock.now()).toISOString()}`;
  return {
    name,
    arn: described.arn ?? arnOf(account, name),
    zones,
    subnets: described.subnets ?? zones.map((zone) => ec2.network.subnetFor(zone).id),
    type: described.type ?? 'm5.large',
    targetGroups: (described.targetGroups ?? []).map((given) => elasticloadbalancing.targetGroup(given)?.arn ?? given),
    healthChecks: new Set(described.healthChecks),
    createdAt: account.clock.now(),
    tags: described.tags ?? {},
    version: described.version ?? '3',
    newInstancesAre: described.newInstancesAre ?? 'healthy',
    members: new Map(),
    suspended: new Map((described.suspended ?? []).map((process) => [process, suspended])),
    activities: [],
    ...companionsOf(account, described),
    ...sizeOf(described),
    gracePeriod: described.gracePeriod ?? 300,
    load: described.load,
    launches: described.launches ?? 'succeed',
    serving: 0,
    failures: 0,
    scaledAt: -Infinity,
    balancing: undefined,
  };
}

function companionsOf(
  account: SimulatedAccount,
  { name, policies = [], hooks = [], refresh }: GroupDescription,
): Pick<ScalingGroup, 'policies' | 'hooks' | 'refreshes'> {
  const AutoScalingGroupName = name;
  return {
    refreshes: refreshesOf(account, name, refresh),
    policies: policies.map(({ name: PolicyName, type: PolicyType }) => ({
      AutoScalingGroupName,
      PolicyName,
      PolicyType,
      Enabled: true,
    })),
    hooks: hooks.map(({ name: LifecycleHookName, on }) => ({
      AutoScalingGroupName,
      LifecycleHookName,
      LifecycleTransition: `autoscaling:EC2_INSTANCE_${on === 'launch' ? 'LAUNCHING' : 'TERMINATING'}`,
    })),
  };
}

function sizeOf({ min, max, desired, members }: GroupDescription): Pick<ScalingGroup, 'min' | 'max' | 'desired'> {
  const size = desired ?? members?.length ?? 2;
  return { min: min ?? size, max: max ?? size * 2, desired: size };
}

function arnOf(account: SimulatedAccount, name: string): string {
  const uuid = `9b8c0000-0000-4000-8000-${account.newId('', 12)}`;
  return account.arn('autoscaling', `autoScalingGroup:${uuid}:autoScalingGroupName/${name}`);
}

/** Members that count towards the desired capacity. */
export function activeMembers(group: ScalingGroup): Member[] {
  return [...group.members.values()].filter(({ lifecycle }) => lifecycle === 'Pending' || lifecycle === 'InService');
}

/** The group's zones, the one with fewest members first. */
export function zonesByMembers(group: ScalingGroup): string[] {
  const count = new Map(group.zones.map((zone) => [zone, 0]));
  for (const { zone } of activeMembers(group)) count.set(zone, (count.get(zone) ?? 0) + 1);
  return [...count].sort(([, a], [, b]) => a - b).map(([zone]) => zone);
}

/** What Auto Scaling says when none of the group's launches succeeds: an image that is not there, if one is being rolled out. */
export function launchFailureOf({ refreshes }: ScalingGroup): string {
  const isRollingOut = refreshes.some(({ Status }) => Status === 'InProgress' || Status === 'Baking');
  return `${isRollingOut ? "The image id '[ami-0bad0bad0bad0bad0]' does not exist." : 'You have exceeded your instance limit.'} Launching EC2 instance failed.`;
}
