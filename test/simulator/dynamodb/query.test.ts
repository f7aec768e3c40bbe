import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { key, room, type Row } from './room';

const graded = (sk: string, grade: string, pk = 'p'): Row => ({
  ...key(sk, pk),
  kind: { S: 'k' },
  grade: { N: grade },
  carried: { S: `of ${sk}` },
  more: { S: 'x' },
});

async function filled(rows: readonly Row[] = ['b', 'a', 'ab', 'c'].map((sk) => ({ ...key(sk), more: { S: sk } }))) {
  const it = room();
  for (const row of rows) await it.put(row);
  const query = async (asked: Partial<QueryCommandInput>) => it.client.query({ TableName: 'rows', ...asked });
  const ofPartition = async (condition = '', values: Row = {}, rest: Partial<QueryCommandInput> = {}) =>
    query({
      KeyConditionExpression: `pk = :pk${condition}`,
      ExpressionAttributeValues: { ':pk': { S: 'p' }, ...values },
      ...rest,
    });
  const ofKind = async (rest: Partial<QueryCommandInput> = {}) =>
    query({
      IndexName: 'byGrade',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'k' } },
      ...rest,
    });
  return { ...it, query, ofPartition, ofKind };
}

const sortKeys = ({ Items = [] }: { readonly Items?: readonly Row[] | undefined }): (string | undefined)[] =>
  Items.map((row) => row['sk']?.S);

