import type { Instance } from '../ec2/instance';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { beginActivity, endActivity } from './scaling-activity';
import { activeMembers, launchFailureOf, zonesByMembers, type Member, type ScalingGroup } from './scaling-group';

/** A group whose launches fail tries again ever more slowly, and so often at most until something about it changes. */
const retries = { first: 60_000, most: 6 } as const;

/** How members come and go. */
interface Members {
  join(group: ScalingGroup, instance: Instance): Member;
  terminate(group: ScalingGroup, member: Member, cause: string): void;
}

/** Keeps groups as large as they are meant to be, without what is sick of them. Looks only when something changed. */
export class GroupSize {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly members: Members,
  ) {}

  /** The group looks at itself after so many milliseconds, or before. */
  look(group: ScalingGroup, wait: number): void {
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
        this.members.terminate(
          group,
          member,
          'an instance was taken out of service in response to a health check failure.',
        );
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
      if (group.failures <= retries.most) this.look(group, retries.first * 2 ** (group.failures - 1));
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
    const member = this.members.join(group, instance);
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
      this.members.terminate(group, victim, cause);
    }
  }
}
