import type { Envelope } from '../../signals/envelope';
import { parseEnvelope } from '../../signals/envelope';

/** What was found where events are kept. */
export type Found =
  | {
      readonly kind: 'event';
      readonly envelope: Envelope;
      /** The day that it is filed under, like `2026-03-01`. */ readonly day: string;
    }
  /** Something else than an event. */
  | { readonly kind: 'unreadable' };

/** Some of what there is, in its order. */
export interface Batch {
  readonly found: Iterable<Found> | AsyncIterable<Found>;
  /** Where to go on; undefined where that was all. */
  readonly next: string | undefined;
  /** Whether AWS knows `next` for good, and not just for a day. */
  readonly lasting: boolean;
  /** How far it has come, for people. */
  readonly reached: string;
}

/** Where events are kept, to be read in one order again and again. */
export interface EventSource {
  /** For people. */
  readonly name: string;
  /** Reads on from where a batch said, or from the beginning. Throws what AWS answers, and a `StalePlaceError`. */
  read(place: string | undefined): Promise<Batch>;
}

/** AWS knows the place no more: go back to the last one that lasts. */
export class StalePlaceError extends Error {
  override readonly name = 'StalePlaceError';
}

/** The event that some JSON is, filed under a day; `undefined` for one that is outside of what is asked for. */
export function foundIn(json: unknown, dayFor: (envelope: Envelope) => string | undefined): Found | undefined {
  const parsed = parseEnvelope(json);
  if (parsed.kind === 'invalid') return { kind: 'unreadable' };
  const day = dayFor(parsed.envelope);
  return day === undefined ? undefined : { kind: 'event', envelope: parsed.envelope, day };
}
