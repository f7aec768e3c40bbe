import { decideAdmission, leastHealthy, type AdmissionFacts } from '../../statemachines/admission';
import type { Limits } from '../../statemachines/rule';

const limits: Limits = { atOnce: 2, perHour: 4, minHealthy: { percent: 50 }, attempts: 2 };
const free: AdmissionFacts = {
  heldByOthers: [],
  touchingNow: 0,
  startsInLastHour: 0,
  hold: undefined,
  tightenedTo: undefined,
  group: 'alone',
};
const reasons = (facts: Partial<AdmissionFacts>): readonly string[] => {
  const admission = decideAdmission(limits, { ...free, ...facts });
  return admission.kind === 'refused' ? admission.reasons : [];
};

describe('a remediation may start', () => {
  it('when nothing stands in the way', () => {
    expect(decideAdmission(limits, free)).toEqual({ kind: 'granted' });
  });

  it.each<[string, Partial<AdmissionFacts>, string]>([
    [
      'another incident holds what it touches',
      { heldByOthers: [{ resource: 'web', incident: 'inc-9' }] },
      'web is being touched by incident inc-9',
    ],
    ['everything is on hold', { hold: 'everything is on hold, by arn:x: a release' }, 'on hold, by arn:x: a release'],
    ['as many as allowed are touching', { touchingNow: 2 }, '2 of at most 2 at once'],
    ['as many as allowed were started this hour', { startsInLastHour: 4 }, '4 of at most 4 starts per hour'],
    [
      'a window has opened since',
      { tightenedTo: 'observe' },
      'a window of the policy is open, and holds it to mode observe',
    ],
    [
      'too few would be healthy',
      { group: { name: 'web', size: 4, healthyOthers: 1 } },
      'web would have 1 of 4 healthy, and must keep 2',
    ],
  ])('not when %s', (_case, facts, reason) => {
    expect(reasons(facts).join()).toContain(reason);
  });

  it('one below each limit', () => {
    expect(reasons({ touchingNow: 1, startsInLastHour: 3, group: { name: 'web', size: 4, healthyOthers: 2 } })).toEqual(
      [],
    );
  });

  it('and is told everything that stands in the way at once', () => {
    expect(reasons({ touchingNow: 2, startsInLastHour: 4, tightenedTo: 'approve' })).toHaveLength(3);
  });
});

describe('the healthy members that a group must keep', () => {
  it.each([
    [{ percent: 50 }, 1, 0],
    [{ percent: 50 }, 2, 1],
    [{ percent: 50 }, 3, 2],
    [{ percent: 50 }, 5, 3],
    [{ percent: 100 }, 3, 2],
    [{ percent: 0 }, 3, 0],
    [{ count: 2 }, 5, 2],
    [{ count: 5 }, 3, 2],
    [{ count: 1 }, 1, 0],
    [{ count: 1 }, 0, 0],
  ])('%j of %d are %d', (minHealthy, size, kept) => {
    expect(leastHealthy(minHealthy, size)).toBe(kept);
  });
});
