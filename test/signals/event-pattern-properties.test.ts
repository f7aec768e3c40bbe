import fc from 'fast-check';
import { matchesPattern, parseEventPattern } from '../../signals/event-pattern';

type JsonObject = Record<string, unknown>;

const name = fc.oneof(fc.constantFrom('a', 'b', 'detail', '__proto__', 'constructor', 'a.b', '', '$or'), fc.string());
const operatorName = fc.constantFrom(
  'prefix',
  'suffix',
  'wildcard',
  'numeric',
  'cidr',
  'exists',
  'anything-but',
  'equals-ignore-case',
);
const leaf = fc.oneof(
  fc.string(),
  fc.constantFrom('10.0.0.1', '::1', '10.0.0.0/8'),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Objects made as JSON.parse makes them: `__proto__` is a name like any other. */
const objectOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

const json = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: objectOf(name, tie('value')),
}));

const likelyPattern = fc.letrec<{ object: JsonObject; values: unknown[]; operator: JsonObject }>((tie) => ({
  object: objectOf(name, fc.oneof({ depthSize: 'small' }, tie('values'), tie('object'), fc.array(tie('object')))),
  values: fc.array(fc.oneof(leaf, tie('operator')), { maxLength: 3 }),
  operator: objectOf(operatorName, fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf), tie('operator'))),
}));

const validValue = fc.oneof(
  leaf,
  fc.constantFrom(
    { exists: false },
    { exists: true },
    { prefix: 'a' },
    { 'anything-but': [1] },
    { numeric: ['>', 0] },
    { wildcard: '*a*' },
    { cidr: '10.0.0.0/8' },
  ),
);
const validPattern = fc.letrec<{ object: JsonObject; values: unknown[] }>((tie) => ({
  object: fc
    .array(fc.tuple(name, fc.oneof({ depthSize: 'small' }, tie('values'), tie('object'))), {
      minLength: 1,
      maxLength: 3,
    })
    .map((entries) => Object.fromEntries(entries.map(([key, value]) => [key === '$or' ? 'a' : key, value]))),
  values: fc.array(
    validValue.filter((value) => typeof value !== 'number' || Number.isFinite(value)),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
}));

function matches(pattern: unknown, event: object): boolean | string {
  const parsed = parseEventPattern(pattern);
  return parsed.kind === 'invalid' ? parsed.reason : matchesPattern(parsed.pattern, event);
}

const plainName = fc.string({ minLength: 1 }).filter((text) => text !== '$or' && !text.includes('.'));
const plainLeaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** An event and the pattern that asks for each of its leaves. */
const eventWithOwnPattern = fc.letrec<{ pair: readonly [JsonObject, JsonObject]; leaf: readonly [unknown, unknown] }>(
  (tie) => ({
    leaf: plainLeaf.map((value) => [value, [value]] as const),
    pair: fc
      .uniqueArray(fc.tuple(plainName, fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('pair'))), {
        minLength: 1,
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map(
        (fields) =>
          [
            Object.fromEntries(fields.map(([key, [event]]) => [key, event])),
            Object.fromEntries(fields.map(([key, [, pattern]]) => [key, pattern])),
          ] as const,
      ),
  }),
);

describe('event patterns', () => {
  it('made of an event’s own leaves match the event', () => {
    fc.assert(
      fc.property(eventWithOwnPattern.pair, ([event, pattern]) => {
        expect(matches(pattern, event)).toBe(true);
      }),
    );
  });

  it('made of one element of a list match the event, and those made of two elements don’t', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), fc.nat(), fc.nat(), (size, one, other) => {
        const items = Array.from({ length: size }, (_, at) => ({ x: at, y: at }));
        const pattern = { items: { x: [one % size], y: [other % size] } };
        expect(matches(pattern, { items })).toBe(one % size === other % size);
      }),
    );
  });

  it('are read or refused, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.oneof(json.value, likelyPattern.object), (pattern) => {
        const parsed = parseEventPattern(pattern);
        expect(parsed.kind === 'pattern' || parsed.reason.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('match or miss, whatever the event', () => {
    fc.assert(
      fc.property(validPattern.object, json.object, (pattern, event) => {
        expect(typeof matches(pattern, event)).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  it('look at a field called __proto__ as at any other', () => {
    const event = Object.fromEntries([['__proto__', { a: 1 }]]);
    const pattern = Object.fromEntries([['__proto__', { a: [1] }]]);
    expect(matches(pattern, event)).toBe(true);
    expect(matches(pattern, {})).toBe(false);
  });
});

// Each of these takes longer than anyone would wait if the work grew as a power of what is repeated.
describe('hard events and patterns are soon decided', () => {
  it('with many stars over a long text', () => {
    const wildcard = `${'*a'.repeat(30)}*b*c`;
    expect(matches({ a: [{ wildcard }] }, { a: `${'a'.repeat(100_000)}c` })).toBe(false);
  });

  it('with two fields of a long list', () => {
    const items = Array.from({ length: 20_000 }, (_, at) => ({ x: at, y: at + 1 }));
    expect(matches({ items: { x: [{ exists: true }], y: [0] } }, { items })).toBe(false);
    expect(matches({ items: { x: [{ exists: true }], y: [20_000] } }, { items })).toBe(true);
  });

  it('with many lists beside each other', () => {
    const items = Array.from({ length: 50 }, (_, at) => ({ x: at }));
    const names = Array.from({ length: 20 }, (_, at) => `list${at}`);
    const pattern = Object.fromEntries(names.map((key) => [key, { x: [{ exists: true }] }]));
    const event = Object.fromEntries(names.map((key) => [key, items]));
    expect(matches({ ...pattern, z: [{ exists: false }] }, event)).toBe(true);
    expect(matches({ ...pattern, z: [1] }, event)).toBe(false);
  });

  it('with one name spelled with dots in every way', () => {
    const items = Array.from({ length: 500 }, (_, at) => ({ w: at, x: at, y: at, z: at }));
    const event = { a: { b: { c: items }, 'b.c': items }, 'a.b': { c: items }, 'a.b.c': items };
    const some = [{ exists: true }];
    expect(matches({ a: { b: { c: { w: some, x: some, y: some, z: ['no'] } } } }, event)).toBe(false);
  });

  it('with lists nested to the limit, and missed beyond it', () => {
    const nestedIn = (depth: number): unknown =>
      Array.from({ length: depth }).reduce<unknown>((inner) => [inner, { x: 0, y: 0 }], { x: 1, y: 1 });
    const pattern = { a: { x: [1], y: [1] } };
    expect(matches(pattern, { a: nestedIn(100) })).toBe(true);
    expect(matches(pattern, { a: nestedIn(101) })).toBe(false);
    expect(matches(pattern, { a: nestedIn(50_000) })).toBe(false);
  });

  it('with objects nested far deeper than the pattern', () => {
    const event = Array.from({ length: 50_000 }).reduce<object>((inner) => ({ a: inner }), {});
    expect(matches({ a: { a: [{ exists: false }] } }, event)).toBe(true);
  });
});
