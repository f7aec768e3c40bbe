import { serves, type Instance } from '../ec2/instance';
import { deregisterMember, registerMember, verdictOn } from './member-health';
import { Refusal } from '../refusal';
import { beginActivity, cancelActivity, endActivity, type ScalingActivity } from './scaling-activity';
import { activeMembers, launchFailureOf, zonesByMembers, type Member, type ScalingGroup } from './scaling-group';
import type { SimulatedAccount } from '../world';

const second = 1_000;

/** How soon a group looks at what changed, in milliseconds. */
const reacts = { toSize: 10 * second, toSickness: 30 * second } as const;

/** A group whose launches fail tries again ever more slowly, and so often at most until something about it changes. */
const retries = { first: 60 * second, most: 6 } as const;

/** Keeps groups as large and as healthy as they are meant to be. Looks only when something changed. */
export class GroupKeeper {
  readonly #groups = new Map<string, ScalingGroup>();

  constructor(private readonly account: SimulatedAccount) {
    account.services.ec2.onChange((instance) => {
      const group = this.#groups.get(instance.id);
      const member = group?.members.get(instance.id);
      if (group && member) this.#see(group, member, instance);
    });
    account.services.elasticloadbalancing.health.onChange((id) => {
      const group = this.#groups.get(id);
      const member = group?.members.get(id);
      if (group && member) this.examine(group, member);
    });
  }

  groupOf(instanceId: string): ScalingGroup | undefined {
    return this.#groups.get(instanceId);
  }

  /** Takes an instance that exists and runs into the group, as if it had long been a member. */
  adopt(group: ScalingGroup, instance: Instance, isProtected: boolean, isAside = false): void {
    const member = this.#join(group, instance, isProtected);
    member.lifecycle = isAside ? 'Standby' : 'InService';
    member.graceUntil = this.account.clock.now();
    if (isAside) return;
    registerMember(this.account, group, member, 'settled');
    this.#see(group, member, instance);
  }

  /** The group's size or processes changed: it will soon look at itself, with fresh courage to launch. */
  reconsider(group: ScalingGroup): void {
    group.failures = 0;
    this.#look(group, reacts.toSize);
  }

  /** Judges one member by the group's own health checks. */
  examine(group: ScalingGroup, member: Member): void {
    const isCounted = member.lifecycle === 'InService' || member.lifecycle === 'Pending';
    if (!isCounted || member.health === 'Unhealthy' || group.suspended.has('HealthCheck')) return;
    const verdict = verdictOn(this.account, group, member);
    if (verdict === 'well') return;
    const wait = verdict === 'down' ? 0 : member.graceUntil - this.account.clock.now();
    if (wait <= 0) this.condemn(group, member);
    else {
      member.recheck ??= this.account.clock.after(wait, () => {
        member.recheck = undefined;
        this.examine(group, member);
      });
    }
  }

  /** Gives a member up: the group will replace it unless it may not. */
  condemn(group: ScalingGroup, member: Member): void {
    member.health = 'Unhealthy';
    this.#look(group, reacts.toSickness);
  }

  /** Ends a member: its targets drain first. */
  terminate(group: ScalingGroup, member: Member, cause: string): ScalingActivity {
    const activity = beginActivity(this.account, group, {
      kind: 'terminate',
      description: `Terminating EC2 instance: ${member.id}`,
      cause,
      ...this.#place(member),
    });
    if (member.activity) cancelActivity(this.account, member.activity);
    member.lifecycle = 'Terminating';
    member.activity = activity;
    member.recheck?.();
    this.#count(group, member, false);
    this.account.clock.after(deregisterMember(this.account, group, member), () => {
      const instance = this.account.services.ec2.instance(member.id);
      if (!instance || instance.power === 'terminated') this.#bury(group, member);
      else this.account.services.ec2.terminate(member.id);
    });
    this.#look(group, reacts.toSize);
    return activity;
  }

  /** Takes a member out of service and keeps it. */
  enterStandby(group: ScalingGroup, member: Member): ScalingActivity {
    const activity = this.#move(group, member, 'EC2 instance to Standby');
    member.lifecycle = 'EnteringStandby';
    member.activity = activity;
    this.#count(group, member, false);
    this.account.clock.after(deregisterMember(this.account, group, member), () => {
      if (member.lifecycle !== 'EnteringStandby') return;
      member.lifecycle = 'Standby';
      this.#finish(member);
    });
    this.#look(group, reacts.toSize);
    return activity;
  }

  /** Puts a member on standby back into service. */
  exitStandby(group: ScalingGroup, member: Member): ScalingActivity {
    const activity = this.#move(group, member, 'EC2 instance out of Standby');
    member.lifecycle = 'Pending';
    member.activity = activity;
    this.account.clock.after(reacts.toSize, () => {
      if (member.lifecycle !== 'Pending') return;
      this.#finish(member);
      this.#enterService(group, member);
    });
    return activity;
  }

