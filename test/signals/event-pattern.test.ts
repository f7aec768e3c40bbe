import { eventPatternSchema, matchesPattern, parseEventPattern } from '../../signals/event-pattern';

type Verdict = 'matches' | 'misses' | 'is invalid';

function verdict(pattern: unknown, event: object): Verdict {
  const parsed = parseEventPattern(pattern);
  if (parsed.kind === 'invalid') return 'is invalid';
  return matchesPattern(parsed.pattern, event) ? 'matches' : 'misses';
}

function reasonOf(pattern: unknown): string {
  const parsed = parseEventPattern(pattern);
  return parsed.kind === 'invalid' ? parsed.reason : 'valid';
}

/** A condition on one field, and the value that the event has there. */
type FieldCase = readonly [shows: string, condition: unknown, value: unknown, verdict: Verdict];
/** A whole pattern and a whole event. */
type EventCase = readonly [shows: string, pattern: unknown, event: object, verdict: Verdict];

const exactValues: readonly FieldCase[] = [
  ['an equal text', ['running'], 'running', 'matches'],
  ['a text in another case', ['running'], 'Running', 'misses'],
  ['any one of several values', ['stopped', 'running'], 'running', 'matches'],
  ['a number written as text', ['1'], 1, 'misses'],
  ['an equal number', [1], 1, 'matches'],
  ['a number with a fraction of nothing', [1000.0], 1e3, 'matches'],
  ['minus zero', [0], -0, 'matches'],
  ['a number beyond the range of numbers, such as an account', [999999999999], 999999999999, 'matches'],
  ['a number next to it', [999999999999], 999999999998, 'misses'],
  ['a number finer than six decimals', [0.1234567], 0.1234567, 'matches'],
  ['null', [null], null, 'matches'],
  ['null where there is nothing', [null], undefined, 'misses'],
  ['null where the text is empty', [null], '', 'misses'],
  ['the empty text', [''], '', 'matches'],
  ['true', [true], true, 'matches'],
  ['true written as text', ['true'], true, 'misses'],
  ['a value within a list of the event', ['b'], ['a', 'b'], 'matches'],
  ['a value within lists of lists', ['b'], [['a'], [['b']]], 'matches'],
  ['a value in an empty list', ['b'], [], 'misses'],
  ['a text where the event has an object', ['b'], { b: 'b' }, 'misses'],
  ['one address in two spellings', ['2600:1f18::7'], '2600:1F18:0:0:0:0:0:7', 'matches'],
  ['an address that is another', ['10.0.0.17'], '10.0.0.1', 'misses'],
  ['the same value twice', ['a', 'a'], 'a', 'matches'],
  ['text beyond ASCII', ['Ünïcode'], 'Ünïcode', 'matches'],
  ['a number that JSON has not', [Number.NaN], 1, 'is invalid'],
  ['a list within the list', [['a']], 'a', 'is invalid'],
  ['an empty list', [], 'a', 'is invalid'],
  ['a bare value', 'a', 'a', 'is invalid'],
];

