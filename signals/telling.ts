import { z } from 'zod';
import type { Envelope } from './envelope';
import { isPrintable, plainText } from './plain-text';
import { type EpochMillis, type Evidence, type ProgressSignal, type Resource, resourceKey } from './signal';

interface Told {
  /** Name of the source. */
  readonly source: string;
  readonly resource: Resource;
  /** What sets this fact apart from any other about the resource that the source may tell, however often it is delivered. */
  readonly fact: string;
  /** As AWS words it; it is shortened and cleaned here. */
  readonly detail: string;
  /** When it happened, if the event knows better than its envelope. */
  readonly at?: EpochMillis | undefined;
  readonly evidence?: Evidence;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What signals of every kind have in common, filled in from the event that told it. */
export function telling(event: Envelope, told: Told): Omit<ProgressSignal, 'kind'> {
  const tags = Object.entries(told.tags ?? {}).filter(([key, value]) => isPrintable(key) && isPrintable(value));
  return {
    dedupKey: `${told.source}/${resourceKey(told.resource)}/${told.fact}`,
    eventId: event.id,
    source: told.source,
    resource: told.resource,
    at: told.at ?? event.at,
    detail: plainText(told.detail),
    evidence: told.evidence ?? {},
    tags: Object.fromEntries(tags),
  };
}

/** Text that names something, and so goes into keys and calls: no control characters, at most 1,600 characters. */
export const nameText = z.string().min(1).max(1600).refine(isPrintable, 'it has control characters');
