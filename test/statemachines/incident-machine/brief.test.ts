import { inBrief } from '../../../statemachines/incident-machine/brief';
import { aLimit, anIncident, Life, planMade, type Happening } from '../incident';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const long = ['a', '"', '\\', 'ü', '値', '🚒', '"値 '].map((letter) => [letter, letter.repeat(500)] as const);

/** An instant of today's length. */
const now = 1_800_000_000_000;

describe('a reason in brief', () => {
  it.each(long)('takes at most 200 bytes of JSON, and begins as the reason does: of %j', (_letter, reason) => {
    const brief = inBrief(reason);
    expect(bytesOf(brief)).toBeLessThanOrEqual(200);
    expect(bytesOf(brief)).toBeGreaterThan(150);
    expect(reason.startsWith(brief.replace(/…$/, ''))).toBe(true);
  });

  it('is the reason, if that is short', () => {
    expect(inBrief('web would have 1 of 4 healthy, and must keep 2')).toBe(
      'web would have 1 of 4 healthy, and must keep 2',
    );
  });

  it.each(long)('leaves the memory small enough to be stored at every commit: of %j', (_letter, reason) => {
    const plan: Happening = { ...planMade, planHash: 'f'.repeat(32), summary: reason, destroys: [reason] } as Happening;
    const recurrence = { of: 'inc-0', after: reason, rung: 0, spent: 10, lastStartAt: now - 900_000 };
    const life = new Life({ ...anIncident({ mode: 'approve', limits: aLimit({ attempts: 99 }) }), openedAt: now });
    life.now = now;
    const sick = { type: 'symptom.present', detail: reason } as const;
    const asked = [sick, plan, { type: 'admission.granted' } as const];
    life.happens({ type: 'incident.opened', detail: reason, recurrence }, ...asked);
    for (const by of [`a${reason}`, `b${reason}`]) {
      life.happens({ type: 'approval.granted', by, planHash: 'f'.repeat(32) });
    }
    const refusals = [{ guard: 'storm', reason }] as const;
    life.happens(sick, plan, { type: 'admission.refused', refusals: [...refusals] });
    life.now += 31 * 60_000;
    life.happens({ type: 'timer.fired', revision: life.incident.wake?.revision ?? -1 });
    const { planned, ...rest } = life.incident.memory;
    expect([rest.gaveUp?.slice(0, 18), rest.approved?.by.length, planned?.planHash.length]).toEqual([
      'it may not start: ',
      2,
      32,
    ]);
    expect(bytesOf({ ...rest, planned: planned?.planHash })).toBeLessThanOrEqual(1_024);
  });
});
