import { raiseTableCapacity } from '../../../remediations/dynamodb/raise-table-capacity';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import { planFor as plannedFor, startedFor } from './throttled';

const planFor = (described: Partial<TableInput> = {}, parameters: object = {}) =>
  plannedFor(raiseTableCapacity, 'table-throttled', described, parameters);
const started = (described: Partial<TableInput> = {}, parameters: object = {}) =>
  startedFor(raiseTableCapacity, 'table-throttled', described, parameters);

const scaled = (max: number, index?: string) => ({
  resource: `table/orders${index === undefined ? '' : `/index/${index}`}`,
  dimension: `dynamodb:${index === undefined ? 'table' : 'index'}:WriteCapacityUnits` as const,
  min: 5,
  max,
});

test('of what nobody scales the short side is doubled, and the other stays as it is', async () => {
  const { planning, start, check, pass, writes } = await started();
  expect(planning).toMatchObject({ summary: 'raise the capacity for writes to orders from 100 to 200 units' });
  await start();
  expect(await check()).toEqual({ kind: 'pending', detail: 'the table orders is UPDATING' });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(writes().map(({ input }) => input)).toEqual([
    { TableName: 'orders', ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 200 } },
  ]);
});

test('of what auto scaling holds only the maximum is raised', async () => {
  const { planning, start, check, writes } = await startedFor(
    raiseTableCapacity,
    'table-throttled',
    {},
    { step: 50 },
    ({ account }) => {
      account.services['application-autoscaling'].add(scaled(100));
    },
  );
  expect(planning).toMatchObject({
    summary: 'raise the maximum of auto scaling for writes to orders from 100 to 150 units',
  });
  await start();
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(writes()).toMatchObject([{ operation: 'RegisterScalableTarget', input: { MaxCapacity: 150 } }]);
  expect(writes()[0]?.input).not.toHaveProperty('MinCapacity');
});

test('of an on-demand table the ceiling that its owners set is raised, and the other is kept', async () => {
  const { start, writes } = await started({ billing: 'on-demand', maximum: { read: 40, write: 100 } });
  await start();
  expect(writes().map(({ input }) => input)).toEqual([
    { TableName: 'orders', OnDemandThroughput: { MaxReadRequestUnits: 40, MaxWriteRequestUnits: 200 } },
  ]);
});

test('what is throttled the most is raised, be it an index', async () => {
  const { planning, start, writes } = await started({
    load: { read: 10, write: 110 },
    indexes: [{ name: 'by-customer', capacity: { read: 20, write: 20 }, load: { read: 90, write: 10 } }],
  });
  expect(planning).toMatchObject({ plan: { index: 'by-customer', side: 'read' } });
  await start();
  expect(writes().map(({ input }) => input)).toEqual([
    {
      TableName: 'orders',
      GlobalSecondaryIndexUpdates: [
        {
          Update: {
            IndexName: 'by-customer',
            ProvisionedThroughput: { ReadCapacityUnits: 40, WriteCapacityUnits: 20 },
          },
        },
      ],
    },
  ]);
});

test('an index that is throttled as much as its table goes before it: it holds the writes to the table back', async () => {
  const { planning } = await planFor({
    indexes: [{ name: 'by-customer', load: { read: 10, write: 150 } }],
  });
  expect(planning).toMatchObject({ plan: { index: 'by-customer', side: 'write' } });
});

