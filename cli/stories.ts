import { UnreadableIncidentError, type IncidentStore } from '../runtime/store/incident-store';
import type { Story } from '../runtime/story/track-record/story';
import type { EpochMillis } from '../signals/signal';
import { states } from '../statemachines/incident';
import { canAdvance } from '../statemachines/step';

/** What to read of a store. */
export interface Reach {
  readonly since: EpochMillis;
  /** Name of the one rule that is asked for; absent for all. */
  readonly rule?: string;
  /** Most incidents that are looked at; the latest of them. */
  readonly atMost: number;
}

/** What was read. */
export interface Stories {
  readonly stories: readonly Story[];
  /** Whether there are more than were looked at. */
  readonly cut: boolean;
  /** Ids of incidents that this version cannot read. */
  readonly unreadable: readonly string[];
}

/** Incidents that are read at one time: a table that others need is not to be stormed. */
const together = 8;

/** The incidents that were opened since then, with their histories. */
export async function readStories(store: IncidentStore, { since, rule, atMost }: Reach): Promise<Stories> {
  const listed = await store.list(states, atMost + 1);
  const recent = listed.slice(0, atMost).filter(({ openedAt }) => openedAt >= since);
  const wanted = recent.filter((one) => rule === undefined || one.rule === rule);
  const stories: Story[] = [];
  const unreadable: string[] = [];
  for (let from = 0; from < wanted.length; from += together) {
    const batch = wanted.slice(from, from + together);
    for (const read of await Promise.all(batch.map(({ id }) => readStory(store, id)))) {
      if (read.kind === 'story') stories.push(read.story);
      else if (read.kind === 'unreadable') unreadable.push(read.id);
    }
  }
  const oldestListed = listed.at(-1);
  return { stories, unreadable, cut: listed.length > atMost && (oldestListed?.openedAt ?? 0) >= since };
}

type Read =
  | { readonly kind: 'story'; readonly story: Story }
  | { readonly kind: 'unreadable'; readonly id: string }
  | { readonly kind: 'gone' };

async function readStory(store: IncidentStore, id: string): Promise<Read> {
  try {
    const incident = await store.read(id);
    if (!incident) return { kind: 'gone' };
    // Another machine's history may say the same in other words.
    if (!canAdvance(incident)) return { kind: 'unreadable', id };
    return { kind: 'story', story: { incident, history: await store.history(id) } };
  } catch (error) {
    if (error instanceof UnreadableIncidentError) return { kind: 'unreadable', id };
    throw error;
  }
}
