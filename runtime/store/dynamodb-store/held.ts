import { isWithPeople } from '../../../statemachines/incident';
import type { Envelope } from './head';
import { number, numberIn, text, textIn, type Row } from './row';

/** What names an incident, and the revision whose commit wrote it. */
export interface Pointer {
  readonly incident: string;
  readonly revision: number;
}

export const pointer = (incident: string, revision: number): Row => ({
  incident: text(incident),
  revision: number(revision),
});

export const pointerIn = (row: Row): Pointer => ({
  incident: textIn(row, 'incident'),
  revision: numberIn(row, 'revision'),
});

/**
 * Claims and starts as they were read, with the heads of all who are named there. Nothing is written to let go: an incident
 * that has ended, or has claimed anew, holds no more what an older row says, and neither can ever be undone.
 */
export interface Held {
  readonly rows: ReadonlyMap<string, Row>;
  readonly heads: ReadonlyMap<string, Envelope>;
}

/** Whether the claim that a row tells of still stands. What is not sure counts as standing. */
export function stands({ incident, revision }: Pointer, { heads }: Held): boolean {
  const head = heads.get(incident);
  // Rows of one transaction appear one by one: this head is still to come.
  if (!head || head.revision < revision) return true;
  return !head.ended && head.claim === revision;
}

/** Whether it stands, and people have not taken over. */
export function isTouching(one: Pointer, held: Held): boolean {
  const head = held.heads.get(one.incident);
  return stands(one, held) && !(head && isWithPeople(head));
}
