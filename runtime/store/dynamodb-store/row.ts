import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item of the table. */
export type Row = Readonly<Record<string, AttributeValue>>;

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });

/** Throws for a row that lacks it: whoever wrote that had another idea of the table. */
export function textIn(row: Row, name: string): string {
  const value = row[name]?.S;
  if (value === undefined) throw new Error(`The row ${nameOf(row)} has no text ${name}.`);
  return value;
}

export function numberIn(row: Row, name: string): number {
  const value = Number(row[name]?.N);
  if (Number.isNaN(value)) throw new Error(`The row ${nameOf(row)} has no number ${name}.`);
  return value;
}

export function nameOf(row: Row): string {
  return `${row['pk']?.S ?? '?'} ${row['sk']?.S ?? '?'}`;
}

const day = 24 * 60 * 60 * 1_000;

const daysKept = { sighting: 2, row: 400, head: 500 };

/**
 * When DynamoDB may tidy a row away. No incident is open for nearly as long as 400 days. Heads stay longest: what names an
 * incident that has ended is judged by its head. What was seen matters for 13 hours at most.
 */
export function expiresAfter(at: number, kept: keyof typeof daysKept): AttributeValue {
  return number(Math.ceil((at + daysKept[kept] * day) / 1_000));
}
