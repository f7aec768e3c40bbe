import { isPrintable, plainText } from '../../signals/plain-text';

test.each([
  ['a\r\nb\tc', 'a b c'],
  ['\u001b[31;1mred\u001b[0m text', 'red text'],
  ['\u009b31mred', 'red'],
  ['\u001b]8;;http://x\u001b\\link', 'link'],
  ['half \u001b', 'half'],
  ['left\u202eright\u200b', 'left right'],
  ['nul\u0000', 'nul'],
  ['lone \ud800 half', 'lone half'],
  ['Größe 3 µs, 日本 🙂', 'Größe 3 µs, 日本 🙂'],
])('%j becomes one plain line', (text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('long text is cut at 200 characters with an ellipsis, and no character in two', () => {
  expect(plainText('x'.repeat(500))).toBe(`${'x'.repeat(199)}…`);
  expect(plainText(`${'x'.repeat(198)}🙂${'y'.repeat(50)}`)).toBe(`${'x'.repeat(198)}…`);
  expect(plainText('abcdef', 4)).toBe('abc…');
});

test('a megabyte of escapes is cut before it is cleaned', () => {
  expect(plainText('\u001b['.repeat(500_000)).length).toBeLessThanOrEqual(200);
});

test('text is printable when nothing in it needs cleaning', () => {
  expect(isPrintable('web "tier" $(x) 日本')).toBe(true);
  expect(isPrintable('web\n')).toBe(false);
  expect(isPrintable('web\u202e')).toBe(false);
  expect(isPrintable('web\ud800')).toBe(false);
});
