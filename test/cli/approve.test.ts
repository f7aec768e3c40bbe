import { approve, registerApprove } from '../../cli/approve';
import { aRemediation } from '../runtime/world';
import { aDesk, type Desk } from '../runtime/answers/desk';
import { awsError, typed } from './deployed';
import { bob, operated, type Operated } from './operated';

const asking = { mode: 'approve' } as const;
const started = ({ it }: Desk): number => it.log.filter((line) => line === 'rebootInstances').length;
const hashIn = async ({ it }: Desk): Promise<string> => (await it.store.read('inc-1'))?.memory.planned?.planHash ?? '';
const run = ({ deployment, tools }: Operated, options: Parameters<typeof approve>[2] = {}) =>
  approve(deployment, 'inc-1', options, tools);

const destroying = aRemediation({
  plan: async ({ resource }) => ({
    kind: 'planned',
    plan: { instance: resource.id },
    summary: 'replace i-0abc',
    touches: [resource],
    group: 'alone',
    destroys: ['the instance store of i-0abc'],
  }),
});

describe('homeostat approve', () => {
  it('shows what would be done before it asks', async () => {
    const one = operated(await aDesk(asking), { answer: 'no' });
    const { status, err } = await run(one);
    expect([status, err]).toEqual([1, 'homeostat: nothing was sent']);
    const lines = one.said
      .join('\n')
      .replace(/[0-9a-f]{32}/, 'HASH')
      .split('\n');
    expect(lines).toEqual([
      'inc-1 asks for approval (rule web-tier)',
      '  would          reboot i-0abc (reboot-instance)',
      '  touches        EC2 instance i-0abc (eu-central-1, 111122223333)',
      '  sick           EC2 instance i-0abc in eu-central-1, account 111122223333: ec2-instance-impaired',
      '                 since 1970-01-01 00:00 UTC (0s ago)',
      '  seen           alarm',
      '                 at 1970-01-01 00:00 UTC: i-0abc fails its check',
      '  risk           low',
      '  until          1970-01-01 00:30 UTC (in 30m)',
      '  plan           HASH',
      '  what else      next, if this does not help: replace-instance (risk: medium)',
      '                 if you deny, or nobody answers: nothing is done, and oncall is called to take over',
    ]);
    expect(one.queue).toEqual([]);
  });

  it('approves the plan that it has shown, under the name that AWS gives, and says what came of it', async () => {
    const desk = await aDesk(asking);
    const one = operated(desk, { answer: 'yes' });
    const { status, out, err } = await run(one);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^Approved as alice@example\.com \(AROAEXAMPLEEXAMPLE0001\)\n {2}approved by alice@example\.com/,
    );
    expect(out).toContain('started');
    expect([started(desk), one.asked]).toEqual([1, ['\nType yes to approve: ']]);
  });

  it('asks nobody with --yes and the plan', async () => {
    const desk = await aDesk(asking);
    const one = operated(desk);
    expect((await run(one, { yes: true, plan: await hashIn(desk) })).status).toBe(0);
    expect([started(desk), one.asked]).toEqual([1, []]);
  });

  it('does not agree unseen to whatever the plan may be', async () => {
    const desk = await aDesk(asking);
    const { status, err } = await run(operated(desk), { yes: true });
    expect([status, err, started(desk)]).toEqual([2, expect.stringContaining('say which plan'), 0]);
  });

  it('says of a plan that has changed since somebody agreed that this yes does not hold', async () => {
    let boot = 1;
    const changing = aRemediation({
      plan: async ({ resource }) => ({
        kind: 'planned',
        plan: { boot },
        summary: `reboot ${resource.id}`,
        touches: [resource],
        group: 'alone',
      }),
    });
    const desk = await aDesk(asking, { remediations: [changing] });
    const first = operated(desk, { answer: 'yes' });
    boot = 2;
    await run(first);
    const second = operated(desk, { answer: 'no' });
    await run(second);
    expect(first.said.join('\n')).not.toContain('asked again');
    expect(second.said.join(' ').replace(/\s+/g, ' ')).toMatch(
      /asked again alice@example\.com \(\w+\) agreed at [^,]+, but the plan has changed since/,
    );
  });

  it('sends nothing for another plan than the one that was named', async () => {
    const one = operated(await aDesk(asking), { answer: 'yes' });
    const { status, err } = await run(one, { plan: 'of-before' });
    expect([status, err, one.queue]).toEqual([1, expect.stringContaining('is not of-before but'), []]);
  });

  it('sends nothing where there is no terminal to ask on', async () => {
    const desk = await aDesk(asking);
    const one = operated(desk);
    const { status, err } = await run(one);
    expect([status, err, one.queue]).toEqual([
      2,
      expect.stringContaining(`pass --yes --plan ${await hashIn(desk)}`),
      [],
    ]);
  });

  it('says of a plan that takes two what is lost, and after the first that another must agree', async () => {
    const desk = await aDesk(asking, { remediations: [destroying] });
    const first = operated(desk, { answer: 'yes' });
    const { status, out } = await run(first);
    expect(first.said.join('\n')).toContain('lost for good  the instance store of i-0abc');
    expect([status, started(desk)]).toEqual([0, 0]);
    expect(out).toContain('somebody else has to agree, too');
    const again = await run(operated(desk, { answer: 'yes' }));
    expect([again.status, again.err]).toEqual([1, expect.stringContaining('has agreed already')]);
    const second = operated(desk, { as: bob, answer: 'yes' });
    expect((await run(second)).status).toBe(0);
    expect(second.said.join('\n')).toContain('alice@example.com (AROAEXAMPLEEXAMPLE0001) has agreed');
    expect(started(desk)).toBe(1);
  });

  it('says that it came too late where somebody denied it meanwhile', async () => {
    const desk = await aDesk(asking);
    const one = operated(desk, { answer: 'yes', works: false });
    const { tools } = one;
    const pause = async (): Promise<void> => {
      await desk.it.incidents.act('inc-1', { type: 'approval.denied', by: 'another' });
    };
    const { status, out, err } = await approve(one.deployment, 'inc-1', {}, { ...tools, pause });
    expect([status, err]).toEqual([1, expect.stringContaining('it came too late, and changed nothing')]);
    expect(out).toContain('denied by another');
  });

  it('does not take the yes of another for its own', async () => {
    const desk = await aDesk(asking, { remediations: [destroying] });
    const one = operated(desk, { answer: 'yes', works: false });
    const planHash = await hashIn(desk);
    const pause = async (): Promise<void> => {
      await desk.it.incidents.act('inc-1', { type: 'approval.granted', by: 'another', planHash });
    };
    const { status, err } = await approve(one.deployment, 'inc-1', {}, { ...one.tools, pause });
    expect([status, err]).toEqual([1, expect.stringContaining('within a minute nobody took it')]);
  });

  it('gives up after a minute when nobody takes it, and says where to look', async () => {
    const one = operated(await aDesk(asking), { answer: 'yes', works: false });
    const { status, err } = await run(one);
    expect([status, err]).toEqual([1, expect.stringContaining('within a minute nobody took it')]);
    expect(one.waits).toBe(59);
  });

  it.each([
    ['inc-none', 'there is no incident inc-none'],
    ['inc-1', 'incident inc-1 asks nobody for approval: it is waiting'],
  ])('says of %s that nothing is asked', async (id, told) => {
    const one = operated(await aDesk({ waitSeconds: 60 }), { answer: 'yes' });
    const { status, err } = await approve(one.deployment, id, {}, one.tools);
    expect([status, err, one.queue]).toEqual([1, expect.stringContaining(told), []]);
  });

  it('says that there is no queue where none is', async () => {
    const one = operated(await aDesk(asking), { answer: 'yes', hasQueue: false });
    const { status, err } = await run(one);
    expect([status, err]).toEqual([1, expect.stringContaining('there is no queue homeostat-work')]);
  });

  it('as a command shows the plan, and fails in one line where AWS says no', async () => {
    const one = operated(await aDesk(asking), { answer: 'yes' });
    const fine = await typed(
      (program) => {
        registerApprove(program, one.tools);
      },
      'approve',
      'inc-1',
    );
    expect(fine.status).toBe(0);
    const other = operated(await aDesk(asking), { answer: 'yes' });
    const client = async () => Promise.reject(awsError('ExpiredTokenException', 'the token has expired'));
    const open = () => ({ ...other.deployment, client });
    const refused = await typed(
      (program) => {
        registerApprove(program, { ...other.tools, open });
      },
      'approve',
      'inc-1',
    );
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('AWS does not take the credentials')]);
  });
});