  /** An instance of the group changed. */
  #see(group: ScalingGroup, member: Member, instance: Instance): void {
    if (member.lifecycle === 'Terminating') {
      if (instance.power === 'terminated') this.#bury(group, member);
      return;
    }
    if (member.activity?.kind === 'launch' && instance.power === 'running') {
      this.#finish(member);
      group.failures = 0;
      this.#enterService(group, member);
    }
    this.#count(group, member, member.lifecycle === 'InService' && serves(instance));
    this.examine(group, member);
  }

  #look(group: ScalingGroup, wait: number): void {
    const at = this.account.clock.now() + wait;
    if (group.balancing && group.balancing.at <= at) return;
    group.balancing?.cancel();
    const cancel = this.account.clock.at(at, () => {
      group.balancing = undefined;
      this.#balance(group);
    });
    group.balancing = { at, cancel };
  }

  #balance(group: ScalingGroup): void {
    const mayTerminate = !group.suspended.has('Terminate');
    if (mayTerminate && !group.suspended.has('ReplaceUnhealthy')) {
      for (const member of activeMembers(group)) {
        if (member.health === 'Healthy') continue;
        this.terminate(group, member, 'an instance was taken out of service in response to a health check failure.');
      }
    }
    const active = activeMembers(group);
    if (active.length < group.desired && !group.suspended.has('Launch')) {
      this.#launchUpTo(group, active.length);
    } else if (active.length > group.desired && mayTerminate) {
      this.#shrink(group, active);
    }
  }

  #launchUpTo(group: ScalingGroup, size: number): void {
    const cause =
      'an instance was started in response to a difference between desired and actual capacity, ' +
      `increasing the capacity from ${size} to ${group.desired}.`;
    for (let missing = group.desired - size; missing > 0; missing -= 1) {
      if (this.#launch(group, cause)) continue;
      group.failures += 1;
      if (group.failures <= retries.most) this.#look(group, retries.first * 2 ** (group.failures - 1));
      return;
    }
  }

  /** Launches one member in the zone that has fewest, or the next one that has room for it. */
  #launch(group: ScalingGroup, cause: string): boolean {
    const zones = zonesByMembers(group);
    let failure = launchFailureOf(group);
    for (const zone of group.launches === 'fail' ? [] : zones) {
      try {
        this.#launchIn(group, zone, cause);
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failure = `${error.message} Launching EC2 instance failed.`;
      }
    }
    const place = { zone: zones[0] ?? '', subnet: group.subnets[0] ?? '' };
    const description = `Launching a new EC2 instance. Status Reason: ${failure}`;
    const activity = beginActivity(this.account, group, { kind: 'launch', description, cause, ...place });
    endActivity(this.account, activity, '', failure);
    return false;
  }

  #launchIn(group: ScalingGroup, zone: string, cause: string): void {
    const { ec2 } = this.account.services;
    const instance = ec2.launch({
      zone,
      subnet: group.subnets[group.zones.indexOf(zone)],
      type: group.type,
      tags: { ...group.tags, 'aws:autoscaling:groupName': group.name },
      sick: group.newInstancesAre === 'sick' ? { kind: 'instance', curedBy: [] } : undefined,
    });
    const member = this.#join(group, instance, false);
    member.activity = beginActivity(this.account, group, {
      kind: 'launch',
      description: `Launching a new EC2 instance: ${instance.id}`,
      cause,
      zone,
      subnet: instance.subnet,
    });
  }

  /** Ends the oldest members of the fullest zones, but none that is protected from scale-in. */
  #shrink(group: ScalingGroup, active: readonly Member[]): void {
    const cause = `an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${active.length} to ${group.desired}.`;
    for (let excess = active.length - group.desired; excess > 0; excess -= 1) {
      const [fullest] = zonesByMembers(group).slice(-1);
      const spare = activeMembers(group).filter(({ isProtected }) => !isProtected);
      const victim = spare.find(({ zone }) => zone === fullest) ?? spare[0];
      if (!victim) return;
      this.terminate(group, victim, cause);
    }
  }

  #join(group: ScalingGroup, { id, zone, tags }: Instance, isProtected: boolean): Member {
    const graceUntil = this.account.clock.now() + group.gracePeriod * second;
    const member: Member = {
      id,
      zone,
      isProtected,
      lifecycle: 'Pending',
      health: 'Healthy',
      graceUntil,
      serves: false,
      activity: undefined,
      recheck: undefined,
    };
    tags.set('aws:autoscaling:groupName', group.name);
    group.members.set(id, member);
    this.#groups.set(id, group);
    return member;
  }

  #enterService(group: ScalingGroup, member: Member): void {
    const instance = this.account.services.ec2.instance(member.id);
    member.lifecycle = 'InService';
    member.graceUntil = this.account.clock.now() + group.gracePeriod * second;
    if (!group.suspended.has('AddToLoadBalancer')) registerMember(this.account, group, member, 'new');
    this.#count(group, member, instance !== undefined && serves(instance));
    this.examine(group, member);
  }

  /** Counts the member among those that share the load, or not. */
  #count(group: ScalingGroup, member: Member, isServing: boolean): void {
    if (member.serves === isServing) return;
    member.serves = isServing;
    group.serving += isServing ? 1 : -1;
    this.account.services.cloudwatch.changed('AWS/EC2', { AutoScalingGroupName: group.name });
  }

  #bury(group: ScalingGroup, member: Member): void {
    if (!group.members.delete(member.id)) return;
    this.#groups.delete(member.id);
    this.#finish(member);
    this.#look(group, reacts.toSize);
  }

  #finish(member: Member): void {
    if (member.activity) endActivity(this.account, member.activity, member.id);
    member.activity = undefined;
  }

  #move(group: ScalingGroup, member: Member, what: string): ScalingActivity {
    return beginActivity(this.account, group, {
      kind: 'standby',
      description: `Moving ${what}: ${member.id}`,
      cause: `instance ${member.id} was moved in response to a user request.`,
      ...this.#place(member),
    });
  }

  #place({ id, zone }: Member): { zone: string; subnet: string } {
    return { zone, subnet: this.account.services.ec2.instance(id)?.subnet ?? '' };
  }
}
