import { trackRecordOf, type RuleRecord } from '../../../runtime/story/track-record';
import type { Rule } from '../../../statemachines/rule';
import type { Happening } from '../../statemachines/incident';
import { granted, Lived, planned, refusedBy, sick, well } from './lived';

const observed = { mode: 'observe' } as const;
const asking = {
  mode: 'approve',
  ladder: [{ remediation: 'reboot-instance', approval: 'required', parameters: {} }],
} as const;
const busy: Happening = { type: 'plan.busy', remediation: 'reboot-instance', reason: 'web is being refreshed' };
const check = (kind: 'done' | 'notStarted' | 'pending'): Happening => ({
  type: `check.${kind}`,
  detail: 'as AWS shows',
});

/** Would have acted, and was well after so many minutes. */
const wouldHave = (kind: 'done' | 'notStarted' | 'pending', minutes = 9, rule: Partial<Rule> = {}): Lived =>
  new Lived({ ...observed, ...rule })
    .happens(...planned(granted))
    .after(minutes)
    .happens(well, check(kind));
const stillSick = (): Lived =>
  new Lived(observed)
    .happens(...planned(granted))
    .after(24 * 60)
    .wakes();

const asked = (rule: Partial<Rule> = {}): Lived => new Lived({ ...asking, ...rule }).happens(...planned(granted));
const approve: Happening = { type: 'approval.granted', by: 'alice@example.com', planHash: 'hash-1' };
const deny: Happening = { type: 'approval.denied', by: 'bob@example.com' };

/** Started, and the symptom stays away. */
const helps = (lived: Lived): Lived =>
  lived
    .happens(...planned(granted), { type: 'start.succeeded' }, check('done'), well)
    .after(3)
    .wakes()
    .happens(well);
const doesNotHelp = (lived: Lived): Lived => {
  lived.happens(...planned(granted), { type: 'start.succeeded' }, check('done'), sick);
  return lived.after(10).wakes().happens(sick);
};

const times = (count: number, make: () => Lived): readonly Lived[] => Array.from({ length: count }, make);
const only = (stories: readonly Lived[]): RuleRecord => {
  const { rules } = trackRecordOf(stories);
  expect(rules).toHaveLength(1);
  return rules[0]!;
};
const watchedIn = (...stories: readonly Lived[]) => {
  const record = only(stories);
  if (record.mode !== 'observe') throw new Error('it was not observed');
  return record.watched;
};
const doneIn = (...stories: readonly Lived[]) => {
  const record = only(stories);
  if (record.mode === 'observe') throw new Error('it was observed');
  return record;
};

