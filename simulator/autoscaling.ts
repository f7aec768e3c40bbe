import type * as sdk from '@aws-sdk/client-auto-scaling';
import { describeOperations, type GroupBook } from './autoscaling/describe-operations';
import {
  demandBounds,
  demandCooled,
  demandDecrement,
  demandStandby,
  demandWithinBounds,
  invalid,
} from './autoscaling/refusal';
import { GroupKeeper } from './autoscaling/group-keeper';
import { Refreshes } from './autoscaling/refreshes';
import { describeActivity } from './autoscaling/scaling-activity';
import {
  activeMembers,
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
  readonly #refreshes: Refreshes;
  readonly #groups = new Map<string, ScalingGroup>();

  constructor(private readonly account: SimulatedAccount) {
    this.#keeper = new GroupKeeper(account);
    this.#refreshes = new Refreshes(account, this.#keeper);
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
      const { protectedFromScaleIn = [], standby = [] } = described;
      this.#keeper.adopt(group, instance, protectedFromScaleIn.includes(id), standby.includes(id));
    }
    for (let size = activeMembers(group).length; size < group.desired; size += 1) {
      const place = size % group.zones.length;
      const instance = ec2.addInstance({
        zone: group.zones[place],
        subnet: group.subnets[place],
        type: group.type,
        tags: group.tags,
      });
      this.#keeper.adopt(group, instance, false);
    }
    this.#refreshes.date(group, described.refresh);
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

  /** Exactly these processes of it are suspended from now on, by people. */
  setSuspended(name: string, processes: readonly string[]): void {
    const group = this.#group(name);
    group.suspended.clear();
    for (const process of processes) group.suspended.set(process, suspendedAt(this.account.clock.now()));
    for (const member of group.members.values()) this.#keeper.examine(group, member);
    this.#keeper.reconsider(group);
  }

  /** People suspend these processes, and no others; CloudTrail tells of their call. */
  suspend(name: string, processes: readonly string[]): void {
    this.setSuspended(name, processes);
    this.account.bus.emit('aws.autoscaling', 'AWS API Call via CloudTrail', [], {
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'SuspendProcesses',
      eventID: this.account.newId('6d6f6d65-0000-4000-8000-', 12),
      requestParameters: { autoScalingGroupName: name, scalingProcesses: [...processes] },
    });
  }

  readonly #book: GroupBook = {
    all: () => [...this.#groups.values()],
    find: (name) => this.#groups.get(name),
    groupOf: (id) => this.groupOf(id),
    known: (name) => this.#group(name),
    pageSize: () => this.account.pageSize,
  };

  readonly operations = {
    ...describeOperations(this.#book),
    RollbackInstanceRefresh: (
      input: sdk.RollbackInstanceRefreshCommandInput,
    ): Answer<sdk.RollbackInstanceRefreshCommandOutput> => ({
      InstanceRefreshId: this.#refreshes.rollBack(this.#group(input.AutoScalingGroupName)),
    }),
    CancelInstanceRefresh: (
      input: sdk.CancelInstanceRefreshCommandInput,
    ): Answer<sdk.CancelInstanceRefreshCommandOutput> => ({
      InstanceRefreshId: this.#refreshes.cancel(this.#group(input.AutoScalingGroupName)),
    }),
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
      const reason = suspendedAt(this.account.clock.now());
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
}

/** Why a process is suspended, in Auto Scaling's words. */
function suspendedAt(now: number): string {
  return `User suspended at ${new Date(now).toISOString()}`;
}

/** An empty list means all of them here. */
function processesIn(input: { readonly ScalingProcesses?: string[] | undefined }): readonly string[] {
  const named = input.ScalingProcesses?.length ? input.ScalingProcesses : [...processes];
  const unknown = named.find((name) => !processes.some((process) => process === name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a recognized process`);
  return named;
}
