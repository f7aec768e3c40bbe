import type { Commit, HistoryEntry } from '../runtime/store/incident-store';
import type { EpochMillis } from '../signals/signal';
import type { Incident } from '../statemachines/incident';

/** Number of the shape of a history as it is written. It rises when a program that knows only this one could not read it. */
export const historyFormat = 1;

/** One line of a history. */
export interface RecordedEntry extends HistoryEntry {
  /**
   * When it was to be woken next, on the last entry of each commit: null where nothing was to wake it. Absent on all other
   * entries, and where whoever wrote the history could not know.
   */
  readonly wakeAt?: EpochMillis | null;
}

/** One incident as it was decided: all that the machine was told, and what became of it. JSON. */
export interface History {
  readonly format: typeof historyFormat;
  /** Version of the program that wrote this. */
  readonly release: string;
  /**
   * Of a replay: no worker died or was overtaken, so that all that the machine asked for was answered at once. Absent where
   * workers may have.
   */
  readonly uninterrupted?: true;
  /** As it was before its first event. */
  readonly opened: Pick<
    Incident,
    'id' | 'machine' | 'rule' | 'condition' | 'resource' | 'evidence' | 'place' | 'openedAt'
  >;
  /** Oldest first. */
  readonly entries: readonly RecordedEntry[];
  /** As it stood after the last entry. */
  readonly ended: Pick<Incident, 'revision' | 'state' | 'memory' | 'wake'>;
}

/** The history of an incident as a store keeps it. */
export function historyOf(incident: Incident, entries: readonly RecordedEntry[], release: string): History {
  const { id, machine, rule, condition, resource, evidence, place, openedAt } = incident;
  const { revision, state, memory, wake } = incident;
  return {
    format: historyFormat,
    release,
    opened: { id, machine, rule, condition, resource, evidence, place, openedAt },
    entries,
    ended: { revision, state, memory, wake },
  };
}

/** Writes the histories of a replay: it listens to the commits, for these alone tell when an incident was to be woken. */
export class HistoryRecorder {
  readonly #wakes = new WeakMap<HistoryEntry, EpochMillis | null>();

  constructor(private readonly release: string) {}

  readonly onCommit = ({ incident, entries }: Commit): void => {
    const last = entries.at(-1);
    if (last) this.#wakes.set(last, incident.wake?.at ?? null);
  };

  /** For as long as these are the very entries that were committed. */
  historyOf(incident: Incident, history: readonly HistoryEntry[]): History {
    const entries = history.map((entry) => {
      const wakeAt = this.#wakes.get(entry);
      return wakeAt === undefined ? entry : { ...entry, wakeAt };
    });
    return { ...historyOf(incident, entries, this.release), uninterrupted: true };
  }
}
