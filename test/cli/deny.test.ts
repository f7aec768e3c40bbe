import { deny } from '../../cli/deny';
import { aDesk } from '../runtime/answers/desk';
import { operated } from './operated';

const asking = { mode: 'approve' } as const;

describe('homeostat deny', () => {
  it.each([{ answer: 'yes' }, { yes: true as const }])(
    'denies what it has shown (%j), and people are called',
    async (how) => {
      const desk = await aDesk(asking);
      const one = operated(desk, 'answer' in how ? how : {});
      const { status, out } = await deny(one.deployment, 'inc-1', 'yes' in how ? how : {}, one.tools);
      expect([status, await desk.state()]).toEqual([0, 'escalated']);
      expect(out).toMatch(/^Denied as alice@example\.com/);
      expect(one.said.join('\n')).toContain('reboot i-0abc');
      expect(desk.it.log).not.toContain('start');
    },
  );

  it.each([
    ['no', 1],
    [undefined, 2],
  ])('sends nothing when it is answered with %s', async (answer, status) => {
    const desk = await aDesk(asking);
    const one = operated(desk, answer === undefined ? {} : { answer });
    expect((await deny(one.deployment, 'inc-1', {}, one.tools)).status).toBe(status);
    expect([one.queue, await desk.state()]).toEqual([[], 'awaitingApproval']);
  });

  it('says that nothing is asked where nothing is', async () => {
    const one = operated(await aDesk({ ladder: [] }));
    const { status, err } = await deny(one.deployment, 'inc-1', { yes: true }, one.tools);
    expect([status, err]).toEqual([1, expect.stringContaining('it is escalated')]);
  });
});
