import type { Incident, Memory } from '../../../statemachines/incident';
import { SnapshotTooLargeError } from '../incident-store';

/** The memory as a head has it: with the hash of the plan in the plan's place. */
export type StoredMemory = Omit<Memory, 'planned'> & { readonly planned: string | null };

const atMost = 1_024;

/** It is written at every commit, so it is kept short: what it is called in the table. Each name is taken once, for ever. */
const stored: Readonly<Record<keyof Memory, string>> = {
  rung: 'r',
  starts: 's',
  spent: 'sp',
  lastStartAt: 'ls',
  sickSince: 'si',
  seenSickAt: 'se',
  echoes: 'e',
  traceless: 'tl',
  tier: 't',
  tries: 'tr',
  asked: 'as',
  deadlineAt: 'd',
  planned: 'p',
  handle: 'h',
  held: 'he',
  settledAt: 'st',
  approved: 'ap',
  notStartedAt: 'ns',
  gaveUp: 'g',
};
const names = Object.entries(stored) as readonly (readonly [keyof Memory, string])[];

/** The plan itself is in the history row of the commit that made it. Throws `SnapshotTooLargeError`. */
export function snapshotOf({ id, revision, memory }: Pick<Incident, 'id' | 'revision' | 'memory'>): string {
  const values: StoredMemory = { ...memory, planned: memory.planned?.planHash ?? null };
  const snapshot = JSON.stringify(Object.fromEntries(names.map(([name, short]) => [short, values[name]])));
  const size = Buffer.byteLength(snapshot);
  if (size > atMost) {
    throw new SnapshotTooLargeError(
      `The memory of incident ${id} at revision ${revision} takes ${size} bytes; at most ${atMost} are stored at each commit. Nothing was written. Keep what is long in the history, and in the memory a shorter word for it.`,
    );
  }
  return snapshot;
}

export function memoryIn(snapshot: string): StoredMemory {
  const values = JSON.parse(snapshot) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map(([name, short]) => [name, values[short]])) as unknown as StoredMemory;
}
