import { hasEnded, states as allStates, type State } from '../../../statemachines/incident';
import type { IncidentSummary, Wake } from '../incident-store';
import { due, envelopeOf, openList, parkedList, type Envelope } from './head';
import { headKey, incidentOf } from './keys';
import { number, numberIn, text, type Row } from './row';
import type { Table } from './table';
import { dueIndex, stateIndex } from './table-definition';

/** What the indexes know. They may lag; what they lead to is read as it stands. */
export async function dueIn(table: Table, before: number, atMost: number): Promise<readonly Wake[]> {
  const pages = table.query({
    IndexName: dueIndex,
    KeyConditionExpression: '#due = :due AND #wakeAt < :before',
    ExpressionAttributeNames: { '#due': 'due', '#wakeAt': 'wakeAt' },
    ExpressionAttributeValues: { ':due': text(due), ':before': number(before) },
    Limit: atMost,
  });
  const rows = await gather(pages, atMost, async (page) => page);
  return rows.map((row) => ({
    incident: incidentOf(row),
    at: numberIn(row, 'wakeAt'),
    revision: numberIn(row, 'wakeBy'),
  }));
}

/** The latest opened first. */
export async function listIn(
  table: Table,
  states: readonly State[],
  atMost: number,
): Promise<readonly IncidentSummary[]> {
  const ends = allStates.filter((state) => hasEnded({ state }) && states.includes(state));
  const lists = [...ends, ...(states.length > ends.length ? [openList] : []), parkedList];
  const found = await Promise.all(
    lists.map((list) => listed(table, list, atMost, 'latest', ({ state }) => states.includes(state))),
  );
  // Between two lists that were read one after the other an incident can move.
  const once = new Map(found.flat().map((summary) => [summary.id, summary]));
  return [...once.values()].sort((one, other) => other.openedAt - one.openedAt).slice(0, atMost);
}

/** The first opened first. */
export async function parkedIn(table: Table, atMost: number): Promise<readonly IncidentSummary[]> {
  return listed(table, parkedList, atMost, 'first', ({ parked }) => parked !== undefined);
}

async function listed(
  table: Table,
  list: string,
  atMost: number,
  order: 'first' | 'latest',
  isWanted: (head: Envelope) => boolean,
): Promise<readonly IncidentSummary[]> {
  const pages = table.query({
    IndexName: stateIndex,
    KeyConditionExpression: '#listed = :listed',
    ExpressionAttributeNames: { '#listed': 'listed' },
    ExpressionAttributeValues: { ':listed': text(list) },
    ScanIndexForward: order === 'first',
    Limit: pageOf(atMost),
  });
  return gather(pages, atMost, async (page) => {
    const ids = page.map(incidentOf);
    const heads = new Map([...(await table.getAll(ids.map(headKey))).values()].map((head) => [incidentOf(head), head]));
    return ids
      .flatMap((id) => {
        const head = heads.get(id);
        return head ? [envelopeOf(head)] : [];
      })
      .filter(isWanted)
      .map(summaryOf);
  });
}

/** A page is what one BatchGetItem reads the heads of, or less where less is asked for. */
const pageOf = (atMost: number): number => Math.min(Math.max(atMost, 10), 100);

async function gather<T>(
  pages: AsyncGenerator<readonly Row[]>,
  atMost: number,
  read: (page: readonly Row[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...(await read(page)));
    if (found.length >= atMost) break;
  }
  return found.slice(0, atMost);
}

function summaryOf({ id, revision, condition, resource, openedAt, rule, state, parked }: Envelope): IncidentSummary {
  return { id, revision, condition, resource, openedAt, rule, state, ...(parked !== undefined && { parked }) };
}
