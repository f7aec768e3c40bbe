import type { Incident } from '../../../statemachines/incident';
import { UnreadableIncidentError } from '../incident-store';
import { checkSchema, envelopeOf, incidentFrom, unreadableIncident } from './head';
import { historyRowOf } from './history-row';
import { headPrefix, incidentPartition } from './keys';
import type { Patience } from './patience';
import { textIn, type Row } from './row';
import type { Table } from './table';

/** The head and the history rows that it rests on, in one request. */
interface Found {
  readonly head: Row;
  readonly rows: readonly Row[];
}

async function find(id: string, table: Table): Promise<Found | undefined> {
  const found = await table.partition(incidentPartition(id), headPrefix);
  const head = found.find((row) => textIn(row, 'sk') === headPrefix);
  return head && { head, rows: found.filter((row) => row !== head) };
}

/** Undefined where there is none; throws `UnreadableIncidentError`. */
export async function readIncident(id: string, table: Table, patience: Patience): Promise<Incident | undefined> {
  const found = await find(id, table);
  return found && whole(id, found, table, patience);
}

/** The incident if it is open; if it cannot be read, one that stands for it. */
export async function readOrStandIn(id: string, table: Table, patience: Patience): Promise<Incident | undefined> {
  const found = await find(id, table);
  if (!found || envelopeOf(found.head).ended) return undefined;
  try {
    return await whole(id, found, table, patience);
  } catch (error) {
    if (!(error instanceof UnreadableIncidentError)) throw error;
    return unreadableIncident(found.head);
  }
}

const looksAtMost = 3;

/** While a transaction is being applied, its head can show before its history row: then it is looked for again. */
async function whole(id: string, first: Found, table: Table, patience: Patience): Promise<Incident | undefined> {
  let found: Found | undefined = first;
  for (let looks = 0; found; looks += 1) {
    const incident = parse(id, found);
    if (incident) return incident;
    if (looks + 1 === looksAtMost) {
      throw new UnreadableIncidentError(
        `Incident ${id} lacks the history row with its opening or its plan. Look at its rows in the table; close the incident by hand if they are gone.`,
      );
    }
    await patience.wait(looks, `reading incident ${id}`);
    found = await find(id, table);
  }
  return undefined;
}

function parse(id: string, { head, rows }: Found): Incident | undefined {
  checkSchema(head);
  try {
    return incidentFrom(head, rows.map(historyRowOf));
  } catch (cause) {
    throw new UnreadableIncidentError(
      `Incident ${id} is stored in a way that this program cannot read: ${(cause as Error).message} It is left alone: run the release that wrote it.`,
      { cause },
    );
  }
}
