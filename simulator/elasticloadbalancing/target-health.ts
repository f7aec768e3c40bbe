import type { TargetHealthReasonEnum, TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { passesHealthChecks, type Instance } from '../ec2/instance';
import { namespaceOf, targetKey, type Target, type TargetGroup } from './target-group';
import type { SimulatedAccount } from '../world';

/** Where a registration is, so that an instance's change reaches its targets alone. */
interface Registration {
  readonly group: TargetGroup;
  readonly target: Target;
}

type Listener = (id: string, state: TargetHealthStateEnum) => void;

/** The health checks of all target groups: a change takes as many checks as the group demands, set on the clock once. */
export class TargetHealth {
  readonly #registrations = new Map<string, Set<Registration>>();
  readonly #ailing = new Set<string>();
  readonly #listeners: Listener[] = [];

  constructor(private readonly account: SimulatedAccount) {
    account.services.ec2.onChange((instance) => {
      for (const { group, target } of this.#registrations.get(instance.id) ?? []) {
        this.#weigh(group, target);
        this.#changed(group);
      }
    });
  }

  /** Is told of every change of state of a target. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Registers a target, or takes back its deregistration. `settled`: it has long been there. */
  register(group: TargetGroup, id: string, port: number, how: 'new' | 'settled'): void {
    const key = targetKey(id, port);
    const known = group.targets.get(key);
    if (known && known.state !== 'draining') return;
    const target = known ?? this.#add(group, id, port);
    this.#callOff(target);
    if (!group.loadBalancer) this.#set(group, target, 'unused', 'Target.NotInUse');
    else if (how === 'settled') this.#set(group, target, 'healthy');
    else this.#set(group, target, 'initial', 'Elb.RegistrationInProgress');
    this.#weigh(group, target);
  }

  /** Takes a target out; answers after how many milliseconds its last request has ended: at once where it got none. */
  deregister(group: TargetGroup, id: string, port: number): number {
    const target = group.targets.get(targetKey(id, port));
    if (!target || target.state === 'draining') return 0;
    const delay = group.deregistrationDelay * 1_000;
    const rest = target.state === 'healthy' ? delay : 0;
    this.#callOff(target);
    this.#set(group, target, 'draining', 'Target.DeregistrationInProgress');
    const cancel = this.account.clock.after(delay, () => {
      this.#remove(group, target);
    });
    target.pending = { to: 'unused', cancel };
    return rest;
  }

  /** Groups in which the id is registered, and on which port. */
  registrationsOf(id: string): readonly { readonly group: TargetGroup; readonly target: Target }[] {
    return [...(this.#registrations.get(id) ?? [])];
  }

  /** What the checks of these targets are about to find they have found: because a recording says so. */
  findNow(group: TargetGroup): void {
    for (const target of group.targets.values()) {
      const to = target.pending?.to;
      if (to === undefined || target.state === 'draining') continue;
      this.#callOff(target);
      this.#set(group, target, to, to === 'unhealthy' ? 'Target.FailedHealthChecks' : undefined);
    }
  }

  /** Makes a target fail its checks, or pass them again, whatever its instance is like; the only way for an IP address. */
  ail(group: TargetGroup, id: string, how: 'ill' | 'well'): void {
    const key = `${group.arn}\n${id}`;
    if (how === 'ill') this.#ailing.add(key);
    else this.#ailing.delete(key);
    for (const registration of this.#registrations.get(id) ?? []) {
      if (registration.group === group) this.#weigh(group, registration.target);
    }
  }

  /** Targets that get requests and answer them with errors. */
  erring(group: TargetGroup): readonly Target[] {
    const shifts = this.account.services['arc-zonal-shift'];
    return [...group.targets.values()].filter(({ id, state, zone }) => {
      if (shifts.isShiftedAway(group.loadBalancer?.arn ?? '', zone)) return false;
      const sick = this.account.services.ec2.instance(id)?.sicknesses.has('application') ?? false;
      return sick && (state === 'healthy' || state === 'initial');
    });
  }

  #add(group: TargetGroup, id: string, port: number): Target {
    const zone = this.account.services.ec2.instance(id)?.zone;
    const target: Target = { id, port, zone, state: 'initial', reason: undefined, pending: undefined };
    group.targets.set(targetKey(id, port), target);
    const registrations = this.#registrations.get(id) ?? new Set();
    this.#registrations.set(id, registrations.add({ group, target }));
    return target;
  }

  #remove(group: TargetGroup, target: Target): void {
    this.#callOff(target);
    group.targets.delete(targetKey(target.id, target.port));
    const registrations = this.#registrations.get(target.id);
    for (const registration of registrations ?? []) {
      if (registration.target === target) registrations?.delete(registration);
    }
    if (registrations?.size === 0) this.#registrations.delete(target.id);
    this.#changed(group);
  }

  /** Compares a target with what it stands on; a difference takes effect after enough checks. */
  #weigh(group: TargetGroup, target: Target): void {
    const instance = this.account.services.ec2.instance(target.id);
    if (instance?.power === 'terminated') {
      this.#remove(group, target);
      return;
    }
    if (target.state === 'draining' || target.reason === 'Target.NotInUse') return;
    if (instance && !isOn(instance)) {
      this.#callOff(target);
      this.#set(group, target, 'unused', 'Target.InvalidState');
      return;
    }
    if (target.state === 'unused') this.#set(group, target, 'initial', 'Elb.InitialHealthChecking');
    const to = this.#passes(group, target) ? 'healthy' : 'unhealthy';
    if (target.pending?.to === to) return;
    this.#callOff(target);
    if (to === target.state) return;
    const { every, healthyAfter, unhealthyAfter } = group.healthCheck;
    const checks = to === 'healthy' ? healthyAfter : unhealthyAfter;
    const cancel = this.account.clock.after(checks * every * 1_000, () => {
      target.pending = undefined;
      this.#set(group, target, to, to === 'unhealthy' ? 'Target.FailedHealthChecks' : undefined);
    });
    target.pending = { to, cancel };
  }

  #passes(group: TargetGroup, target: Target): boolean {
    if (this.#ailing.size > 0 && this.#ailing.has(`${group.arn}\n${target.id}`)) return false;
    const instance = this.account.services.ec2.instance(target.id);
    return !instance || passesHealthChecks(instance);
  }

  #set(group: TargetGroup, target: Target, state: TargetHealthStateEnum, reason?: TargetHealthReasonEnum): void {
    target.reason = reason;
    if (target.state === state) return;
    target.state = state;
    this.#changed(group);
    for (const listener of this.#listeners) listener(target.id, state);
  }

  #callOff(target: Target): void {
    target.pending?.cancel();
    target.pending = undefined;
  }

  #changed(group: TargetGroup): void {
    const { cloudwatch } = this.account.services;
    cloudwatch.changed(namespaceOf(group), { TargetGroup: group.dimension });
    // Those of the load balancer as a whole have no target group, and are found by their own dimension.
    if (group.loadBalancer) cloudwatch.changed(namespaceOf(group), { LoadBalancer: group.loadBalancer.dimension });
  }
}

function isOn({ power }: Instance): boolean {
  return power === 'running' || power === 'pending';
}
