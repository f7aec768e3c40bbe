import type { EpochMillis } from '../../../signals/signal';
import { startsKeptSeconds, type Start } from '../../../statemachines/quota';
import type { Claim } from '../incident-store';

/** A start as it is written down; whether its incident is touching something still is not, for that changes. */
export type WrittenStart = Omit<Start, 'touching'>;

const keptFor = startsKeptSeconds * 1_000;

/** Fewer than these are not worth looking through. */
const few = 16;

/** The starts of all rules that count. */
export class StartLedger {
  /** In the order in which they were written. */
  #starts: WrittenStart[] = [];
  /** When as many are kept, all of them are looked through for what no longer counts. */
  #many = few;

  /** `isTouching` tells whether the incident of a start is touching something still because of it. */
  constructor(private readonly isTouching: (start: WrittenStart) => boolean) {}

  get size(): number {
    return this.#starts.length;
  }

  /** Writes it down, and forgets what no longer counts. */
  add(incident: string, { at, scopes }: Claim): WrittenStart {
    const start = { incident, at, scopes };
    this.#forget(at);
    this.#starts.push(start);
    return start;
  }

  at(at: EpochMillis): readonly Start[] {
    const starts: Start[] = [];
    for (const start of this.#starts) {
      const touching = this.isTouching(start);
      if (touching || isRecent(start, at)) {
        starts.push({ incident: start.incident, at: start.at, scopes: start.scopes, touching });
      }
    }
    return starts;
  }

  /** The oldest are at the front; what is kept behind one that counts for longer goes when there is much of it. */
  #forget(at: EpochMillis): void {
    const counts = (start: WrittenStart): boolean => isRecent(start, at) || this.isTouching(start);
    const first = this.#starts.findIndex(counts);
    if (first !== 0) this.#starts.splice(0, first < 0 ? this.#starts.length : first);
    if (this.#starts.length < this.#many) return;
    this.#starts = this.#starts.filter(counts);
    this.#many = Math.max(few, 2 * this.#starts.length);
  }
}

function isRecent({ at: begun }: WrittenStart, at: EpochMillis): boolean {
  return begun > at - keptFor;
}