test.each<[string, Partial<TableInput>, object, RegExp]>([
  [
    'at the most that the policy allows',
    {},
    { ceiling: 100 },
    /writes to orders have 100 units, and the policy allows/,
  ],
  ['one key of which is too hot', { load: {}, hotKey: { write: 20 } }, {}, /one key is too hot, and capacity will not/],
  [
    'one key of which is too hot while it gives all that it has',
    { load: { read: 10, write: 100 }, hotKey: { write: 20 } },
    {},
    /100 units a second were taken: one key is too hot/,
  ],
  ['on demand without a ceiling', { billing: 'on-demand', hotKey: { write: 9 } }, {}, /one key is too hot/],
  ['with a copy', { replicas: [{ region: 'eu-west-1' }] }, {}, /a copy in eu-west-1.*change all of them together/],
  ['that lost its key', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }, {}, /give DynamoDB the use of its KMS key/],
  ['that is archived', { status: 'ARCHIVED' }, {}, /the table orders is ARCHIVED/],
])('a table %s is left alone', async (_, described, parameters, reason) => {
  const { planning, writes } = await planFor(described, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('a hot key is told by what is taken where DynamoDB counts no reasons', async () => {
  const { planning } = await plannedFor(raiseTableCapacity, 'table-throttled', { load: {} }, {}, ({ account }) => {
    const dimensions = { TableName: 'orders' };
    account.services.cloudwatch.set({ namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions }, 500);
  });
  expect(planning).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/one key is too hot/) as string });
});

test('an account at its own limit is told so', async () => {
  const { planning } = await plannedFor(raiseTableCapacity, 'table-throttled', {}, {}, ({ account }) => {
    const dimensions = { TableName: 'orders' };
    const name = 'WriteAccountLimitThrottleEvents';
    account.services.cloudwatch.set({ namespace: 'AWS/DynamoDB', name, dimensions }, 3_000);
  });
  expect(planning).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/Ask AWS for/) as string });
});

test('while auto scaling has room, what keeps it from that is for people', async () => {
  const { planning } = await plannedFor(raiseTableCapacity, 'table-throttled', {}, {}, ({ account }) => {
    account.services['application-autoscaling'].add(scaled(400));
  });
  expect(planning).toMatchObject({
    kind: 'refused',
    reason: 'writes to orders have 100 units, and auto scaling may give 400: look why it does not',
  });
});

test('auto scaling that somebody has suspended is not lifted', async () => {
  const { aws, resource } = await planFor();
  const suspended = {
    ...aws,
    'application-autoscaling': {
      describeScalableTargets: async () => ({
        ScalableTargets: [
          {
            ResourceId: 'table/orders',
            ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
            MaxCapacity: 100,
            SuspendedState: { DynamicScalingOutSuspended: true },
          },
        ],
      }),
    },
  } as never;
  const target = { resource: resource('table', 'orders'), condition: 'table-throttled', attemptKey: 'k' };
  expect(await raiseTableCapacity.plan(target, {}, suspended)).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/is suspended: resume it/) as string,
  });
});

test('throttling that CloudWatch tells only a part of is no throttling that is known', async () => {
  const { aws, resource } = await planFor();
  const target = { resource: resource('table', 'orders'), condition: 'table-throttled', attemptKey: 'k' };
  const silent = { ...aws, cloudwatch: { getMetricData: async () => ({ MetricDataResults: [] }) } } as never;
  await expect(raiseTableCapacity.plan(target, {}, silent)).rejects.toThrow(/CloudWatch does not tell how throttled/);
});

test('capacity that others have set since the plan is not overwritten', async () => {
  const { start, check, control, writes } = await started();
  control.state('orders').capacity = { read: 100, write: 130 };
  expect(await start()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/changed by others/) as string,
  });
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});

test('a table that was switched to on-demand since the plan is left so', async () => {
  const { start, control, writes } = await started();
  Object.assign(control.state('orders'), { billing: 'on-demand', maximum: { read: 100, write: 100 } });
  expect(await start()).toMatchObject({ kind: 'refused' });
  expect(writes()).toEqual([]);
});

test('it goes back to what it was, unless others have changed it since', async () => {
  const { start, undo, pass, control } = await started();
  await start();
  expect(await undo()).toMatchObject({ kind: 'refused' });
  await pass(60);
  expect(await undo()).toEqual({ kind: 'started' });
  await pass(60);
  expect(control.state('orders').capacity).toEqual({ read: 100, write: 100 });
  control.state('orders').capacity = { read: 100, write: 300 };
  expect(await undo()).toMatchObject({ kind: 'refused' });
});
