import fc from 'fast-check';
import { durationText, parseDuration } from '../../statemachines/duration';

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['90s', 90],
    ['2m', 120],
    ['1h30m', 5_400],
    ['2d', 172_800],
    ['1d1h1m1s', 90_061],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    '',
    ' ',
    '5',
    '-5m',
    '+5m',
    '1.5h',
    '5 m',
    '5M',
    'm',
    '30m1h',
    '1h1h',
    '1w',
    'P1D',
    '5m ',
    '٥m',
    '1234567s',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999 * 86_400 }), (seconds) => {
        expect(parseDuration(durationText(seconds))).toBe(seconds);
      }),
    );
  });

  it('is written as shortly as it can be', () => {
    expect([0, 60, 5_400, 90_061].map(durationText)).toEqual(['0s', '1m', '1h30m', '1d1h1m1s']);
  });
});
