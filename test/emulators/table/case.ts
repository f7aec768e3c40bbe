import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Row = Record<string, AttributeValue>;

/** An operation of DynamoDB and its input, without the name of the table. */
export type Step = readonly [
  operation: 'get' | 'put' | 'update' | 'delete' | 'query' | 'batch' | 'transact',
  input: object,
];

/** Something that DynamoDB is asked, step by step; its rows are all in partition `pk`, which is no other case's. */
export interface TableCase {
  readonly name: string;
  readonly steps: (pk: string) => readonly Step[];
}

/** The row that conditions and updates are tried on. */
export const tried: Row = {
  txt: { S: 'größe' },
  n: { N: '10' },
  b: { B: new Uint8Array([97, 98, 99]) },
  yes: { BOOL: true },
  nil: { NULL: true },
  lst: { L: [{ N: '1' }, { M: { deep: { S: 'x' } } }, { N: '3' }] },
  mp: { M: { low: { N: '5' }, up: { S: 'u' } } },
  st: { SS: ['one', 'two'] },
  nums: { NS: ['1', '2'] },
};

const values: Row = {
  ':txt': { S: 'größe' },
  ':start': { S: 'grö' },
  ':one': { S: 'one' },
  ':nine': { N: '9' },
  ':ten': { N: '1e1' },
  ':100': { N: '100' },
  ':1': { N: '1' },
  ':2': { N: '2' },
  ':tenth': { N: '0.1' },
  ':type': { S: 'SS' },
  ':yes': { BOOL: true },
  ':set': { SS: ['two', 'one'] },
  ':ones': { SS: ['one', 'three'] },
  ':ns': { NS: ['2', '3'] },
  ':mp': { M: { low: { N: '5' }, up: { S: 'u' } } },
  ':list': { L: [{ N: '3' }] },
  ':abc': { B: new Uint8Array([97, 98, 99]) },
  ':ab': { B: new Uint8Array([97, 98]) },
};

/** Those of the values that an expression names. */
export function valuesIn(expression: string): { readonly ExpressionAttributeValues?: Row } {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
  return used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {};
}

export const key = (pk: string, sk = 'a'): Row => ({ pk: { S: pk }, sk: { S: sk } });
