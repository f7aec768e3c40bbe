import { isIn, modeAt, windowFaults } from '../../runtime/windows';
import type { Window } from '../../statemachines/policy';

function window(overrides: Partial<Window> = {}): Window {
  return { name: 'freeze', cron: '0 22 * * 5', timezone: 'UTC', forSeconds: 3_600, then: 'observe', ...overrides };
}

const at = (text: string): number => Date.parse(text);

describe('a window', () => {
  it.each([
    ['2026-11-20T21:59:59.999Z', false],
    ['2026-11-20T22:00:00.000Z', true],
    ['2026-11-20T22:00:00.500Z', true],
    ['2026-11-20T22:59:59.999Z', true],
    ['2026-11-20T23:00:00.000Z', false],
    ['2026-11-21T22:30:00.000Z', false],
  ])('from Friday 22:00 for an hour, at %s: %s', (time, open) => {
    expect(isIn(window(), at(time))).toBe(open);
  });

  it('reaches over days', () => {
    expect(isIn(window({ forSeconds: 60 * 3_600 }), at('2026-11-23T09:59:00Z'))).toBe(true);
    expect(isIn(window({ forSeconds: 60 * 3_600 }), at('2026-11-23T10:00:00Z'))).toBe(false);
  });

  it('begins by the clock on the wall of its time zone, in summer and in winter', () => {
    const berlin = window({ timezone: 'Europe/Berlin' });
    expect(isIn(berlin, at('2026-11-20T21:00:00Z'))).toBe(true);
    expect(isIn(berlin, at('2026-07-17T20:00:00Z'))).toBe(true);
    expect(isIn(berlin, at('2026-07-17T21:00:00Z'))).toBe(false);
  });

  it('lasts as long when the clocks change within it', () => {
    const overnight = window({ cron: '0 22 * * 6', timezone: 'Europe/Berlin', forSeconds: 8 * 3_600 });
    expect(isIn(overnight, at('2026-03-29T04:59:59Z'))).toBe(true);
    expect(isIn(overnight, at('2026-03-29T05:00:00Z'))).toBe(false);
  });

  it('begins once a day although the clocks skip its hour', () => {
    const skipped = window({ cron: '30 2 * * *', timezone: 'Europe/Berlin' });
    expect(isIn(skipped, at('2026-03-29T01:15:00Z'))).toBe(true);
  });
});

describe('the mode at an instant', () => {
  const inside = at('2026-11-20T22:30:00Z');

  it('is the policy’s when no window is open', () => {
    expect(modeAt('act', [window()], at('2026-11-20T12:00:00Z'))).toBe('act');
    expect(modeAt('act', [], inside)).toBe('act');
  });

  it('is the strictest of the windows that are open', () => {
    expect(modeAt('act', [window({ then: 'approve' })], inside)).toBe('approve');
    expect(modeAt('act', [window({ then: 'approve' }), window()], inside)).toBe('observe');
  });

  it('is never looser than the policy’s', () => {
    expect(modeAt('observe', [window({ then: 'approve' })], inside)).toBe('observe');
  });
});

describe('what is wrong with a window', () => {
  it.each([
    ['0 22 * * 5', 'Europe/Berlin', []],
    ['0 25 * * 5', 'UTC', ['cron is minute hour day month weekday, such as 0 22 * * 5: Invalid value for hour: 25']],
    ['0 0 31 2 *', 'UTC', ['the window never begins: no day fits 0 0 31 2 *']],
    ['0 0 29 2 *', 'UTC', []],
    ['0 22 * * 5', 'Mars/Base', ['there is no time zone Mars/Base: write an IANA name such as Europe/Berlin or UTC']],
  ])('%s in %s: %j', (cron, timezone, reasons) => {
    expect(windowFaults(cron, timezone).map(({ reason }) => reason)).toEqual(reasons);
  });

  it('is told of both', () => {
    expect(windowFaults('x x x x x', 'Mars/Base').map(({ of }) => of)).toEqual(['cron', 'timezone']);
  });
});
