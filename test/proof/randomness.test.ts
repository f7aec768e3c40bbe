import { Randomness } from '../../proof/randomness';

const first = (random: Randomness): number[] => Array.from({ length: 8 }, () => random.between(0, 1_000_000));

describe('randomness', () => {
  it('is the same for the same seed and purpose, and another for any other', () => {
    const of = (seed: number, purpose: string): number[] => first(new Randomness(seed).of(purpose));
    expect(of(7, 'people')).toEqual(of(7, 'people'));
    expect(of(7, 'people')).not.toEqual(of(8, 'people'));
    expect(of(7, 'people')).not.toEqual(of(7, 'delays'));
  });

  it('of one purpose is what it is however much is drawn for another', () => {
    const parent = new Randomness(7);
    const untouched = first(parent.of('people'));
    const beside = parent.of('delays');
    first(beside);
    first(parent);
    expect(first(parent.of('people'))).toEqual(untouched);
  });

  it('is between its bounds, both included', () => {
    const random = new Randomness(1);
    expect(new Set(Array.from({ length: 200 }, () => random.between(3, 5)))).toEqual(new Set([3, 4, 5]));
  });

  it('of probability 0 never happens, and of 1 always', () => {
    const random = new Randomness(1);
    const happens = (probability: number): boolean[] => Array.from({ length: 50 }, () => random.chance(probability));
    expect(new Set(happens(0))).toEqual(new Set([false]));
    expect(new Set(happens(1))).toEqual(new Set([true]));
  });
});
