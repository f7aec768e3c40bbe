import { LoopbackTable } from '../../bench/loopback/table';

const key = { pk: { S: 'incident/1' }, sk: { S: 'head' } };
const put = (sk: string) => ({ Put: { Item: { pk: { S: 'incident/1' }, sk: { S: sk } } } });

test('a transaction is one commit, and each of its rows is charged twice', () => {
  const table = new LoopbackTable();
  table.answer('TransactWriteItems', { TransactItems: [put('a'), put('b'), { ConditionCheck: { Key: key } }] });
  expect(table.consumed).toEqual({ write: 6, index: 0, read: 0, commits: [6] });
});

test('an update sets and removes, and is charged with the indexes that it changes', () => {
  const table = new LoopbackTable();
  const names = { '#due': 'due', '#wakeAt': 'wakeAt' };
  const values = { ':due': { S: 'due' }, ':wakeAt': { N: '5' } };
  const update = (UpdateExpression: string) => ({
    TransactItems: [
      {
        Update: {
          Key: key,
          UpdateExpression,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        },
      },
    ],
  });
  table.answer('TransactWriteItems', update('SET #due = :due, #wakeAt = :wakeAt'));
  expect(table.answer('GetItem', { Key: key })).toEqual({ Item: { ...key, due: { S: 'due' }, wakeAt: { N: '5' } } });
  table.answer('TransactWriteItems', update('SET #wakeAt = :wakeAt REMOVE #due'));
  expect(table.answer('GetItem', { Key: key })).toEqual({ Item: { ...key, wakeAt: { N: '5' } } });
  expect(table.consumed).toEqual({ write: 4, index: 2, read: 2, commits: [3, 3] });
});

test('a query finds the rows of a partition by the beginning of their sort key, in order', () => {
  const table = new LoopbackTable();
  table.answer('TransactWriteItems', { TransactItems: [put('head/2'), put('head/1'), put('later/3')] });
  const values = { ':pk': { S: 'incident/1' }, ':sk': { S: 'head' } };
  expect(table.answer('Query', { ExpressionAttributeValues: values })).toMatchObject({
    Items: [put('head/1').Put.Item, put('head/2').Put.Item],
  });
});

test('a query from a sort key on, latest first, finds as many as it may', () => {
  const table = new LoopbackTable();
  table.answer('TransactWriteItems', { TransactItems: ['1', '2', '3', '4'].map(put) });
  const values = { ':pk': { S: 'incident/1' }, ':since': { S: '2' } };
  const query = { ExpressionAttributeValues: values, ScanIndexForward: false };
  const [two, three, four] = ['2', '3', '4'].map((sk) => put(sk).Put.Item);
  expect(table.answer('Query', query)).toMatchObject({ Items: [four, three, two] });
  expect(table.answer('Query', { ...query, Limit: 2 })).toMatchObject({ Items: [four, three], Count: 2 });
});

test('an operation that the store does not use is told by its name', () => {
  expect(() => new LoopbackTable().answer('Scan', {})).toThrow('Scan');
});
