import fc from 'fast-check';
import { readEvent } from '../../signals';
import type { Reading } from '../../signals/signal';
import { anywhere, eventFiles, sampleEvent } from './event-files';

const control = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Every text anywhere in a value, keys included. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** What is wrong with a reading, whatever was read. In one list: `expect` takes longer than a reading does. */
function harmIn(reading: Reading): readonly unknown[] {
  const told = reading.kind === 'signals' ? reading.signals.map(({ detail }) => detail) : [reading.reason];
  return [
    ...textsOf(reading).filter((text) => control.test(text)),
    ...told.filter((text) => text.length > 200),
    ...(reading.kind === 'signals' ? [] : told.filter((text) => text.length <= 5)),
    ...Object.getOwnPropertyNames(Object.prototype).filter((name) => !ownNames.includes(name)),
  ];
}
const ownNames = Object.getOwnPropertyNames(Object.prototype);

const read = (input: unknown): Reading => {
  const reading = readEvent(input, anywhere);
  expect(harmIn(reading)).toEqual([]);
  return reading;
};

/** JSON text as it comes off a wire, where `__proto__` is a key like any other. */
const parsed = (text: string): unknown => JSON.parse(text);
const alarm = 'cloudwatch/instance-status-alarm';
const nested = (levels: number): unknown => parsed('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

describe('anything at all', () => {
  test('never throws, and is never more than invalid', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withNullPrototype: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(anything, (input) => {
        expect(read(input).kind).toBe('invalid');
      }),
      { numRuns: 500 },
    );
  });

  test('a value of any kind in any place of an event neither throws nor leaves a control character', () => {
    const name = fc.constantFrom(...eventFiles);
    const odd = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '\u001b[31mred\u001b[0m',
        'a\nb',
        '\u202e',
        '$(reboot)',
        '__proto__',
        'xstate.after.1.a',
        '',
        'i-0',
        null,
      ),
    );
    fc.assert(
      fc.property(name, fc.nat(), odd, (sample, place, value) => {
        const event = structuredClone(sampleEvent(sample));
        const places = placesOf(event);
        const [owner, key] = places[place % places.length]!;
        owner[key] = value;
        read(event);
      }),
      { numRuns: 3000 },
    );
  });

  test('a signal about an instance names an instance, whatever stands in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (id) => {
        const reading = read(sampleEvent('ec2/instance-running', {}, { 'instance-id': id }));
        expect(reading.kind === 'signals' && !/^i-[0-9a-f]{8,17}$/.test(id)).toBe(false);
      }),
    );
  });
});

/** Each object or array of the event with each of its keys. */
function placesOf(value: unknown): readonly (readonly [Record<string, unknown>, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [[owner, key] as const, ...placesOf(owner[key])]);
}

