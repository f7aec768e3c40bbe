import fc from 'fast-check';
import { readJsonLine } from '../../replay/json-line';

describe('a line of JSON', () => {
  it('is read when it is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readJsonLine(text)).toEqual({ kind: 'json', value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('that stops being JSON is broken at the first character that nothing could put right', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, seed) => {
        const text = `{"a": ${json}`;
        const at = seed % 5;
        const broken = `${text.slice(0, at)}?${text.slice(at)}`;
        // Within the opening `{"a":` a question mark is sound only inside the name.
        const column = at === 2 || at === 3 ? text.length + 2 : at + 1;
        expect(readJsonLine(broken)).toMatchObject({ kind: 'broken', column });
      }),
    );
  });

  it('that ends too early is broken after its last character', () => {
    expect(readJsonLine('[1, 2')).toMatchObject({
      column: 6,
      message: expect.stringContaining('ends too early') as unknown,
    });
  });
});
