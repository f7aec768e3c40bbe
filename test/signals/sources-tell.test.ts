import { sources, readEvent } from '../../signals';
import { conditions } from '../../signals/conditions';
import { matchesPattern, parseEventPattern } from '../../signals/event-pattern';
import type { Signal } from '../../signals/signal';
import { anywhere, eventFiles, sampleEvent } from './event-files';

const told = eventFiles.flatMap((file): [string, Signal][] => {
  const reading = readEvent(sampleEvent(file), anywhere);
  return reading.kind === 'signals' ? reading.signals.map((signal): [string, Signal] => [file, signal]) : [];
});

describe.each(sources.map((source) => [source.name, source] as const))('%s', (name, source) => {
  const own = told.filter(([, signal]) => signal.source === name);

  it('tells of no condition that it does not declare', () => {
    const named = own.flatMap(([, signal]) => (signal.kind === 'progress' ? [] : [signal.condition]));
    expect(source.tells === 'any' ? [] : named.filter((condition) => !source.tells.includes(condition))).toEqual([]);
  });

  it('tells of progress only if it declares that', () => {
    expect(own.some(([, { kind }]) => kind === 'progress') && !source.tellsProgress).toBe(false);
  });

  it('declares only conditions that there are', () => {
    const known = conditions.map((one): string => one.name);
    expect(source.tells === 'any' ? [] : source.tells.filter((condition) => !known.includes(condition))).toEqual([]);
  });

  it('asks of the detail nothing that an event which tells something lacks', () => {
    const asked = parseEventPattern({ ...source.pattern, ...(source.worthwhile && { detail: source.worthwhile }) });
    const missed = own.filter(
      ([file]) => asked.kind !== 'pattern' || !matchesPattern(asked.pattern, sampleEvent(file)),
    );
    expect(missed).toEqual([]);
  });
});

test('of the sample events some tell of sickness, and some of progress', () => {
  expect(new Set(told.map(([, { kind }]) => kind))).toEqual(new Set(['unhealthy', 'recovered', 'progress']));
});
