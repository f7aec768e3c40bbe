import { fitsQuotas } from '../../../statemachines/quota';
import type { Claim, Holdings } from '../incident-store';
import { envelopeOf } from './head';
import { pointerIn, stands, type Held } from './held';
import { claimKey, headKey, keyName, ledgerKey } from './keys';
import { ledgerOf, startsFrom } from './ledger';
import type { Row } from './row';
import type { Table } from './table';

/** Keys of the rows that a claim stands or falls with. */
export function keysOfClaim(resources: readonly string[]): readonly Row[] {
  return [ledgerKey, ...resources.map(claimKey)];
}

/** Reads these rows, then who is named in them. */
export async function readHeld(table: Table, keys: readonly Row[]): Promise<Held> {
  const rows = await table.getAll(keys);
  const named = [...rows.values()].flatMap((row) => [
    ...(row['incident'] ? [pointerIn(row).incident] : []),
    ...(row['starts'] ? ledgerOf(row).starts.map(({ incident }) => incident) : []),
  ]);
  const heads = await table.getAll(named.map(headKey));
  return { rows, heads: new Map([...heads.values()].map(envelopeOf).map((head) => [head.id, head])) };
}

/** What the limits are held against. */
export function holdingsFrom(held: Held, incident: string, resources: readonly string[], at: number): Holdings {
  const heldByOthers = resources.flatMap((resource) => {
    const row = held.rows.get(keyName(claimKey(resource)));
    const holder = row && pointerIn(row);
    if (!holder || holder.incident === incident || !stands(holder, held)) return [];
    return [{ resource, incident: holder.incident }];
  });
  return { heldByOthers, starts: startsFrom(held, at) };
}

export function fits(incident: string, { resources, at, quotas }: Claim, held: Held): boolean {
  const { heldByOthers, starts } = holdingsFrom(held, incident, resources, at);
  return heldByOthers.length === 0 && fitsQuotas(quotas, starts, incident, at);
}
