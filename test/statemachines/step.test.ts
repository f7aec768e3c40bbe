import type { GuardName } from '../../statemachines/guards/names';
import { hasEnded, outcomeOf } from '../../statemachines/incident';
import type { Rule } from '../../statemachines/rule';
import { step, UnknownMachineError } from '../../statemachines/step';
import { aLimit, anIncident, Life, planMade, type Happening } from './incident';

const gone = { type: 'symptom.gone', detail: 'all well' } as const;
const present = { type: 'symptom.present', detail: 'impaired' } as const;

describe('healing', () => {
  it('is resolved when the symptom went after a remediation and stayed gone', () => {
    const life = Life.started().wakes().happens({ type: 'check.done', detail: 'rebooted' }, gone);
    expect(life.incident.state).toBe('settling');
    life.wakes().happens(gone);
    expect(life.incident.state).toBe('resolved');
    expect(life.now).toBe(30_000 + 180_000);
  });

  it('is recovered, not resolved, when nothing had been started', () => {
    const life = Life.opened().happens(gone).wakes().happens(gone);
    expect(life.incident.state).toBe('recovered');
  });

  it("gives AWS's own healing its time before anything is looked at", () => {
    const life = Life.opened({ waitSeconds: 120 });
    expect([life.incident.state, life.effects]).toEqual(['waiting', []]);
    expect(life.wakes().effects).toEqual([{ type: 'read-symptom' }]);
    expect(life.now).toBe(120_000);
  });

  it('waits on when an OK comes before a live read agrees with it', () => {
    const life = Life.opened({ waitSeconds: 600 });
    life.now = 60_000;
    life.happens({ type: 'signal.recovered', detail: 'OK' });
    expect(life.effects).toEqual([{ type: 'read-symptom' }]);
    expect([life.happens(present).incident.state, life.wakes().now]).toEqual(['waiting', 600_000]);
    expect(Life.opened({ waitSeconds: 600 }).happens(gone).incident.state).toBe('settling');
  });

  it('is recovered, not resolved, when AWS shows no trace of the one thing that was started', () => {
    const noTrace = { type: 'check.notStarted', detail: 'as before' } as const;
    const life = Life.started().wakes().happens(noTrace).wakes().happens(noTrace, gone).wakes().happens(gone);
    expect(life.incident.state).toBe('recovered');
    expect(life.incident.memory.starts).toBe(1);
  });

  it('counts a remediation that is done but did not help as failed, and climbs', () => {
    const life = Life.started().wakes().happens({ type: 'check.done', detail: 'rebooted' }, present);
    while (life.incident.state === 'verifying') life.wakes().happens(present);
    expect(life.incident.memory.rung).toBe(1);
    expect(life.happens(present).effects).toEqual([
      { type: 'plan', remediation: 'replace-instance', parameters: { how: 'terminate' } },
    ]);
  });

  it('does not believe a symptom that comes back while it settles', () => {
    const life = Life.started().wakes().happens({ type: 'check.done', detail: 'rebooted' }, gone);
    life.happens({ type: 'signal.repeated', detail: 'alarm again' }, present);
    expect(life.incident.state).toBe('verifying');
  });

  it('looks again for a while before it calls people for what it cannot read alone', () => {
    const unread = { type: 'symptom.unreadable', detail: 'throttled' } as const;
    const life = Life.opened().happens(unread);
    expect(life.incident.state).toBe('confirming');
    while (life.incident.state === 'confirming') life.wakes().happens(unread);
    expect(life.incident.memory.gaveUp).toBe('whether it is sick cannot be told: throttled');
    expect(life.now).toBe(600_000);
    expect(Life.opened().happens(unread).wakes().happens(present).incident.state).toBe('planning');
  });

  it('never takes an unreadable symptom for a gone one', () => {
    const life = Life.started().wakes().happens({ type: 'check.done', detail: 'rebooted' }, gone).wakes();
    life.happens({ type: 'symptom.unreadable', detail: 'throttled' });
    expect(life.incident.state).toBe('settling');
  });
});

