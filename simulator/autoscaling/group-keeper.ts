import { serves, type Instance } from '../ec2/instance';
import { GroupSize } from './group-size';
import { deregisterMember, registerMember, verdictOn } from './member-health';
import { beginActivity, cancelActivity, endActivity, type ScalingActivity } from './scaling-activity';
import type { Member, ScalingGroup } from './scaling-group';
import type { SimulatedAccount } from '../world';

const second = 1_000;

/** How soon a group looks at what changed, in milliseconds. */
const reacts = { toSize: 10 * second, toSickness: 30 * second } as const;

/** Keeps the members of groups: how each comes, is judged and leaves. */
export class GroupKeeper {
  readonly #groups = new Map<string, ScalingGroup>();
  readonly #size: GroupSize;

  constructor(private readonly account: SimulatedAccount) {
    this.#size = new GroupSize(account, {
      join: (group, instance) => this.#join(group, instance, false),
      terminate: (group, member, cause) => this.terminate(group, member, cause),
    });
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
    this.#size.look(group, reacts.toSize);
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
    this.#size.look(group, reacts.toSickness);
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
    this.#size.look(group, reacts.toSize);
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
    this.#size.look(group, reacts.toSize);
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
    this.#size.look(group, reacts.toSize);
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
