import { indexUnits, readUnits, sizeOf, writeUnits } from '../../bench/write-units';

const index = { name: 'due', keys: ['due', 'wakeAt'], carries: ['pk', 'sk', 'wakeBy'] };

const row = (bytes: number) => ({ pk: { S: 'a' }, body: { S: 'x'.repeat(bytes - 7) } });
const head = (wakeAt: number, rest: Record<string, { S: string }> = {}) => ({
  pk: { S: 'incident/1' },
  sk: { S: 'head' },
  due: { S: 'due' },
  wakeAt: { N: String(wakeAt) },
  ...rest,
});

describe('the size of a row', () => {
  test('is that of its names and its values, in bytes and not in characters', () => {
    expect(sizeOf({ pk: { S: 'abc' }, ü: { S: 'é' } })).toBe(2 + 3 + 2 + 2);
  });

  test('counts what bytes hold, and not their base64', () => {
    expect(sizeOf({ b: { B: Buffer.alloc(100).toString('base64') } })).toBe(101);
  });

  test('counts a byte for two digits of a number, without zeros at its ends, and one more', () => {
    expect(sizeOf({ n: { N: '12345' } })).toBe(1 + 3 + 1);
    expect(sizeOf({ n: { N: '1700000000000' } })).toBe(1 + 1 + 1);
    expect(sizeOf({ n: { N: '0' } })).toBe(1 + 0 + 1);
  });
});

describe('a write', () => {
  test('costs a unit for each started kilobyte, and twice that in a transaction', () => {
    expect(writeUnits(undefined, row(1_024), false)).toBe(1);
    expect(writeUnits(undefined, row(1_025), false)).toBe(2);
    expect(writeUnits(undefined, row(1_025), true)).toBe(4);
  });

  test('is charged by the larger of what was there and what is there then', () => {
    expect(writeUnits(row(3_000), row(100), false)).toBe(3);
    expect(writeUnits(row(3_000), undefined, true)).toBe(6);
  });

  test('that deletes nothing costs a unit all the same', () => {
    expect(writeUnits(undefined, undefined, false)).toBe(1);
  });
});

describe('an index', () => {
  test('costs nothing for a row that is not in it', () => {
    expect(indexUnits(index, undefined, row(100))).toBe(0);
  });

  test('costs one write when a row comes or goes', () => {
    expect(indexUnits(index, undefined, head(1))).toBe(1);
    expect(indexUnits(index, head(1), row(100))).toBe(1);
  });

  test('costs two writes when a key changes, and none when nothing changes that it keeps', () => {
    expect(indexUnits(index, head(1), head(2))).toBe(2);
    expect(indexUnits(index, head(1), head(1, { snapshot: { S: 'other' } }))).toBe(0);
  });

  test('costs one write when what it carries changes', () => {
    expect(indexUnits(index, head(1, { wakeBy: { S: '1' } }), head(1, { wakeBy: { S: '2' } }))).toBe(1);
  });
});

test('a read costs a unit for each started four kilobytes, also of what is not there', () => {
  expect([0, 1, 4_096, 4_097].map(readUnits)).toEqual([1, 1, 1, 2]);
});
