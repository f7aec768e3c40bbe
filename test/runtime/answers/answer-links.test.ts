import { answerLinks, type LinkMaking } from '../../../runtime/answers/answer-links';
import { hashOf, isToken, tokenOf } from '../../../runtime/answers/token';
import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import { notificationKinds } from '../../../statemachines/effect';
import type { Incident } from '../../../statemachines/incident';
import { Life, planMade } from '../../statemachines/incident';

const minute = 60_000;
const asked = (): Incident =>
  Life.opened({ mode: 'approve' }).happens({ type: 'symptom.present', detail: 'sick' }, planMade, {
    type: 'admission.granted',
  }).incident;

function linksTo(tickets = new MemoryTickets(), overrides: Partial<LinkMaking> = {}) {
  let made = 0;
  const failures: unknown[] = [];
  const links = answerLinks({
    base: 'https://page.example.com/',
    tickets,
    random: (bytes) => new Uint8Array(bytes).fill((made += 1)),
    onFailure: (incident, error) => failures.push([incident, error]),
    ...overrides,
  });
  const ticketOf = async (url = ''): Promise<unknown> => tickets.read(hashOf(url.slice(url.lastIndexOf('/') + 1)));
  return { links, failures, ticketOf };
}

describe('a link', () => {
  it('to an approval is a ticket for that plan, until the time to answer is over', async () => {
    const { links, ticketOf } = linksTo();
    const link = await links.for('approval', 'oncall', asked(), minute);
    expect(link).toEqual({
      label: 'See the plan, approve or deny it',
      url: expect.stringMatching(/^https:\/\/page\.example\.com\/answer\/[\w-]{43}$/) as string,
    });
    expect(await ticketOf(link?.url)).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      incident: 'inc-1',
      purpose: 'approval',
      planHash: 'hash-1',
      contact: 'oncall',
      expiresAt: 30 * minute,
    });
  });

  it('to a plan that takes two does not promise that it can be approved there', async () => {
    const life = Life.opened({ mode: 'approve' });
    life.happens({ type: 'symptom.present', detail: 'sick' }, {
      ...planMade,
      destroys: ['its disk'],
    } as typeof planMade);
    const link = await linksTo().links.for('approval', 'oncall', life.incident, 0);
    expect(link?.label).toBe('See the plan, or deny it');
  });

  it('of a call acknowledges, for a day', async () => {
    const { links, ticketOf } = linksTo();
    const link = await links.for('escalated', 'manager', asked(), minute);
    expect(link?.label).toBe('Acknowledge');
    expect(await ticketOf(link?.url)).toMatchObject({
      purpose: 'acknowledgement',
      contact: 'manager',
      expiresAt: 24 * 60 * minute + minute,
    });
    expect(await ticketOf(link?.url)).not.toHaveProperty('planHash');
  });

  it('is made where there is something to answer, and nowhere else', async () => {
    const { links } = linksTo();
    const kinds = [];
    for (const kind of notificationKinds) if (await links.for(kind, 'oncall', asked(), 0)) kinds.push(kind);
    expect(kinds).toEqual(['escalated', 'approval']);
  });

  it('is another for each message, and stored by its hash alone', async () => {
    const tickets = new MemoryTickets();
    const added = jest.spyOn(tickets, 'add');
    const { links } = linksTo(tickets);
    const [one, other] = [await links.for('escalated', 'a', asked(), 0), await links.for('escalated', 'a', asked(), 0)];
    expect(one?.url).not.toBe(other?.url);
    const token = one?.url.split('/').at(-1) ?? '';
    expect(isToken(token)).toBe(true);
    expect(JSON.stringify(added.mock.calls)).not.toContain(token);
  });

  it('is left out where its ticket could not be kept, and that is told: the message goes out all the same', async () => {
    const error = new Error('the table is away');
    const tickets = { add: async () => Promise.reject(error) };
    const { links, failures } = linksTo(new MemoryTickets(), { tickets });
    expect(await links.for('escalated', 'oncall', asked(), 0)).toBeUndefined();
    expect(failures).toEqual([['inc-1', error]]);
  });
});

test('a token is not made of fewer than 256 random bits', () => {
  expect(() => tokenOf(new Uint8Array(16))).toThrow('32 random bytes');
});
