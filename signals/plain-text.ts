const longest = 200;

/** Terminal sequences: `ESC [ … letter`, `ESC ] … BEL` and two-character escapes. */
// eslint-disable-next-line no-control-regex -- these are what it removes
const terminal = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)|\u009b[0-?]*[ -/]*[@-~]/g;

/** Control, format (bidirectional and zero-width), line-breaking and half characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const unprintables = new RegExp(unprintable, 'gu');

/** Text from an event made fit to show: one line, no escape sequences, at most `most` characters. */
export function plainText(text: string, most: number = longest): string {
  // Cut first: what is far beyond the limit is not worth the scan.
  const line = text
    .slice(0, longest * 10)
    .replace(terminal, '')
    .replace(unprintables, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= most) return line;
  // A pair of surrogates is not cut in two.
  return `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Whether every character can be shown, stored and logged as it stands. */
export function isPrintable(text: string): boolean {
  return !unprintable.test(text);
}
