import { storm, type Aftermath, type Extent } from './storm-scene';

const aftermaths = new Map<string, Promise<Aftermath>>();

/** What became of such a storm: several tests look at the same one. */
function after(extent: Extent, count: number): Promise<Aftermath> {
  const key = `${extent} ${count}`;
  const known = aftermaths.get(key) ?? storm(extent, count);
  aftermaths.set(key, known);
  return known;
}

const outcomes = ({ report }: Aftermath): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of report.incidents) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

describe('one alarm', () => {
  it.each<Extent>(['group', 'zone', 'region'])('is healed, and nobody is told: in one %s', async (extent) => {
    const one = await after(extent, 1);
    expect([outcomes(one), one.writes, one.messages.length]).toEqual([{ resolved: 1 }, 1, 0]);
  });
});

describe.each([10, 100])('%i alarms in a second', (count) => {
  it.each<Extent>(['group', 'zone', 'region'])(
    'touch no more than the limits allow, all are answered for, and people get a handful of messages: in one %s',
    async (extent) => {
      const many = await after(extent, count);
      expect(many.report.incidents).toHaveLength(count);
      // Two in three of the one group are sick: fewer are healthy than it must keep, so none is touched after the storm either.
      const expected = extent === 'group' ? ['escalated'] : ['escalated', 'resolved'];
      expect(Object.keys(outcomes(many)).sort()).toEqual(expected);
      // The rule's own limits: one at a time, four an hour.
      expect(many.writes).toBeLessThanOrEqual(4);
      expect(many.busiest).toBeLessThanOrEqual(3);
      expect(many.messages.length).toBeLessThanOrEqual(4);
      expect(many.messages.some(({ text }) => text.includes(String(outcomes(many)['escalated'])))).toBe(true);
    },
    60_000,
  );
});

describe('a storm', () => {
  it.each<[Extent, number]>([
    ['group', 10],
    ['zone', 10],
    ['region', 100],
  ])(
    'in one %s of %i alarms lets nothing start before it is over, and tells people so at once',
    async (extent, count) => {
      const { report, refused, messages } = await after(extent, count);
      const begin = Date.parse('2026-03-01T10:00:00Z');
      const starts = report.incidents.flatMap(({ calls }) => calls.filter(({ access }) => access === 'write'));
      expect(Math.min(...starts.map(({ at }) => Date.parse(at)))).toBeGreaterThanOrEqual(begin + 15 * 60_000);
      expect(refused.get('storm')).toBeGreaterThanOrEqual(count);
      const [first] = messages;
      expect(first?.subject).toContain(`${count} incidents are held by a storm`);
      expect((first?.at ?? Infinity) - begin).toBeLessThanOrEqual(4 * 60_000);
    },
  );
});
