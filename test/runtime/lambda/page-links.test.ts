import { randomBytes } from 'node:crypto';
import { pageLinks } from '../../../runtime/lambda/page-links';
import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import { anIncident } from '../../statemachines/incident';
import { listening } from './lines';

const page = { url: 'https://abc.lambda-url.eu-central-1.on.aws/', roleId: 'AROAEXAMPLEEXAMPLE0001' };
const link = (
  settings: Parameters<typeof pageLinks>[0],
  tickets: Parameters<typeof pageLinks>[1]['tickets'],
  heard = listening(),
) => pageLinks(settings, { tickets, random: randomBytes }, heard.telemetry).for('escalated', 'oncall', anIncident(), 0);

describe('the links of a deployment', () => {
  it('lead to its page, each by a token of its own', async () => {
    const tickets = new MemoryTickets();
    const [one, other] = [await link({ page }, tickets), await link({ page }, tickets)];
    expect(one?.url).toMatch(/^https:\/\/abc\.lambda-url\.eu-central-1\.on\.aws\/answer\/[\w-]{43}$/);
    expect(other?.url).not.toBe(one?.url);
  });

  it('are none where it has no page', async () => {
    expect(await link({}, new MemoryTickets())).toBeUndefined();
  });

  it('that could not be made are counted, and told without a token', async () => {
    const heard = listening();
    const tickets = { add: async () => Promise.reject(new Error('the table is away')) };
    expect(await link({ page }, tickets, heard)).toBeUndefined();
    expect(heard.counted()).toEqual({ LinksNotMade: 1 });
    expect(heard.logged()).toMatchObject([{ incident: 'inc-1', reason: 'Error: the table is away' }]);
  });
});
