import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Random numbers that are the same for the same seed and name. Each subsystem draws from a stream of its own: one more draw here
 * moves nothing there, so that a trial with a fault less is otherwise the same trial.
 */
export class Randomness {
  readonly #numbers: ReturnType<typeof xoroshiro128plus>;

  constructor(
    private readonly seed: number,
    private readonly name = '',
  ) {
    this.#numbers = xoroshiro128plus(hashOf(`${seed}/${name}`));
  }

  /** Numbers for one purpose, whatever is drawn from these. */
  of(purpose: string): Randomness {
    return new Randomness(this.seed, `${this.name}/${purpose}`);
  }

  /** A whole number between these two, both included. */
  between(from: number, to: number): number {
    return uniformInt(this.#numbers, from, to);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return probability > 0 && this.between(0, 999_999) < probability * 1_000_000;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.between(0, from.length - 1)] ?? from[0];
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.between(0, 255));
  }
}

/** FNV-1a: a short text as 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