describe('the ladder', () => {
  it('tries the next rung when a plan refuses', () => {
    const life = Life.opened().happens(present, { type: 'plan.refused', remediation: 'reboot-instance', reason: 'no' });
    expect(life.effects).toMatchObject([{ type: 'plan', remediation: 'replace-instance' }]);
  });

  it('calls people when no rung is left', () => {
    const refused = { type: 'plan.refused', remediation: 'any', reason: 'no' } as const;
    const life = Life.opened().happens(present, refused, refused);
    expect(life.effects).toEqual([{ type: 'notify', kind: 'escalated', contact: 'oncall', ofMany: false }]);
    expect(life.incident.memory.gaveUp).toBe('nothing that may be tried is left');
  });

  it('calls people when the allowed attempts are used up, though a rung is left', () => {
    const life = Life.started({ limits: aLimit({ attempts: 1 }) });
    life.wakes().happens({ type: 'check.failed', detail: 'stuck' }, present);
    expect(life.incident.state).toBe('escalating');
  });

  it('calls people at once under a rule without remediations', () => {
    expect(Life.opened({ ladder: [] }).happens(present).incident.memory.gaveUp).toBe(
      'the rule has no remediation for it',
    );
  });
});

describe('starting', () => {
  it('looks up an unknown outcome and never starts again by itself', () => {
    const life = Life.opened().happens(present, planMade, { type: 'admission.granted' });
    expect(life.effects).toEqual([{ type: 'start', remediation: 'reboot-instance', plan: { instance: 'i-0abc' } }]);
    life.happens({ type: 'start.unknown', reason: 'TimeoutError' });
    expect([life.incident.state, life.effects]).toEqual(['checking', []]);
    expect(life.wakes().effects).toMatchObject([{ type: 'check' }]);
  });

  it('looks up the outcome when the worker that started it died', () => {
    const life = Life.opened().happens(present, planMade, { type: 'admission.granted' }).wakes();
    expect(life.incident.state).toBe('checking');
    expect(life.incident.memory.starts).toBe(1);
  });

  it('believes that nothing was started only when AWS shows no trace twice', () => {
    const noTrace = { type: 'check.notStarted', detail: 'as before' } as const;
    const life = Life.started().wakes().happens(noTrace);
    expect(life.incident.state).toBe('checking');
    expect(life.wakes().happens(noTrace).incident.state).toBe('confirming');
  });

  it('goes on by starting again only when the check says that it must', () => {
    const life = Life.started().wakes().happens({ type: 'check.continue', detail: 'stopped' });
    expect(life.effects).toMatchObject([{ type: 'start' }]);
    expect(life.happens({ type: 'start.succeeded' }).incident.memory.starts).toBe(1);
  });

  it('waits its turn when a limit stands in the way, and calls people when that takes too long', () => {
    const refused = { type: 'admission.refused', refusals: [{ guard: 'at-once', reason: '1 of 1 at once' }] } as const;
    const life = Life.opened().happens(present, planMade, refused);
    for (let turns = 0; life.incident.state === 'held'; turns += 1) {
      expect(turns).toBeLessThan(40);
      life.wakes();
      if ((life.incident.state as string) === 'confirming') life.happens(present, planMade, refused);
    }
    expect(life.incident.memory.gaveUp).toBe('it may not start: 1 of 1 at once');
    expect(life.now).toBe(30 * 60_000);
  });
});

