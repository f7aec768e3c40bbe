import { newInstance, type Instance, type InstanceDescription, type PowerState } from './instance';
import type { Network } from './network';
import { Roster } from './roster';
import { sicknessOf, type Cure, type SicknessDescription, type SicknessKind } from './sickness';
import type { SimulatedAccount } from '../world';

const second = 1_000;

/** How long EC2 takes, in milliseconds. */
const takes = {
  launch: 75 * second,
  start: 60 * second,
  stop: 45 * second,
  shutDown: 45 * second,
  /** From running, or from the reboot, until the guest answers. */
  boot: 30 * second,
  reboot: 45 * second,
  /** From running, or from the reboot, until the status checks have settled. */
  checks: 120 * second,
} as const;

const retirementNotice = 14 * 24 * 3_600 * second;

type Listener = (instance: Instance) => void;

/** The instances of an account and how they live. Only what an action implies is set on the clock. */
export class Fleet {
  readonly #roster: Roster;
  readonly #listeners: Listener[] = [];

  constructor(
    private readonly account: SimulatedAccount,
    private readonly network: Network,
  ) {
    this.#roster = new Roster(account);
  }

  /** Is told whenever the power, the boot, the checks or the sickness of an instance changed. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  find(id: string): Instance | undefined {
    return this.#roster.find(id);
  }

  /** The instance of that id; refuses one that there is not, and what is no id. */
  known(id: string): Instance {
    return this.#roster.known(id);
  }

  all(): readonly Instance[] {
    return this.#roster.all();
  }

  /** Puts an instance there as if it had long run, or been stopped. */
  add(described: InstanceDescription): Instance {
    const instance = this.#make(described, described.state ?? 'running');
    instance.booted = instance.power === 'running';
    instance.checks = 'settled';
    if (described.sick) this.sicken(instance, described.sick);
    else this.#tell(instance);
    return instance;
  }

