import type { VirtualClock } from '../../simulator/clock';

/** Lets everything run that waits for nothing but the processor: what an answer leads to, up to the next call. */
const ran = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Runs a world one happening at a time: after each, all that follows from it without a wait is done before the next. */
export class Turns {
  #isStirred = false;
  #underWay = 0;

  constructor(readonly clock: VirtualClock) {}

  /** To be called wherever something is let go on that does not run within the present task. */
  stir(): void {
    this.#isStirred = true;
  }

  /** For what waits for more than the processor, as the first call of a client does: the world stands still until it is done. */
  async during<T>(act: () => T | Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await act();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Runs the next happening; false when there is none before `until`. */
  async next(until: number): Promise<boolean> {
    const at = this.clock.nextAt();
    if (at === undefined || at > until) return false;
    await this.clock.step();
    if (this.#isStirred) {
      this.#isStirred = false;
      do await ran();
      while (this.#underWay > 0);
    }
    return true;
  }
}