describe('the track record of a rule in mode observe', () => {
  it('counts how often it would have acted, and how it went without', () => {
    const watching = new Lived(observed).happens(...planned(granted));
    const closed = new Lived(observed).happens(...planned(granted), { type: 'incident.closed', by: 'oncall' });
    const all = [wouldHave('notStarted'), wouldHave('done'), wouldHave('pending'), stillSick(), watching, closed];
    expect(watchedIn(...all).wouldHaveActed).toEqual({
      times: 6,
      asking: 0,
      went: { byItself: 1, bySomebody: 1, untold: 1, unplanned: 0, stillSick: 1, closed: 1, open: 1 },
    });
  });

  it('says after how long those recovered that nobody helped', () => {
    const all = [5, 9, 40].map((minutes) => wouldHave('notStarted', minutes));
    expect(watchedIn(...all, wouldHave('done', 300)).recoveredAfterSeconds).toBe(9 * 60);
    expect(watchedIn(wouldHave('notStarted', 5), wouldHave('pending', 9)).recoveredAfterSeconds).toBe(7 * 60);
    expect(watchedIn(stillSick()).recoveredAfterSeconds).toBeNull();
  });

  it('counts those for which it would have asked a person first', () => {
    const { wouldHaveActed } = watchedIn(wouldHave('done', 9, { ladder: asking.ladder }));
    expect(wouldHaveActed).toMatchObject({ times: 1, asking: 1 });
  });

  it('does not count as acting what a guard would have held, and says by which guard', () => {
    const storm = new Lived(observed)
      .happens(...planned(refusedBy('storm', 'many')))
      .after(2)
      .happens(well, check('notStarted'));
    const locked = new Lived(observed).happens(...planned(refusedBy('lock', 'inc-2')));
    const { wouldHaveActed, wouldHaveHeld } = watchedIn(storm, locked, new Lived(observed).happens(sick, busy));
    expect(wouldHaveActed.times).toBe(0);
    expect(wouldHaveHeld).toMatchObject({
      incidents: 3,
      byGuard: { storm: 1, lock: 1, busy: 1 },
      went: { byItself: 1, open: 2 },
    });
  });

  it('does not count as held what only had not been sick for long enough, and was asked again then', () => {
    const refusal = { guard: 'evidence', reason: 'it has been sick for 0s', until: 60_000 } as const;
    const early: Happening = { type: 'admission.refused', refusals: [refusal] };
    const letIn: Happening = { type: 'admission.granted' };
    const acted = new Lived(observed)
      .happens(...planned(early))
      .wakes()
      .happens(...planned(letIn).slice(-3));
    const before = new Lived(observed)
      .happens(...planned(early))
      .wakes()
      .happens(well)
      .after(3)
      .wakes()
      .happens(well);
    expect(watchedIn(acted, before)).toMatchObject({
      wouldHaveActed: { times: 1 },
      recoveredBefore: 1,
      wouldHaveHeld: { incidents: 0 },
    });
  });

  it('keeps apart what had no remediation, what was well before its turn, and what has not come so far', () => {
    const none = new Lived({ ...observed, ladder: [] }).happens(sick);
    const before = new Lived({ ...observed, waitSeconds: 600 }).happens(well).after(3).wakes().happens(well);
    const waiting = new Lived({ ...observed, waitSeconds: 600 });
    expect(watchedIn(none, before, waiting)).toMatchObject({ wouldHaveCalled: 1, recoveredBefore: 1, other: 1 });
  });
});

describe('the track record of what people were asked', () => {
  it('counts what became of each request', () => {
    const failed: Happening = { type: 'notification.failed', contact: 'oncall', reason: 'no topic' };
    const unreachable = asked().happens(failed, failed, failed, failed, failed);
    const all = [
      asked().happens(approve),
      asked().happens(deny),
      asked().after(30).wakes(),
      unreachable,
      asked().happens(well),
      asked(),
    ];
    expect(doneIn(...all).approvals).toMatchObject({
      asked: 6,
      approved: 1,
      denied: 1,
      unanswered: 1,
      unreachable: 1,
      overtaken: 1,
      open: 1,
    });
  });

  it('says how many agreed of those who answered, and after how long', () => {
    const all = [asked().after(2).happens(approve), asked().after(4).happens(approve), asked().after(9).happens(deny)];
    const { agreement, answeredAfterSeconds } = doneIn(...all, asked()).approvals;
    expect([agreement, answeredAfterSeconds]).toEqual([2 / 3, 240]);
  });

  it('has no rate of agreement where nobody answered', () => {
    expect(doneIn(asked()).approvals).toMatchObject({ agreement: null, answeredAfterSeconds: null });
  });

  it('takes the first of two yeses for no answer', () => {
    const two = { ladder: [{ ...asking.ladder[0], approval: 'twoPeople' as const }] };
    expect(doneIn(asked(two).happens(approve)).approvals).toMatchObject({ approved: 0, open: 1 });
  });
});