describe('held back', () => {
  const refused = (...refusals: { guard: GuardName; reason: string; until?: number }[]): Happening => ({
    type: 'admission.refused',
    refusals,
  });
  const asked = (...refusals: { guard: GuardName; reason: string; until?: number }[]): Life =>
    Life.opened().happens(present, planMade, refused(...refusals));

  it('asks again when the guards say that it is worth it, and in a minute when they cannot say', () => {
    expect(asked({ guard: 'lock', reason: 'busy' }).incident.wake?.at).toBe(60_000);
    const told = { guard: 'backoff', reason: 'too soon', until: 400_000 } as const;
    expect(asked(told, { guard: 'lock', reason: 'busy' }).incident.wake?.at).toBe(400_000);
    expect(asked({ guard: 'per-hour', reason: 'full', until: 99_000_000 }).incident.wake?.at).toBe(30 * 60_000);
  });

  it('tries the next rung instead of waiting where waiting changes nothing, and calls people above the last', () => {
    const life = Life.opened().happens(present, planMade, {
      type: 'admission.refused',
      refusals: [{ guard: 'consent', reason: 'i-0abc has not been opted in', lasting: true }],
    });
    expect(life.effects).toMatchObject([{ type: 'plan', remediation: 'replace-instance' }]);
  });

  it('waits while somebody else is at work there, and tries no other rung meanwhile', () => {
    const life = Life.opened().happens(present, {
      type: 'plan.busy',
      remediation: 'reboot-instance',
      reason: 'refresh',
    });
    expect([life.incident.state, life.incident.memory.held?.reason]).toEqual(['held', 'refresh']);
    expect(life.wakes().happens(present).effects).toMatchObject([{ type: 'plan', remediation: 'reboot-instance' }]);
  });

  it('tells people of a storm once, as one of many, and calls them as one of many when it does not end', () => {
    const storm = { guard: 'storm', reason: 'storm in zone a' } as const;
    const life = asked(storm);
    const notice = { type: 'notify', contact: 'oncall', ofMany: true } as const;
    expect([life.incident.state, life.effects]).toEqual(['held', [{ ...notice, kind: 'held' }]]);
    life.happens({ type: 'notification.sent', contact: 'oncall', folded: true });
    expect(life.wakes().happens(present, planMade, refused(storm)).effects).toEqual([]);
    while (life.incident.state === 'held') {
      life.wakes();
      if ((life.incident.state as string) === 'confirming') life.happens(present, planMade, refused(storm));
    }
    expect(life.effects).toEqual([{ ...notice, kind: 'escalated' }]);
  });
});

describe('a sickness that comes back', () => {
  const recurrence = { of: 'inc-0', after: 'resolved 5m ago', rung: 1, spent: 1, lastStartAt: 0 };
  const back = (over: Partial<typeof recurrence> = {}): Life =>
    new Life(anIncident()).happens({
      type: 'incident.opened',
      detail: 'alarm',
      recurrence: { ...recurrence, ...over },
    });

  it('goes on with the next rung', () => {
    expect(back().happens(present).effects).toMatchObject([{ type: 'plan', remediation: 'replace-instance' }]);
  });

  it('has used up the attempts of the incident before, and calls people when none is left', () => {
    const life = back({ spent: 2 }).happens(present);
    expect([life.incident.state, life.incident.memory.gaveUp]).toEqual([
      'escalating',
      'nothing that may be tried is left: it came back after it was healed',
    ]);
  });

  it('is recovered by itself, and not resolved, when nothing was started this time', () => {
    expect(back().happens(gone).wakes().happens(gone).incident.state).toBe('recovered');
  });
});

describe('evidence', () => {
  it('is since when it has been sick, and when that was last seen', () => {
    const life = Life.opened({ waitSeconds: 60 }).wakes().happens(present);
    expect(life.incident.memory).toMatchObject({ sickSince: 0, seenSickAt: 60_000 });
  });

  it('begins anew when it was well for a moment', () => {
    const life = Life.opened().happens(gone);
    life.now = 90_000;
    life.happens({ type: 'signal.repeated', detail: 'ALARM' }, present);
    expect([life.incident.state, life.incident.memory.sickSince]).toEqual(['planning', 90_000]);
  });

  it('of something else that was made sick is no reason to touch it again: people are called', () => {
    const elsewhere = { type: 'symptom.present', detail: 'the group is ill', elsewhere: true } as const;
    const failed = Life.started().wakes().happens({ type: 'check.failed', detail: 'stuck' }, elsewhere);
    expect([failed.incident.state, failed.incident.memory.gaveUp]).toEqual([
      'escalating',
      'what was done has made something else sick: the group is ill',
    ]);
    const settled = Life.opened().happens(gone);
    settled.now = 60_000;
    expect(settled.happens(elsewhere).incident.state).toBe('escalating');
  });

  it('counts what was made sick elsewhere', () => {
    const { resource } = anIncident();
    const echoed = { type: 'signal.echoed', detail: 'x', resource, condition: 'target-unhealthy' } as const;
    const life = Life.started().happens(echoed, echoed);
    expect([life.incident.state, life.incident.memory.echoes]).toEqual(['checking', 2]);
  });
});

