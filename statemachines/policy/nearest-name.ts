import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean x?` when one of `known` is close enough to be what was meant, else nothing. */
export function didYouMean(written: string, known: readonly string[]): string {
  if (known.length === 0 || written.length > 80) return '';
  const nearest = closest(written, known);
  return distance(written, nearest) <= Math.max(2, Math.floor(written.length / 4)) ? `; did you mean ${nearest}?` : '';
}

/** The names for people: `a, b and c`. */
export function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`;
}
