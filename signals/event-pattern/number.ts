import type { Refuse } from './refusal';
import { shown } from './refusal';

/** The largest magnitude that the matcher compares as a number. A wider number, such as an id, is compared as text. */
const widest = 500_000_000_000;
const finestPlaces = 6;

/**
 * Whether the matcher takes a number as a number: within ±5e11 and with six decimals at most. Any other number in an
 * event is text to it: no range holds it and every `anything-but` does.
 */
export function isComparable(value: number): boolean {
  return Math.abs(value) <= widest && (Number.isInteger(value) || decimals(value) <= finestPlaces);
}

/** Digits after the point of the shortest decimal that means the number. */
function decimals(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const point = digits.indexOf('.');
  return (point < 0 ? 0 : digits.length - point - 1) - Number(exponent);
}

/** A number of a pattern that must be compared as one. */
export function readComparable(value: unknown, refuse: Refuse, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse(`${where} is ${shown(value)}; write a number without quotes`);
  }
  if (!isComparable(value)) {
    return refuse(`${where} is ${value}; write a number from -5e11 to 5e11 with six decimals at most`);
  }
  return value;
}

type Bound = (value: number) => boolean;

const above: Readonly<Record<string, (limit: number) => Bound>> = {
  '>': (limit) => (value) => value > limit,
  '>=': (limit) => (value) => value >= limit,
};
const below: Readonly<Record<string, (limit: number) => Bound>> = {
  '<': (limit) => (value) => value < limit,
  '<=': (limit) => (value) => value <= limit,
};
const form = 'write ["=", 5], ["<", 5], [">", 0] or a range from low to high such as [">", 0, "<=", 5]';

/** Reads the list of a `numeric` operator into its test. */
export function readNumeric(list: unknown, refuse: Refuse): Bound {
  if (!Array.isArray(list) || list.length === 0) return refuse(`"numeric" takes a list; ${form}`);
  const terms: readonly unknown[] = list;
  const [operator, operand, ...rest] = terms;
  if (typeof operator !== 'string') return refuse(`"numeric" begins with ${shown(operator)}; ${form}`);
  const limit = readComparable(operand, refuse, `the value of "${operator}" in "numeric"`);
  if (operator === '=' && rest.length === 0) return comparing((value) => value === limit);
  const upper = lookup(below, operator);
  if (upper !== undefined && rest.length === 0) return comparing(upper(limit));
  const lower = lookup(above, operator);
  if (lower === undefined) {
    const known = operator === '=' || upper !== undefined;
    return refuse(
      known
        ? `"numeric" has more after "${operator}" ${limit}; ${form}`
        : `"numeric" does not know ${shown(operator)}; ${form}`,
    );
  }
  return rest.length === 0 ? comparing(lower(limit)) : readRange(lower(limit), limit, rest, refuse);
}

function readRange(lower: Bound, low: number, rest: readonly unknown[], refuse: Refuse): Bound {
  const [operator, operand, ...more] = rest;
  const upperOf = typeof operator === 'string' ? lookup(below, operator) : undefined;
  if (upperOf === undefined) return refuse(`a "numeric" range ends with ${shown(operator)}; end it with "<" or "<="`);
  const high = readComparable(operand, refuse, `the upper value of "numeric"`);
  if (more.length > 0) return refuse(`"numeric" has more than two bounds; ${form}`);
  if (low >= high) return refuse(`the "numeric" range from ${low} to ${high} is empty; write the lower value first`);
  const upper = upperOf(high);
  return comparing((value) => lower(value) && upper(value));
}

function comparing(bound: Bound): Bound {
  return (value) => bound(value) && isComparable(value);
}

function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
