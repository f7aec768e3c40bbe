import { hasEnded } from '../../../statemachines/incident';
import type { Commit } from '../incident-store';
import { fits, keysOfClaim, readHeld } from './claims';
import { pointerIn, type Held } from './held';
import { historyRowOf } from './history-row';
import { aboutKey, headKey, headPrefix, incidentPartition, keyName, seenKey } from './keys';
import { numberIn, type Row } from './row';
import type { Table } from './table';
import { takenNothing, type Taken } from './writes';

interface Sound {
  readonly kind: 'sound';
  readonly held: Held;
  readonly taken: Taken;
}

/** What a commit rests on, as it was read just before. */
export type Ground = Sound | { readonly kind: 'lost' } | { readonly kind: 'claimRefused' };

const nothing: Sound = { kind: 'sound', held: { rows: new Map(), heads: new Map() }, taken: takenNothing };

/** Most commits rest on their revision alone, and nothing is read for them: those that neither open, nor claim, nor end. */
export async function groundOf(commit: Commit, table: Table): Promise<Ground> {
  const { incident, claim } = commit;
  const opens = incident.revision === 1;
  if (!opens && !claim && !hasEnded(incident)) return nothing;
  if (!opens && !claim) return { ...nothing, taken: await takenBy(incident.id, table) };

  const keys = [
    headKey(incident.id),
    ...commit.signals.map(seenKey),
    ...(opens ? [aboutKey(incident)] : []),
    ...(claim ? keysOfClaim(claim.resources) : []),
  ];
  const [held, taken] = await Promise.all([readHeld(table, keys), opens ? takenNothing : takenBy(incident.id, table)]);
  if (isLost(commit, held)) return { kind: 'lost' };
  if (claim && !fits(incident.id, claim, held)) return { kind: 'claimRefused' };
  return { kind: 'sound', held, taken };
}

/** Whether the commit would lose. Seen here it costs no writes; what changes after this look, its conditions see. */
function isLost({ incident, signals }: Commit, { rows, heads }: Held): boolean {
  const find = (key: Row): Row | undefined => rows.get(keyName(key));
  const head = find(headKey(incident.id));
  const about = find(aboutKey(incident));
  const isOpen = about && !heads.get(pointerIn(about).incident)?.ended;
  return (
    (head ? numberIn(head, 'revision') : 0) !== incident.revision - 1 ||
    (incident.revision === 1 && !!isOpen) ||
    signals.some((signal) => find(seenKey(signal)))
  );
}

async function takenBy(id: string, table: Table): Promise<Taken> {
  const rows = await table.partition(incidentPartition(id), `${headPrefix}/`);
  const bodies = rows.map((row) => historyRowOf(row).body);
  return {
    watches: [...new Set(bodies.flatMap(({ watches = [] }) => watches))],
    claims: bodies.findLast(({ claims }) => claims)?.claims ?? [],
  };
}
