import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const told = (changes: object): string =>
  inWords(readEvent(sampleEvent('elasticache/cache-limit-approaching', {}, changes as never), anywhere)).join(' + ');

test('an event that names no serverless cache is ignored', () => {
  expect(told({ SourceIdentifier: '../carts' })).toMatch(/^ignored: .*not the name of a serverless cache/);
});

test('the same fact is told by one key, and another by another', () => {
  const keyOf = (changes: object) => {
    const reading = readEvent(sampleEvent('elasticache/cache-limit-approaching', {}, changes as never), anywhere);
    return reading.kind === 'signals' ? reading.signals[0].dedupKey : undefined;
  };
  expect(keyOf({})).toBe(keyOf({}));
  expect(keyOf({ EventID: 'another' })).not.toBe(keyOf({}));
});
