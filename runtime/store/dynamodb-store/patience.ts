/** How long the store waits for what passes, and when it gives up. */
export class Patience {
  /** `random` gives numbers from 0 up to 1. */
  constructor(
    private readonly pause: (milliseconds: number) => Promise<void>,
    private readonly random: () => number,
  ) {}

  /** Waits longer each time, by a random part, so that those who met do not meet again. Throws after the last try. */
  async wait(tries: number, what: string, cause?: unknown): Promise<void> {
    if (tries + 1 >= triesAtMost) {
      throw new Error(`Gave up ${what} after ${triesAtMost} tries. It may work later: take it up again.`, { cause });
    }
    await this.pause(Math.ceil(this.random() * Math.min(longest, shortest * 2 ** tries)));
  }
}

/** About a second and a half in all, on average, before it gives up. */
const triesAtMost = 10;
const shortest = 20;
const longest = 500;
