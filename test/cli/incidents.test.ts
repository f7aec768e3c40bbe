import { listIncidents, registerIncidents, wanted } from '../../cli/incidents';
import { aDeployment, minute, opened, start, storeOf, typed } from './deployed';

const now = start + 90 * minute;

describe('homeostat incidents', () => {
  const store = storeOf(
    [
      opened('inc-old', 0, 'resolved'),
      opened('inc-new', 60),
      opened('inc-left', 30, 'closed'),
      opened('inc-odd', 10, 'held'),
    ],
    { 'inc-odd': 'incident machine 9 wrote it' },
  );

  it('lists the latest first, each with how it stands, its age and what it is about', async () => {
    const { status, out } = await listIncidents(store, { limit: 20 }, now);
    expect(status).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['ID', 'STATE', 'OPENED', 'AGE', 'CONDITION', 'RESOURCE', 'RULE'],
      ...[
        ['inc-new', 'checking', '2026-03-02T11:00:00Z', '30m'],
        ['inc-left', 'escalated', '2026-03-02T10:30:00Z', '1h'],
        ['inc-odd', 'parked (held)', '2026-03-02T10:10:00Z', '1h20m'],
        ['inc-old', 'resolved', '2026-03-02T10:00:00Z', '1h30m'],
      ].map((cells) => [
        ...cells,
        'ec2-instance-impaired',
        `111122223333/eu-central-1/ec2-instance/i-of-${cells[0] ?? ''}`,
        'web-tier',
      ]),
      [''],
      ['inc-odd is parked: incident machine 9 wrote it'],
      [''],
      ['4 incidents: 2 open, 1 resolved, 1 escalated'],
    ]);
  });

  it('shows what is open or parked before what has ended, and says how many more there are', async () => {
    const { out } = await listIncidents(store, { limit: 2 }, now);
    expect(out).toMatch(/inc-new[^]*inc-odd/);
    expect(out).not.toMatch(/inc-left|inc-old/);
    expect(out).toMatch(/2 incidents: 2 open\n2 more: show them with --limit 4, or choose by --state$/);
  });

  it.each([
    ['resolved', ['inc-old']],
    ['escalated', ['inc-left']],
    ['checking', ['inc-new']],
    ['open', ['inc-new', 'inc-odd']],
    ['parked', ['inc-odd']],
  ])('lists with --state %s those that stand so', async (state, ids) => {
    const { out } = await listIncidents(store, { limit: 20, state: wanted(state), json: true }, now);
    expect((JSON.parse(out) as { incidents: { id: string }[] }).incidents.map(({ id }) => id)).toEqual(ids);
  });

  it('lists those of several states together, the latest first', async () => {
    const state = wanted('parked', wanted('resolved', wanted('escalated')));
    const { out } = await listIncidents(store, { limit: 2, state, json: true }, now);
    expect(JSON.parse(out)).toMatchObject({ incidents: [{ id: 'inc-left' }, { id: 'inc-odd' }], more: 1 });
  });

  it('prints one JSON object whose names scripts rely on', async () => {
    const { out } = await listIncidents(store, { limit: 1, json: true }, now);
    expect(JSON.parse(out)).toEqual({
      incidents: [
        {
          id: 'inc-new',
          state: 'checking',
          outcome: 'open',
          openedAt: '2026-03-02T11:00:00Z',
          condition: 'ec2-instance-impaired',
          resource: '111122223333/eu-central-1/ec2-instance/i-of-inc-new',
          rule: 'web-tier',
          revision: 1,
          parked: null,
        },
      ],
      more: 3,
    });
  });

  it('says that there are none', async () => {
    expect(await listIncidents(storeOf([]), { limit: 20 }, now)).toEqual({ status: 0, out: '0 incidents', err: '' });
  });

  const register = (program: Parameters<typeof registerIncidents>[0]): void => {
    registerIncidents(program, () => aDeployment({}, store));
  };

  it('takes several states after one another', async () => {
    const { status, out } = await typed(register, 'incidents', '--state', 'resolved', 'checking', '--json');
    expect(status).toBe(0);
    expect((JSON.parse(out) as { incidents: unknown[] }).incidents).toHaveLength(2);
  });

  it.each([
    [['--state', 'opne'], 'there is no state opne; did you mean open?'],
    [
      ['--state', 'nonsense'],
      'there is no state nonsense; there are open, resolved, recovered, observed, escalated, parked',
    ],
    [['--limit', '0'], 'it is a whole number from 1 to 1000'],
    [['--limit', 'ten'], 'it is a whole number from 1 to 1000'],
    [['--name', 'No Name'], 'a name has 2 to 24 lower-case letters'],
    [['--endpoint', 'nowhere'], 'an endpoint is a URL'],
  ])('refuses %j as wrong usage', async (words, told) => {
    const { status, err } = await typed(register, 'incidents', ...words);
    expect(status).toBe(2);
    expect(err).toContain(told);
  });
});
