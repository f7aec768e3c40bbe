import type { EpochMillis } from '../signals/signal';

/** One resource that fell sick. */
export interface Sighting {
  /** Key of the resource. */
  readonly resource: string;
  readonly at: EpochMillis;
}

/** When so many fall sick together that it is no longer each one's own sickness. */
export interface StormLimits {
  /** Different resources that fell sick within the time below. */
  readonly group: number;
  readonly zone: number;
  readonly region: number;
  readonly withinSeconds: number;
  /** Members of a group that may be sick at once, in percent. */
  readonly sickPercent: number;
  /** How long it must have been calm before anything starts again. */
  readonly coolDownSeconds: number;
  /** After that, for as long again, starts in the scope are at least so far apart. */
  readonly paceSeconds: number;
}

/** How a scope stands. */
export type Weather =
  | { readonly kind: 'calm' }
  /** `until`, if nothing more falls sick. */
  | { readonly kind: 'storm'; readonly resources: number; readonly until: EpochMillis }
  /** The storm is over, and what was held back is let go one by one. */
  | { readonly kind: 'clearing'; readonly until: EpochMillis };

const second = 1_000;

/** Sightings that are worth reading: no threshold may be higher, and a storm beyond it is a storm all the same. */
export const sightingsAtMost = 100;

/** Seconds back from now that a storm can still matter. */
export function stormMattersFor({ withinSeconds, coolDownSeconds }: StormLimits): number {
  return withinSeconds + 2 * coolDownSeconds;
}

/** How a scope stands in which these were seen: in any order, a resource as often as it fell sick. */
export function weatherOf(
  sightings: readonly Sighting[],
  threshold: number,
  limits: Pick<StormLimits, 'withinSeconds' | 'coolDownSeconds'>,
  now: EpochMillis,
): Weather {
  // Fewer sightings than that are not as many resources.
  if (sightings.length === 0 || sightings.length < threshold) return { kind: 'calm' };
  const within = limits.withinSeconds * second;
  const coolDown = limits.coolDownSeconds * second;
  const seen = sightings.filter(({ at }) => at <= now).sort((one, other) => other.at - one.at);
  // The last that as many fell sick together with: they are together until it lies too far back.
  const last = lastTogether(seen, threshold, within);
  if (!last) return { kind: 'calm' };
  const until = last.at + within + coolDown;
  if (now < until) return { kind: 'storm', resources: resourcesSince(seen, last.at - within), until };
  return now < until + coolDown ? { kind: 'clearing', until: until + coolDown } : { kind: 'calm' };
}

/**
 * The latest from which on so many different resources were seen within so many milliseconds. `seen` is sorted, the latest first;
 * each enters the window once and leaves it once, since this is asked of every scope at each admission.
 */
function lastTogether(seen: readonly Sighting[], threshold: number, within: number): Sighting | undefined {
  const inWindow = new Map<string, number>();
  let leaving = 0;
  for (const [index, sighting] of seen.entries()) {
    for (let late = seen[leaving]; late && late.at >= sighting.at + within; late = seen[leaving]) {
      const count = (inWindow.get(late.resource) ?? 0) - 1;
      if (count > 0) inWindow.set(late.resource, count);
      else inWindow.delete(late.resource);
      leaving += 1;
    }
    inWindow.set(sighting.resource, (inWindow.get(sighting.resource) ?? 0) + 1);
    // Those of one instant are together whatever their order.
    if (inWindow.size >= threshold && seen[index + 1]?.at !== sighting.at) return sighting;
  }
  return undefined;
}

function resourcesSince(seen: readonly Sighting[], from: EpochMillis): number {
  return new Set(seen.filter(({ at }) => at >= from).map(({ resource }) => resource)).size;
}
