import { acknowledge } from '../../cli/acknowledge';
import { UnreadableIncidentError } from '../../runtime/store/incident-store';
import { anIncident } from '../statemachines/incident';
import { aDesk, type Desk } from '../runtime/answers/desk';
import { operated } from './operated';

const calling = { ladder: [] };

async function threeCalls(): Promise<Desk> {
  const desk = await aDesk(calling);
  for (const id of ['inc-2', 'inc-3']) {
    await desk.open(calling, { id, resource: { ...anIncident().resource, id: `i-of-${id}` } });
  }
  return desk;
}

describe('homeostat acknowledge', () => {
  it('takes over the incidents that are named, without asking', async () => {
    const desk = await threeCalls();
    const one = operated(desk);
    const { status, out } = await acknowledge(one.deployment, ['inc-1', 'inc-3', 'inc-1'], {}, one.tools);
    const by = 'acknowledged as alice@example.com (AROAEXAMPLEEXAMPLE0001)';
    expect([status, out]).toEqual([0, `inc-1  ${by}\ninc-3  ${by}`]);
    expect([await desk.state(), await desk.state('inc-2'), one.asked]).toEqual(['acknowledged', 'escalated', []]);
    await desk.it.wakes('inc-1');
    expect(desk.it.log.filter((line) => line === 'notify escalated manager')).toEqual([]);
  });

  it('takes over all that wait, once it is confirmed', async () => {
    const desk = await threeCalls();
    const no = operated(desk, { answer: 'no' });
    expect((await acknowledge(no.deployment, [], { all: true }, no.tools)).status).toBe(1);
    expect([no.queue, no.asked]).toEqual([[], ['\nType yes to acknowledge 3 incidents: ']]);
    const one = operated(desk, { answer: 'yes' });
    expect((await acknowledge(one.deployment, [], { all: true }, one.tools)).status).toBe(0);
    const states = await Promise.all(['inc-1', 'inc-2', 'inc-3'].map((id) => desk.state(id)));
    expect(states).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    const none = operated(desk);
    const { status, out } = await acknowledge(none.deployment, [], { all: true, yes: true }, none.tools);
    expect([status, out]).toEqual([0, 'No incident waits for somebody to acknowledge it.']);
  });

  it('says of each that it cannot why not, and does the others', async () => {
    const desk = await threeCalls();
    await desk.it.incidents.act('inc-2', { type: 'escalation.acknowledged', by: 'another' });
    const read = desk.it.store.read.bind(desk.it.store);
    jest.spyOn(desk.it.store, 'read').mockImplementation(async (id) => {
      if (id === 'inc-3') throw new UnreadableIncidentError('of another shape');
      return read(id);
    });
    const one = operated(desk);
    const { status, out, err } = await acknowledge(
      one.deployment,
      ['inc-1', 'inc-2', 'inc-3', 'inc-none'],
      {},
      one.tools,
    );
    expect([status, err]).toEqual([1, 'homeostat: 3 incidents of 4 could not be acknowledged']);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^inc-1 {2}acknowledged as/),
      'inc-2  waits for nobody: it is acknowledged',
      'inc-3  cannot be read: another version of homeostat wrote it',
      'inc-none  there is no such incident',
    ]);
  });

  it.each([
    [[], {}],
    [['inc-1'], { all: true as const }],
  ])('refuses %j with %j as wrong usage', async (ids, options) => {
    const one = operated(await aDesk(calling));
    expect((await acknowledge(one.deployment, ids, options, one.tools)).status).toBe(2);
    expect(one.queue).toEqual([]);
  });

  it('does not claim what the worker has not taken', async () => {
    const one = operated(await aDesk(calling), { works: false });
    const { status, out } = await acknowledge(one.deployment, ['inc-1'], {}, one.tools);
    expect([status, out]).toEqual([1, 'inc-1  sent, and within a minute nobody took it']);
  });
});
