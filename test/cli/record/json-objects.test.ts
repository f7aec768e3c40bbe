import fc from 'fast-check';
import { jsonObjects, type JsonPiece } from '../../../cli/record/json-objects';

async function piecesOf(text: string, size = 7): Promise<readonly JsonPiece[]> {
  async function* chunks(): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const pieces: JsonPiece[] = [];
  for await (const piece of jsonObjects(chunks())) pieces.push(piece);
  return pieces;
}

const texts = async (text: string): Promise<readonly string[]> =>
  (await piecesOf(text)).map((piece) => (piece.kind === 'object' ? piece.text : '(other)'));

test.each([
  ['one after the other', '{"a":1}{"b":{"c":[2]}}', ['{"a":1}', '{"b":{"c":[2]}}']],
  ['in lines', '{"a":1}\r\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
  ['in an array', ' [ {"a":1},\n  {"b":"]}"} ] ', ['{"a":1}', '{"b":"]}"}']],
  ['over several lines', '\uFEFF{\n  "a": 1\n}\n', ['{\n  "a": 1\n}']],
  [
    'as CloudWatch Logs exports them',
    '2026-03-01T10:00:00.000Z {"a":1}\n2026-03-01T10:00:01.000Z {"b":2}\n',
    ['{"a":1}', '{"b":2}'],
  ],
  ['with quotes and braces in their texts', '{"a":"\\"}{\\\\"}{"b":"{"}', ['{"a":"\\"}{\\\\"}', '{"b":"{"}']],
])('finds objects %s', async (_how, text, found) => {
  expect(await texts(text)).toEqual(found);
});

test('a line that was cut off costs no other', async () => {
  expect(await texts('{"a":"cut o\n{"b":2}\n{"c":')).toEqual(['(other)', '{"b":2}', '(other)']);
});

test('what is no object is told of once for each stretch of it', async () => {
  expect(await texts('hello, 12 {"a":1} null true')).toEqual(['(other)', '{"a":1}', '(other)']);
});

test('whatever objects there are, and however they arrive, each is found as it is', async () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue());
  const between = fc.constantFrom('', '\n', ' , ', '\r\n\r\n');
  await fc.assert(
    fc.asyncProperty(fc.array(object), between, fc.integer({ min: 1, max: 40 }), async (objects, separator, size) => {
      const pieces = await piecesOf(objects.map((one) => JSON.stringify(one)).join(separator), size);
      const found = pieces.map((piece) => (piece.kind === 'object' ? (JSON.parse(piece.text) as unknown) : piece));
      expect(found).toEqual(objects.map((one) => JSON.parse(JSON.stringify(one)) as unknown));
    }),
  );
});
