import { inBrief } from '../../../statemachines/incident-machine/brief';
import { Life } from '../incident';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const long = ['a', '"', '\\', 'ü', '値', '🚒', '"値 '].map((letter) => [letter, letter.repeat(500)] as const);

describe('a reason in brief', () => {
  it.each(long)('takes at most 240 bytes of JSON, and begins as the reason does: of %j', (_letter, reason) => {
    const brief = inBrief(reason);
    expect(bytesOf(brief)).toBeLessThanOrEqual(240);
    expect(bytesOf(brief)).toBeGreaterThan(180);
    expect(reason.startsWith(brief.replace(/…$/, ''))).toBe(true);
  });

  it('is the reason, if that is short', () => {
    expect(inBrief('web would have 1 of 4 healthy, and must keep 2')).toBe(
      'web would have 1 of 4 healthy, and must keep 2',
    );
  });

  it.each(long)('leaves the memory small enough to be stored at every commit: of %j', (_letter, reason) => {
    const ladder = [{ remediation: 'reboot-instance', approval: 'notRequired', parameters: {} }] as const;
    const life = Life.opened({ ladder });
    life.happens(
      { type: 'symptom.present', detail: reason },
      {
        type: 'plan.made',
        remediation: 'reboot-instance',
        plan: {},
        planHash: 'f'.repeat(32),
        touches: [],
        summary: reason,
        patience: { checkEvery: 30, giveUpAfter: 300 },
      },
      { type: 'admission.refused', reasons: [reason, reason] },
    );
    life.now += 31 * 60_000;
    life.happens({ type: 'timer.fired', revision: life.incident.wake?.revision ?? -1 });
    const { planned, ...rest } = life.incident.memory;
    expect(rest.gaveUp).toMatch(/^it may not start: /);
    expect(planned).not.toBeNull();
    expect(bytesOf({ ...rest, planned: planned?.planHash })).toBeLessThanOrEqual(1_024);
  });
});
