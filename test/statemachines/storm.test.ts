import fc from 'fast-check';
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

describe('the weather of a scope', () => {
  /** The last sighting that as many fell sick with, by counting for each one anew. */
  function lastByCounting(sightings: readonly Sighting[], threshold: number, now: number): number | undefined {
    const within = limits.withinSeconds * 1_000;
    const seen = sightings.filter((one) => one.at <= now);
    const together = ({ at: from }: Sighting): number =>
      new Set(seen.filter((one) => one.at >= from && one.at < from + within).map(({ resource }) => resource)).size;
    const lasts = seen.filter((one) => together(one) >= threshold).map((one) => one.at);
    return lasts.length === 0 ? undefined : Math.max(...lasts);
  }

  it('is a storm by the last that as many fell sick together with, whatever fell sick when', () => {
    const sighting = fc.record({
      resource: fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4', 'r-5'),
      at: fc.integer({ min: 0, max: 40 }).map((half) => (half * minute) / 2),
    });
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (sightings, threshold) => {
        const now = 15 * minute;
        const weather = weatherOf(sightings, threshold, limits, now);
        const last = lastByCounting(sightings, threshold, now);
        const until = last === undefined ? undefined : last + 15 * minute;
        const stormy = until === undefined || now >= until + 10 * minute ? 'calm' : now < until ? 'storm' : 'clearing';
        expect(weather).toMatchObject(stormy === 'storm' ? { kind: stormy, until } : { kind: stormy });
      }),
      { numRuns: 500 },
    );
  });
});
