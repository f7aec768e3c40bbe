import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { key, room } from './room';

const row = {
  ...key(),
  s: { S: 'größe' },
  n: { N: '10' },
  b: { B: Buffer.from('abc') },
  digits: { N: '12345678901234567890' },
  yes: { BOOL: true },
  nil: { NULL: true },
  lst: { L: [{ N: '1' }, { M: { deep: { S: 'x' } } }] },
  mp: { M: { in: { N: '5' } } },
  st: { SS: ['one', 'two'] },
} satisfies Record<string, AttributeValue>;

const values: Record<string, AttributeValue> = {
  ':s': { S: 'größe' },
  ':start': { S: 'grö' },
  ':nine': { N: '9' },
  ':ten': { N: '1e1' },
  ':longer': { N: '12345678901234567891' },
  ':shorter': { N: '9876543210987654321' },
  ':100': { N: '100' },
  ':one': { S: 'one' },
  ':1': { N: '1' },
  ':2': { N: '2' },
  ':type': { S: 'SS' },
  ':yes': { BOOL: true },
  ':set': { SS: ['two', 'one'] },
  ':map': { M: { in: { N: '5.0' } } },
  ':list': { L: [{ N: '1' }, { M: { deep: { S: 'x' } } }] },
  ':abc': { B: new Uint8Array([97, 98, 99]) },
  ':ab': { B: new Uint8Array([97, 98]) },
};

/** Whether a condition held of the row; what it was refused for, if it was. */
async function judged(condition: string, names?: Record<string, string>): Promise<boolean | string> {
  const { client, put } = room();
  await put(row);
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(condition));
  const asked = client.transactWriteItems({
    TransactItems: [
      {
        ConditionCheck: {
          TableName: 'rows',
          Key: key(),
          ConditionExpression: condition,
          ...(names && { ExpressionAttributeNames: names }),
          ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
        },
      },
    ],
  });
  return asked.then(
    () => true,
    (error: unknown) => {
      const { message } = error as Error;
      return message.includes('[ConditionalCheckFailed]') ? false : message;
    },
  );
}

describe('a condition', () => {
  test.each([
    's = :s',
    ':s = s',
    's <> :one',
    'n = :ten',
    'n > :nine',
    'n >= :ten',
    'n < :100',
    'n <= :ten',
    'digits < :longer',
    'digits > :shorter',
    'n BETWEEN :nine AND :100',
    's IN (:one, :s)',
    'b = :abc',
    'yes = :yes',
    'st = :set',
    'mp = :map',
    'lst = :list',
    'attribute_exists(s)',
    'attribute_exists(lst[1].deep)',
    'attribute_not_exists(lst[2])',
    'attribute_not_exists(absent.deep)',
    'attribute_type(st, :type)',
    'begins_with(s, :start)',
    'begins_with(b, :ab)',
    'contains(s, :start)',
    'contains(st, :one)',
    'contains(lst, :1)',
    'contains(b, :ab)',
    'size(lst) = :2',
    'size(st) = :2',
    'size(absent) <> :2',
    'absent <> :s',
    'nil <> :s',
    'mp.#in > :2',
    'NOT s = :one',
    'not s = :one and n = :ten',
    's = :one AND n = :ten OR b = :abc',
    's = :s OR n = :nine AND b = :ab',
    '(s = :one OR n = :ten) AND b = :abc',
    '(n) = :ten',
  ])('holds: %s', async (condition) => {
    expect(await judged(condition, condition.includes('#in') ? { '#in': 'in' } : undefined)).toBe(true);
  });

  test.each([
    's = :one',
    's = :ten',
    'n < :nine',
    'n > :s',
    'n BETWEEN :100 AND :nine',
    'absent = :s',
    'absent < :100',
    'absent = gone',
    'attribute_type(s, :type)',
    'begins_with(n, :start)',
    'begins_with(s, :one)',
    'contains(n, :1)',
    'size(n) = :2',
    's IN (:one, :ten)',
    'NOT s = :s',
    's = :s AND n = :nine',
    '(s = :s OR n = :ten) AND b = :ab',
    'mp = :list',
  ])('does not hold: %s', async (condition) => {
    expect(await judged(condition)).toBe(false);
  });

  test.each([
    ['s = :s AND', 'Syntax error; token: "<EOF>", near: "AND"'],
    ['s = = :s', 'Syntax error; token: "=", near: "= = :s"'],
    ['s', 'Syntax error; token: "<EOF>", near: "s"'],
    ['s ! :s', 'Syntax error; token: "!", near: "! :"'],
    [' ', 'The expression can not be empty;'],
    ['((s = :s))', 'The expression has redundant parentheses;'],
    ['name = :s', 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['mp.in = :s', 'Attribute name is a reserved keyword; reserved keyword: in'],
    ['length(s) = :2', 'Invalid function name; function: length'],
    ['size(s)', 'The function is not allowed to be used this way in an expression; function: size'],
    [
      'begins_with(s, :start) = :s',
      'The function is not allowed to be used this way in an expression; function: begins_with',
    ],
    ['attribute_exists(:s)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    [
      'contains(s)',
      'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
    ['s = :gone', 'An expression attribute value used in expression is not defined; attribute value: :gone'],
    ['#gone = :s', 'An expression attribute name used in the document path is not defined; attribute name: #gone'],
  ])('that cannot be is refused: %s', async (condition, why) => {
    expect(await judged(condition)).toBe(`Invalid ConditionExpression: ${why}`);
  });

  test.each([
    [{ '#unused': 's' }, undefined, 'ExpressionAttributeNames unused in expressions: keys: {#unused}'],
    [
      undefined,
      { ':a': { S: 'a' }, ':b': { S: 'b' } },
      'ExpressionAttributeValues unused in expressions: keys: {:a, :b}',
    ],
    [{}, undefined, 'ExpressionAttributeNames must not be empty'],
  ])('with placeholders that it does not use is refused', async (ExpressionAttributeNames, values, why) => {
    const { put } = room();
    const asked = put(key(), {
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeNames,
      ExpressionAttributeValues: values,
    });
    await expect(asked).rejects.toThrow(why);
  });

  test('is none: then there is nothing for placeholders to stand in', async () => {
    const { put } = room();
    const asked = put(key(), { ExpressionAttributeValues: { ':a': { S: 'a' } } });
    await expect(asked).rejects.toThrow('ExpressionAttributeValues can only be specified when using expressions');
  });

  test('that does not hold writes nothing, and shows what is there to whoever asks', async () => {
    const { put, get } = room();
    const first = { ...key(), by: { S: 'first' } };
    await put(first);
    const late = { ConditionExpression: 'attribute_not_exists(pk)' };
    const refused = { name: 'ConditionalCheckFailedException' };
    await expect(put(key(), late)).rejects.toMatchObject({ ...refused, Item: undefined });
    const shown = { ...late, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    await expect(put(key(), shown)).rejects.toMatchObject({ ...refused, Item: first });
    expect(await get(key())).toEqual(first);
  });
});
