import Big from 'big.js';
import { invalid } from './refusal';

/** Numbers that are the same in this form are the same, and it holds for most that are written at all. */
const plain = /^(0|-?[1-9]\d{0,14})$/;
/** As many digits a floating-point number tells apart. */
const exact = 15;
const digitsAtMost = 38;

/** The form in which DynamoDB gives a number back. Throws for what is none, or too long or too large for it. */
export function canonicalNumber(text: string): string {
  if (plain.test(text)) return text;
  return written(decimal(text));
}

export function compareNumbers(one: string, other: string): number {
  if (one.length <= exact && other.length <= exact) return Number(one) - Number(other);
  return new Big(one).cmp(other);
}

export function sum(one: string, other: string, sign: 1 | -1): string {
  const [left, right] = [new Big(one), new Big(other)];
  return written(sign === 1 ? left.plus(right) : left.minus(right));
}

/** Bytes that a number counts for: one for two digits, and one more, or two if it is below zero. */
export function bytesOfNumber(text: string): number {
  const digits = text.replace(/^-?0*\.?0*|\./g, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + (text.startsWith('-') ? 2 : 1);
}

function decimal(text: string): Big {
  try {
    return new Big(text.trim());
  } catch {
    throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  }
}

function written(value: Big): string {
  if (value.c.length > digitsAtMost) {
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  }
  if (!value.eq(0) && value.e > 125) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (!value.eq(0) && value.e < -130) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return value.eq(0) ? '0' : value.toFixed();
}
