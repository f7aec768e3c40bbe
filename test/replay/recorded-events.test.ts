import { truncateSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readRecorded, timeOf, type Recorded } from '../../replay/recorded-events';
import { folderOfTest } from './folder';

const folder = folderOfTest();

const at = (minute: number, id = `e${minute}`) => ({
  id,
  time: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
});
const lines = (...events: readonly unknown[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');

async function all(...files: readonly string[]): Promise<Recorded[]> {
  const read: Recorded[] = [];
  for await (const recorded of readRecorded(files)) read.push(recorded);
  return read;
}

/** The ids of what could be read, and the positions of what could not. */
async function told(...files: readonly string[]): Promise<string[]> {
  return (await all(...files)).map((one) => (one.kind === 'event' ? (one.event as { id: string }).id : one.position));
}

describe('a file of events', () => {
  test('may be one event over many lines', async () => {
    const file = folder.write('one.json', JSON.stringify(at(1), null, 2));
    expect(await all(file)).toEqual([{ kind: 'event', event: at(1), position: file }]);
  });

  test('may be an array, whose events are found by their index', async () => {
    const file = folder.write('array.json', JSON.stringify([at(1), at(2)]));
    expect((await all(file)).map(({ position }) => position)).toEqual([`${file}[0]`, `${file}[1]`]);
  });

  test.each(['lines.jsonl', 'lines.ndjson', 'lines.json'])(
    'may be JSON Lines (%s), found by their line',
    async (name) => {
      const file = folder.write(name, `${lines(at(1))}\n${lines(at(2))}`);
      expect((await all(file)).map(({ position }) => position)).toEqual([`${file}:1`, `${file}:3`]);
    },
  );

  test.each([
    ['lines.jsonl.gz', lines(at(1), at(2))],
    ['array.json.gz', JSON.stringify([at(1), at(2)])],
  ])('may be packed (%s)', async (name, text) => {
    expect(await told(folder.write(name, gzipSync(text)))).toEqual(['e1', 'e2']);
  });

  test.each(['\uFEFF', ''])('may begin with %j and have the line ends of Windows', async (mark) => {
    const text = mark + lines(at(1), at(2)).replaceAll('\n', '\r\n');
    expect(
      await told(folder.write('windows.jsonl', text), folder.write('windows.json', mark + JSON.stringify(at(3)))),
    ).toEqual(['e1', 'e2', 'e3']);
  });

  test('may have U+2028 within a string, which is no end of a line', async () => {
    const event = { ...at(1), detail: { reason: 'two\u2028lines\u2029or three' } };
    const file = folder.write('separator.jsonl', lines(event, at(2)));
    expect(await all(file)).toEqual([
      { kind: 'event', event, position: `${file}:1` },
      { kind: 'event', event: at(2), position: `${file}:2` },
    ]);
  });

  test('keeps characters whole that are split between two reads', async () => {
    const event = { ...at(1), detail: 'ü€😀'.repeat(40_000) };
    expect(await all(folder.write('long.jsonl', lines(event)))).toMatchObject([{ event }]);
  });

  test('may be empty', async () => {
    expect(await all(folder.write('empty.jsonl', ''), folder.write('none.json', '[]'))).toEqual([]);
  });
});

describe('what is not JSON', () => {
  test.each([
    ['{"a": 1,}', 9],
    ['{"a": yes}', 7],
    ['{"a": 1', 8],
    ["{'a': 1}", 2],
  ])('%j is named by file, line and column', async (text, column) => {
    const file = folder.write('broken.jsonl', `${lines(at(1))}${text}\n${lines(at(2))}`);
    expect(await all(file)).toEqual([
      { kind: 'event', event: at(1), position: `${file}:1` },
      {
        kind: 'unreadable',
        position: `${file}:2:${column}`,
        message: expect.stringMatching(/^it is not JSON: /) as string,
      },
      { kind: 'event', event: at(2), position: `${file}:3` },
    ]);
  });

  test('is found in a file of many lines, too', async () => {
    const file = folder.write('broken.json', '{\n  "id": "e1",\n  "time": yes\n}');
    expect(await told(file)).toEqual([`${file}:3:11`]);
  });

  test('stops no other file, nor does a packed one that is cut off', async () => {
    const cut = folder.write('cut.jsonl.gz', gzipSync(lines(at(1), at(2))).subarray(0, 30));
    const packed = folder.write('text.json.gz', 'no gzip at all');
    const sound = folder.write('sound.jsonl', lines(at(3)));
    expect((await told(cut, packed, sound)).toSorted()).toEqual([cut, packed, 'e3'].toSorted());
  });

  test('has no time, and neither has an event without one', () => {
    const times = [{ time: 'soon' }, {}, null, 7].map((event) => timeOf({ kind: 'event', event, position: '' }));
    expect(times).toEqual(Array(4).fill(-Infinity));
  });
});

test('a file that is not there is an error, not a silence', async () => {
  await expect(all(`${folder.path}/nowhere.jsonl`)).rejects.toThrow(/ENOENT/);
});

test('files are merged by the times of their events, equal times in the order of the files', async () => {
  const one = folder.write('merge/1.jsonl', lines(at(1), at(5), at(9)));
  const two = folder.write('merge/2.json', JSON.stringify([at(2), at(5, 'e5 of the second'), at(7)]));
  const three = folder.write('merge/3.json', JSON.stringify(at(0)));
  expect(await told(one, two, three)).toEqual(['e0', 'e1', 'e2', 'e5', 'e5 of the second', 'e7', 'e9']);
});

test.each([{ toString: 1 }, 5, null, 'soon'])(
  'an event whose time is %j comes first, and the others are read',
  async (time) => {
    const file = folder.write('times.jsonl', lines({ id: 'odd', time }, at(1)));
    expect((await all(file)).map(timeOf)).toEqual([-Infinity, Date.parse(at(1).time)]);
  },
);

test('what arrived late stays late: the order within a file is the order of arrival', async () => {
  const one = folder.write('late/1.jsonl', lines(at(1), at(8), at(2, 'late')));
  const two = folder.write('late/2.jsonl', lines(at(5), at(9)));
  expect(await told(one, two)).toEqual(['e1', 'e5', 'e8', 'late', 'e9']);
});

test('ten thousand events are never held together: what is cut off a file while it is read is not seen', async () => {
  const events = Array.from({ length: 10_000 }, (_, index) => ({ ...at(index % 60), filler: 'x'.repeat(900) }));
  const file = folder.write('many.jsonl', lines(...events));
  const read = readRecorded([file]);
  expect((await read.next()).value).toMatchObject({ position: `${file}:1` });
  truncateSync(file, 1_000_000);
  const rest: Recorded[] = [];
  for await (const one of read) rest.push(one);
  expect(rest.length).toBeLessThan(1_100);
});

test('ten thousand events are all read', async () => {
  const events = Array.from({ length: 10_000 }, (_, index) => at(index % 60));
  expect(await all(folder.write('whole.jsonl', lines(...events)))).toHaveLength(10_000);
});
