import type * as sdk from '@aws-sdk/client-auto-scaling';
import { describeGroup, describeInstance, describeTags } from './autoscaling/answer';
import {
  demandBounds,
  demandCooled,
  demandDecrement,
  demandStandby,
  demandWithinBounds,
  invalid,
} from './autoscaling/refusal';
import { GroupKeeper } from './autoscaling/group-keeper';
import { page } from './page';
import { describeActivity } from './autoscaling/scaling-activity';
import {
  makeGroup,
  processes,
  type GroupDescription,
  type Member,
  type ScalingGroup,
} from './autoscaling/scaling-group';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** EC2 Auto Scaling of one account. */
export class AutoScaling {
  readonly #keeper: GroupKeeper;
  readonly #groups = new Map<string, ScalingGroup>();

  constructor(private readonly account: SimulatedAccount) {
    this.#keeper = new GroupKeeper(account);
    account.services.cloudwatch.provide('AWS/EC2', (name, { AutoScalingGroupName }) => {
      const group = name === 'CPUUtilization' ? this.#groups.get(AutoScalingGroupName ?? '') : undefined;
      if (group?.load === undefined || group.serving === 0) return undefined;
      return Math.min(100, group.load / group.serving);
    });
  }

  /** Adds a group with its members, as if they had long been there; its target groups must be there already. */
  addGroup(described: GroupDescription): ScalingGroup {
    const { ec2, cloudwatch } = this.account.services;
    const group = makeGroup(this.account, described);
    this.#groups.set(group.name, group);
    for (const id of described.members ?? []) {
      const instance = ec2.instance(id) ?? ec2.addInstance({ id, zone: group.zones[0] });
      this.#keeper.adopt(group, instance, described.protectedFromScaleIn?.includes(id) ?? false);
    }
    while (group.members.size < group.desired) {
      const place = group.members.size % group.zones.length;
      const instance = ec2.addInstance({
        zone: group.zones[place],
        subnet: group.subnets[place],
        type: group.type,
        tags: group.tags,
      });
      this.#keeper.adopt(group, instance, false);
    }
    cloudwatch.changed('AWS/EC2', { AutoScalingGroupName: group.name });
    return group;
  }

  /** The group of that name; undefined when there is none. */
  group(name: string): ScalingGroup | undefined {
    return this.#groups.get(name);
  }

  groupOf(instanceId: string): ScalingGroup | undefined {
    return this.#keeper.groupOf(instanceId);
  }

  /** Gives the group more work or less, in percent of one member's CPU. */
  setLoad(name: string, load: number): void {
    this.#group(name).load = load;
    this.account.services.cloudwatch.changed('AWS/EC2', { AutoScalingGroupName: name });
  }

  /** From now on its launches succeed, or all of them fail. */
  setLaunches(name: string, launches: 'succeed' | 'fail'): void {
    const group = this.#group(name);
    group.launches = launches;
    this.#keeper.reconsider(group);
  }

