import type { Faults } from '../faults';
import type { Randomness } from '../randomness';
import type { Turns } from './turns';

const minute = 60_000;
/** Clocks of workers are wrong by no more than this, in milliseconds. */
const skewAtMost = 30_000;

/** A call that leaves a process. */
export interface Crossing {
  /** For the journal, such as `ec2:RebootInstances`. */
  readonly what: string;
  /** Whether it may change something: then the process can also die between the change and the answer. */
  readonly changes: boolean;
  /** Nothing comes between the last look at the clock and the sending: a process does not fall asleep in there. */
  readonly isSentAtOnce?: boolean;
}

/**
 * One process of a Lambda function. It can die, sleep or hang at any call that leaves it, and never in between: what it computes
 * takes no time. A process that sleeps knows nothing of it when it goes on.
 */
export class Sandbox {
  /** Milliseconds that its clock is ahead; below 0, behind. */
  skew: number;
  #isDead = false;
  #sleepsUntil = 0;

  constructor(
    readonly id: string,
    /** 0 for the release that was there first, 1 for the one after. */
    readonly release: 0 | 1,
    private readonly turns: Turns,
    private readonly faults: Faults,
    private readonly random: Randomness,
    /** Is told how it ended, if it did not end by itself. */
    private readonly onDeath: (sandbox: Sandbox) => void,
  ) {
    this.skew = faults.hits('clock-skewed') ? faults.randomOf('clock-skewed').between(-skewAtMost, skewAtMost) : 0;
  }

  readonly clock = { now: (): number => this.turns.clock.now() + this.skew };

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Nothing of what it was doing goes on. */
  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.onDeath(this);
  }

  /** Lets a call through, some milliseconds later, and its answer back. Never returns once the process is dead. */
  async cross<T>({ changes, isSentAtOnce = false }: Crossing, act: () => T | Promise<T>): Promise<T> {
    await (isSentAtOnce ? this.#travel() : this.#pass());
    try {
      return await this.turns.during(act);
    } finally {
      if (changes) await this.#pass();
    }
  }

  /** Waits, as a process waits before it tries again. */
  async sleep(milliseconds: number): Promise<void> {
    await this.#pass(milliseconds);
  }

  #pass(atLeast = 0): Promise<void> {
    const { faults, turns } = this;
    const { clock } = turns;
    if (faults.hits('worker-killed')) this.kill();
    else if (faults.hits('worker-paused')) {
      this.#sleepsUntil = clock.now() + faults.randomOf('worker-paused').between(1_000, 20 * minute);
    }
    if (faults.hits('clock-stepped')) {
      this.skew = Math.max(-skewAtMost, this.skew - faults.randomOf('clock-stepped').between(0, skewAtMost));
    }
    if (faults.hits('worker-stuck')) return new Promise(() => undefined);
    return new Promise((go) => {
      const goOn = (): void => {
        if (this.#isDead) return;
        if (this.#sleepsUntil > clock.now()) {
          clock.at(this.#sleepsUntil, goOn);
          return;
        }
        turns.stir();
        go();
      };
      if (!this.#isDead) clock.after(atLeast + this.#latency(), goOn);
    });
  }

  /** A request that was sent travels on, whatever becomes of the process. */
  #travel(): Promise<void> {
    const { faults, turns } = this;
    if (faults.hits('worker-killed')) this.kill();
    return new Promise((go) => {
      if (this.#isDead) return;
      turns.clock.after(this.#latency(), () => {
        turns.stir();
        go();
      });
    });
  }

  /** Milliseconds that a call takes each way. */
  #latency(): number {
    return this.random.between(2, 60);
  }
}
