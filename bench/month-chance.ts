import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of chance: the same seed, the same month. */
export interface Chance {
  /** From 0 up to, and without, 1. */
  part(): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** Any number between the two. */
  between(from: number, to: number): number;
  /** Of at least one. */
  of<T>(choices: readonly [T, ...T[]]): T;
  /** Times until the next of what happens so many times, on average, in a span of the same unit. */
  gap(times: number, span: number): number;
}

/** Chance for one part of the world: what another part draws does not shift it. `part` is any number of its own. */
export function chanceFor(seed: number, part: number): Chance {
  const source = xoroshiro128plus((Math.imul(seed, 0x9e3779b1) ^ Math.imul(part + 1, 0x85ebca6b)) | 0);
  const part01 = (): number => uniformFloat64(source);
  return {
    part: part01,
    whole: (from, to) => uniformInt(source, from, to),
    between: (from, to) => from + (to - from) * part01(),
    of: (choices) => choices[uniformInt(source, 0, choices.length - 1)] ?? choices[0],
    gap: (times, span) => (-Math.log(1 - part01()) * span) / times,
  };
}