const textOperators: readonly FieldCase[] = [
  ['a prefix', [{ prefix: 'i-' }], 'i-0abc', 'matches'],
  ['a prefix that is the whole text', [{ prefix: 'i-0abc' }], 'i-0abc', 'matches'],
  ['a prefix in another case', [{ prefix: 'I-' }], 'i-0abc', 'misses'],
  ['a prefix of a number', [{ prefix: '1' }], 100, 'misses'],
  ['the empty prefix of any text', [{ prefix: '' }], 'a', 'matches'],
  ['a prefix ignoring case', [{ prefix: { 'equals-ignore-case': 'WEB' } }], 'web-1', 'matches'],
  ['a prefix ignoring case that comes later', [{ prefix: { 'equals-ignore-case': 'WEB' } }], 'a-web', 'misses'],
  ['a prefix that is a number', [{ prefix: 1 }], '1', 'is invalid'],
  ['a prefix with an operator it has not', [{ prefix: { wildcard: 'a*' } }], 'a', 'is invalid'],
  ['a suffix', [{ suffix: '.png' }], 'photo.png', 'matches'],
  ['a suffix that comes earlier', [{ suffix: '.png' }], 'a.png.txt', 'misses'],
  ['a suffix ignoring case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], 'photo.png', 'matches'],
  ['a suffix longer than the text', [{ suffix: { 'equals-ignore-case': 'aaa' } }], 'aa', 'misses'],
  ['a suffix that is null', [{ suffix: null }], 'a', 'is invalid'],
  ['equal texts ignoring case', [{ 'equals-ignore-case': 'aLaRm' }], 'ALARM', 'matches'],
  ['a longer text ignoring case', [{ 'equals-ignore-case': 'alarm' }], 'ALARMS', 'misses'],
  ['a letter whose upper case is two letters', [{ 'equals-ignore-case': 'straße' }], 'STRASSE', 'matches'],
  ['the two letters against the one', [{ 'equals-ignore-case': 'STRASSE' }], 'straße', 'misses'],
  ['a list to equal ignoring case', [{ 'equals-ignore-case': ['a'] }], 'a', 'is invalid'],
  ['exactly a text', [{ exactly: 'a' }], 'a', 'matches'],
  ['exactly a number', [{ exactly: 1 }], 1, 'is invalid'],
];

const wildcards: readonly FieldCase[] = [
  ['a star in the middle', [{ wildcard: 'dir/*.png' }], 'dir/a/b.png', 'matches'],
  ['a star for nothing', [{ wildcard: 'a*b' }], 'ab', 'matches'],
  ['a star at both ends', [{ wildcard: '*b*' }], 'abc', 'matches'],
  ['only a star', [{ wildcard: '*' }], '', 'matches'],
  ['only a star, of a number', [{ wildcard: '*' }], 1, 'misses'],
  ['pieces that may not overlap', [{ wildcard: 'ab*ba' }], 'aba', 'misses'],
  ['pieces in the wrong order', [{ wildcard: '*b*a*' }], 'ab', 'misses'],
  ['a middle piece only in the end', [{ wildcard: '*ab*b' }], 'ab', 'misses'],
  ['no star at all', [{ wildcard: 'abc' }], 'abc', 'matches'],
  ['an escaped star', [{ wildcard: '\\*star\\*' }], '*star*', 'matches'],
  ['an escaped star against another text', [{ wildcard: 'a\\*' }], 'ab', 'misses'],
  ['an escaped backslash', [{ wildcard: 'back\\\\*' }], 'back\\slash', 'matches'],
  ['two stars side by side', [{ wildcard: 'a**b' }], 'ab', 'is invalid'],
  ['an escape of another letter', [{ wildcard: 'a\\b' }], 'ab', 'is invalid'],
  ['a backslash at the end', [{ wildcard: 'a\\' }], 'a', 'is invalid'],
  ['a wildcard that is a number', [{ wildcard: 1 }], 1, 'is invalid'],
];

const numbers: readonly FieldCase[] = [
  ['an equal number', [{ numeric: ['=', 3.018e2] }], 301.8, 'matches'],
  ['a number above', [{ numeric: ['>', 0] }], 0.000001, 'matches'],
  ['the open bound itself', [{ numeric: ['>', 0] }], 0, 'misses'],
  ['the closed bound itself', [{ numeric: ['>=', 0, '<=', 5] }], 5, 'matches'],
  ['a number outside a range', [{ numeric: ['>=', 0, '<', 5] }], 5, 'misses'],
  ['a number below', [{ numeric: ['<', -1] }], -1.5, 'matches'],
  ['a text that looks like a number', [{ numeric: ['>', 0] }], '5', 'misses'],
  ['a bound above five thousand million', [{ numeric: ['<=', 5000000001] }], 5000000000.5, 'matches'],
  ['an event number too wide to be one', [{ numeric: ['>', 0] }], 500000000001, 'misses'],
  ['an event number too fine to be one', [{ numeric: ['>', 0] }], 0.1234567, 'misses'],
  ['a bound too wide', [{ numeric: ['<', 500000000001] }], 1, 'is invalid'],
  ['a bound too fine', [{ numeric: ['<', 0.1234567] }], 0, 'is invalid'],
  ['a range with nothing in it', [{ numeric: ['>', 5, '<', 5] }], 5, 'is invalid'],
  ['a range from high to low', [{ numeric: ['<', 5, '>', 0] }], 1, 'is invalid'],
  ['two equalities', [{ numeric: ['=', 1, '=', 2] }], 1, 'is invalid'],
  ['an operator without its number', [{ numeric: ['>'] }], 1, 'is invalid'],
  ['a number within quotes', [{ numeric: ['>', '1'] }], 2, 'is invalid'],
  ['an unknown comparison', [{ numeric: ['!=', 1] }], 2, 'is invalid'],
  ['the name of something every object has', [{ numeric: ['constructor', 1] }], 2, 'is invalid'],
  ['no list', [{ numeric: 5 }], 5, 'is invalid'],
];

const anythingBut: readonly FieldCase[] = [
  ['another text', [{ 'anything-but': 'a' }], 'b', 'matches'],
  ['the text itself', [{ 'anything-but': 'a' }], 'a', 'misses'],
  ['a text of the list', [{ 'anything-but': ['a', 'b'] }], 'b', 'misses'],
  ['another number', [{ 'anything-but': [100] }], 101, 'matches'],
  ['the number itself', [{ 'anything-but': 100 }], 100, 'misses'],
  ['a text where numbers are excluded', [{ 'anything-but': [100] }], '100', 'matches'],
  ['null', [{ 'anything-but': 'a' }], null, 'matches'],
  ['nothing there', [{ 'anything-but': 'a' }], undefined, 'misses'],
  ['an empty list in the event', [{ 'anything-but': 'a' }], [], 'misses'],
  ['a list of which one value is another', [{ 'anything-but': 'a' }], ['a', 'b'], 'matches'],
  ['a list of the excluded alone', [{ 'anything-but': 'a' }], ['a', 'a'], 'misses'],
  ['an excluded prefix', [{ 'anything-but': { prefix: 'us-' } }], 'us-east-1', 'misses'],
  ['an excluded prefix of a list', [{ 'anything-but': { prefix: ['us-', 'eu-'] } }], 'eu-west-1', 'misses'],
  ['a number where a prefix is excluded', [{ 'anything-but': { prefix: '1' } }], 1, 'matches'],
  ['an excluded suffix', [{ 'anything-but': { suffix: '.png' } }], 'a.txt', 'matches'],
  ['a text excluded whatever its case', [{ 'anything-but': { 'equals-ignore-case': ['Ok'] } }], 'OK', 'misses'],
  ['an excluded wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], 'x/lib/y', 'misses'],
  ['another spelling of an excluded address', [{ 'anything-but': '2600:1f18::7' }], '2600:1F18::7', 'matches'],
  ['strings and numbers together', [{ 'anything-but': ['a', 1] }], 'b', 'is invalid'],
  ['nothing to exclude', [{ 'anything-but': [] }], 'b', 'is invalid'],
  ['null to exclude', [{ 'anything-but': null }], 'b', 'is invalid'],
  ['true to exclude', [{ 'anything-but': [true] }], 'b', 'is invalid'],
  ['an empty prefix to exclude', [{ 'anything-but': { prefix: '' } }], 'b', 'is invalid'],
  ['no prefix to exclude', [{ 'anything-but': { prefix: [] } }], 'b', 'is invalid'],
  ['a prefix that is a number', [{ 'anything-but': { prefix: 1 } }], 'b', 'is invalid'],
  ['an operator it has not', [{ 'anything-but': { numeric: ['=', 1] } }], 'b', 'is invalid'],
  ['a number too fine', [{ 'anything-but': 0.1234567 }], 'b', 'is invalid'],
];

const addresses: readonly FieldCase[] = [
  ['an address of the block', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', 'matches'],
  ['an address beyond the block', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', 'misses'],
  ['bits of the block beyond its mask', [{ cidr: '10.0.0.17/24' }], '10.0.0.1', 'matches'],
  ['every address', [{ cidr: '0.0.0.0/0' }], '255.255.255.255', 'matches'],
  ['no address of the other version', [{ cidr: '0.0.0.0/0' }], '::1', 'misses'],
  ['an address of version 6', [{ cidr: '2600:1f18::/32' }], '2600:1f18::7', 'matches'],
  ['an address of another block of version 6', [{ cidr: '2600:1f18::/32' }], '2600:1f19::', 'misses'],
  ['a version 4 address carried in version 6', [{ cidr: '10.0.0.0/8' }], '::ffff:0a00:0001', 'matches'],
  ['what is no address', [{ cidr: '10.0.0.0/8' }], '10.0.0.256', 'misses'],
  ['what is too short for version 6', [{ cidr: '::/0' }], '1:2:3', 'misses'],
  ['a number', [{ cidr: '0.0.0.0/0' }], 10, 'misses'],
  ['a block of one address', [{ cidr: '10.0.0.17/32' }], '10.0.0.17', 'is invalid'],
  ['a block of one address of version 6', [{ cidr: '::1/128' }], '::1', 'is invalid'],
  ['a block without a mask', [{ cidr: '10.0.0.0' }], '10.0.0.0', 'is invalid'],
  ['a block that is no address', [{ cidr: 'web/8' }], 'web', 'is invalid'],
  ['a block with two masks', [{ cidr: '10.0.0.0/8/8' }], '10.0.0.0', 'is invalid'],
  ['a block that is a number', [{ cidr: 10 }], '10.0.0.0', 'is invalid'],
];

const existence: readonly FieldCase[] = [
  ['a value', [{ exists: true }], 'a', 'matches'],
  ['null, which is a value', [{ exists: true }], null, 'matches'],
  ['an object, which is no value', [{ exists: true }], { a: 1 }, 'misses'],
  ['an empty list, which has no value', [{ exists: true }], [], 'misses'],
  ['nothing', [{ exists: false }], undefined, 'matches'],
  ['nothing, as an empty list has', [{ exists: false }], [], 'matches'],
  ['nothing, as an object is', [{ exists: false }], { a: 1 }, 'matches'],
  ['null where nothing may be', [{ exists: false }], null, 'misses'],
  ['nothing or a value', [{ exists: false }, 'a'], 'a', 'matches'],
  ['nothing or a value, against another', [{ exists: false }, 'a'], 'b', 'misses'],
  ['an answer that is neither yes nor no', [{ exists: 'yes' }], 'a', 'is invalid'],
  ['two operators in one object', [{ exists: true, prefix: 'a' }], 'a', 'is invalid'],
  ['no operator', [{}], 'a', 'is invalid'],
  ['an unknown operator', [{ regex: '.*' }], 'a', 'is invalid'],
  ['the name of something every object has', [{ constructor: 'a' }], 'a', 'is invalid'],
];

const wholes: readonly EventCase[] = [
  ['all fields together', { source: ['a'], detail: { b: [1] } }, { source: 'a', detail: { b: 1 } }, 'matches'],
  ['one field of two', { source: ['a'], detail: { b: [1] } }, { source: 'a', detail: { b: 2 } }, 'misses'],
  ['fields that the pattern does not name', { a: [1] }, { a: 1, b: 2 }, 'matches'],
  ['a path with its dot in the name', { a: { b: [1] } }, { 'a.b': 1 }, 'matches'],
  ['a name with a dot as a path', { 'a.b': [1] }, { a: { b: 1 } }, 'matches'],
  ['a name that every object inherits', { toString: [{ exists: true }] }, {}, 'misses'],
  ['a list instead of an event', { a: [{ exists: false }] }, [], 'misses'],
  ['an empty pattern', {}, {}, 'is invalid'],
  ['an empty object within', { detail: {} }, { detail: {} }, 'is invalid'],
  ['a pattern that is a list', [], {}, 'is invalid'],
  ['a pattern that is null', null, {}, 'is invalid'],
];

const pair = {
  items: [
    { a: 1, b: 2 },
    { a: 3, b: 4, c: 5 },
  ],
};
const nested = {
  items: [
    { id: 1, tags: [{ k: 'x', v: 1 }] },
    {
      id: 2,
      tags: [
        { k: 'y', v: 2 },
        { k: 'x', v: 3 },
      ],
    },
  ],
};

const lists: readonly EventCase[] = [
  ['fields of one element', { items: { a: [1], b: [2] } }, pair, 'matches'],
  ['fields of two elements', { items: { a: [1], b: [4] } }, pair, 'misses'],
  ['a later element', { items: { a: [3], b: [4] } }, pair, 'matches'],
  ['any element by any value', { items: { a: [1, 3], b: [4] } }, pair, 'matches'],
  [
    'fields of lists that are apart',
    { x: { a: [1] }, y: { a: [2] } },
    { x: [{ a: 1 }], y: [{ a: 0 }, { a: 2 }] },
    'matches',
  ],
  ['nested elements of one outer', { items: { id: [2], tags: { k: ['x'], v: [3] } } }, nested, 'matches'],
  ['nested elements of another outer', { items: { id: [1], tags: { v: [3] } } }, nested, 'misses'],
  ['nested fields of two elements', { items: { tags: { k: ['y'], v: [3] } } }, nested, 'misses'],
  ['elements of lists in lists', { m: { a: [1], b: [2] } }, { m: [[{ a: 1, b: 0 }], [{ a: 1, b: 2 }]] }, 'matches'],
  ['elements of two lists in a list', { m: { a: [1], b: [2] } }, { m: [[{ a: 1 }], [{ b: 2 }]] }, 'misses'],
  ['plain values, which bind no element', { t: [1], u: [2] }, { t: [0, 1], u: [2, 3] }, 'matches'],
  ['absence within the element', { items: { a: [1], c: [{ exists: false }] } }, pair, 'matches'],
  ['presence within the element', { items: { a: [3], c: [{ exists: false }] } }, pair, 'misses'],
  ['absence that is asked before an element is chosen', { items: { a: [{ exists: false }], b: [4] } }, pair, 'misses'],
  ['absence or a value', { items: { a: [1, 3], c: [{ exists: false }, 5], b: [2] } }, pair, 'matches'],
];

const either = { $or: [{ a: [1] }, { b: [2] }] };
const three = (name: string): object => ({ $or: [1, 2, 3].map((value) => ({ [name]: [value] })) });

const ors: readonly EventCase[] = [
  ['the first choice', either, { a: 1 }, 'matches'],
  ['the second choice', either, { b: 2 }, 'matches'],
  ['no choice', either, { a: 2, b: 1 }, 'misses'],
  ['a choice and a field beside it', { s: ['x'], ...either }, { s: 'y', a: 1 }, 'misses'],
  ['a choice within an object', { detail: either }, { detail: { b: 2 } }, 'matches'],
  ['a choice within a choice', { $or: [{ s: ['x'], ...either }, { c: [3] }] }, { s: 'x', b: 2 }, 'matches'],
  ['two choices, both of which must hold', { x: three('p'), y: three('q') }, { x: { p: 3 }, y: { q: 1 } }, 'matches'],
  ['two choices, one of which holds', { x: three('p'), y: three('q') }, { x: { p: 3 }, y: { q: 4 } }, 'misses'],
  ['a later choice that replaces a field', { s: ['x'], $or: [{ s: ['y'] }, { a: [1] }] }, { s: 'y' }, 'matches'],
  ['a replaced field that no longer matches', { s: ['x'], $or: [{ s: ['y'] }, { a: [1] }] }, { s: 'x' }, 'misses'],
  ['a later field that replaces a choice', { $or: [{ s: ['y'] }, { a: [1] }], s: ['x'] }, { s: 'x' }, 'matches'],
  ['fields of one element within a choice', { $or: [{ items: { a: [1], b: [4] } }, { z: [1] }] }, pair, 'misses'],
  ['a single choice', { $or: [{ a: [1] }] }, { a: 1 }, 'is invalid'],
  ['choices that are no list', { $or: { a: [1] } }, { a: 1 }, 'is invalid'],
  ['a choice that is no object', { $or: [{ a: [1] }, 'b'] }, { a: 1 }, 'is invalid'],
  ['a choice that is empty', { $or: [{ a: [1] }, {}] }, { a: 1 }, 'is invalid'],
  ['an operator as the name of a field', { $or: [{ prefix: ['a'] }, { b: [1] }] }, { b: 1 }, 'is invalid'],
];

const fieldTables: readonly (readonly [string, readonly FieldCase[]])[] = [
  ['a list of values', exactValues],
  ['an operator on text', textOperators],
  ['wildcard', wildcards],
  ['numeric', numbers],
  ['anything-but', anythingBut],
  ['cidr', addresses],
  ['exists', existence],
];

describe.each(fieldTables)('%s', (_, table) => {
  it.each(table)('with %s', (_shows, condition, value, expected) => {
    const event = { detail: value === undefined ? { other: 1 } : { state: value } };
    expect(verdict({ detail: { state: condition } }, event)).toBe(expected);
  });
});

describe.each([
  ['a pattern', wholes],
  ['lists of objects', lists],
  ['$or', ors],
] as const)('%s', (_, table) => {
  it.each(table)('with %s', (_shows, pattern, event, expected) => {
    expect(verdict(pattern, event)).toBe(expected);
  });
});

describe('a refusal', () => {
  it.each([
    [{ detail: { state: 'running' } }, 'detail.state: is "running"; write it in a list: ["running"]'],
    [{ detail: { ip: [{ cidr: '10.0.0.17/32' }] } }, 'write it as a plain value: "10.0.0.17"'],
    [
      { detail: { state: [{ prefx: 'a' }] } },
      'detail.state: there is no operator "prefx"; write one of exists, exactly, prefix',
    ],
    [
      { a: [{ numeric: ['>', 5, '<', 1] }] },
      'a: the "numeric" range from 5 to 1 is empty; write the lower value first',
    ],
    [{ a: { $or: [{ b: [1] }] } }, 'a.$or: takes a list of two objects or more'],
    [{ a: { $or: [{ b: [1] }, 2] } }, 'a.$or[1]: is 2; write an object with fields'],
    ['text', 'the pattern: is "text"; write an object such as {"source": ["aws.ec2"]}'],
  ])('of %j says where and what to write instead', (pattern, reason) => {
    expect(reasonOf(pattern)).toContain(reason);
  });

  it('meets choices that multiply out beyond what EventBridge takes', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(verdict(Object.fromEntries(names.map((name) => [name, three('p')])), {})).toBe('misses');
    expect(reasonOf(Object.fromEntries([...names, 'g'].map((name) => [name, three('p')])))).toContain(
      '1000 combinations',
    );
  });

  it('meets a pattern that has no end', () => {
    const endless: Record<string, unknown> = {};
    endless['a'] = endless;
    expect(reasonOf(endless)).toContain('nested more than 100 deep');
    const chooses: Record<string, unknown> = {};
    chooses['$or'] = [chooses, chooses];
    expect(reasonOf(chooses)).toContain('nested more than 100 deep');
  });
});

describe('a read pattern', () => {
  it('gives back the JSON that it was read from', () => {
    const json = { source: ['aws.ec2'], detail: { state: [{ prefix: 'r' }] } };
    expect(parseEventPattern(json)).toMatchObject({ kind: 'pattern', pattern: { source: json } });
  });

  it('is part of a policy, which refuses with the same reason', () => {
    expect(matchesPattern(eventPatternSchema.parse({ a: [1] }), { a: 1 })).toBe(true);
    const refused = eventPatternSchema.safeParse({ a: 1 });
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([reasonOf({ a: 1 })]);
  });
});
