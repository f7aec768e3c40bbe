import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { connect } from '../../../simulator/connect';
import { key, room, rowsTable, type Row } from './room';

const second = 1_000;

describe('a table', () => {
  test('answers the real client as it answers without one', async () => {
    const { account, get } = room();
    const client = new DynamoDB({ region: 'eu-central-1' });
    connect(client, 'dynamodb', account);
    await client.putItem({ TableName: 'rows', Item: { ...key(), bytes: { B: new Uint8Array([1, 2]) } } });
    const { Item } = await client.getItem({ TableName: 'rows', Key: key() });
    expect(Item).toEqual({ ...key(), bytes: { B: new Uint8Array([1, 2]) } });
    expect(await get(key())).toEqual(Item);
  });

  test('is found once it was created, by its name and its ARN, and not after it was deleted', async () => {
    const { account } = room();
    const ask = (operation: string, input: object) => account.call('dynamodb', operation, input);
    const TableArn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/rows';
    expect(ask('DescribeTable', { TableName: 'rows' })).toMatchObject({
      Table: {
        TableName: 'rows',
        TableArn,
        TableStatus: 'ACTIVE',
        KeySchema: rowsTable.KeySchema,
        GlobalSecondaryIndexes: [{ IndexName: 'byGrade', IndexArn: `${TableArn}/index/byGrade` }],
      },
    });
    expect(ask('GetItem', { TableName: TableArn, Key: key() })).toEqual({});
    expect(() => ask('CreateTable', rowsTable)).toThrow('Table already exists: rows');
    ask('DeleteTable', { TableName: 'rows' });
    expect(ask('ListTables', {})).toEqual({ TableNames: [] });
    expect(() => ask('DescribeTable', { TableName: 'rows' })).toThrow('Table: rows not found');
  });

  test('of one region is not that of another', async () => {
    const { account } = room();
    expect(account.services.dynamodb).toBeDefined();
    const other = room().account;
    other.call('dynamodb', 'DeleteTable', { TableName: 'rows' });
    expect(() => other.call('dynamodb', 'GetItem', { TableName: 'rows', Key: key() })).toThrow('not found');
    expect(account.call('dynamodb', 'GetItem', { TableName: 'rows', Key: key() })).toEqual({});
  });

  test.each([
    [{ LocalSecondaryIndexes: [{}] }, 'does not know local secondary indexes'],
    [{ StreamSpecification: { StreamEnabled: true } }, 'does not know streams'],
    [{ TableName: 'no' }, 'length between 3 and 255'],
    [{ AttributeDefinitions: rowsTable.AttributeDefinitions?.slice(0, 3) }, 'not defined in AttributeDefinitions'],
    [{ GlobalSecondaryIndexes: [] }, 'does not exactly match number of attributes'],
    [{ KeySchema: [] }, 'not a HASH key'],
  ])('that cannot be is not created: %j', async (change, why) => {
    const { account } = room();
    const create = () => account.call('dynamodb', 'CreateTable', { ...rowsTable, TableName: 'other', ...change });
    expect(create).toThrow(why);
  });

  test('tells its observers of every call, and which of them only look', async () => {
    const { account, client, put } = room();
    const calls: string[] = [];
    account.observe(({ operation, access }) => calls.push(`${operation} ${access}`));
    await put(key());
    await client.scan({ TableName: 'rows' });
    await client.batchGetItem({ RequestItems: { rows: { Keys: [key()] } } });
    await client.query({
      TableName: 'rows',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    });
    expect(calls).toEqual(['PutItem write', 'Scan read', 'BatchGetItem read', 'Query read']);
  });

  test('is throttled, and loses requests and answers, where that is planted', async () => {
    const { account, put, get } = room();
    account.faults.plant('dynamodb', 'PutItem', 'throttled');
    await expect(put(key('a'))).rejects.toMatchObject({ name: 'ThrottlingException' });
    account.faults.plant('dynamodb', 'PutItem', 'lostRequest');
    await expect(put(key('b'))).rejects.toMatchObject({ name: 'TimeoutError' });
    account.faults.plant('dynamodb', 'PutItem', 'lostAnswer');
    await expect(put(key('c'))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await Promise.all(['a', 'b', 'c'].map((sk) => get(key(sk))))).toEqual([undefined, undefined, key('c')]);
  });
});

