import { tableVitals } from '../../../vitals/dynamodb/table-vitals';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import { bench } from '../../remediations/account';

function tableOf(described: Partial<TableInput> = {}) {
  const on = bench();
  const { control } = on.account.services.dynamodb;
  control.add({ name: 'orders', ...described });
  const orders = on.resource('table', 'orders');
  const health = (condition = 'table-throttled') => tableVitals.health(orders, condition, on.aws);
  return { ...on, control, orders, health };
}

test('a table whose requests are all served is healthy', async () => {
  expect(await tableOf().health()).toEqual({
    kind: 'healthy',
    detail: 'no request to orders was throttled in the last minutes',
  });
});

test('a table that turns requests away is unhealthy, with the worst of it', async () => {
  const { health } = tableOf({
    load: { read: 10, write: 110 },
    indexes: [{ name: 'by-day', load: { read: 130, write: 1 } }],
  });
  expect(await health()).toEqual({
    kind: 'unhealthy',
    detail: 'reads of the index by-day of orders are throttled: 1800 in a minute',
  });
});

test('throttling is over some minutes after the last of it', async () => {
  const { health, control, pass } = tableOf({ load: { read: 10, write: 150 } });
  await pass(600);
  expect((await health()).kind).toBe('unhealthy');
  control.setLoad('orders', { write: 10 });
  await pass(600);
  expect((await health()).kind).toBe('healthy');
});

test('throttling that CloudWatch does not tell of is unknown', async () => {
  const { aws, orders } = tableOf();
  const silent = { ...aws, cloudwatch: { getMetricData: async () => ({ $metadata: {} }) } } as never;
  expect(await tableVitals.health(orders, 'table-throttled', silent)).toMatchObject({ kind: 'unknown' });
});

test.each([
  [{ pointInTimeRecovery: false }, 'the table orders lacks point-in-time recovery'],
  [{ deletionProtection: false }, 'the table orders lacks deletion protection'],
  [
    { pointInTimeRecovery: false, deletionProtection: false },
    'the table orders lacks point-in-time recovery and deletion protection',
  ],
])('a table with %j is unprotected', async (described, detail) => {
  const { health } = tableOf(described);
  expect(await health('table-unprotected')).toEqual({ kind: 'unhealthy', detail });
  expect((await health('table-replication-late')).kind).toBe('healthy');
});

test('a table that has both is protected', async () => {
  expect(await tableOf().health('table-unprotected')).toEqual({
    kind: 'healthy',
    detail: 'the table orders can be restored, and is protected from deletion',
  });
});

test.each([
  ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'unhealthy'],
  ['ARCHIVED', 'unhealthy'],
  ['DELETING', 'gone'],
  ['UPDATING', 'healthy'],
] as const)('a table that is %s is %s', async (status, kind) => {
  expect(await tableOf({ status }).health('table-data-lost')).toMatchObject({ kind });
});

test('a table one of whose copies has lost its key is unhealthy', async () => {
  const replicas = [{ region: 'eu-west-1', status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' as const }];
  expect(await tableOf({ replicas }).health('table-replication-late')).toEqual({
    kind: 'unhealthy',
    detail:
      'the copy of orders in eu-west-1 is INACCESSIBLE_ENCRYPTION_CREDENTIALS: give DynamoDB the use of its KMS key back',
  });
});

test('a table that DynamoDB does not know is gone, and has no tags', async () => {
  const { aws, resource } = bench();
  const lost = resource('table', 'orders');
  expect(await tableVitals.health(lost, 'table-throttled', aws)).toEqual({
    kind: 'gone',
    detail: 'the table orders no longer exists',
  });
  expect(await tableVitals.tags(lost, aws)).toEqual({});
  expect(await tableVitals.place(lost, aws)).toEqual({ groups: [] });
  expect(await tableVitals.busy?.(lost, aws)).toBeUndefined();
});

test('what is no name of a table is unknown, and sent nowhere', async () => {
  const { aws, resource, calls } = bench();
  const odd = resource('table', 'no/table');
  expect(await tableVitals.health(odd, 'table-throttled', aws)).toMatchObject({ kind: 'unknown' });
  await expect(tableVitals.tags(odd, aws)).rejects.toThrow(/not a name that DynamoDB gives/);
  expect(calls).toEqual([]);
});

test('an answer about another table is not taken for the one that was asked about', async () => {
  const { aws, orders } = tableOf();
  const other = { TableName: 'other', TableArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/other' };
  const astray = { ...aws, dynamodb: { describeTable: async () => ({ Table: { ...other, TableStatus: 'ACTIVE' } }) } };
  expect(await tableVitals.health(orders, 'table-data-lost', astray as never)).toEqual({
    kind: 'unknown',
    detail: 'DynamoDB did not answer with the table orders',
  });
});

test('its tags are read, page by page', async () => {
  const { aws, orders } = tableOf({ tags: { service: 'shop', 'homeostat:heal': 'yes' } });
  expect(await tableVitals.tags(orders, aws)).toEqual({ service: 'shop', 'homeostat:heal': 'yes' });
});

test('AWS is at work on it while it, or a copy of it, is being changed', async () => {
  const busy = async (described: Partial<TableInput>) => {
    const { aws, orders } = tableOf(described);
    return tableVitals.busy?.(orders, aws);
  };
  expect(await busy({ status: 'UPDATING' })).toBe('the table orders is UPDATING');
  expect(await busy({ replicas: [{ region: 'eu-west-1', status: 'CREATING' }] })).toBe(
    'the copy of orders in eu-west-1 is CREATING',
  );
  expect(await busy({})).toBeUndefined();
});
