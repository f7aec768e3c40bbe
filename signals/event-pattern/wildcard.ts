import type { Refuse } from './refusal';
import type { TextTest } from './text';

/**
 * Reads a wildcard: `*` stands for any run of characters, `\*` and `\\` for themselves. The test walks the text once,
 * taking each piece at its first place, which is as good as any later one.
 */
export function readWildcard(pattern: string, refuse: Refuse): TextTest {
  const pieces = split(pattern, refuse);
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** The literal pieces between the stars. */
function split(pattern: string, refuse: Refuse): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (sign === '*' && next === '*') return refuse(`the wildcard has "**"; write one "*"`);
    if (sign === '\\' && next !== '*' && next !== '\\') {
      return refuse(
        `the wildcard has a lone "\\"; write "\\\\" for a backslash and "\\*" for a star (doubled again in JSON)`,
      );
    }
    if (sign === '*') {
      pieces.push(piece);
      piece = '';
    } else if (sign === '\\') {
      piece += next;
      at += 1;
    } else {
      piece += sign;
    }
  }
  return [...pieces, piece];
}