describe('a row', () => {
  test.each<[string, Row, string]>([
    ['without a key', { pk: { S: 'p' } }, 'Missing the key sk in the item'],
    ['with a key of another type', { ...key(), sk: { N: '1' } }, 'Type mismatch for key sk expected: S actual: N'],
    ['with an empty key', { ...key(), pk: { S: '' } }, 'cannot contain an empty string value. Key: pk'],
    ['with a partition key that is too long', key('a', 'x'.repeat(2_049)), 'Size of hashkey has exceeded'],
    ['with a sort key that is too long', key('x'.repeat(1_025)), 'Size of rangekey has exceeded'],
    ['with an index key of another type', { ...key(), grade: { S: '1' } }, 'Type mismatch for Index Key grade'],
    ['with an empty index key', { ...key(), kind: { S: '' } }, 'IndexName: byGrade, IndexKey: kind'],
    ['with an attribute of no type', { ...key(), a: {} as never }, 'Supplied AttributeValue is empty'],
    ['with one of two', { ...key(), a: { S: 'a', N: '1' } as never }, 'has more than one datatypes set'],
    ['with what is no number', { ...key(), a: { N: 'NaN' } }, 'cannot be converted to a numeric value: NaN'],
    ['with an empty set', { ...key(), a: { SS: [] } }, 'An string set  may not be empty'],
    ['with a set of equals', { ...key(), a: { NS: ['1', '1.0'] } }, 'contains duplicates'],
    ['with a NULL that is none', { ...key(), a: { NULL: false } }, 'must have the value of true'],
    ['of more than 400 KB', { ...key(), a: { S: 'ä'.repeat(200 * 1_024) } }, 'exceeded the maximum allowed size'],
  ])('%s is refused', async (_what, row, why) => {
    const { put, get } = room();
    await expect(put(row)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(why) as string,
    });
    expect(await get(key())).toBeUndefined();
  });

  test('nested too deep is refused', async () => {
    const { put } = room();
    const nested = (levels: number): Row[string] => (levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] });
    await put({ ...key(), a: nested(32) });
    await expect(put({ ...key(), a: nested(33) })).rejects.toThrow('Nesting Levels have exceeded supported limits');
  });

  test.each([{ pk: { S: 'p' } }, { ...key(), more: { S: 'a' } }, { pk: { S: 'p' }, sk: { N: '1' } }])(
    'is not found by what is no key of it: %j',
    async (wrong) => {
      const { get } = room();
      await expect(get(wrong as unknown as Row)).rejects.toThrow('The provided key element does not match the schema');
    },
  );

  test('keeps to what was written, whatever becomes of what was handed in or out', async () => {
    const { put, get } = room();
    const row = { ...key(), a: { L: [{ S: 'x' }] } };
    await put(row);
    row.a.L.push({ S: 'y' });
    const read = (await get(key())) ?? {};
    read['more'] = { S: 'z' };
    expect(await get(key())).toEqual({ ...key(), a: { L: [{ S: 'x' }] } });
  });

  test('comes back with its numbers as DynamoDB writes them', async () => {
    const { put, get } = room();
    await put({ ...key(), a: { N: '01.50' }, b: { N: '1E3' }, c: { N: '-0' }, d: { NS: ['2.0'] } });
    expect(await get(key())).toEqual({ ...key(), a: { N: '1.5' }, b: { N: '1000' }, c: { N: '0' }, d: { NS: ['2'] } });
  });

  test('that is put or deleted is given back where that is asked for', async () => {
    const { client, put } = room();
    const first = { ...key(), by: { S: 'first' } };
    expect(await put(first, { ReturnValues: 'ALL_OLD' })).toEqual({ $metadata: {} });
    expect(await put(key(), { ReturnValues: 'ALL_OLD' })).toMatchObject({ Attributes: first });
    const gone = await client.deleteItem({ TableName: 'rows', Key: key(), ReturnValues: 'ALL_OLD' });
    expect(gone.Attributes).toEqual(key());
  });
});

