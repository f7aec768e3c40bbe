import { faultKinds, faultNames, type FaultName } from './faults/catalogue';
import type { Randomness } from './randomness';

/** How probable each fault is at each of its occasions; one that is absent never happens. */
export type Mix = Readonly<Partial<Record<FaultName, number>>>;

/** Shares of the faults that a trial may have: everything at once hides what only a few together show. */
const shares = [0.08, 0.2, 0.45] as const;

/** Draws which faults a trial has, and how often they strike. Each is drawn by itself. */
export function drawMix(random: Randomness): Mix {
  const share = random.of('share').pick(shares);
  const drawn = faultNames.flatMap((name): [FaultName, number][] => {
    const own = random.of(name);
    return own.chance(share) ? [[name, (faultKinds[name].upTo * own.between(20, 100)) / 100]] : [];
  });
  return Object.fromEntries(drawn);
}

/** The faults of one trial as they strike. */
export class Faults {
  readonly #counts = new Map<FaultName, number>();
  readonly #random: ReadonlyMap<FaultName, Randomness>;
  #isHealed = false;

  constructor(
    readonly mix: Mix,
    random: Randomness,
  ) {
    this.#random = new Map(faultNames.map((name) => [name, random.of(name)]));
  }

  /** Whether it strikes on this occasion. */
  hits(name: FaultName): boolean {
    const probability = this.mix[name];
    if (probability === undefined || this.#isHealed || !this.randomOf(name).chance(probability)) return false;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return true;
  }

  /** What else is drawn for a fault that strikes. */
  randomOf(name: FaultName): Randomness {
    return this.#random.get(name) as Randomness;
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isHealed = true;
  }

  get isHealed(): boolean {
    return this.#isHealed;
  }

  /** How often each has struck. */
  counts(): ReadonlyMap<FaultName, number> {
    return this.#counts;
  }
}
