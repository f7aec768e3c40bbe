import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { bytesOfNumber, compareNumbers } from './number';

/** An item of a table, as it is stored: checked, in canonical form, and never changed. */
export type Row = Readonly<Record<string, AttributeValue>>;

export const kinds = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'BOOL', 'NULL'] as const;
export type Kind = (typeof kinds)[number];

/** Of a value that is stored: it has one member. */
export function kindOf(value: AttributeValue): Kind {
  for (const kind in value) return kind as Kind;
  throw new Error('A stored value has no kind.');
}

/** In the order of their bytes in UTF-8, as DynamoDB sorts texts. */
export function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** UTF-16 has the code points beyond it in surrogates, which are less than some that are before them. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Below, at or above zero; undefined where they have no order: of two kinds, or of one that has none. */
export function compareValues(one: AttributeValue, other: AttributeValue): number | undefined {
  if (one.S !== undefined && other.S !== undefined) return compareTexts(one.S, other.S);
  if (one.N !== undefined && other.N !== undefined) return compareNumbers(one.N, other.N);
  if (one.B !== undefined && other.B !== undefined) return Buffer.compare(one.B, other.B);
  return undefined;
}

export function areEqual(one: AttributeValue, other: AttributeValue): boolean {
  if (one === other) return true;
  if (one.S !== undefined) return one.S === other.S;
  if (one.N !== undefined) return one.N === other.N;
  if (one.BOOL !== undefined) return one.BOOL === other.BOOL;
  return kindOf(one) === kindOf(other) && areEqualOfOneKind(one, other);
}

function areEqualOfOneKind(one: AttributeValue, other: AttributeValue): boolean {
  if (one.B && other.B) return Buffer.compare(one.B, other.B) === 0;
  if (one.M && other.M) return areEqualMaps(one.M, other.M);
  if (one.L && other.L) {
    const right = other.L;
    return one.L.length === right.length && one.L.every((value, at) => areEqual(value, right[at] as AttributeValue));
  }
  const [left, right] = [membersOf(one), membersOf(other)];
  if (!left || !right) return kindOf(one) === 'NULL';
  return left.length === right.length && left.every((member) => right.some((also) => areEqual(member, also)));
}

function areEqualMaps(one: Row, other: Row): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => {
      const [left, right] = [one[name], other[name]];
      return !!left && !!right && areEqual(left, right);
    })
  );
}

/** The members of a set as values; undefined for what is no set. */
export function membersOf({ SS, NS, BS }: AttributeValue): readonly AttributeValue[] | undefined {
  if (SS) return SS.map((S) => ({ S }));
  if (NS) return NS.map((N) => ({ N }));
  return BS?.map((B) => ({ B }));
}

/** Bytes of a row as DynamoDB counts them. */
export function bytesOf(row: Row): number {
  let bytes = 0;
  for (const name in row) bytes += Buffer.byteLength(name) + bytesOfValue(row[name] as AttributeValue);
  return bytes;
}

const ofContainer = 3;

function bytesOfValue(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return bytesOfNumber(value.N);
  if (value.B) return value.B.byteLength;
  if (value.M) return ofContainer + Object.keys(value.M).length + bytesOf(value.M);
  if (value.L) return value.L.reduce((all, element) => all + 1 + bytesOfValue(element), ofContainer);
  return membersOf(value)?.reduce((all, member) => all + bytesOfValue(member), 0) ?? 1;
}