describe('approval', () => {
  const rule = { mode: 'approve' } as const;
  const granted = { type: 'approval.granted', by: 'someone', planHash: 'hash-1' } as const;
  const letIn = { type: 'admission.granted' } as const;
  const asked = (of: Partial<Rule> = rule, plan: Happening = planMade): Life =>
    Life.opened(of).happens(present, plan, letIn);

  it('is asked for what the guards would let start, and for nothing else', () => {
    const life = Life.opened(rule).happens(present, planMade);
    expect(life.effects).toEqual([{ type: 'admit', remediation: 'reboot-instance', to: 'ask' }]);
    const refused = { type: 'admission.refused', refusals: [{ guard: 'lock', reason: 'taken' }] } as const;
    expect(life.happens(refused).incident.state).toBe('held');
  });

  it('starts nothing before a person has agreed to the very plan', () => {
    const life = asked();
    expect(life.effects).toEqual([{ type: 'notify', kind: 'approval', contact: 'oncall', ofMany: false }]);
    expect(life.happens({ ...granted, planHash: 'other' }).incident.state).toBe('awaitingApproval');
    expect(life.happens(granted).effects).toEqual([{ type: 'read-symptom' }]);
    expect(life.happens(present, planMade).effects).toMatchObject([{ type: 'admit', to: 'start' }]);
    expect(life.happens(letIn).effects).toMatchObject([{ type: 'start' }]);
  });

  it('starts nothing for what has become well since it was asked for', () => {
    expect(asked().happens(granted, gone).incident.state).toBe('settling');
  });

  it('is too late once its time is over, though the timer that ends it has not come', () => {
    const life = asked();
    life.now = 1_800_000;
    expect(life.happens(granted).incident.state).toBe('awaitingApproval');
    expect(life.wakes().incident.memory.gaveUp).toBe('nobody approved: time is up');
  });

  it('is not asked for again when an OK comes before a live read agrees with it', () => {
    const life = asked().happens({ type: 'signal.recovered', detail: 'OK' }, present);
    expect([life.incident.state, life.incident.memory.asked, life.effects]).toEqual(['awaitingApproval', 1, []]);
    life.happens({ type: 'signal.recovered', detail: 'OK' }, gone);
    expect(life.incident.state).toBe('settling');
  });

  it('is asked for again when the plan has changed since it was approved', () => {
    const changed = { ...planMade, planHash: 'hash-2' } as Happening;
    const life = asked().happens(granted, present, changed);
    expect(life.effects).toMatchObject([{ type: 'admit', to: 'ask' }]);
    expect(life.happens(letIn).incident.state).toBe('awaitingApproval');
  });

  it('is refused by silence: people are called', () => {
    const told = asked().happens({ type: 'notification.sent', contact: 'oncall' });
    expect(told.wakes().incident.memory.gaveUp).toBe('nobody approved: time is up');
    expect(told.now).toBe(1_800_000);
  });

  it('is asked for again when whoever asked may have died before', () => {
    const life = asked().wakes();
    expect([life.now, life.effects]).toEqual([
      120_000,
      [{ type: 'notify', kind: 'approval', contact: 'oncall', ofMany: false }],
    ]);
  });

  it('does not outlive the sickness that it was given for', () => {
    const life = asked().happens(granted, gone);
    life.now = 60_000;
    life.happens({ type: 'signal.repeated', detail: 'ALARM' }, present, planMade);
    expect(life.effects).toMatchObject([{ type: 'admit', to: 'ask' }]);
  });

  it('starts nothing when it is denied, and a yes after that changes nothing', () => {
    const life = asked().happens({ type: 'approval.denied', by: 'someone' });
    expect(life.incident.state).toBe('escalating');
    expect(life.happens(granted).incident.state).toBe('escalating');
  });

  it('is asked for again when the message was not taken, and given up when it never is', () => {
    const failed = { type: 'notification.failed', contact: 'oncall', reason: 'no topic' } as const;
    const life = asked();
    for (let tries = 1; tries < 5; tries += 1) {
      life.happens(failed).wakes();
      expect(life.effects).toEqual([{ type: 'notify', kind: 'approval', contact: 'oncall', ofMany: false }]);
    }
    expect(life.happens(failed).incident.memory.gaveUp).toBe('nobody could be asked for approval: no topic');
    const told = asked().happens(failed).wakes().happens({ type: 'notification.sent', contact: 'oncall' });
    expect(told.incident.wake?.at).toBe(1_800_000);
  });

  describe('by two people', () => {
    const other = { ...granted, by: 'someone else' } as const;

    it.each<[string, Partial<Rule>, Happening]>([
      ['where something would be lost for good', rule, { ...planMade, destroys: ['vol-1'] } as Happening],
      [
        'where something would be lost for good, though the policy asks nobody',
        {},
        { ...planMade, destroys: ['vol-1'] } as Happening,
      ],
      [
        'where the policy says so',
        { ladder: [{ remediation: 'reboot-instance', approval: 'twoPeople', parameters: {} }] },
        planMade,
      ],
    ])('is needed %s', (_where, of, plan) => {
      const life = asked(of, plan).happens(granted);
      expect(life.incident.state).toBe('awaitingApproval');
      expect(life.happens(granted).incident.state).toBe('awaitingApproval');
      expect(life.happens(other, present, plan).effects).toMatchObject([{ type: 'admit', to: 'start' }]);
    });

    it('is forgotten when the plan changes', () => {
      const plan = { ...planMade, destroys: ['vol-1'] } as Happening;
      const changed = { ...plan, planHash: 'hash-2' } as Happening;
      const life = asked(rule, plan).happens(granted, other, present, changed, letIn);
      life.happens({ ...granted, planHash: 'hash-2' });
      expect([life.incident.state, life.incident.memory.approved?.by]).toEqual(['awaitingApproval', ['someone']]);
    });
  });
});

