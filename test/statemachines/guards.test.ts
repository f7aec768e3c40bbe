import { decideAdmission } from '../../statemachines/admission';
import { guards } from '../../statemachines/guards';
import { known, unreadable, type Facts } from '../../statemachines/guards/facts';
import type { Asking } from '../../statemachines/guards/guard';
import { guardNames, type GuardName } from '../../statemachines/guards/names';
import { accountScope, ruleScope } from '../../statemachines/scope';
import { asking, at, clear, group, groupKey, instance, sick, startsIn, zone } from './guards/asking';
import { aLimit, aRule } from './incident';

interface Case {
  readonly guard: GuardName;
  readonly when: string;
  readonly asks?: Partial<Asking>;
  readonly facts?: Partial<Facts>;
  readonly reason: string;
  /** Seconds from now after which it is worth asking again. */
  readonly until?: number;
}

const targetGroupKey =
  '111122223333/eu-central-1/target-group/arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071';

const by = { by: 'oncall', reason: 'a release' };
const optedIn = { 'homeostat:heal': 'yes' };
const bystanders = (
  ...over: Parameters<typeof known<Extract<Facts['bystanders'], { kind: 'known' }>['value']>>[0]
) => ({
  bystanders: known(over),
});
const memory = asking.memory;

const cases: readonly Case[] = [
  {
    guard: 'hold',
    when: 'everything is on hold',
    facts: { holds: known([{ of: 'everything', ...by }]) },
    reason: 'everything is on hold, by oncall: a release',
  },
  {
    guard: 'hold',
    when: 'its rule is on hold',
    facts: { holds: known([{ of: { rule: 'web-tier' }, ...by }]) },
    reason: 'rule web-tier is on hold, by oncall: a release',
  },
  {
    guard: 'hold',
    when: 'its remediation is on hold',
    facts: { holds: known([{ of: { remediation: 'reboot-instance' }, ...by }]) },
    reason: 'reboot-instance is on hold, by oncall: a release',
  },
  {
    guard: 'mode',
    when: 'a window has opened since',
    facts: { modeNow: known('observe') },
    reason: 'a window of the policy is open, and holds it to mode observe',
  },
  {
    guard: 'consent',
    when: 'nobody has opted it in',
    facts: bystanders({ resource: instance, touched: true, tags: {} }),
    reason: 'i-0abc has not been opted in: its owner has to tag it homeostat:heal=yes',
  },
  {
    guard: 'consent',
    when: 'it is protected, opted in or not',
    facts: bystanders({ resource: instance, touched: true, tags: { ...optedIn, 'homeostat:protect': '' } }),
    reason: 'i-0abc is protected: it carries the tag homeostat:protect',
  },
  {
    guard: 'consent',
    when: 'the group that it is in is protected',
    facts: bystanders(
      { resource: instance, touched: true, tags: optedIn },
      { resource: group, touched: false, tags: { 'homeostat:protect': 'yes' } },
    ),
    reason: 'web is protected: it carries the tag homeostat:protect',
  },
  {
    guard: 'mute',
    when: 'people have muted its alarm',
    facts: { mutes: known(['release']) },
    reason: 'the alarm that told of it is muted by release',
  },
  {
    guard: 'evidence',
    when: 'it has not been sick for the hold-down',
    asks: { rule: aRule({ holdDownSeconds: 90 }) },
    reason: 'it has been sick for 1m, and must be for 1m30s',
    until: 30,
  },
  {
    guard: 'evidence',
    when: 'no live read has seen it sick',
    asks: { memory: { ...memory, seenSickAt: null } },
    reason: 'that it is sick was seen by no live read',
  },
  {
    guard: 'evidence',
    when: 'the live read lies too far back',
    asks: { memory: { ...memory, seenSickAt: at - 61_000 } },
    reason: 'that it is sick was seen too long ago',
  },
  {
    guard: 'backoff',
    when: 'the last attempt was a moment ago',
    asks: {
      rule: aRule({ limits: aLimit({ backoffSeconds: 1_800 }) }),
      memory: { ...memory, lastStartAt: at - 60_000, starts: 1 },
    },
    reason: 'the last attempt began 1m ago, and the next may after',
  },
  {
    guard: 'storm',
    when: 'four members of a group fell sick together',
    facts: { sightings: known(new Map([[groupKey, sick(4, 60)]])) },
    reason: '4 resources fell sick together in group web, and 4 within 5m are a storm',
    until: 300 - 60 + 600,
  },
  {
    guard: 'storm',
    when: 'six in a zone did',
    facts: { sightings: known(new Map([[zone, sick(6, 60)]])) },
    reason: '6 resources fell sick together in zone eu-central-1a, and 6 within 5m are a storm',
    until: 300 - 60 + 600,
  },
  {
    guard: 'storm',
    when: 'fifteen in a region did, a quarter of an hour ago',
    facts: { sightings: known(new Map([['region/111122223333/eu-central-1', sick(15, 899)]])) },
    reason: '15 resources fell sick together in region eu-central-1, and 15 within 5m are a storm',
    until: 1,
  },
  {
    guard: 'storm',
    when: 'a storm has just ended, and one was let go a minute ago',
    facts: {
      sightings: known(new Map([[groupKey, sick(4, 901)]])),
      starts: known(startsIn(groupKey, 1, 60)),
    },
    reason: 'after the storm in group web there is one start in 2m',
    until: 60,
  },
  {
    guard: 'storm',
    when: 'a live read finds half of the group sick',
    facts: bystanders(
      { resource: instance, touched: true, tags: optedIn },
      { resource: group, touched: false, tags: {}, members: { size: 4, sick: 2 } },
    ),
    reason: '2 of 4 members of web are sick at once',
  },
  {
    guard: 'autoshift',
    when: 'AWS has shifted traffic away from its zone',
    facts: { shiftedZones: known(['eu-central-1a']) },
    reason: 'i-0abc is in eu-central-1a, which AWS has shifted traffic away from',
  },
  {
    guard: 'busy',
    when: 'its group is being refreshed',
    facts: bystanders(
      { resource: instance, touched: true, tags: optedIn },
      { resource: group, touched: false, tags: {}, busy: 'an instance refresh of web is InProgress' },
    ),
    reason: 'an instance refresh of web is InProgress',
  },
  {
    guard: 'lock',
    when: 'another incident touches a group that it is in',
    facts: { heldByOthers: known([{ resource: groupKey, incident: 'inc-9' }]) },
    reason: 'web is being touched by incident inc-9',
  },
  {
    guard: 'lock',
    when: 'another incident touches two groups of one name that it is in',
    facts: {
      heldByOthers: known([groupKey, targetGroupKey].map((resource) => ({ resource, incident: 'inc-9' }))),
    },
    reason: 'web is being touched by incident inc-9',
  },
  {
    guard: 'at-once',
    when: 'as many as may be are touching something under its rule',
    facts: { starts: known(startsIn(ruleScope('web-tier'), 1, 7_200, true)) },
    reason: '1 of at most 1 at once are being touched in rule web-tier',
  },
  {
    guard: 'at-once',
    when: 'as many as may be are touching something in its account',
    facts: { starts: known(startsIn(accountScope('111122223333'), 3, 7_200, true)) },
    reason: '3 of at most 3 at once are being touched in account 111122223333',
  },
  {
    guard: 'per-hour',
    when: 'as many as may be were started under its rule',
    facts: { starts: known(startsIn(ruleScope('web-tier'), 4, 3_000)) },
    reason: '4 of at most 4 starts per hour were made in rule web-tier',
    until: 600,
  },
  {
    guard: 'per-hour',
    when: 'as many as may be were started on its group',
    facts: { starts: known(startsIn(groupKey, 4, 3_000)) },
    reason: '4 of at most 4 starts per hour were made in group web',
    until: 600,
  },
  {
    guard: 'per-hour',
    when: 'as many as may be were started in its account',
    facts: { starts: known(startsIn(accountScope('111122223333'), 12, 3_000)) },
    reason: '12 of at most 12 starts per hour were made in account 111122223333',
    until: 600,
  },
  {
    guard: 'min-healthy',
    when: 'too few would be healthy',
    asks: { group: { name: 'web', size: 4, healthyOthers: 1 } },
    reason: 'web would have 1 of 4 healthy, and must keep 2',
  },
];