describe('a query', () => {
  test.each<[string, Row, string[]]>([
    ['', {}, ['a', 'ab', 'b', 'c']],
    [' AND sk = :a', { ':a': { S: 'ab' } }, ['ab']],
    [' AND sk < :a', { ':a': { S: 'b' } }, ['a', 'ab']],
    [' AND sk <= :a', { ':a': { S: 'b' } }, ['a', 'ab', 'b']],
    [' AND sk > :a', { ':a': { S: 'ab' } }, ['b', 'c']],
    [' AND sk >= :a', { ':a': { S: 'ab' } }, ['ab', 'b', 'c']],
    [' AND :a >= sk', { ':a': { S: 'ab' } }, ['a', 'ab']],
    [' AND sk BETWEEN :a AND :b', { ':a': { S: 'aa' }, ':b': { S: 'b' } }, ['ab', 'b']],
    [' AND begins_with(sk, :a)', { ':a': { S: 'a' } }, ['a', 'ab']],
    [' AND begins_with(sk, :a)', { ':a': { S: 'd' } }, []],
  ])('finds the rows of a partition in order: pk = :pk%s', async (condition, values, expected) => {
    const { ofPartition } = await filled();
    expect(sortKeys(await ofPartition(condition, values))).toEqual(expected);
    expect(sortKeys(await ofPartition(condition, values, { ScanIndexForward: false }))).toEqual(expected.toReversed());
  });

  test.each([true, false])('goes page by page, to an end that it does not know before: forward %s', async (forward) => {
    const { ofPartition } = await filled();
    const pages: (string | undefined)[][] = [];
    let from: Row | undefined;
    do {
      const answer = await ofPartition(
        '',
        {},
        {
          Limit: 2,
          ScanIndexForward: forward,
          ...(from && { ExclusiveStartKey: from }),
        },
      );
      pages.push(sortKeys(answer));
      from = answer.LastEvaluatedKey;
    } while (from);
    const order = forward ? ['a', 'ab', 'b', 'c'] : ['c', 'b', 'ab', 'a'];
    expect(pages).toEqual([order.slice(0, 2), order.slice(2), []]);
  });

  test('goes on after a row that is gone meanwhile', async () => {
    const { ofPartition, client } = await filled();
    const { LastEvaluatedKey } = await ofPartition('', {}, { Limit: 2 });
    await client.deleteItem({ TableName: 'rows', Key: key('ab') });
    expect(sortKeys(await ofPartition('', {}, { ExclusiveStartKey: LastEvaluatedKey }))).toEqual(['b', 'c']);
  });

  test('reads a megabyte a page', async () => {
    const large = ['a', 'b', 'c', 'd'].map((sk) => ({ ...key(sk), more: { S: 'x'.repeat(300 * 1_024) } }));
    const { ofPartition } = await filled(large);
    const first = await ofPartition();
    expect([sortKeys(first), first.LastEvaluatedKey]).toEqual([['a', 'b', 'c'], key('c')]);
    const second = await ofPartition('', {}, { ExclusiveStartKey: first.LastEvaluatedKey });
    expect([sortKeys(second), second.LastEvaluatedKey]).toEqual([['d'], undefined]);
  });

  test('filters what it has read, and counts both', async () => {
    const { ofPartition } = await filled();
    const answer = await ofPartition('', { ':b': { S: 'b' } }, { FilterExpression: 'more >= :b', Limit: 3 });
    expect(answer).toMatchObject({ Count: 1, ScannedCount: 3, LastEvaluatedKey: key('b') });
    expect(sortKeys(answer)).toEqual(['b']);
    const counted = await ofPartition('', { ':b': { S: 'b' } }, { FilterExpression: 'more >= :b', Select: 'COUNT' });
    expect(counted).toEqual({ $metadata: {}, Count: 2, ScannedCount: 4 });
  });

  test('gives the attributes that it is asked for', async () => {
    const row = { ...key(), a: { M: { b: { L: [{ S: '0' }, { S: '1' }, { S: '2' }] }, c: { S: 'c' } } } };
    const { ofPartition } = await filled([row]);
    const { Items } = await ofPartition('', {}, { ProjectionExpression: 'a.b[2], a.b[0], sk, gone' });
    expect(Items).toEqual([{ sk: { S: 'a' }, a: { M: { b: { L: [{ S: '0' }, { S: '2' }] } } } }]);
  });

  test('sorts texts by their bytes in UTF-8, beyond the first plane too', async () => {
    const { ofPartition } = await filled(['\u{1f600}', '\uffee', 'z', 'ä'].map((sk) => key(sk)));
    expect(sortKeys(await ofPartition())).toEqual(['z', 'ä', '\uffee', '\u{1f600}']);
  });

  test.each<[Partial<QueryCommandInput>, string]>([
    [{ KeyConditionExpression: 'sk = :pk' }, 'Query condition missed key schema element: pk'],
    [{ KeyConditionExpression: 'pk > :pk' }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk OR sk = :pk' }, 'Invalid operator used in KeyConditionExpression: OR'],
    [{ KeyConditionExpression: 'pk = :pk AND sk <> :pk' }, 'Invalid operator used in KeyConditionExpression: <>'],
    [{ KeyConditionExpression: 'pk = :pk AND more = :pk' }, 'Query condition missed key schema element: sk'],
    [{ KeyConditionExpression: 'pk = :pk AND sk = :pk AND sk = :pk' }, 'Conditions can be of length 1 or 2 only'],
    [{ FilterExpression: 'sk = :pk' }, 'Filter Expression can only contain non-primary key attributes'],
    [{ Limit: 0 }, 'Member must have value greater than or equal to 1'],
    [{ ExclusiveStartKey: { pk: { S: 'p' } } }, 'The provided starting key is invalid'],
    [{ ExclusiveStartKey: key('a', 'other') }, 'The provided starting key is outside query boundaries'],
    [{ ExpressionAttributeValues: { ':pk': { N: '1' } } }, 'Condition parameter type does not match schema type'],
    [{ IndexName: 'gone' }, 'has no index gone'],
    [{ TableName: 'gone' }, 'Requested resource not found'],
  ])('that cannot be is refused: %j', async (asked, why) => {
    const { query } = await filled();
    const whole = {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'p' } },
      ...asked,
    };
    await expect(query(whole)).rejects.toThrow(why);
  });

  test.each(['KeyConditions', 'QueryFilter', 'AttributesToGet', 'ReturnConsumedCapacity'])(
    'fails by name where it is asked by %s',
    async (name) => {
      const { query } = await filled();
      await expect(query({ [name]: {} })).rejects.toThrow(`does not know the parameter ${name} of Query`);
    },
  );
});

