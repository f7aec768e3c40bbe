import type { Difference } from '../../replay/backtest/difference';
import type { Heard } from '../../replay/backtest/heard';
import { paired } from '../../replay/backtest/pairing';
import { spansOf } from '../../replay/backtest/phase';
import { peakOf } from '../../replay/backtest/peak';
import type { SideIncident, Write } from '../../replay/backtest/side-incident';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import type { State } from '../../statemachines/incident';
import { aSide, anIncident, begins, compared, leftToPeople, minute } from './backtest-sides';

const differencesOf = (old: SideIncident, fresh: SideIncident): readonly Difference[] =>
  compared(aSide([old]), aSide([fresh])).incidents[0]!.differences;

describe('pairing', () => {
  it('incidents of one signal are paired by their id, whatever became of them', () => {
    const [pair, ...others] = paired(aSide([anIncident()]), aSide([leftToPeople({ openedAt: begins + 5 * minute })]));
    expect(others).toEqual([]);
    expect([pair!.old?.outcome, pair!.new?.outcome]).toEqual(['resolved', 'escalated']);
  });

  it('of what is left, the nearest on the same sickness are paired', () => {
    const old = aSide([anIncident({ id: 'a' })]);
    const fresh = aSide([
      anIncident({ id: 'b', openedAt: begins + 40 * minute }),
      anIncident({ id: 'c', openedAt: begins - 3 * minute }),
      anIncident({ id: 'd', condition: 'ec2-host-impaired' }),
    ]);
    expect(paired(old, fresh).map((one) => [one.old?.id, one.new?.id])).toEqual([
      ['a', 'c'],
      [undefined, 'd'],
      [undefined, 'b'],
    ]);
  });

  it('incidents more than an hour apart are two, and those of two recordings are never one', () => {
    const old = aSide([anIncident({ id: 'a' }), anIncident({ id: 'x', openedAt: begins + 500 * minute })]);
    const fresh = aSide([
      anIncident({ id: 'b', openedAt: begins + 61 * minute }),
      anIncident({ id: 'x', world: 1, openedAt: begins + 500 * minute }),
    ]);
    expect(paired(old, fresh).every((one) => one.old === null || one.new === null)).toBe(true);
  });

  it.each([
    [{ decision: 'joined', incident: 'inc-7' }, 'The new policy counts it as part of inc-7'],
    [
      { decision: 'ignored', reason: 'no rule is on ec2-instance-impaired' },
      'The new policy opens nothing for it: no rule is on ec2-instance-impaired',
    ],
    [undefined, 'The new policy never came to it'],
  ] as const)('what a side made of the signal instead (%j) is told', (instead, text) => {
    const opened: Heard = { decision: 'opened', incident: 'inc-1' };
    const old = aSide([anIncident()], { heard: new Map([['0/event/0', opened]]) });
    const fresh = aSide([], { heard: new Map(instead ? [['0/event/0', instead]] : []) });
    const [only] = compared(old, fresh).incidents;
    expect(only).toMatchObject({ new: null, likeness: 'otherResult', differences: [{ what: 'onlyOld' }] });
    expect(only!.differences[0]!.text).toContain(text);
  });
});

describe('differences', () => {
  it('none where both did the same', () => {
    expect(differencesOf(anIncident(), anIncident())).toEqual([]);
  });

  it('outcome, what was started, people, guard and time are told, each with its rule, the weightiest first', () => {
    expect(differencesOf(anIncident(), leftToPeople({ rule: 'strict' }))).toEqual(
      [
        ['outcome', 'resolved; now escalated'],
        ['tried', 'reboot-instance helped; now nothing was started'],
        ['people', 'nobody was written to; now written to oncall (escalated)'],
        ['guard', 'now refused by per-hour (2 of at most 2 starts per hour were made)'],
        ['rule', 'rule instances took it; now rule strict does'],
        ['time', 'over after 7m; now still open'],
      ].map(([what, text]) => ({ what, rules: ['instances', 'strict'], text })),
    );
  });

  it('less than a minute is no difference in time', () => {
    const later = (seconds: number) => anIncident({ closedAt: begins + 7 * minute + seconds * 1_000 });
    expect(differencesOf(anIncident(), later(59))).toEqual([]);
    expect(differencesOf(anIncident(), later(60))).toMatchObject([{ what: 'time' }]);
  });

  it('another rule or another time is the same result by another way', () => {
    const { incidents, likenesses } = compared(aSide([anIncident()]), aSide([anIncident({ rule: 'other' })]));
    expect(incidents[0]!.likeness).toBe('otherWay');
    expect(likenesses).toEqual({ otherResult: 0, otherWay: 1, same: 0 });
  });
});