const decide = (asks: Partial<Asking> = {}, facts: Partial<Facts> = {}) =>
  decideAdmission({ ...asking, ...asks }, { ...clear, ...facts });

describe('a remediation may start', () => {
  it('when no guard stands in the way', () => {
    expect(decide()).toEqual({ kind: 'granted' });
  });

  it.each(cases)('not when $when: that is for guard $guard alone to say', ({ guard, asks, facts, reason, until }) => {
    const admission = decide(asks, facts);
    const refusals = admission.kind === 'refused' ? admission.refusals : [];
    expect(refusals.map((refusal) => refusal.guard)).toEqual([guard]);
    expect(refusals[0].reason).toContain(reason);
    expect(refusals[0]).toMatchObject(until === undefined ? {} : { until: at + until * 1_000 });
  });

  it.each<[string, Partial<Asking>, Partial<Facts>]>([
    ['while other rules and remediations are on hold', {}, { holds: known([{ of: { rule: 'db' }, ...by }]) }],
    ['one below the limit at once', {}, { starts: known(startsIn(accountScope('111122223333'), 2, 60, true)) }],
    ['one below the limit per hour', {}, { starts: known(startsIn(ruleScope('web-tier'), 3, 60)) }],
    ['an hour after as many as may be', {}, { starts: known(startsIn(ruleScope('web-tier'), 4, 3_600)) }],
    ['with as many healthy as must be', { group: { name: 'web', size: 4, healthyOthers: 2 } }, {}],
    ['when three fell sick together', {}, { sightings: known(new Map([[groupKey, sick(3, 60)]])) }],
    [
      'when one fell sick four times',
      {},
      { sightings: known(new Map([[groupKey, [0, 1, 2, 3].flatMap(() => sick(1, 60))]])) },
    ],
    ['long after a storm', {}, { sightings: known(new Map([[groupKey, sick(4, 1_501)]])) }],
    [
      'on the sick one of two',
      { group: { name: 'web', size: 2, healthyOthers: 1 } },
      bystanders(
        { resource: instance, touched: true, tags: optedIn },
        { resource: group, touched: false, tags: {}, members: { size: 2, sick: 1 } },
      ),
    ],
    ['in a zone that nothing was shifted away from', {}, { shiftedZones: known(['eu-central-1b']) }],
    ['before it is sick by the clock of another worker', { memory: { ...memory, sickSince: at + 5 } }, {}],
    ['once the backoff is over', { memory: { ...memory, lastStartAt: at - 600_000, starts: 1 } }, {}],
  ])('%s', (_when, asks, facts) => {
    expect(decide(asks, facts)).toEqual({ kind: 'granted' });
  });

  it('not before it is told everything that stands in the way at once', () => {
    const admission = decide(
      { group: { name: 'web', size: 4, healthyOthers: 1 } },
      {
        modeNow: known('approve'),
        mutes: known(['release']),
        heldByOthers: known([{ resource: groupKey, incident: 'i' }]),
      },
    );
    const refusals = admission.kind === 'refused' ? admission.refusals : [];
    expect(refusals.map(({ guard }) => guard)).toEqual(['mode', 'mute', 'lock', 'min-healthy']);
  });
});