  /** Launches an instance now: it is pending for more than a minute. Refuses for want of capacity or addresses. */
  launch(described: InstanceDescription): Instance {
    const instance = this.#make(described, 'pending');
    if (described.sick) instance.sicknesses.set(described.sick.kind, sicknessOf(described.sick));
    this.#announce(instance);
    this.#after(instance, takes.launch, () => {
      this.#run(instance);
    });
    return instance;
  }

  /** Makes it ill from now on; a retirement is announced in its status at once. */
  sicken(instance: Instance, described: SicknessDescription): void {
    instance.sicknesses.set(described.kind, sicknessOf(described));
    if (described.kind === 'retiring') {
      const eventId = this.account.newId('instance-event-');
      instance.retirement = { eventId, notBefore: this.account.clock.now() + retirementNotice };
    }
    if (instance.checks === 'settled') this.#check(instance);
    this.#tell(instance);
  }

  /** Takes away one sickness, or all of them. */
  cure(instance: Instance, kind?: SicknessKind): void {
    this.#recover(instance, (sick) => kind === undefined || sick === kind);
  }

  /** Takes away what this cure helps against. */
  applyCure(instance: Instance, cure: Cure): void {
    this.#recover(instance, (kind) => instance.sicknesses.get(kind)?.curedBy.includes(cure) ?? false);
  }

  reboot(instance: Instance): void {
    this.#interrupt(instance);
    this.#tell(instance);
    this.#after(instance, takes.reboot, () => {
      instance.booted = true;
      this.applyCure(instance, 'reboot');
    });
    this.#settleLater(instance);
  }

  stop(instance: Instance, how: 'gently' | 'by force'): void {
    this.#interrupt(instance);
    this.#power(instance, 'stopping');
    instance.transitionReason = this.#userInitiated();
    if (instance.stopsOnlyByForce && how === 'gently') return;
    this.#after(instance, takes.stop, () => {
      if (instance.publicAddress === 'ephemeral') instance.publicIp = undefined;
      this.#power(instance, 'stopped');
    });
  }

  /** Starts it on another host. Refuses for want of capacity. */
  start(instance: Instance): void {
    this.network.demandCapacity(instance.type, instance.zone);
    instance.launchedAt = this.account.clock.now();
    instance.transitionReason = '';
    instance.failing = undefined;
    this.#power(instance, 'pending');
    this.#after(instance, takes.start, () => {
      if (instance.publicAddress === 'ephemeral') instance.publicIp = this.network.publicIp();
      this.applyCure(instance, 'stop-start');
      this.#run(instance);
    });
  }

  terminate(instance: Instance): void {
    this.#interrupt(instance);
    this.#power(instance, 'shutting-down');
    instance.transitionReason = this.#userInitiated();
    this.#after(instance, takes.shutDown, () => {
      this.network.giveBack(instance.subnet);
      this.#roster.ended(instance);
      this.#power(instance, 'terminated');
    });
  }

  #make(described: InstanceDescription, power: PowerState): Instance {
    const zone = described.zone ?? `${this.account.region}a`;
    const type = described.type ?? 'm5.large';
    const subnet = this.network.subnetFor(zone, described.subnet);
    if (power === 'pending') {
      this.network.demandCapacity(type, zone);
      this.network.takeAddress(subnet);
    }
    const { publicAddress = 'none' } = described;
    const instance = newInstance(described, {
      id: described.id ?? this.#roster.newId(),
      zone,
      subnet: subnet.id,
      type,
      privateAddress: this.network.privateIp(),
      publicIp: publicAddress === 'none' ? undefined : this.network.publicIp(),
      power,
      launchedAt: this.account.clock.now(),
    });
    this.#roster.enter(instance);
    return instance;
  }

  #run(instance: Instance): void {
    instance.checks = 'initializing';
    this.#power(instance, 'running');
    this.#after(instance, takes.boot, () => {
      instance.booted = true;
      this.#tell(instance);
    });
    this.#settleLater(instance);
  }

  #settleLater(instance: Instance): void {
    this.#after(instance, takes.checks, () => {
      instance.checks = 'settled';
      this.#check(instance);
      this.#tell(instance);
    });
  }

  /** The status checks look at the instance. */
  #check(instance: Instance): void {
    const kind = (['system', 'instance'] as const).find((ill) => instance.sicknesses.has(ill));
    if (kind === instance.failing?.kind) return;
    instance.failing = kind && { kind, since: this.account.clock.now() };
  }

  #recover(instance: Instance, isOver: (kind: SicknessKind) => boolean): void {
    for (const kind of instance.sicknesses.keys()) if (isOver(kind)) instance.sicknesses.delete(kind);
    if (!instance.sicknesses.has('retiring')) instance.retirement = undefined;
    if (instance.checks === 'settled') this.#check(instance);
    this.#tell(instance);
  }

  /** Calls off what was under way: the guest is down from now on. */
  #interrupt(instance: Instance): void {
    for (const cancel of instance.steps) cancel();
    instance.steps = [];
    instance.booted = false;
    instance.checks = 'initializing';
  }

  #after(instance: Instance, milliseconds: number, step: () => void): void {
    instance.steps.push(this.account.clock.after(milliseconds, step));
  }

  #power(instance: Instance, power: PowerState): void {
    instance.power = power;
    this.#announce(instance);
    this.#tell(instance);
  }

  #announce({ id, power }: Instance): void {
    const arn = this.account.arn('ec2', `instance/${id}`);
    const detail = { 'instance-id': id, state: power };
    this.account.bus.emit('aws.ec2', 'EC2 Instance State-change Notification', [arn], detail);
  }

  #tell(instance: Instance): void {
    for (const listener of this.#listeners) listener(instance);
    this.account.services.cloudwatch.changed('AWS/EC2', { InstanceId: instance.id });
  }

  #userInitiated(): string {
    const at = new Date(this.account.clock.now()).toISOString();
    return `User initiated (${at.slice(0, 10)} ${at.slice(11, 19)} GMT)`;
  }
}

export function hasEnded({ power }: Instance): boolean {
  return power === 'shutting-down' || power === 'terminated';
}
