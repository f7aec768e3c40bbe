import { dayOf, instantOf, periodOf } from '../../../cli/record/period';

const now = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['7d', '2026-03-03T12:00:00.000Z'],
  ['36h', '2026-03-09T00:00:00.000Z'],
  ['2w', '2026-02-24T12:00:00.000Z'],
])('%s is %s', (text, instant) => {
  expect(new Date(instantOf(text, now)).toISOString()).toBe(instant);
});

test.each(['yesterday', '2026-13-01', '7', '7y', '2026-03-01T10:00:00'])(
  '%s is no time, and is told what is',
  (text) => {
    expect(() => instantOf(text, now)).toThrow(/write a time like 2026-03-01T10:00:00Z/);
  },
);

test('a period ends before it begins to be recorded, and begins before it ends', () => {
  expect(periodOf('7d', undefined, now)).toEqual({ since: instantOf('7d', now), until: now });
  expect(() => periodOf('7d', '2026-03-11', now)).toThrow('--until 2026-03-11 is yet to come');
  expect(() => periodOf('1d', '7d', now)).toThrow('--since 1d is not before --until 7d');
  expect(() => periodOf('2026-03-11', undefined, now)).toThrow('is not before now');
});

test('a day is one of UTC', () => {
  expect(dayOf(Date.parse('2026-03-01T23:59:59.999Z'))).toBe('2026-03-01');
});
