import { startsKeptSeconds, type Start } from '../../../statemachines/quota';
import type { Claim } from '../incident-store';
import { isTouching, type Held, type Pointer } from './held';
import { keyName, ledgerKey } from './keys';
import { packed, unpacked } from './packing';
import { number, numberIn, type Row } from './row';

/** A start as it is written down; whether its incident is touching something still, its head tells. */
type WrittenStart = Pointer & Omit<Start, 'touching'>;

/** All that rules have started lately, in one row: a claim is written on condition that nobody else has claimed meanwhile. */
interface Ledger {
  /** Rises with each change; 0 where there is no row. */
  readonly version: number;
  readonly starts: readonly WrittenStart[];
}

export function ledgerOf(row: Row | undefined): Ledger {
  if (!row) return { version: 0, starts: [] };
  return { version: numberIn(row, 'version'), starts: unpacked(row['starts']) as Ledger['starts'] };
}

const ledgerIn = (held: Held): Ledger => ledgerOf(held.rows.get(keyName(ledgerKey)));

const counts = (start: WrittenStart, at: number, held: Held): boolean =>
  start.at > at - startsKeptSeconds * 1_000 || isTouching(start, held);

/** The starts that count. */
export function startsFrom(held: Held, at: number): readonly Start[] {
  return ledgerIn(held)
    .starts.filter((start) => counts(start, at, held))
    .map((start) => ({
      incident: start.incident,
      at: start.at,
      scopes: start.scopes,
      touching: isTouching(start, held),
    }));
}

/** The attributes of the ledger with this claim in it, and without what no longer counts. */
export function ledgerAfter({ incident, revision }: Pointer, { at, scopes }: Claim, held: Held): Row {
  const { version, starts } = ledgerIn(held);
  const kept = starts.filter((start) => counts(start, at, held));
  return { version: number(version + 1), starts: packed([...kept, { incident, revision, at, scopes }]) };
}
