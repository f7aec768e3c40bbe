import { createHash } from 'node:crypto';
import type { EpochMillis } from '../signals/signal';

/** One thing that happened in a trial. */
export interface Line {
  readonly at: EpochMillis;
  /** Who did it, or whom it befell: `worker 3`, `people`, `AWS`. */
  readonly who: string;
  readonly text: string;
}

/** All that happens in a trial, in order. Two runs of one seed have the same hash. */
export class Journal {
  readonly #hash = createHash('sha256');
  readonly #lines: Line[] = [];

  /** `keeps`: whether the lines can be read afterwards; a thousand trials need only their hashes. */
  constructor(
    private readonly now: () => EpochMillis,
    private readonly keeps: boolean,
  ) {}

  note(who: string, text: string): void {
    const at = this.now();
    this.#hash.update(`${at} ${who} ${text}\n`);
    if (this.keeps) this.#lines.push({ at, who, text });
  }

  lines(): readonly Line[] {
    return this.#lines;
  }

  /** Of all that was noted so far; to be asked for once, at the end. */
  digest(): string {
    return this.#hash.digest('hex').slice(0, 16);
  }
}