  readonly operations = {
    DescribeAutoScalingGroups: (
      input: sdk.DescribeAutoScalingGroupsCommandInput,
    ): Answer<sdk.DescribeAutoScalingGroupsCommandOutput> => {
      const names = input.AutoScalingGroupNames;
      // A name that no group has is no error here: it is left out of the answer.
      const named = names?.length ? names.map((name) => this.#groups.get(name)) : [...this.#groups.values()];
      const found = named.filter((group) => group !== undefined).filter((group) => fits(group, input.Filters));
      const { items, next } = this.#page(found, input.MaxRecords, input.NextToken);
      return { AutoScalingGroups: items.map(describeGroup), NextToken: next };
    },
    DescribeAutoScalingInstances: (
      input: sdk.DescribeAutoScalingInstancesCommandInput,
    ): Answer<sdk.DescribeAutoScalingInstancesCommandOutput> => {
      const ids = input.InstanceIds?.length
        ? input.InstanceIds
        : [...this.#groups.values()].flatMap((group) => [...group.members.keys()]);
      const found = ids.flatMap((id) => {
        const group = this.groupOf(id);
        const member = group?.members.get(id);
        return group && member ? [describeInstance(group, member)] : [];
      });
      const { items, next } = this.#page(found, input.MaxRecords, input.NextToken);
      return { AutoScalingInstances: items, NextToken: next };
    },
    DescribeScalingActivities: (
      input: sdk.DescribeScalingActivitiesCommandInput,
    ): Answer<sdk.DescribeScalingActivitiesCommandOutput> => {
      const name = input.AutoScalingGroupName;
      const groups = name === undefined ? [...this.#groups.values()] : [this.#group(name)];
      const newestFirst = groups.flatMap(({ activities }) => activities).toReversed();
      const ids = input.ActivityIds;
      const found = ids?.length ? newestFirst.filter(({ id }) => ids.includes(id)) : newestFirst;
      const { items, next } = this.#page(found, input.MaxRecords, input.NextToken);
      return { Activities: items.map(describeActivity), NextToken: next };
    },
    DescribeInstanceRefreshes: (
      input: sdk.DescribeInstanceRefreshesCommandInput,
    ): Answer<sdk.DescribeInstanceRefreshesCommandOutput> => {
      const { refreshes } = this.#group(input.AutoScalingGroupName);
      const ids = input.InstanceRefreshIds;
      const found = refreshes.filter(({ InstanceRefreshId: id = '' }) => !ids?.length || ids.includes(id)).reverse();
      const { items, next } = this.#page(found, input.MaxRecords, input.NextToken);
      return { InstanceRefreshes: items, NextToken: next };
    },
    DescribePolicies: (input: sdk.DescribePoliciesCommandInput): Answer<sdk.DescribePoliciesCommandOutput> => {
      const name = input.AutoScalingGroupName;
      const groups = name === undefined ? [...this.#groups.values()] : [this.#group(name)];
      const found = groups.flatMap(({ policies }) => policies);
      const { items, next } = this.#page(found, input.MaxRecords, input.NextToken);
      return { ScalingPolicies: items, NextToken: next };
    },
    DescribeLifecycleHooks: (
      input: sdk.DescribeLifecycleHooksCommandInput,
    ): Answer<sdk.DescribeLifecycleHooksCommandOutput> => ({
      LifecycleHooks: [...this.#group(input.AutoScalingGroupName).hooks],
    }),
    DescribeTags: (input: sdk.DescribeTagsCommandInput): Answer<sdk.DescribeTagsCommandOutput> => {
      const wanted = input.Filters?.find(({ Name }) => Name === 'auto-scaling-group')?.Values;
      const groups = wanted ? wanted.map((name) => this.#groups.get(name)) : [...this.#groups.values()];
      const tags = groups.flatMap((group) => (group ? describeTags(group) : []));
      const { items, next } = this.#page(tags, input.MaxRecords, input.NextToken);
      return { Tags: items, NextToken: next };
    },
    SetInstanceHealth: (input: sdk.SetInstanceHealthCommandInput): Nothing => {
      const { group, member } = this.#member(input.InstanceId);
      const isYoung = this.account.clock.now() < member.graceUntil;
      if (input.HealthStatus === 'Healthy') member.health = 'Healthy';
      else if (!isYoung || input.ShouldRespectGracePeriod === false) this.#keeper.condemn(group, member);
      return {};
    },
    TerminateInstanceInAutoScalingGroup: (
      input: sdk.TerminateInstanceInAutoScalingGroupCommandInput,
    ): Answer<sdk.TerminateInstanceInAutoScalingGroupCommandOutput> => {
      const { group, member } = this.#member(input.InstanceId);
      if (member.lifecycle === 'Terminating') {
        throw invalid(`The instance ${member.id} is not in a state from which it can be terminated: Terminating`);
      }
      if (input.ShouldDecrementDesiredCapacity) {
        demandDecrement(group);
        group.desired -= 1;
      }
      const activity = this.#keeper.terminate(group, member, 'instance was taken out of service by a user request.');
      this.#keeper.reconsider(group);
      return { Activity: describeActivity(activity) };
    },
    SetDesiredCapacity: (input: sdk.SetDesiredCapacityCommandInput): Nothing => {
      const group = this.#group(input.AutoScalingGroupName);
      const desired = input.DesiredCapacity ?? group.desired;
      demandWithinBounds(group, desired);
      if (input.HonorCooldown) demandCooled(group, this.account.clock.now());
      this.#resize(group, desired);
      return {};
    },
    UpdateAutoScalingGroup: (input: sdk.UpdateAutoScalingGroupCommandInput): Nothing => {
      const group = this.#group(input.AutoScalingGroupName);
      const min = input.MinSize ?? group.min;
      const max = input.MaxSize ?? group.max;
      demandBounds(min, max);
      if (input.DesiredCapacity !== undefined) demandWithinBounds({ ...group, min, max }, input.DesiredCapacity);
      group.min = min;
      group.max = max;
      group.gracePeriod = input.HealthCheckGracePeriod ?? group.gracePeriod;
      this.#resize(group, input.DesiredCapacity ?? Math.min(max, Math.max(min, group.desired)));
      return {};
    },
    SuspendProcesses: (input: sdk.SuspendProcessesCommandInput): Nothing => {
      const group = this.#group(input.AutoScalingGroupName);
      const reason = `User suspended at ${new Date(this.account.clock.now()).toISOString()}`;
      for (const process of processesIn(input)) if (!group.suspended.has(process)) group.suspended.set(process, reason);
      return {};
    },
    ResumeProcesses: (input: sdk.ResumeProcessesCommandInput): Nothing => {
      const group = this.#group(input.AutoScalingGroupName);
      for (const process of processesIn(input)) group.suspended.delete(process);
      for (const member of group.members.values()) this.#keeper.examine(group, member);
      this.#keeper.reconsider(group);
      return {};
    },
    EnterStandby: (input: sdk.EnterStandbyCommandInput): Answer<sdk.EnterStandbyCommandOutput> => {
      const { group, members } = this.#membersIn(input, 'InService');
      if (input.ShouldDecrementDesiredCapacity) {
        demandStandby(group, -members.length, 'into');
        group.desired -= members.length;
      }
      const activities = members.map((member) => this.#keeper.enterStandby(group, member));
      return { Activities: activities.map(describeActivity) };
    },
    ExitStandby: (input: sdk.ExitStandbyCommandInput): Answer<sdk.ExitStandbyCommandOutput> => {
      const { group, members } = this.#membersIn(input, 'Standby');
      demandStandby(group, members.length, 'out of');
      group.desired += members.length;
      return { Activities: members.map((member) => describeActivity(this.#keeper.exitStandby(group, member))) };
    },
  };

  #resize(group: ScalingGroup, desired: number): void {
    if (desired !== group.desired) group.scaledAt = this.account.clock.now();
    group.desired = desired;
    this.#keeper.reconsider(group);
  }

  #group(name: string | undefined): ScalingGroup {
    const group = this.#groups.get(name ?? '');
    if (!group) throw invalid(`AutoScalingGroup name not found - AutoScalingGroup '${String(name)}' not found`);
    return group;
  }

  #member(id: string | undefined): { readonly group: ScalingGroup; readonly member: Member } {
    const group = this.groupOf(id ?? '');
    const member = group?.members.get(id ?? '');
    if (group && member) return { group, member };
    throw invalid(`Instance Id not found - No managed instance found for instance ID: ${String(id)}`);
  }

  #membersIn(
    input: { readonly AutoScalingGroupName: string | undefined; readonly InstanceIds?: string[] | undefined },
    lifecycle: Member['lifecycle'],
  ): { readonly group: ScalingGroup; readonly members: Member[] } {
    const group = this.#group(input.AutoScalingGroupName);
    const members = (input.InstanceIds ?? []).map((id) => {
      const member = group.members.get(id);
      if (member?.lifecycle === lifecycle) return member;
      throw invalid(`The instance ${id} is not in ${lifecycle}.`);
    });
    return { group, members };
  }

  #page<T>(items: readonly T[], size: number | undefined, token: string | undefined): ReturnType<typeof page<T>> {
    return page(items, Math.min(size ?? 50, this.account.pageSize), token, 'InvalidNextToken');
  }
}

/** An empty list means all of them here. */
function processesIn(input: { readonly ScalingProcesses?: string[] | undefined }): readonly string[] {
  const named = input.ScalingProcesses?.length ? input.ScalingProcesses : [...processes];
  const unknown = named.find((name) => !processes.some((process) => process === name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a recognized process`);
  return named;
}

function fits({ tags }: ScalingGroup, filters: readonly sdk.Filter[] | undefined): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    if (Name === 'tag-key') return Values.some((key) => key in tags);
    if (!Name.startsWith('tag:')) throw invalid(`Filter type ${Name} is not correct.`);
    return Values.includes(tags[Name.slice(4)] ?? '');
  });
}