describe('an index', () => {
  test('has the rows that have its keys, in the order of their numbers, with what it carries', async () => {
    const rows = [graded('a', '10'), graded('b', '9'), graded('c', '-1'), { ...key('d'), kind: { S: 'k' } }];
    const { ofKind } = await filled(rows);
    const { Items } = await ofKind();
    expect(Items?.map((row) => row['grade']?.N)).toEqual(['-1', '9', '10']);
    expect(Items?.[1]).toEqual({ ...key('b'), kind: { S: 'k' }, grade: { N: '9' }, carried: { S: 'of b' } });
  });

  test('follows the row: it moves, changes and goes', async () => {
    const { ofKind, client, put } = await filled([graded('a', '1'), graded('b', '2')]);
    const update = async (UpdateExpression: string, values?: Row) =>
      client.updateItem({
        TableName: 'rows',
        Key: key('a'),
        UpdateExpression,
        ...(values && { ExpressionAttributeValues: values }),
      });
    await update('SET grade = :n', { ':n': { N: '3' } });
    expect(sortKeys(await ofKind())).toEqual(['b', 'a']);
    await update('SET carried = :s', { ':s': { S: 'fresh' } });
    expect((await ofKind()).Items?.[1]?.['carried']).toEqual({ S: 'fresh' });
    await update('REMOVE grade');
    expect(sortKeys(await ofKind())).toEqual(['b']);
    await put(key('b'));
    expect(sortKeys(await ofKind())).toEqual([]);
  });

  test('holds many rows of one key, and goes through them page by page', async () => {
    const { ofKind } = await filled(['c', 'a', 'b'].flatMap((sk) => [graded(sk, '1'), graded(sk, '1', 'q')]));
    const seen: string[] = [];
    const starts: string[][] = [];
    let from: Row | undefined;
    do {
      const page = await ofKind({ Limit: 1, ...(from && { ExclusiveStartKey: from }) });
      seen.push(...(page.Items ?? []).map(({ pk, sk }) => `${pk?.S ?? ''}${sk?.S ?? ''}`));
      from = page.LastEvaluatedKey;
      starts.push(...(from ? [Object.keys(from).toSorted()] : []));
    } while (from);
    expect(seen.toSorted()).toEqual(['pa', 'pb', 'pc', 'qa', 'qb', 'qc']);
    expect(starts).toEqual(Array.from({ length: 6 }, () => ['grade', 'kind', 'pk', 'sk']));
  });

  test.each<[Partial<QueryCommandInput>, string]>([
    [{ ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
    [{ Select: 'ALL_ATTRIBUTES' }, 'is not supported for global secondary index byGrade'],
  ])('does not give what it has not: %j', async (asked, why) => {
    const { ofKind } = await filled();
    await expect(ofKind(asked)).rejects.toThrow(why);
  });
});

describe('a scan', () => {
  test('sees every row once, page by page', async () => {
    const { client } = await filled(['p', 'q', 'r'].flatMap((pk) => [key('a', pk), key('b', pk)]));
    const seen: string[] = [];
    let from: Row | undefined;
    do {
      const page = await client.scan({ TableName: 'rows', Limit: 4, ...(from && { ExclusiveStartKey: from }) });
      seen.push(...(page.Items ?? []).map(({ pk, sk }) => `${pk?.S ?? ''}${sk?.S ?? ''}`));
      from = page.LastEvaluatedKey;
    } while (from);
    expect(seen.toSorted()).toEqual(['pa', 'pb', 'qa', 'qb', 'ra', 'rb']);
  });

  test('may filter by keys, and look at an index', async () => {
    const { client } = await filled([graded('a', '1'), key('b'), graded('c', '2')]);
    const filter = { FilterExpression: 'sk > :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
    expect(sortKeys(await client.scan({ TableName: 'rows', ...filter }))).toEqual(['b', 'c']);
    expect(sortKeys(await client.scan({ TableName: 'rows', IndexName: 'byGrade' }))).toEqual(['a', 'c']);
  });
});

describe('a batch of keys', () => {
  const ask = (...keys: readonly Row[]) => ({ RequestItems: { rows: { Keys: [...keys] } } });

  test('finds the rows that are there', async () => {
    const { client } = await filled();
    const answer = await client.batchGetItem(ask(key('b'), key('gone'), key('a')));
    expect(sortKeys({ Items: answer.Responses?.['rows'] })).toEqual(['b', 'a']);
    expect(answer.UnprocessedKeys).toEqual({});
  });

  test('is answered in part where the table has no room for more, and the rest given back', async () => {
    const { client, settings } = await filled();
    settings.batchAtMost = 1;
    const request = { Keys: [key('a'), key('b'), key('c')], ConsistentRead: true, ProjectionExpression: 'sk' };
    const answer = await client.batchGetItem({ RequestItems: { rows: request } });
    expect(answer.Responses).toEqual({ rows: [{ sk: { S: 'a' } }] });
    expect(answer.UnprocessedKeys).toEqual({ rows: { ...request, Keys: [key('b'), key('c')] } });
  });

  test('holds at most 16 MB', async () => {
    const keys = Array.from({ length: 60 }, (_, at) => key(`${at}`));
    const { client } = await filled(keys.map((one) => ({ ...one, more: { S: 'x'.repeat(399 * 1_024) } })));
    const answer = await client.batchGetItem(ask(...keys));
    expect(answer.Responses?.['rows']).toHaveLength(42);
    expect(answer.UnprocessedKeys?.['rows']?.Keys).toHaveLength(18);
  });

  test.each([
    ['no key at all', ask(), 'is required'],
    ['more than a hundred', ask(...Array.from({ length: 101 }, (_, at) => key(`${at}`))), 'Too many items requested'],
    ['one twice', ask(key('a'), key('a')), 'Provided list of item keys contains duplicates'],
    ['half a key', ask({ pk: { S: 'p' } }), 'The provided key element does not match the schema'],
  ])('of %s is refused', async (_what, asked, why) => {
    const { client } = await filled();
    await expect(client.batchGetItem(asked)).rejects.toThrow(why);
  });
});