describe('observe', () => {
  const observed = (): Life => Life.opened({ mode: 'observe' }).happens(present, planMade);

  it('asks the guards for the record, and then for nothing that touches', () => {
    const life = observed();
    expect(life.effects).toEqual([{ type: 'admit', remediation: 'reboot-instance', to: 'record' }]);
    expect([life.happens({ type: 'admission.granted' }).incident.state, life.effects]).toEqual(['watching', []]);
    const refused = { type: 'admission.refused', refusals: [{ guard: 'storm', reason: 'storm' }] } as const;
    expect([observed().happens(refused).incident.state, life.effects]).toEqual(['watching', []]);
  });

  it('watches what happens without us, and asks whether people did the same', () => {
    const life = observed().happens({ type: 'admission.granted' }, { type: 'signal.recovered', detail: 'OK' });
    expect(life.effects).toEqual([{ type: 'read-symptom' }]);
    expect(life.happens(gone).effects).toMatchObject([{ type: 'check', remediation: 'reboot-instance' }]);
    expect(life.happens({ type: 'check.done', detail: 'rebooted' }).incident.state).toBe('observed');
  });

  it('writes down each look, so that its next is not taken for lost', () => {
    const life = observed().happens({ type: 'admission.granted' }).wakes();
    const before = life.incident.revision;
    life.happens(present);
    expect([life.incident.revision, life.incident.wake?.revision]).toEqual([before + 1, before + 1]);
  });

  it('ends after a day of sickness', () => {
    const life = observed().happens({ type: 'admission.granted' });
    while (life.incident.state === 'watching') life.wakes().happens(present);
    expect([life.incident.state, life.now]).toEqual(['observed', 24 * 3_600_000]);
  });

  it('waits for the hold-down, and then asks the guards for the record', () => {
    const tooSoon = { guard: 'evidence', reason: 'sick for 0s, and must be for 1m', until: 60_000 } as const;
    const life = observed().happens({ type: 'admission.refused', refusals: [tooSoon] });
    expect([life.incident.state, life.incident.wake?.at]).toEqual(['held', 60_000]);
    life.wakes().happens(present, planMade, { type: 'admission.granted' });
    expect(life.incident.state).toBe('watching');
  });

  it('calls nobody where nothing could be tried', () => {
    const life = Life.opened({ mode: 'observe', ladder: [] }).happens(present);
    expect([life.incident.state, life.effects]).toEqual(['watching', []]);
    expect(life.happens(gone).incident.state).toBe('observed');
  });
});

