import { weatherOf, type Sighting } from '../../statemachines/storm';

const minute = 60_000;
const limits = { withinSeconds: 300, coolDownSeconds: 600 };
/** One resource each minute, from the beginning. */
const eachMinute = (count: number): Sighting[] =>
  Array.from({ length: count }, (_none, index) => ({ resource: `r-${index}`, at: index * minute }));
const at = (now: number, sightings: readonly Sighting[] = eachMinute(4)) => weatherOf(sightings, 4, limits, now);

describe('a storm', () => {
  it('begins with the one that makes it too many, and not before', () => {
    expect(at(3 * minute - 1).kind).toBe('calm');
    expect(at(3 * minute)).toEqual({ kind: 'storm', resources: 4, until: 15 * minute });
  });

  it('is over when it has been calm for the cool-down, and clears for as long again', () => {
    expect(at(15 * minute - 1).kind).toBe('storm');
    expect(at(15 * minute)).toEqual({ kind: 'clearing', until: 25 * minute });
    expect(at(25 * minute).kind).toBe('calm');
  });

  it('goes on as long as as many fall sick together', () => {
    expect(at(20 * minute, eachMinute(20))).toEqual({ kind: 'storm', resources: 9, until: 31 * minute });
  });

  it('is none when the same one falls sick again and again, or when they are far apart', () => {
    const same = eachMinute(10).map((sighting) => ({ ...sighting, resource: 'r-0' }));
    expect(at(10 * minute, same).kind).toBe('calm');
    const apart = eachMinute(10).map((sighting) => ({ ...sighting, at: sighting.at * 2 }));
    expect(at(20 * minute, apart).kind).toBe('calm');
  });

  it('is seen whatever the order in which they are told, and not before it happened', () => {
    expect(at(3 * minute, eachMinute(4).toReversed()).kind).toBe('storm');
    expect(at(2 * minute, eachMinute(9)).kind).toBe('calm');
  });
});