describe('the track record of what was done', () => {
  it('counts starts by what came of them, and incidents by how they ended', () => {
    const one = { ladder: [{ ...asking.ladder[0], approval: 'notRequired' as const }] };
    const failed = new Lived(one).happens(...planned(granted), { type: 'start.succeeded' });
    failed.happens({ type: 'check.failed', detail: 'it ended' }, sick);
    const underWay = new Lived().happens(...planned(granted), { type: 'start.succeeded' });
    expect(doneIn(helps(new Lived()), doesNotHelp(new Lived()), failed, underWay).acted).toMatchObject({
      starts: 4,
      helped: 1,
      didNotHelp: 1,
      failed: 1,
      underWay: 1,
      resolved: 1,
      escalated: 1,
      open: 2,
    });
  });

  it('counts a start that goes on after a step in between once', () => {
    const lived = new Lived().happens(...planned(granted), { type: 'start.succeeded' });
    lived.happens({ type: 'check.continue', detail: 'it has stopped' }, { type: 'start.succeeded' });
    expect(doneIn(lived).acted.starts).toBe(1);
  });

  it('counts an incident once for each guard that held it, however often it asked', () => {
    const held = new Lived().happens(...planned(refusedBy('lock', 'inc-2'))).wakes();
    held.happens(...planned(refusedBy('lock', 'inc-2'))).wakes();
    expect(doneIn(held.happens(...planned(refusedBy('hold', 'a release'))), helps(new Lived())).acted.held).toEqual({
      incidents: 1,
      byGuard: { lock: 1, hold: 1 },
    });
  });
});

describe('the track record of several rules', () => {
  const named = (name: string, mode: Rule['mode']): Lived => new Lived({ name, mode });

  it('has one part for each rule and mode, and one for all rules in each mode', () => {
    const { rules, all } = trackRecordOf([named('web', 'act'), named('web', 'observe'), named('db', 'observe')]);
    expect(rules.map(({ rule, mode }) => [rule, mode])).toEqual([
      ['db', 'observe'],
      ['web', 'observe'],
      ['web', 'act'],
    ]);
    expect(all.map(({ mode, incidents }) => [mode, incidents])).toEqual([
      ['observe', 2],
      ['act', 1],
    ]);
  });
});

describe('what a track record speaks for', () => {
  it.each([
    ['nothing yet, where there was nothing to do', times(1, () => new Lived(observed)), /^says nothing yet/],
    [
      'too little, from few outcomes',
      times(4, () => wouldHave('done')),
      /^says too little yet: 4 of at least 5 outcomes are known, so stay in observe/,
    ],
    [
      'observe, where nearly all recover by themselves',
      times(5, () => wouldHave('notStarted')),
      /^speaks for staying in observe: 5 of 5 recovered by themselves; a wait of 9m would spare half of them/,
    ],
    [
      'observe, where guards would have held most',
      [wouldHave('done'), ...times(2, () => new Lived(observed).happens(...planned(refusedBy('storm', 'many'))))],
      /^speaks for staying in observe: guards would have held 2 of 3/,
    ],
    [
      'approve, where many do not recover by themselves',
      [...times(4, () => wouldHave('notStarted')), stillSick()],
      /^speaks for mode approve: 1 of 5 did not recover by themselves/,
    ],
    [
      'too little, from few answers',
      times(9, () => helps(asked().happens(approve))),
      /^says too little yet: 9 of at least 10 answers/,
    ],
    [
      'act, where people agree and it helps',
      times(10, () => helps(asked().happens(approve))),
      /^speaks for mode act: people agreed to 10 of 10, and 10 of 10 starts helped/,
    ],
    [
      'approve, where people say no',
      [...times(9, () => helps(asked().happens(approve))), asked().happens(deny)],
      /^speaks for staying in approve: people said no to 1 of 10/,
    ],
    [
      'approve, where requests are not answered',
      times(3, () => asked().after(30).wakes()),
      /^speaks for staying in approve: 3 of 3 requests were not answered/,
    ],
    [
      'another ladder, where people agree and it does not help',
      times(10, () => doesNotHelp(asked().happens(approve))),
      /^speaks for another ladder, not for act: 0 of 10 starts helped/,
    ],
    ['act, where it helps', times(5, () => helps(new Lived())), /^speaks for staying in act: 5 of 5/],
    [
      'approve, where what is done does not help',
      [...times(3, () => helps(new Lived())), ...times(2, () => doesNotHelp(new Lived()))],
      /^speaks for going back to approve: 3 of 5/,
    ],
    ['too little, from few starts', times(4, () => helps(new Lived())), /^says too little yet: 4 of at least 5 starts/],
  ])('is %s', (_what, stories, verdict) => {
    expect(only(stories).verdict).toMatch(verdict);
  });
});
