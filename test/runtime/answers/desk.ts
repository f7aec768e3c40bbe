import { answerLinks } from '../../../runtime/answers/answer-links';
import { answerPage, type AnswerDesk } from '../../../runtime/answers/answer-page';
import type { PageResponse } from '../../../runtime/answers/page-layout';
import { takeTicket, type Taken } from '../../../runtime/answers/answer-intake';
import { advance } from '../../../runtime/advance';
import type { Ticket } from '../../../runtime/store/ticket-store';
import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import type { Incident } from '../../../statemachines/incident';
import { anIncident } from '../../statemachines/incident';
import { scene, type Scene } from '../world';

/** A person before the page, and the worker behind it. */
export interface Desk {
  readonly it: Scene;
  readonly tickets: MemoryTickets;
  /** Hashes of tickets that the worker was told of, in order. */
  readonly sent: string[];
  readonly failures: unknown[];
  /** What the page is served with; a test may put something else in its place. */
  desk: AnswerDesk;
  /** The address in the message to a contact about the incident as it now stands. */
  link(kind?: 'approval' | 'escalated', incident?: string): Promise<string>;
  get(url: string, method?: string): Promise<PageResponse>;
  post(url: string, form: Readonly<Record<string, string>>): Promise<PageResponse>;
  /** The worker takes all messages that were sent so far. */
  work(): Promise<readonly Taken[]>;
  state(incident?: string): Promise<string | undefined>;
  /** Another incident falls sick in the same account. */
  open(rule: Parameters<typeof anIncident>[0], overrides: Partial<Incident>): Promise<void>;
}

/** Code and form of an approval of the plan that `aRemediation` makes. */
export async function approvalOf(desk: Desk, id = 'inc-1'): Promise<Record<string, string>> {
  const incident = await desk.it.store.read(id);
  const code = incident?.memory.planned?.planHash.slice(0, 4) ?? '';
  return { decision: 'approve', confirm: 'yes', code };
}

/** A desk, with incident `inc-1` of this rule just opened. */
export async function aDesk(
  rule: Parameters<typeof anIncident>[0],
  setting: Parameters<typeof scene>[0] = {},
  overrides: Partial<Incident> = {},
): Promise<Desk> {
  const it = scene(setting);
  const tickets = new MemoryTickets();
  const sent: string[] = [];
  const failures: unknown[] = [];
  let made = 0;
  const links = answerLinks({
    base: 'https://page.example.com/',
    tickets,
    // Another for each ticket, and the same in each run.
    random: (bytes) => new Uint8Array(bytes).fill((made += 1)),
    onFailure: (_incident, error) => failures.push(error),
  });
  const open: Desk['open'] = async (of, rest) => {
    const opened = { ...anIncident(of), ...rest };
    await advance(opened, { type: 'incident.opened', at: it.now, detail: 'alarm' }, [opened.id], it.world);
  };
  await open(rule, overrides);
  const desk: AnswerDesk = {
    tickets,
    incidents: it.store,
    send: async (ticket) => void sent.push(ticket),
    clock: it.world.clock,
    remediations: it.world.remediations,
    onFailure: (error) => failures.push(error),
  };
  const ask = (method: string, url: string, body = ''): Promise<PageResponse> =>
    answerPage({ method, path: new URL(url).pathname, body }, all.desk);
  const all: Desk = {
    it,
    tickets,
    sent,
    failures,
    desk,
    link: async (kind = 'approval', id = 'inc-1') => {
      const incident = await it.store.read(id);
      const link = incident && (await links.for(kind, 'oncall', incident, it.now));
      if (!link) throw new Error(`There is no link for ${id}.`);
      return link.url;
    },
    get: (url, method = 'GET') => ask(method, url),
    post: (url, form) => ask('POST', url, new URLSearchParams(form).toString()),
    work: async () => {
      const door = { incidents: it.incidents, store: it.store, tickets };
      const taken: Taken[] = [];
      for (const hash of sent.splice(0)) taken.push(await takeTicket(hash, door));
      return taken;
    },
    open,
    state: async (id = 'inc-1') => (await it.store.read(id))?.state,
  };
  return all;
}

/** A ticket for the plan of `inc-1`. */
export const aTicket = (overrides: Partial<Ticket> = {}): Ticket => ({
  hash: '0'.repeat(64),
  incident: 'inc-1',
  purpose: 'approval',
  planHash: 'hash-1',
  contact: 'oncall',
  expiresAt: 1_800_000,
  ...overrides,
});
