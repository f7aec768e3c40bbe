import type { InstanceState } from '@aws-sdk/client-elastic-load-balancing';
import type { Cancel } from '../clock';
import { passesHealthChecks } from '../ec2/instance';
import type { SimulatedAccount } from '../world';

/** How a classic load balancer finds out how its instances are. */
export interface ClassicHealthCheck {
  /** Seconds between two checks. */
  readonly every: number;
  /** Checks in a row until an instance is in service. */
  readonly healthyAfter: number;
  /** Checks in a row until it is not. */
  readonly unhealthyAfter: number;
}

/** What AWS says of an instance, by what it waits for or suffers from. */
const descriptions = {
  inService: ['N/A', 'N/A'],
  registering: ['ELB', 'Instance registration is still in progress.'],
  failing: ['Instance', 'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.'],
  stopped: ['Instance', 'Instance is in stopped state.'],
  draining: ['N/A', 'Instance deregistration currently in progress.'],
} as const;

/** An instance that is registered with a classic load balancer. */
export class ClassicBackend {
  #why: keyof typeof descriptions = 'registering';
  #isStuck = false;
  #pending: { readonly to: 'inService' | 'failing'; readonly cancel: Cancel } | undefined;
  #isGone = false;

  constructor(
    private readonly account: SimulatedAccount,
    readonly id: string,
    private readonly check: ClassicHealthCheck,
    private readonly changed: () => void,
  ) {}

  get state(): 'InService' | 'OutOfService' {
    return this.#why === 'inService' || this.#why === 'draining' ? 'InService' : 'OutOfService';
  }

  get isDraining(): boolean {
    return this.#why === 'draining';
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  describe(): InstanceState {
    const [ReasonCode, Description] = descriptions[this.#why];
    return { InstanceId: this.id, State: this.state, ReasonCode, Description };
  }

  /** It is registered: just now, or long ago. */
  enter(how: 'new' | 'settled'): void {
    if (how === 'settled') this.#become('inService');
    this.weigh();
  }

  strand(): void {
    this.#isStuck = true;
    this.#become('failing');
  }

  find(): void {
    this.#isStuck = false;
    this.weigh();
  }

  /** Takes it out: at once where it got no requests, else after so many seconds. */
  drain(seconds: number): void {
    if (this.isDraining) return;
    const gone = (): void => {
      this.#isGone = true;
      this.changed();
    };
    const rest = this.#why === 'inService' ? seconds : 0;
    this.#become('draining');
    if (rest === 0) gone();
    else this.account.clock.after(rest * 1_000, gone);
  }

  /** Compares it with the instance; a difference takes effect after enough checks. */
  weigh(): void {
    if (this.isDraining || this.#isGone) return;
    const instance = this.account.services.ec2.instance(this.id);
    if (instance?.power === 'terminated') {
      this.#isGone = true;
      this.changed();
      return;
    }
    if (instance?.power !== 'running') {
      this.#become('stopped');
      return;
    }
    const to = passesHealthChecks(instance) && !this.#isStuck ? 'inService' : 'failing';
    if (this.#pending?.to === to) return;
    this.#pending?.cancel();
    this.#pending = undefined;
    if (this.#why === to) return;
    const { every, healthyAfter, unhealthyAfter } = this.check;
    const checks = to === 'inService' ? healthyAfter : unhealthyAfter;
    const cancel = this.account.clock.after(checks * every * 1_000, () => {
      this.#become(to);
    });
    this.#pending = { to, cancel };
  }

  #become(why: keyof typeof descriptions): void {
    this.#pending?.cancel();
    this.#pending = undefined;
    if (this.#why === why) return;
    this.#why = why;
    this.changed();
  }
}
