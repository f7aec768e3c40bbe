import type { EpochMillis } from '../../../signals/signal';
import type { Scope } from '../../../statemachines/scope';
import { sightingsAtMost, type Sighting } from '../../../statemachines/storm';
import { FadingMap } from './fading-map';

/** Longer than a storm can matter under any policy: 13 hours. */
const keptFor = 24 * 60 * 60 * 1_000;

/** What fell sick in each scope, as much of it as anybody may ask for. */
export class SightingBook {
  readonly #seen = new FadingMap<readonly Sighting[]>(keptFor);

  /** Scopes of which anything is remembered. */
  get size(): number {
    return this.#seen.size;
  }

  add(scope: Scope, sighting: Sighting): void {
    const seen = this.#seen.get(scope) ?? [];
    // It is mostly the latest: then none is before it.
    const earlier = seen.findIndex(({ at }) => at <= sighting.at);
    const place = earlier < 0 ? seen.length : earlier;
    const latest = [...seen.slice(0, place), sighting, ...seen.slice(place, sightingsAtMost)];
    this.#seen.set(scope, latest.slice(0, sightingsAtMost), sighting.at);
  }

  /** The latest first. */
  since(scope: Scope, since: EpochMillis): readonly Sighting[] {
    const seen = this.#seen.get(scope) ?? [];
    const earlier = seen.findIndex(({ at }) => at < since);
    return earlier < 0 ? seen : seen.slice(0, earlier);
  }
}
