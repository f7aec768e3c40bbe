import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { key, room, type Row } from './room';

const before = {
  ...key(),
  n: { N: '10' },
  txt: { S: 'x' },
  lst: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
  mp: { M: { a: { S: 'a' }, low: { M: { b: { N: '1' } } } } },
  st: { SS: ['one', 'two'] },
  nums: { NS: ['1', '2'] },
} satisfies Row;

const values: Record<string, AttributeValue> = {
  ':1': { N: '1' },
  ':tenth': { N: '0.1' },
  ':s': { S: 's' },
  ':list': { L: [{ N: '3' }] },
  ':one': { SS: ['one'] },
  ':both': { SS: ['one', 'two'] },
  ':three': { SS: ['three', 'one'] },
  ':numbers': { NS: ['2.0', '3'] },
};

async function updated(update: string, row: Row | null = before, rest: Partial<UpdateItemCommandInput> = {}) {
  const { client, put, get } = room();
  if (row) await put(row);
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(update));
  const answer = await client.updateItem({
    TableName: 'rows',
    Key: key(),
    UpdateExpression: update,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
    ...rest,
  });
  return { row: await get(key()), answer };
}

describe('an update', () => {
  test.each<[string, Row]>([
    ['SET fresh = :s, txt = :s', { fresh: { S: 's' }, txt: { S: 's' } }],
    ['SET n = n + :1', { n: { N: '11' } }],
    ['SET n = n - :tenth', { n: { N: '9.9' } }],
    ['SET n = :1 - n', { n: { N: '-9' } }],
    ['SET n = if_not_exists(n, :1)', {}],
    ['SET m = if_not_exists(m, :1) + :1', { m: { N: '2' } }],
    ['SET txt = :s, fresh = txt', { fresh: { S: 'x' }, txt: { S: 's' } }],
    ['SET fresh = txt, txt = :s', { fresh: { S: 'x' }, txt: { S: 's' } }],
    ['SET lst = list_append(lst, :list)', { lst: { L: [...before.lst.L, { N: '3' }] } }],
    ['SET lst = list_append(:list, lst)', { lst: { L: [{ N: '3' }, ...before.lst.L] } }],
    ['SET lst[1] = :s', { lst: { L: [{ N: '0' }, { S: 's' }, { N: '2' }] } }],
    ['SET lst[9] = :s', { lst: { L: [...before.lst.L, { S: 's' }] } }],
    ['SET mp.low.b = mp.low.b + :1', { mp: { M: { a: { S: 'a' }, low: { M: { b: { N: '2' } } } } } }],
    ['SET mp.fresh = :s', { mp: { M: { ...before.mp.M, fresh: { S: 's' } } } }],
    ['REMOVE mp.low, lst[0], lst[2]', { mp: { M: { a: { S: 'a' } } }, lst: { L: [{ N: '1' }] } }],
    ['REMOVE absent, lst[7]', {}],
    ['ADD n :tenth, m :1', { n: { N: '10.1' }, m: { N: '1' } }],
    ['ADD st :three, fresh :one', { st: { SS: ['one', 'two', 'three'] }, fresh: { SS: ['one'] } }],
    ['ADD nums :numbers', { nums: { NS: ['1', '2', '3'] } }],
    ['DELETE st :three', { st: { SS: ['two'] } }],
    ['DELETE absent :one', {}],
    ['set n = :1 remove mp add m :1 delete st :one', { n: { N: '1' }, m: { N: '1' }, st: { SS: ['two'] } }],
  ])('%s', async (update, expected) => {
    const all: Row = { ...before, ...expected };
    if (update.includes('remove mp')) delete all['mp'];
    expect((await updated(update)).row).toEqual(all);
  });

  test('takes with the last member of a set the attribute', async () => {
    const { row } = await updated('DELETE st :both');
    expect(row).not.toHaveProperty('st');
  });

  test('makes the row where there is none, also one that says nothing', async () => {
    const { client, get } = room();
    await client.updateItem({ TableName: 'rows', Key: key() });
    expect(await get(key())).toEqual(key());
    expect((await updated('SET fresh = :s', null)).row).toEqual({ ...key(), fresh: { S: 's' } });
  });

  test.each([
    ['SET n = txt + :1', 'An operand in the update expression has an incorrect data type'],
    ['SET n = absent', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET absent.deep = :1', 'The document path provided in the update expression is invalid for update'],
    ['SET txt[0] = :1', 'The document path provided in the update expression is invalid for update'],
    ['ADD txt :1', 'An operand in the update expression has an incorrect data type'],
    ['ADD n :s', 'Incorrect operand type for operator or function; operator: ADD'],
    ['DELETE n :1', 'Incorrect operand type for operator or function; operator: DELETE'],
    ['SET pk = :s', 'Cannot update attribute pk. This attribute is part of the key'],
    ['SET mp = :s, mp.a = :1', 'Two document paths overlap with each other'],
    ['SET mp.a = :1, mp = :s', 'path one: [mp, a], path two: [mp]'],
    ['SET n = :s REMOVE n', 'path one: [n], path two: [n]'],
    ['SET n = :s SET m = :s', 'The "SET" section can only be used once in an update expression;'],
    ['SET n = :s, ', 'Syntax error; token: "<EOF>", near: ","'],
    ['n = :s', 'Syntax error; token: "n", near: "n ="'],
    ['SET n = largest(n, :1)', 'Invalid function name; function: largest'],
    ['SET n = if_not_exists(:1, n)', 'Operator or function requires a document path'],
    ['SET n = list_append(n)', 'Incorrect number of operands'],
    ['SET grade = :s', 'Type mismatch for Index Key grade Expected: N Actual: S IndexName: byGrade'],
  ])('that cannot be is refused, and nothing is changed: %s', async (update, why) => {
    const refused = await updated(update).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ValidationException', message: expect.stringContaining(why) as string });
  });

  test.each<[UpdateItemCommandInput['ReturnValues'], Row | undefined]>([
    ['NONE', undefined],
    ['ALL_OLD', before],
    ['UPDATED_OLD', { n: { N: '10' }, mp: { M: { a: { S: 'a' } } } }],
    ['ALL_NEW', { ...before, n: { N: '11' }, mp: { M: { ...before.mp.M, a: { S: 's' } } } }],
    ['UPDATED_NEW', { n: { N: '11' }, mp: { M: { a: { S: 's' } } } }],
  ])('gives back what it is asked for: %s', async (ReturnValues, expected) => {
    const { answer } = await updated('SET n = n + :1, mp.a = :s', before, { ReturnValues });
    expect(answer.Attributes).toEqual(expected);
  });

  test('that makes the row larger than 400 KB is refused', async () => {
    const { client, get } = room();
    const half = { ':half': { S: 'x'.repeat(200 * 1_024) } };
    const grow = (UpdateExpression: string) =>
      client.updateItem({ TableName: 'rows', Key: key(), UpdateExpression, ExpressionAttributeValues: half });
    await grow('SET a = :half');
    await expect(grow('SET b = :half')).rejects.toThrow('Item size to update has exceeded the maximum allowed size');
    expect(await get(key())).not.toHaveProperty('b');
  });

  test('counts in decimals, of up to 38 digits', async () => {
    const { client } = room();
    const add = async (N: string): Promise<string | undefined> => {
      const ExpressionAttributeValues = { ':n': { N } };
      const asked = { TableName: 'rows', Key: key(), UpdateExpression: 'ADD n :n', ExpressionAttributeValues };
      return (await client.updateItem({ ...asked, ReturnValues: 'ALL_NEW' })).Attributes?.['n']?.N;
    };
    expect(await add('0.10')).toBe('0.1');
    expect(await add('0.2')).toBe('0.3');
    expect(await add('12345678901234567890123456789012345')).toBe('12345678901234567890123456789012345.3');
    await expect(add('0.0000001')).rejects.toThrow('more than 38 significant digits');
    await expect(add('1e126')).rejects.toThrow('Number overflow');
    await expect(add('ten')).rejects.toThrow('cannot be converted to a numeric value: ten');
  });
});