describe('escalation', () => {
  const escalated = (): Life =>
    Life.opened({ ladder: [] }).happens(present, { type: 'notification.sent', contact: 'oncall' });

  it('calls the next tier when nobody answers, and is left to people after the last', () => {
    const life = escalated().wakes();
    expect([life.now, life.effects]).toEqual([900_000, [{ type: 'read-symptom' }]]);
    expect(life.happens(present).effects).toEqual([
      { type: 'notify', kind: 'escalated', contact: 'manager', ofMany: false },
    ]);
    life.happens({ type: 'notification.sent', contact: 'manager' }).wakes().happens(present);
    expect(life.incident.state).toBe('closed');
  });

  it('calls the next tier when it cannot be read whether it is still sick', () => {
    const life = escalated().wakes().happens({ type: 'symptom.unreadable', detail: 'throttled' });
    expect(life.effects).toEqual([{ type: 'notify', kind: 'escalated', contact: 'manager', ofMany: false }]);
  });

  it('calls no further tier for what is well by then', () => {
    const life = escalated().wakes().happens(gone);
    expect(life.effects).toEqual([{ type: 'notify', kind: 'recovered', contact: 'oncall', ofMany: false }]);
  });

  it('calls nobody further once it is acknowledged', () => {
    const life = escalated().happens({ type: 'escalation.acknowledged', by: 'someone' });
    expect(life.incident.state).toBe('acknowledged');
    expect(life.wakes().incident.state).toBe('closed');
  });

  const failed = { type: 'notification.failed', contact: 'oncall', reason: 'no topic' } as const;

  it('tries again when a message is not taken, then goes to the next tier', () => {
    const life = Life.opened({ ladder: [] }).happens(present);
    for (let tries = 1; tries < 5; tries += 1) life.happens(failed).wakes();
    expect(life.happens(failed).effects).toEqual([
      { type: 'notify', kind: 'escalated', contact: 'manager', ofMany: false },
    ]);
  });

  it('goes on trying for a day when nobody can be reached, and never waits for an answer of people who know nothing', () => {
    const life = Life.opened({ ladder: [], escalate: [{ contact: 'oncall', afterSeconds: 0 }] }).happens(present);
    const hour = 3_600_000;
    for (; life.now < 6 * hour; life.happens(failed).wakes()) expect(life.incident.state).toBe('escalating');
    const sent = { type: 'notification.sent', contact: 'oncall' } as const;
    expect(new Life(life.incident).happens(sent).incident.state).toBe('escalated');
    while (life.incident.state === 'escalating') life.wakes().happens(failed);
    expect([life.incident.state, Math.round(life.now / hour)]).toEqual(['closed', 24]);
  });

  const ok = { type: 'signal.recovered', detail: 'OK' } as const;
  const toManager = { type: 'notification.sent', contact: 'manager' } as const;

  it('tells all who were called when it recovers', () => {
    const life = escalated().wakes().happens(present, toManager, ok, gone);
    expect(life.effects).toEqual([{ type: 'notify', kind: 'recovered', contact: 'manager', ofMany: false }]);
    expect(life.happens(toManager).effects).toEqual([
      { type: 'notify', kind: 'recovered', contact: 'oncall', ofMany: false },
    ]);
    expect(life.happens({ type: 'notification.sent', contact: 'oncall' }).incident.state).toBe('closed');
  });

  it('does not take the word of an alarm that has no data: what a live read finds sick stays with people', () => {
    const life = escalated().happens(ok, present);
    expect([life.incident.state, life.effects]).toEqual(['escalated', []]);
    life.happens({ type: 'escalation.acknowledged', by: 'someone' }, ok, present);
    expect([life.incident.state, life.wakes().effects]).toEqual(['acknowledged', [{ type: 'read-symptom' }]]);
    expect(life.happens(gone).effects).toEqual([
      { type: 'notify', kind: 'recovered', contact: 'oncall', ofMany: false },
    ]);
  });

  it('calls again when it is sick again while it tells that it was over', () => {
    const life = escalated().happens(ok, gone, { type: 'signal.repeated', detail: 'ALARM' });
    expect(life.effects).toEqual([{ type: 'read-symptom' }]);
    expect(life.happens(present).incident.state).toBe('escalating');
  });

  it('does not miss a recovery that comes while it calls', () => {
    const life = Life.opened({ ladder: [] }).happens(present, ok);
    expect(life.effects).toEqual([{ type: 'read-symptom' }]);
    expect(life.happens(gone).effects).toEqual([
      { type: 'notify', kind: 'recovered', contact: 'oncall', ofMany: false },
    ]);
  });
});

