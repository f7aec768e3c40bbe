import { linesOf } from '../runtime/story/timeline';
import type { Decision } from '../runtime/intake';
import type { EpochMillis } from '../signals/signal';
import { timeOf, type Recorded } from './recorded-events';
import { setStage, type StageSetting } from './stage';

/** A line of somebody's story, as it happens. */
export type Narrate = (line: { readonly at: EpochMillis; readonly incident: string; readonly text: string }) => void;

/** Homeostat on an account in this process: what is sent to it happens there, in virtual time that leaps ahead. */
export interface EmbeddedService {
  /** Takes one event and answers what was decided; what follows from it goes on afterwards. */
  take(event: unknown): Promise<readonly Decision[]>;
  /** Runs on until nothing is under way. */
  settle(): Promise<void>;
}

/** Starts at `startsAt`; every line of every incident is narrated as soon as it is committed. */
export function embeddedService(
  startsAt: EpochMillis,
  setting: Omit<StageSetting, 'onCommit' | 'onEnd'>,
  narrate: Narrate,
): EmbeddedService {
  const stage = setStage(startsAt, {
    ...setting,
    onCommit: ({ incident, entries }) => {
      for (const entry of entries) {
        for (const text of linesOf(entry, incident)) narrate({ at: entry.at, incident: incident.id, text });
      }
    },
  });
  // One thing at a time: an event that comes while the clock runs waits for its turn.
  let busy: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = busy.then(work);
    busy = done.catch(() => undefined);
    return done;
  };
  return {
    take: (event) =>
      inTurn(async () => {
        const recorded: Recorded = { kind: 'event', event, position: '' };
        const time = timeOf(recorded);
        if (Number.isFinite(time)) await stage.clock.runUntil(time);
        return stage.play(event);
      }),
    settle: () =>
      inTurn(async () => {
        while (await stage.clock.step()) {
          // Each step may make more to do.
        }
      }),
  };
}
