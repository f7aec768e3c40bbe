import { isWithPeople } from '../../../statemachines/incident';
import type { Claim, Holdings } from '../incident-store';
import { envelopeOf, type Envelope } from './head';
import { budgetKey, claimKey, headKey, keyName } from './keys';
import { number, numberIn, text, textIn, type Row } from './row';
import type { Table } from './table';

const hour = 60 * 60 * 1_000;

/** A row that names an incident, and the revision whose commit wrote it. */
interface Pointer {
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

/** What a rule has started and is touching. */
interface Budget {
  /** Rises with each change; 0 where there is no row. */
  readonly version: number;
  readonly starts: readonly number[];
  readonly touching: readonly Pointer[];
}

export function budgetOf(row: Row | undefined): Budget {
  if (!row) return { version: 0, starts: [], touching: [] };
  const { starts, touching } = JSON.parse(textIn(row, 'budget')) as Pick<Budget, 'starts' | 'touching'>;
  return { version: numberIn(row, 'version'), starts, touching };
}

/**
 * Claims and budgets as they were read, with the heads of all who are named there. Nothing is written to let go: an incident
 * that has ended, or has claimed anew, holds no more what an older row says, and neither can ever be undone.
 */
export interface Held {
  readonly rows: ReadonlyMap<string, Row>;
  readonly heads: ReadonlyMap<string, Envelope>;
}

/** Keys of the rows that a claim stands or falls with. */
export function keysOfClaim(rule: string, resources: readonly string[]): readonly Row[] {
  return [budgetKey(rule), ...resources.map(claimKey)];
}

/** Reads these rows, then who is named in them. */
export async function readHeld(table: Table, keys: readonly Row[]): Promise<Held> {
  const rows = await table.getAll(keys);
  const named = [...rows.values()].flatMap((row) => [
    ...(row['incident'] ? [pointerIn(row).incident] : []),
    ...(row['budget'] ? budgetOf(row).touching.map(({ incident }) => incident) : []),
  ]);
  const heads = await table.getAll(named.map(headKey));
  return { rows, heads: new Map([...heads.values()].map(envelopeOf).map((head) => [head.id, head])) };
}

/** Whether the claim that a row tells of still stands. What is not sure counts as standing. */
function stands({ incident, revision }: Pointer, { heads }: Held): boolean {
  const head = heads.get(incident);
  // Rows of one transaction appear one by one: this head is still to come.
  if (!head || head.revision < revision) return true;
  return !head.ended && head.claim === revision;
}

const isTouching = (one: Pointer, held: Held): boolean => {
  const head = held.heads.get(one.incident);
  return stands(one, held) && !(head && isWithPeople(head));
};

/** What the limits are held against. */
export function holdingsFrom(
  held: Held,
  incident: string,
  rule: string,
  resources: readonly string[],
  at: number,
): Holdings {
  const heldByOthers = resources.flatMap((resource) => {
    const row = held.rows.get(keyName(claimKey(resource)));
    const holder = row && pointerIn(row);
    if (!holder || holder.incident === incident || !stands(holder, held)) return [];
    return [{ resource, incident: holder.incident }];
  });
  const { touching, starts } = budgetOf(held.rows.get(keyName(budgetKey(rule))));
  return {
    heldByOthers,
    touchingNow: touching.filter((one) => one.incident !== incident && isTouching(one, held)).length,
    startsInLastHour: startsSince(starts, at - hour).length,
  };
}

export function fits(incident: string, { rule, resources, at, atOnce, perHour }: Claim, held: Held): boolean {
  const { heldByOthers, touchingNow, startsInLastHour } = holdingsFrom(held, incident, rule, resources, at);
  return heldByOthers.length === 0 && touchingNow < atOnce && startsInLastHour < perHour;
}

/** The budget with this claim in it, and without what no longer counts. */
export function budgetAfter({ incident, revision }: Pointer, { rule, at }: Claim, held: Held): Row {
  const { version, starts, touching } = budgetOf(held.rows.get(keyName(budgetKey(rule))));
  const others = touching.filter((one) => one.incident !== incident && isTouching(one, held));
  const budget = {
    starts: [...startsSince(starts, at - hour), at],
    touching: [...others, { incident, revision }],
  };
  return { version: number(version + 1), budget: text(JSON.stringify(budget)) };
}

const startsSince = (starts: readonly number[], since: number): readonly number[] =>
  starts.filter((start) => start > since);