describe('what must change nothing', () => {
  it('a late timer of the first attempt cannot end the second', () => {
    const life = Life.started();
    const late = life.incident.wake!.revision;
    life.wakes().happens({ type: 'check.failed', detail: 'stuck' }, present, planMade, { type: 'admission.granted' });
    life.happens({ type: 'start.succeeded' });
    const before = life.incident;
    life.now += 3_600_000;
    life.happens({ type: 'timer.fired', revision: late });
    expect(life.incident).toBe(before);
    expect(life.ignored).toMatch(/late/);
  });

  it('a timer that comes twice wakes once', () => {
    const life = Life.started();
    const { revision } = life.incident.wake!;
    life.wakes().happens({ type: 'check.done', detail: 'rebooted' }, present);
    const before = life.incident;
    expect(life.happens({ type: 'timer.fired', revision }).incident).toBe(before);
  });

  it.each(['resolved', 'recovered', 'observed', 'closed'] as const)('an event after the end: %s', (state) => {
    const ended = { ...anIncident(), state };
    const result = step(ended, { type: 'signal.repeated', at: 1, detail: 'alarm' });
    expect(result).toEqual({ incident: ended, effects: [], changed: false, ignored: 'the incident has ended' });
    expect(hasEnded(ended)).toBe(true);
  });

  it('an answer that nobody waits for', () => {
    const life = Life.started();
    const before = life.incident;
    life.happens(gone, { type: 'admission.granted' }, { type: 'plan.refused', remediation: 'x', reason: 'y' });
    expect(life.incident).toEqual(before);
  });

  it.each([
    { type: 'xstate.after.900000.incident.checking', at: 1 },
    { type: 'xstate.done.actor.0.incident', at: 1 },
    { type: '*', at: 1 },
    { type: 'check.done', at: 1, detail: 'x', extra: true },
    { type: 'check.done', detail: 'x' },
  ])('an event that is not one of ours is thrown out: %j', (forged) => {
    const { incident } = Life.started();
    expect(() => step(incident, forged as never)).toThrow(/nvalid|nrecognized/);
  });
});

describe('a stored incident', () => {
  it('decides the same after a round trip through JSON at every step', () => {
    const life = Life.opened();
    for (const happening of [present, planMade, { type: 'admission.granted' }, { type: 'start.succeeded' }] as const) {
      const restored = JSON.parse(JSON.stringify(life.incident)) as typeof life.incident;
      const event = { ...happening, at: 0 } as never;
      expect(step(restored, event)).toEqual(step(life.incident, event));
      life.happens(happening);
    }
  });

  it('of another machine is refused, with what to do', () => {
    const incident = { ...anIncident(), machine: { name: 'incident', version: 99 } };
    const event = { type: 'incident.opened', at: 0, detail: '' } as const;
    expect(() => step(incident, event)).toThrow(UnknownMachineError);
    expect(() => step(incident, event)).toThrow('Run the release that opened it');
  });

  it('is small: its memory stays under 1 KB with a plan of ordinary size', () => {
    const life = Life.started();
    expect(JSON.stringify(life.incident.memory).length).toBeLessThan(1_024);
  });

  it('calls an incident that people have been called for escalated, whatever they did since', () => {
    expect(outcomeOf({ ...anIncident(), state: 'acknowledged' })).toBe('escalated');
  });
});