describe('the verdict', () => {
  const many = (count: number, of: (changes: Partial<SideIncident>) => SideIncident) =>
    Array.from({ length: count }, (_, index) => of({ id: `inc-${index}`, openedAt: begins + index * 100 * minute }));

  it.each([
    [[], [], 'Nothing in this period opens an incident under either policy.'],
    [many(3, anIncident), many(3, anIncident), 'The new policy does the same as the old one in all 3 incidents.'],
    [
      many(2, anIncident),
      many(2, (changes) => anIncident({ ...changes, rule: 'other' })),
      'The new policy comes to the same in all 2 incidents, in 2 of them by another way.',
    ],
    [
      many(2, anIncident),
      [...many(1, anIncident), leftToPeople({ id: 'inc-1', openedAt: begins + 100 * minute })],
      'The new policy comes to something else in 1 of 2 incidents: it starts something in 1 rather than 2, resolves 1 rather than 2 and leaves to people 1 rather than 0.',
    ],
  ])('says in one sentence what differs, and only that (%#)', (old, fresh, sentence) => {
    expect(compared(aSide(old), aSide(fresh)).verdict).toBe(sentence);
  });
});

describe('the busiest hour', () => {
  const write = (minutes: number, ...resources: string[]): Write => ({
    at: begins + minutes * minute,
    action: 'ec2:RebootInstances',
    remediation: 'reboot-instance',
    resources,
  });

  it('counts different resources, and every write', () => {
    const peak = peakOf([write(0, 'a'), write(20, 'a', 'group'), write(59, 'b')]);
    expect(peak).toEqual({ resources: { most: 3, from: begins }, writes: { most: 3, from: begins } });
  });

  it('what lies a whole hour apart is not in one', () => {
    expect(peakOf([write(0, 'a'), write(60, 'b')])).toMatchObject({ resources: { most: 1 }, writes: { most: 1 } });
  });

  it('is any sixty minutes, not an hour of the clock, whatever the order', () => {
    const peak = peakOf([write(140, 'd'), write(90, 'b'), write(0, 'a'), write(110, 'c')]);
    expect(peak.resources).toEqual({ most: 3, from: begins + 90 * minute });
  });

  it('is none where nothing was touched', () => {
    expect(peakOf([])).toEqual({ resources: { most: 0, from: null }, writes: { most: 0, from: null } });
  });
});

test('a guard that refused an incident many times has refused one incident', () => {
  const { all } = compared(aSide([]), aSide([leftToPeople(), leftToPeople({ id: 'inc-2' })])).new;
  expect(all.guards).toEqual([
    {
      by: 'per-hour',
      when: 'when as many as may be were started in the last hour under the rule, on the group or in the account',
      incidents: 2,
      times: 6,
      example: '2 of at most 2 starts per hour were made',
    },
  ]);
});

test('the rules that differ most come first, each with its incidents on either side', () => {
  const old = [anIncident(), anIncident({ id: 'inc-2', rule: 'hosts', openedAt: begins + 200 * minute })];
  const fresh = [anIncident(), leftToPeople({ id: 'inc-2', rule: 'machines', openedAt: begins + 200 * minute })];
  const { rules } = compared(aSide(old), aSide(fresh));
  expect(rules.map(({ rule, old: was, new: is, otherResult }) => [rule, was?.acted, is?.acted, otherResult])).toEqual([
    ['hosts', 1, undefined, 1],
    ['machines', undefined, 0, 1],
    ['instances', 1, 1, 0],
  ]);
});

test('what takes no time is no phase, and two stretches of one phase are one', () => {
  const entry = (minutes: number, to: State): HistoryEntry => ({
    at: begins + minutes * minute,
    event: { type: 'timer.fired', at: begins + minutes * minute, revision: 1 },
    from: 'opening',
    to,
    calls: [],
  });
  const history = [entry(0, 'waiting'), entry(2, 'held'), entry(2, 'starting'), entry(3, 'checking')];
  expect(spansOf([...history, entry(5, 'resolved')])).toEqual([
    { phase: 'waiting', from: begins, to: begins + 2 * minute },
    { phase: 'touching', from: begins + 2 * minute, to: begins + 5 * minute },
  ]);
  expect(spansOf(history).at(-1)).toMatchObject({ phase: 'touching', to: null });
});