describe('what is not an event', () => {
  const cyclic: Record<string, unknown> = { ...sampleEvent(alarm) };
  cyclic['detail'] = cyclic;
  const throwing = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /JSON object, and this is undefined/],
    ['an array of events', [sampleEvent(alarm)], /JSON object, and this is an array/],
    ['text', JSON.stringify(sampleEvent(alarm)), /this is a string/],
    ['an empty object', {}, /id is missing/],
    ['no account', sampleEvent(alarm, { account: undefined }), /account is missing/],
    [
      'an account that is a placeholder',
      sampleEvent(alarm, { account: 'account-id' }),
      /account: it is not an account id/,
    ],
    ['an account that is a number', sampleEvent(alarm, { account: 111122223333 }), /account: /],
    ['a region that is a placeholder', sampleEvent(alarm, { region: 'region' }), /region: it is not a region/],
    ['a time that is a placeholder', sampleEvent(alarm, { time: 'yyyy-mm-ddThh:mm:ssZ' }), /time: it is not a time/],
    ['a time out of range', sampleEvent(alarm, { time: '+275760-09-13T00:00:00.001Z' }), /time: it is not a time/],
    ['a 13th month', sampleEvent(alarm, { time: '2026-13-01T00:00:00Z' }), /time: it is not a time/],
    ['a local time', sampleEvent(alarm, { time: '2026-03-01T10:00:00' }), /time: it is not a time/],
    ['an id with a newline', sampleEvent(alarm, { id: 'a\nb' }), /id: /],
    ['a detail that is text', sampleEvent(alarm, { detail: 'ALARM' }), /detail: /],
    ['a detail that is an array', sampleEvent(alarm, { detail: [] }), /detail: /],
    ['resources that are objects', sampleEvent(alarm, { resources: [{ arn: 'x' }] }), /resources.0: /],
    [
      'a detail-type of the machine',
      sampleEvent(alarm, { 'detail-type': 'xstate.after.60000.x' }),
      /detail-type: .*xstate/,
    ],
    ['a source of the machine', sampleEvent(alarm, { source: 'XState.stop' }), /source: .*xstate/],
    ['a detail-type with a newline', sampleEvent(alarm, { 'detail-type': 'a\nb' }), /detail-type: it has control/],
    ['a Map', new Map(Object.entries(sampleEvent(alarm))), /an object of a class/],
    ['a Date within', sampleEvent(alarm, {}, { state: new Date(0) }), /an object of a class/],
    ['a function within', sampleEvent(alarm, {}, { state: () => 'ALARM' }), /a function/],
    ['NaN within', sampleEvent(alarm, {}, { state: NaN }), /a number/],
    ['a getter', Object.defineProperty({}, 'id', { get: () => 'x', enumerable: true }), /no plain value/],
    ['a proxy that throws', throwing, /can not be read/],
    ['a revoked proxy', revoked.proxy, /can not be read/],
    ['a cycle', cyclic, /nested deeper/],
    ['deep nesting', sampleEvent(alarm, {}, { deep: nested(100) }), /nested deeper than 64/],
    ['256 KB of nesting', nested(40_000), /nested deeper than 64/],
    ['more than 256 KB', sampleEvent(alarm, {}, { text: 'x'.repeat(256 * 1024) }), /larger than the 256 KB/],
    ['more than 256 KB of keys', sampleEvent(alarm, {}, { ['x'.repeat(300_000)]: 1 }), /larger than the 256 KB/],
    ['a huge sparse array', sampleEvent(alarm, {}, { list: new Array(4_000_000_000) }), /no plain value/],
    ['__proto__', parsed('{"__proto__":{"admin":true}}'), /key "__proto__"/],
    ['__proto__ within', sampleEvent(alarm, {}, { state: parsed('{"__proto__":{"value":"ALARM"}}') }), /"__proto__"/],
    ['constructor within', sampleEvent(alarm, {}, { alarmTags: { constructor: 'x' } }), /key "constructor"/],
    ['prototype within', sampleEvent(alarm, {}, { alarmTags: { prototype: 'x' } }), /key "prototype"/],
    [
      'an unknown state',
      sampleEvent(alarm, {}, { state: { value: 'SICK', timestamp: '2026-03-01T10:00:00Z' } }),
      /detail.state.value/,
    ],
    ['an alarm name with a newline', sampleEvent(alarm, {}, { alarmName: 'a\nb' }), /detail.alarmName: it has control/],
    [
      'an alarm that resources do not name',
      sampleEvent(alarm, {}, { alarmName: 'other' }),
      /resources names another alarm/,
    ],
  ])('%s is invalid, and the reason says where', (_, input, reason) => {
    expect(read(input)).toEqual({ kind: 'invalid', reason: expect.stringMatching(reason) as string });
  });

  test('an event of 256 KB is still read', () => {
    const event = sampleEvent(alarm, {}, { list: new Array(1000).fill(''), numbers: new Array(1000).fill(1) });
    const room = 256 * 1024 - JSON.stringify({ ...event, padding: '' }).length;
    expect(read({ ...event, padding: 'x'.repeat(room) }).kind).toBe('signals');
  });
});

describe('names made to do harm', () => {
  const named = (name: string): Reading =>
    read(
      sampleEvent(
        alarm,
        { resources: [`arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`] },
        { alarmName: name },
      ),
    );

  test.each([
    ['quotes', `"';--${'"'.repeat(249)}`],
    ['a command', '$(shutdown -h now) `id` ${HOME}'],
    ['an event of the machine', 'xstate.after.60000.incident.waiting'],
    ['a prototype', '__proto__'],
    ['255 characters', 'x'.repeat(255)],
  ])('an alarm named with %s is read like any other', (_, name) => {
    expect(named(name)).toMatchObject({
      kind: 'signals',
      signals: [
        {
          kind: 'unhealthy',
          condition: 'ec2-instance-impaired',
          evidence: { alarmArn: expect.stringContaining(name) as string },
        },
      ],
    });
  });

  test('a terminal sequence in what an alarm says is gone from the signal', () => {
    const state = {
      value: 'ALARM',
      reason: '\u001b[2Jcleared\u001b]0;title\u0007 \u202edesrever\r\nLOG: ok',
      timestamp: '2026-03-01T10:00:00Z',
    };
    const reading = read(sampleEvent(alarm, {}, { state }));
    expect(reading.kind === 'signals' && reading.signals[0].detail).toBe(
      'web-1 status is ALARM: cleared desrever LOG: ok',
    );
  });

  test('a tag with a control character is left out', () => {
    const reading = read(
      sampleEvent('rds/instance-storage-low', {}, { Tags: { service: 'shop', note: 'a\u001b[31mb' } }),
    );
    expect(reading.kind === 'signals' && reading.signals[0].tags).toEqual({ service: 'shop' });
  });

  test('a group whose name has a control character is not named in a signal', () => {
    const reading = read(sampleEvent('autoscaling/launch-successful', {}, { AutoScalingGroupName: 'web\n' }));
    expect(reading.kind).toBe('invalid');
  });
});
