import type { EpochMillis } from '../../../signals/signal';
import { startsKeptSeconds, type Start } from '../../../statemachines/quota';
import type { Claim } from '../incident-store';

/** A start as it is written down; whether its incident is touching something still is not, for that changes. */
export type WrittenStart = Omit<Start, 'touching'>;

const keptFor = startsKeptSeconds * 1_000;

/** The starts of all rules that count. */
export class StartLedger {
  #starts: readonly WrittenStart[] = [];

  /** `isTouching` tells whether the incident of a start is touching something still because of it. */
  constructor(private readonly isTouching: (start: WrittenStart) => boolean) {}

  get size(): number {
    return this.#starts.length;
  }

  /** Writes it down, and forgets what no longer counts. */
  add(incident: string, { at, scopes }: Claim): WrittenStart {
    const start = { incident, at, scopes };
    this.#starts = [...this.#starts.filter((one) => this.#counts(one, at)), start];
    return start;
  }

  at(at: EpochMillis): readonly Start[] {
    return this.#starts
      .filter((start) => this.#counts(start, at))
      .map((start) => ({ ...start, touching: this.isTouching(start) }));
  }

  #counts(start: WrittenStart, at: EpochMillis): boolean {
    return start.at > at - keptFor || this.isTouching(start);
  }
}
