import { drawMix, Faults } from '../../proof/faults';
import { faultKinds, faultNames } from '../../proof/faults/catalogue';
import { Randomness } from '../../proof/randomness';

const faults = (mix: ConstructorParameters<typeof Faults>[0]): Faults =>
  new Faults(mix, new Randomness(3).of('faults'));
const hits = (of: Faults, name: (typeof faultNames)[number], times = 100): boolean[] =>
  Array.from({ length: times }, () => of.hits(name));

describe('a mix', () => {
  it('differs from seed to seed: some of the faults, and none more often than it may be', () => {
    const mixes = [1, 2, 3, 4].map((seed) => drawMix(new Randomness(seed).of('mix')));
    expect(new Set(mixes.map((mix) => Object.keys(mix).join())).size).toBe(4);
    for (const mix of mixes) {
      expect(Object.keys(mix).length).toBeLessThan(faultNames.length);
      for (const [name, probability] of Object.entries(mix)) {
        expect(probability).toBeLessThanOrEqual(faultKinds[name as keyof typeof faultKinds].upTo);
      }
    }
  });

  it('has over many seeds every fault there is', () => {
    const drawn = Array.from({ length: 60 }, (_none, seed) => Object.keys(drawMix(new Randomness(seed).of('mix'))));
    expect(new Set(drawn.flat())).toEqual(new Set(faultNames));
  });
});

describe('a fault', () => {
  it('never strikes where the mix does not have it, nor once all is healed', () => {
    const some = faults({ 'worker-killed': 1 });
    expect(hits(some, 'timer-lost')).not.toContain(true);
    expect(hits(some, 'worker-killed', 3)).toEqual([true, true, true]);
    some.heal();
    expect(hits(some, 'worker-killed')).not.toContain(true);
  });

  it('strikes on the same occasions whatever other faults there are', () => {
    const alone = faults({ 'timer-lost': 0.5 });
    const among = faults({ 'timer-lost': 0.5, 'worker-killed': 0.5 });
    const mixed = Array.from({ length: 100 }, () => {
      among.hits('worker-killed');
      return among.hits('timer-lost');
    });
    expect(mixed).toEqual(hits(alone, 'timer-lost'));
  });

  it('is counted each time that it strikes', () => {
    const some = faults({ 'timer-lost': 0.5 });
    const struck = hits(some, 'timer-lost').filter(Boolean).length;
    expect(some.counts()).toEqual(new Map([['timer-lost', struck]]));
  });
});
