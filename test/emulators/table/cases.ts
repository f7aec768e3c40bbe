import { key, tried, valuesIn, type Row, type Step, type TableCase } from './case';

const conditions = [
  'txt = :txt',
  ':txt = txt',
  'txt <> :one',
  'n = :ten',
  'n > :nine',
  'n < :nine',
  'n <= :100',
  'n > :txt',
  'n BETWEEN :nine AND :100',
  'txt IN (:one, :txt)',
  'b = :abc',
  'yes = :yes',
  'st = :set',
  'mp = :mp',
  'attribute_exists(lst[1].deep)',
  'attribute_not_exists(lst[5])',
  'attribute_exists(absent.deep)',
  'attribute_type(st, :type)',
  'attribute_type(txt, :type)',
  'begins_with(txt, :start)',
  'begins_with(n, :start)',
  'begins_with(b, :ab)',
  'contains(txt, :start)',
  'contains(st, :one)',
  'contains(lst, :1)',
  'size(st) = :2',
  'size(mp) = :2',
  'size(b) > :2',
  'size(absent) = :2',
  'absent <> :txt',
  'absent = :txt',
  'absent < :100',
  'NOT absent < :100',
  'nil <> :txt',
  'NOT txt = :one AND n = :ten',
  'txt = :one AND n = :ten OR b = :abc',
  'txt = :txt OR n = :nine AND b = :ab',
  '(txt = :one OR n = :ten) AND b = :abc',
  'mp.low BETWEEN :1 AND :nine',
  'txt = :txt AND',
  '((txt = :txt))',
  'name = :txt',
  'length(txt) = :2',
  'size(txt)',
  'attribute_exists(:txt)',
  'contains(txt)',
  'txt = :gone',
  '#gone = :txt',
];

const updates = [
  'SET fresh = :txt, txt = :one',
  'SET n = n + :1',
  'SET n = n - :tenth',
  'SET n = if_not_exists(n, :1)',
  'SET m = if_not_exists(m, :1)',
  'SET m = if_not_exists(m, :1) + :1',
  'SET fresh = txt, txt = :one',
  'SET lst = list_append(lst, :list)',
  'SET lst = list_append(:list, lst)',
  'SET lst[1] = :txt',
  'SET lst[9] = :txt',
  'SET mp.low = mp.low + :1',
  'SET mp.fresh = :txt',
  'REMOVE mp.low, lst[0], lst[2]',
  'REMOVE absent, lst[7]',
  'ADD n :tenth, m :1',
  'ADD st :ones',
  'ADD nums :ns',
  'DELETE st :ones',
  'DELETE st :set',
  'DELETE absent :ones',
  'set n = :1 remove mp add m :1 delete st :ones',
  'SET n = txt + :1',
  'SET n = absent',
  'SET absent.deep = :1',
  'SET txt[0] = :1',
  'ADD txt :1',
  'ADD n :txt',
  'DELETE n :1',
  'SET pk = :txt',
  'SET mp = :txt, mp.low = :1',
  'SET n = :1 SET m = :1',
  'SET n = :1,',
  'n = :1',
  'SET n = largest(n, :1)',
  'SET grade = :txt',
];

const keyConditions: readonly (readonly [string, Row])[] = [
  ['', {}],
  [' AND sk = :a', { ':a': { S: 'ab' } }],
  [' AND sk < :a', { ':a': { S: 'b' } }],
  [' AND sk <= :a', { ':a': { S: 'b' } }],
  [' AND sk > :a', { ':a': { S: 'ab' } }],
  [' AND sk >= :a', { ':a': { S: 'ab' } }],
  [' AND sk BETWEEN :a AND :b', { ':a': { S: 'aa' }, ':b': { S: 'b' } }],
  [' AND begins_with(sk, :a)', { ':a': { S: 'a' } }],
  [' AND sk <> :a', { ':a': { S: 'a' } }],
  [' AND more = :a', { ':a': { S: 'a' } }],
  [' OR sk = :a', { ':a': { S: 'a' } }],
];

const inOne = (row: Row, rest: object = {}) => ({ Item: row, ...rest });
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const shown = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };

function graded(pk: string, sk: string, grade: string): Row {
  return { ...key(pk, sk), kind: { S: pk }, grade: { N: grade }, carried: { S: sk }, more: { S: sk } };
}

function rows(pk: string): readonly Step[] {
  return ['b', 'a', 'ab', 'c'].map((sk) => ['put', inOne({ ...key(pk, sk), more: { S: sk } })] as const);
}

const ofPartition = (pk: string, condition = '', more: Row = {}) => ({
  KeyConditionExpression: `pk = :pk${condition}`,
  ExpressionAttributeValues: { ':pk': { S: pk }, ...more },
});
const ofKind = (pk: string) => ({
  IndexName: 'byGrade',
  KeyConditionExpression: 'kind = :k',
  ExpressionAttributeValues: { ':k': { S: pk } },
});

