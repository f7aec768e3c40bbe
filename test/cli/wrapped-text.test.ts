import { wrappedText } from '../../cli/wrapped-text';

describe('a text that is wrapped', () => {
  it('fills its lines up to the width and no further, the later ones under the first word', () => {
    expect(wrappedText('  1  ', 'one two three', 12)).toBe('  1  one two\n     three');
    expect(wrappedText('  1  ', 'one two three', 11)).toBe('  1  one\n     two\n     three');
  });

  it('keeps a word whole that is longer than a line', () => {
    expect(wrappedText('', 'a extraordinary b', 5)).toBe('a\nextraordinary\nb');
  });
});
