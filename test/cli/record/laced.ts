import fc from 'fast-check';
import { trueAccount } from './recorded-account';

/** A secret as it may stand in an event: something that is told by its shape. */
export const secret = fc.constantFrom(
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl',
  'ann.smith@example.com',
  '203.0.113.77',
  '2001:db8:85a3::8a2e:370:7334',
  'https://user:hunter2@example.com/x?token=1',
  'password=hunter2hunter2',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  trueAccount,
  '777788889999',
);
/** A word that no shape tells: only what is kept by its place can hold it back. */
export const word = 'xylophonequartz';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The value with the secret put into its texts, and fields added that AWS never sends. */
export function laced(value: unknown, canary: string, at: readonly string[] = []): Json {
  if (Array.isArray(value)) return value.map((one) => laced(one, canary, at));
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, one]): [string, Json] => [key, laced(one, canary, [...at, key])]);
    const added = {
      userIdentity: { arn: canary },
      sourceIPAddress: canary,
      description: `says ${word}`,
      [`x${word}`]: canary,
    };
    // Names of dimensions are names.
    const isOpen = !['dimensions', 'attributes'].includes(at.at(-1) ?? '');
    return Object.fromEntries([...fields, ...(isOpen ? Object.entries(added) : [])]);
  }
  if (
    typeof value !== 'string' ||
    ['source', 'detail-type', 'id', 'account', 'region', 'time'].includes(at.at(-1) ?? '')
  )
    return value as Json;
  return `${value} ${canary}`;
}