it.each(cases)('waiting is of use unless it is for want of consent: $when', ({ guard, asks, facts }) => {
  const admission = decide(asks, facts);
  const lasting = admission.kind === 'refused' ? admission.refusals.filter((refusal) => refusal.lasting) : [];
  expect(lasting).toHaveLength(guard === 'consent' ? 1 : 0);
});

describe('every guard', () => {
  it('is in the list once, under its name, and has a case above', () => {
    expect(guards.map(({ name }) => name)).toEqual(guardNames);
    expect([...new Set(cases.map(({ guard }) => guard))]).toEqual(guardNames);
  });

  const needs = guards.flatMap(({ name, needs: facts }) => facts.map((fact) => [name, fact] as const));

  it.each(needs)('refuses when what it decides on cannot be read: %s without %s', (name, fact) => {
    const reason = `${fact} cannot be read: AccessDenied`;
    const admission = decide({}, { [fact]: unreadable(reason) });
    const refusals = admission.kind === 'refused' ? admission.refusals : [];
    expect(refusals).toContainEqual({ guard: name, reason });
  });

  it('that decides on no fact decides on what the incident itself remembers, or on its plan', () => {
    const without = guards.filter((guard) => guard.needs.length === 0).map(({ name }) => name);
    expect(without).toEqual(['evidence', 'backoff', 'min-healthy']);
    expect(decide({ group: { name: 'web', size: NaN, healthyOthers: 3 } }).kind).toBe('refused');
    expect(decide({ group: { name: 'web', size: 4, healthyOthers: NaN } }).kind).toBe('refused');
    expect(decide({ memory: { ...memory, seenSickAt: null } }).kind).toBe('refused');
    expect(decide({ memory: { ...memory, lastStartAt: NaN, starts: 1 } }).kind).toBe('refused');
  });
});
