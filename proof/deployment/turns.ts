import type { VirtualClock } from '../../simulator/clock';

/** Lets everything run that waits for nothing but the processor: what an answer leads to, up to the next call. */
const ran = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Runs a world one happening at a time: after each, all that follows from it without a wait is done before the next. */
export class Turns {
  #isStirred = false;

  constructor(readonly clock: VirtualClock) {}

  /** To be called wherever something is let go on that does not run within the present task. */
  stir(): void {
    this.#isStirred = true;
  }

  /** Runs the next happening; false when there is none before `until`. */
  async next(until: number): Promise<boolean> {
    const at = this.clock.nextAt();
    if (at === undefined || at > until) return false;
    await this.clock.step();
    if (this.#isStirred) {
      this.#isStirred = false;
      await ran();
    }
    return true;
  }
}