describe('a read that is not consistent', () => {
  test('sees the table as it was so long ago; a consistent one as it is', async () => {
    const { clock, settings, put, get, client } = room();
    settings.lagMillis = 100;
    await put({ ...key(), n: { N: '1' } });
    await clock.runUntil(clock.now() + 60);
    await put({ ...key(), n: { N: '2' } });
    const numbers = async (): Promise<unknown[]> => {
      const rows = [await get(key(), false), await get(key(), true)];
      return rows.map((row) => row?.['n']?.N);
    };
    expect(await numbers()).toEqual([undefined, '2']);
    await clock.runUntil(clock.now() + 40);
    expect(await numbers()).toEqual(['1', '2']);
    settings.share = () => 0.3;
    expect(await numbers()).toEqual(['2', '2']);
    settings.share = () => 1;
    await clock.runUntil(clock.now() + 60);
    expect(await numbers()).toEqual(['2', '2']);
    await client.deleteItem({ TableName: 'rows', Key: key() });
    expect(await numbers()).toEqual(['2', undefined]);
    await clock.runUntil(clock.now() + 100);
    expect(await numbers()).toEqual([undefined, undefined]);
  });

  test('of a table that is prompt is as a consistent one', async () => {
    const { put, get } = room();
    await put(key());
    expect(await get(key(), false)).toEqual(key());
  });

  test('of an index lags by a time of its own', async () => {
    const { client, clock, settings, put } = room();
    settings.indexLagMillis = 500;
    const found = async (): Promise<(string | undefined)[]> => {
      const { Items = [] } = await client.query({
        TableName: 'rows',
        IndexName: 'byGrade',
        KeyConditionExpression: 'kind = :k',
        ExpressionAttributeValues: { ':k': { S: 'k' } },
      });
      return Items.map((row) => row['grade']?.N);
    };
    await put({ ...key(), kind: { S: 'k' }, grade: { N: '2' } });
    expect(await found()).toEqual([]);
    await clock.runUntil(clock.now() + 500);
    await put({ ...key(), kind: { S: 'k' }, grade: { N: '1' } });
    expect(await found()).toEqual(['2']);
    await clock.runUntil(clock.now() + 500);
    expect(await found()).toEqual(['1']);
  });
});

describe('a row that expires', () => {
  async function expiring(afterMillis: number | undefined) {
    const it = room();
    it.settings.expiryMillis = afterMillis;
    const TimeToLiveSpecification = { AttributeName: 'ends', Enabled: true };
    it.account.call('dynamodb', 'UpdateTimeToLive', { TableName: 'rows', TimeToLiveSpecification });
    const at = (seconds: number): Row => ({ ...key(), ends: { N: String(it.clock.now() / 1_000 + seconds) } });
    return { ...it, at };
  }

  test('is there for as long after as is set, and is then gone from its indexes too', async () => {
    const { clock, put, get, client, at } = await expiring(60 * second);
    await put({ ...at(10), kind: { S: 'k' }, grade: { N: '1' } });
    await clock.runUntil(clock.now() + 69 * second);
    expect(await get(key())).toBeDefined();
    await clock.runUntil(clock.now() + second);
    expect(await get(key())).toBeUndefined();
    expect((await client.scan({ TableName: 'rows', IndexName: 'byGrade' })).Count).toBe(0);
  });

  test('stays if it is written again with a later end, or with none', async () => {
    const { clock, put, get, at } = await expiring(0);
    await put(at(10));
    await put(at(30));
    await clock.runUntil(clock.now() + 20 * second);
    expect(await get(key())).toBeDefined();
    await put(key());
    await clock.runUntil(clock.now() + 20 * second);
    expect(await get(key())).toBeDefined();
  });

  test('stays for ever where nothing is deleted', async () => {
    const { clock, put, get, at } = await expiring(undefined);
    await put(at(10));
    await clock.runUntil(clock.now() + 1e12);
    expect(await get(key())).toBeDefined();
  });
});