/** What our code asks of DynamoDB, and what lies beside it. */
export const tableCases: readonly TableCase[] = [
  ...conditions.map((condition) => ({
    name: `condition ${condition}`,
    steps: (pk: string): readonly Step[] => [
      ['put', inOne({ ...key(pk), ...tried })],
      ['put', inOne(key(pk), { ConditionExpression: condition, ...valuesIn(condition) })],
      ['get', { Key: key(pk) }],
    ],
  })),
  ...updates.map((update) => ({
    name: `update ${update}`,
    steps: (pk: string): readonly Step[] => [
      ['put', inOne({ ...key(pk), ...tried })],
      ['update', { Key: key(pk), UpdateExpression: update, ...valuesIn(update) }],
      ['get', { Key: key(pk) }],
    ],
  })),
  ...keyConditions.flatMap(([condition, values]) =>
    [true, false].map((ScanIndexForward) => ({
      name: `query pk = :pk${condition}, ${ScanIndexForward ? 'forward' : 'backward'}`,
      steps: (pk: string): readonly Step[] => [
        ...rows(pk),
        ['query', { ...ofPartition(pk, condition, values), ScanIndexForward }],
      ],
    })),
  ),
  {
    name: 'a page that ends with the last row has a next one, which is empty',
    steps: (pk) => [
      ...rows(pk),
      ['query', { ...ofPartition(pk), Limit: 2 }],
      ['query', { ...ofPartition(pk), Limit: 2, ExclusiveStartKey: key(pk, 'ab') }],
      ['query', { ...ofPartition(pk), Limit: 2, ExclusiveStartKey: key(pk, 'c') }],
      ['query', { ...ofPartition(pk), Limit: 9, ExclusiveStartKey: key(pk, 'b'), ScanIndexForward: false }],
    ],
  },
  {
    name: 'a filter is applied to the rows of the page',
    steps: (pk) => [
      ...rows(pk),
      ['query', { ...ofPartition(pk, '', { ':b': { S: 'b' } }), FilterExpression: 'more >= :b', Limit: 3 }],
      ['query', { ...ofPartition(pk, '', { ':b': { S: 'b' } }), FilterExpression: 'more >= :b', Select: 'COUNT' }],
      ['query', { ...ofPartition(pk, '', { ':b': { S: 'b' } }), FilterExpression: 'sk >= :b' }],
    ],
  },
  {
    name: 'a projection gives what it names',
    steps: (pk) => [
      ['put', inOne({ ...key(pk), ...tried })],
      ['get', { Key: key(pk), ProjectionExpression: 'txt, mp.low, lst[1], lst[0], gone' }],
      ['query', { ...ofPartition(pk), ProjectionExpression: 'n' }],
    ],
  },
  {
    name: 'an index is sparse, in the order of its numbers, and follows its rows',
    steps: (pk) => [
      ['put', inOne(graded(pk, 'a', '10'))],
      ['put', inOne(graded(pk, 'b', '9'))],
      ['put', inOne(graded(pk, 'c', '-1.5'))],
      ['put', inOne({ ...key(pk, 'd'), kind: { S: pk } })],
      ['query', ofKind(pk)],
      ['query', { ...ofKind(pk), Limit: 2 }],
      [
        'update',
        { Key: key(pk, 'a'), UpdateExpression: 'SET grade = :n', ExpressionAttributeValues: { ':n': { N: '1' } } },
      ],
      ['update', { Key: key(pk, 'b'), UpdateExpression: 'REMOVE grade' }],
      ['delete', { Key: key(pk, 'c') }],
      ['query', ofKind(pk)],
      ['query', { ...ofKind(pk), ConsistentRead: true }],
    ],
  },
  ...['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'].map((ReturnValues) => ({
    name: `an update gives back ${ReturnValues}`,
    steps: (pk: string): readonly Step[] => {
      const update = { Key: key(pk), UpdateExpression: 'SET n = :1, fresh = :1', ...valuesIn(':1'), ReturnValues };
      return [
        ['put', inOne({ ...key(pk), ...tried })],
        ['update', update],
        ['delete', { Key: key(pk) }],
        ['update', update],
      ];
    },
  })),
  {
    name: 'an update that says nothing makes the row',
    steps: (pk) => [
      ['update', { Key: key(pk) }],
      ['get', { Key: key(pk) }],
    ],
  },
  {
    name: 'a condition that fails shows the row to whoever asks',
    steps: (pk) => [
      ['put', inOne({ ...key(pk), n: { N: '1' } })],
      ['put', inOne(key(pk), isNew)],
      ['put', inOne(key(pk), { ...isNew, ...shown })],
      ['delete', { Key: key(pk), ConditionExpression: 'n = :2', ...valuesIn(':2'), ...shown }],
      ['delete', { Key: key(pk), ReturnValues: 'ALL_OLD' }],
    ],
  },
  ...(
    [
      ['without its key', (pk: string) => ({ pk: { S: pk } })],
      ['with a key of another type', (pk: string) => ({ pk: { S: pk }, sk: { N: '1' } })],
      ['with an empty key', (pk: string) => ({ pk: { S: pk }, sk: { S: '' } })],
      ['with an index key of another type', (pk: string) => ({ ...key(pk), grade: { S: '1' } })],
      ['with what is no number', (pk: string) => ({ ...key(pk), n: { N: 'x' } })],
      ['with an empty set', (pk: string) => ({ ...key(pk), st: { SS: [] } })],
      ['of more than 400 KB', (pk: string) => ({ ...key(pk), more: { S: 'x'.repeat(400 * 1_024) } })],
    ] as const
  ).map(([what, row]) => ({
    name: `a row ${what} is refused`,
    steps: (pk: string): readonly Step[] => [['put', inOne(row(pk))]],
  })),
  ...(
    [
      ['name', { ExpressionAttributeNames: { '#x': 'x' }, ...isNew }],
      ['value', { ExpressionAttributeValues: { ':x': { S: 'x' } }, ...isNew }],
      ['value without any expression', { ExpressionAttributeValues: { ':x': { S: 'x' } } }],
    ] as const
  ).map(([what, rest]) => ({
    name: `a ${what} that is not used is refused`,
    steps: (pk: string): readonly Step[] => [['put', inOne(key(pk), rest)]],
  })),
  {
    name: 'a key that is none of the table is refused',
    steps: (pk) => [
      ['get', { Key: { pk: { S: pk } } }],
      ['get', { Key: { ...key(pk), more: { S: 'x' } } }],
    ],
  },
  {
    name: 'a batch finds the rows that are there, and takes no key twice',
    steps: (pk) => [
      ...rows(pk),
      ['batch', { Keys: [key(pk, 'b'), key(pk, 'gone'), key(pk, 'a')], ConsistentRead: true }],
      ['batch', { Keys: [key(pk, 'b'), key(pk, 'b')] }],
    ],
  },
  {
    name: 'a transaction writes all of it',
    steps: (pk) => [
      ...rows(pk),
      [
        'transact',
        {
          TransactItems: [
            { Put: { Item: { ...key(pk, 'a'), n: { N: '1' } }, ConditionExpression: 'attribute_exists(pk)' } },
            { Update: { Key: key(pk, 'b'), UpdateExpression: 'ADD n :1', ...valuesIn(':1') } },
            { Delete: { Key: key(pk, 'c') } },
            { ConditionCheck: { Key: key(pk, 'ab'), ConditionExpression: 'attribute_exists(pk)' } },
          ],
        },
      ],
      ['query', ofPartition(pk)],
    ],
  },
  {
    name: 'a transaction of which a condition fails writes nothing, and tells of each item why',
    steps: (pk) => [
      ...rows(pk),
      [
        'transact',
        {
          TransactItems: [
            { Put: { Item: { ...key(pk, 'new'), n: { N: '1' } } } },
            { Put: { Item: key(pk, 'a'), ...isNew, ...shown } },
            { Delete: { Key: key(pk, 'b'), ConditionExpression: 'more = :one', ...valuesIn(':one') } },
            { ConditionCheck: { Key: key(pk, 'gone'), ConditionExpression: 'attribute_exists(pk)', ...shown } },
          ],
        },
      ],
      ['query', ofPartition(pk)],
    ],
  },
  {
    name: 'a transaction that writes a row twice is refused',
    steps: (pk) => [
      ['transact', { TransactItems: [{ Put: { Item: key(pk) } }, { Delete: { Key: key(pk) } }] }],
      ['get', { Key: key(pk) }],
    ],
  },
  {
    name: 'a transaction whose update does not fit its row is cancelled',
    steps: (pk) => [
      ...rows(pk),
      [
        'transact',
        {
          TransactItems: [
            { Put: { Item: key(pk, 'new') } },
            { Update: { Key: key(pk, 'a'), UpdateExpression: 'SET n = more + :1', ...valuesIn(':1') } },
          ],
        },
      ],
      ['get', { Key: key(pk, 'new') }],
    ],
  },
  {
    name: 'a token is carried out once, and is for one request',
    steps: (pk: string): readonly Step[] => {
      const counting = (by: string) => ({
        ClientRequestToken: `token-${pk}`,
        TransactItems: [
          { Update: { Key: key(pk), UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: by } } } },
        ],
      });
      return [
        ['transact', counting('1')],
        ['transact', counting('1')],
        ['get', { Key: key(pk) }],
        ['transact', counting('2')],
        ['get', { Key: key(pk) }],
      ];
    },
  },
  {
    name: 'a token of a transaction that was cancelled is free',
    steps: (pk: string): readonly Step[] => {
      const asked = {
        ClientRequestToken: `token-${pk}`,
        TransactItems: [{ Delete: { Key: key(pk), ConditionExpression: 'attribute_exists(pk)' } }],
      };
      return [
        ['transact', asked],
        ['put', inOne(key(pk))],
        ['transact', asked],
        ['get', { Key: key(pk) }],
      ];
    },
  },
  {
    name: 'numbers come back in one form',
    steps: (pk) => [
      ['put', inOne({ ...key(pk), a: { N: '01.50' }, b: { N: '1E3' }, d: { N: '123456789012345678901234567890.5' } })],
      ['get', { Key: key(pk) }],
    ],
  },
];
