import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { TransactionCancelled } from '../../../simulator/dynamodb/refusal';
import { key, room, type Row } from './room';

const minute = 60_000;

const put = (row: Row, rest: object = {}): TransactWriteItem => ({ Put: { TableName: 'rows', Item: row, ...rest } });
const gone = (row: Row, rest: object = {}): TransactWriteItem => ({ Delete: { TableName: 'rows', Key: row, ...rest } });
const update = (row: Row, UpdateExpression: string, values: Row): TransactWriteItem => ({
  Update: { TableName: 'rows', Key: row, UpdateExpression, ExpressionAttributeValues: values },
});
const isThere = { ConditionExpression: 'attribute_exists(pk)' };
const check = (row: Row): TransactWriteItem => ({ ConditionCheck: { TableName: 'rows', Key: row, ...isThere } });
const noted = (sk: string, note: string): Row => ({ ...key(sk), note: { S: note } });

describe('a transaction', () => {
  test('writes all of its items', async () => {
    const { client, get, put: seed } = room();
    for (const sk of ['a', 'b', 'c']) await seed(noted(sk, 'before'));
    await client.transactWriteItems({
      TransactItems: [
        put(noted('a', 'after')),
        update(key('b'), 'SET note = :n', { ':n': { S: 'after' } }),
        gone(key('c')),
      ],
    });
    expect(await Promise.all(['a', 'b', 'c'].map((sk) => get(key(sk))))).toEqual([
      noted('a', 'after'),
      noted('b', 'after'),
      undefined,
    ]);
  });

  test('whose conditions do not all hold writes nothing, and tells for each item why, in order', async () => {
    const { client, get, put: seed } = room();
    await seed(noted('a', 'before'));
    const shown = { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    const failed = client.transactWriteItems({
      TransactItems: [put(noted('b', 'after')), put(noted('a', 'after'), shown), check(key('c')), gone(key('d'))],
    });
    await expect(failed).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining('[None, ConditionalCheckFailed, ConditionalCheckFailed, None]') as string,
      $metadata: { httpStatusCode: 400 },
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: noted('a', 'before') },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
        { Code: 'None' },
      ],
    });
    expect(await get(key('b'))).toBeUndefined();
    expect(await get(key('a'))).toEqual(noted('a', 'before'));
  });

  test('in which something does not fit the table is cancelled by that reason', async () => {
    const { client, get } = room();
    const failed = client.transactWriteItems({
      TransactItems: [
        put(noted('a', 'after')),
        put({ pk: { S: 'p' } }),
        update(key('c'), 'SET note = gone + :one', { ':one': { N: '1' } }),
        put({ ...key('d'), more: { S: 'x'.repeat(400 * 1_024) } }),
      ],
    });
    await expect(failed).rejects.toMatchObject({
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ValidationError', Message: expect.stringContaining('Missing the key sk in the item') as string },
        { Code: 'ValidationError', Message: expect.stringContaining('does not exist in the item') as string },
        { Code: 'ValidationError', Message: 'Item size has exceeded the maximum allowed size' },
      ],
    });
    expect(await get(key('a'))).toBeUndefined();
  });

  test.each<[string, readonly TransactWriteItem[], string]>([
    ['of no items', [], 'Member must have length greater than or equal to 1'],
    [
      'of 101 items',
      Array.from({ length: 101 }, (_, at) => put(key(`${at}`))),
      'Member must have length less than or equal to 100',
    ],
    [
      'that writes a row twice',
      [put(key('a')), check(key('a'))],
      'Transaction request cannot include multiple operations on one item',
    ],
    ['with two in one item', [{ ...put(key('a')), ...gone(key('b')) }], 'can only contain one of Check, Put, Update'],
    ['with a condition that can not be read', [put(key('a'), { ConditionExpression: 'a =' })], 'Syntax error'],
    ['of another table', [{ Delete: { TableName: 'other', Key: key() } }], 'Requested resource not found'],
    [
      'of more than 4 MB',
      Array.from({ length: 11 }, (_, at) => put({ ...key(`${at}`), more: { S: 'x'.repeat(390 * 1_024) } })),
      'exceeds the aggregate size limit of 4 MB',
    ],
  ])('%s is refused as such', async (_what, TransactItems, why) => {
    const { client } = room();
    const asked = client.transactWriteItems({ TransactItems: [...TransactItems] });
    await expect(asked).rejects.toThrow(why);
    await expect(asked).rejects.not.toHaveProperty('CancellationReasons');
  });

  test('of another table fails no later for being in a batch with others', async () => {
    const { client } = room();
    const TransactItems = [put(key('a')), { Delete: { TableName: 'other', Key: key() } }];
    await expect(client.transactWriteItems({ TransactItems })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('the token of a transaction', () => {
  const counted = (token: string, by = '1') => ({
    ClientRequestToken: token,
    TransactItems: [update(key(), 'ADD n :n', { ':n': { N: by } })],
  });

  test('is carried out once in ten minutes, however often it is sent', async () => {
    const { client, clock, get } = room();
    for (const minutes of [0, 5, 10]) {
      await client.transactWriteItems(counted('once'));
      expect((await get(key()))?.['n']).toEqual({ N: minutes < 10 ? '1' : '2' });
      await clock.runUntil(clock.now() + 5 * minute);
    }
  });

  test('is for one request: another under the same is refused', async () => {
    const { client, get } = room();
    await client.transactWriteItems(counted('once'));
    const other = { name: 'IdempotentParameterMismatchException' };
    await expect(client.transactWriteItems(counted('once', '2'))).rejects.toMatchObject(other);
    await client.transactWriteItems(counted('other'));
    expect((await get(key()))?.['n']).toEqual({ N: '2' });
  });

  test('of one that was cancelled is free', async () => {
    const { client, get, put: seed } = room();
    const asked = { ClientRequestToken: 'once', TransactItems: [gone(key('a'), isThere)] };
    await expect(client.transactWriteItems(asked)).rejects.toThrow('ConditionalCheckFailed');
    await seed(key('a'));
    await client.transactWriteItems(asked);
    expect(await get(key('a'))).toBeUndefined();
  });

  test('tells, after an answer that was lost, that it was done', async () => {
    const { account, client, get } = room();
    account.faults.plant('dynamodb', 'TransactWriteItems', 'lostAnswer');
    await expect(client.transactWriteItems(counted('once'))).rejects.toThrow('socket hang up');
    await client.transactWriteItems(counted('once'));
    expect((await get(key()))?.['n']).toEqual({ N: '1' });
  });

  test.each(['', 'x'.repeat(37)])('of a length that it can not have is refused: "%s"', async (token) => {
    const { client } = room();
    await expect(client.transactWriteItems(counted(token))).rejects.toThrow('Member must have length between 1 and 36');
  });
});

describe('a transaction that takes its time', () => {
  const shares = (...values: readonly number[]) => {
    const left = [...values];
    return () => left.shift() ?? 1;
  };

  test('shows its rows one by one, to consistent reads too', async () => {
    const { client, clock, settings, get } = room();
    Object.assign(settings, { transactionMillis: 100, share: shares(0.5, 0.2) });
    await client.transactWriteItems({ TransactItems: [put(noted('a', 'after')), put(noted('b', 'after'))] });
    const seen = async () => (await Promise.all(['a', 'b'].map((sk) => get(key(sk))))).map((row) => !!row);
    expect(await seen()).toEqual([false, false]);
    await clock.runUntil(clock.now() + 20);
    expect(await seen()).toEqual([false, true]);
    await clock.runUntil(clock.now() + 30);
    expect(await seen()).toEqual([true, true]);
  });

  test('meets others that write its rows with a conflict, also where it shows them already', async () => {
    const { client, clock, settings, put: seed, get } = room();
    Object.assign(settings, { transactionMillis: 100, share: () => 0 });
    const first = { TransactItems: [put(noted('a', 'first')), gone(key('b'))], ClientRequestToken: 'first' };
    await client.transactWriteItems(first);
    await expect(seed(noted('a', 'second'))).rejects.toMatchObject({ name: 'TransactionConflictException' });
    const second = client.transactWriteItems({ TransactItems: [put(noted('c', 'second')), put(noted('b', 'second'))] });
    await expect(second).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    });
    await expect(client.transactWriteItems(first)).rejects.toMatchObject({ name: 'TransactionInProgressException' });
    await clock.runUntil(clock.now() + 100);
    await client.transactWriteItems(first);
    await seed(noted('a', 'second'));
    expect(await get(key('a'))).toEqual(noted('a', 'second'));
  });
});

test('a transaction can be made to fail by a planted cancellation', async () => {
  const { account, client, get } = room();
  account.faults.plant('dynamodb', 'TransactWriteItems', new TransactionCancelled(['None', 'TransactionConflict']));
  const asked = { TransactItems: [put(key('a')), put(key('b'))] };
  await expect(client.transactWriteItems(asked)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });
  expect(await get(key('a'))).toBeUndefined();
  await client.transactWriteItems(asked);
  expect(await get(key('a'))).toEqual(key('a'));
});
