import { switchTableToOnDemand } from '../../../remediations/dynamodb/switch-table-to-on-demand';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import { planFor as plannedFor, startedFor } from './throttled';

const planFor = (described: Partial<TableInput> = {}, parameters: object = {}, switchedHoursAgo?: number) =>
  plannedFor(switchTableToOnDemand, 'table-throttled', described, parameters, ({ account, clock }) => {
    if (switchedHoursAgo === undefined) return;
    account.services.dynamodb.control.state('orders').switchedAt = [clock.now() - switchedHoursAgo * 3_600_000];
  });

test.each<[string, Partial<TableInput>, RegExp]>([
  ['that is on demand', { billing: 'on-demand' }, /on demand already: look for a hot key/],
  ['one key of which is too hot', { load: {}, hotKey: { write: 20 } }, /one key is too hot/],
  ['with a copy', { replicas: [{ region: 'eu-west-1' }] }, /a copy in eu-west-1.*a person must/],
  ['that lost its key', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }, /the use of its KMS key/],
])('a table %s is left alone', async (_, described, reason) => {
  const { planning, writes } = await planFor(described);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('two switches are a day apart, unless the policy says otherwise', async () => {
  expect((await planFor({}, {}, 23)).planning).toEqual({
    kind: 'refused',
    reason: 'orders was switched to on-demand 23 hours ago, and the policy wants 24 between two switches',
  });
  expect((await planFor({}, {}, 24)).planning.kind).toBe('planned');
  expect((await planFor({}, { restHours: 6 }, 7)).planning.kind).toBe('planned');
});

test('it is pending for as long as DynamoDB has the old capacity', async () => {
  const { start, check, pass } = await startedFor(switchTableToOnDemand, 'table-throttled');
  await start();
  expect(await check()).toEqual({ kind: 'pending', detail: 'the table orders is UPDATING' });
  await pass(480);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('it goes back to what was provisioned, index by index', async () => {
  const indexes = [{ name: 'by-customer', capacity: { read: 30, write: 40 } }];
  const { start, undo, pass, control } = await startedFor(switchTableToOnDemand, 'table-throttled', { indexes });
  await start();
  await pass(480);
  expect(await undo()).toEqual({ kind: 'started' });
  await pass(480);
  const { billing, capacity, indexes: now } = control.state('orders');
  expect({ billing, capacity, index: now.get('by-customer')?.capacity }).toEqual({
    billing: 'provisioned',
    capacity: { read: 100, write: 100 },
    index: { read: 30, write: 40 },
  });
});

test('it does not go back while an index has been made since', async () => {
  const { start, undo, pass, control } = await startedFor(switchTableToOnDemand, 'table-throttled');
  await start();
  await pass(480);
  control.add({ name: 'orders', billing: 'on-demand', indexes: [{ name: 'by-day' }] });
  expect(await undo()).toEqual({
    kind: 'refused',
    reason: 'the index by-day of orders is newer than the plan: nobody knows its capacity',
  });
});

test('an index that was deleted since does not keep it from going back', async () => {
  const indexes = [{ name: 'by-customer' }];
  const { start, undo, pass, control, writes } = await startedFor(switchTableToOnDemand, 'table-throttled', {
    indexes,
  });
  await start();
  await pass(480);
  control.add({ name: 'orders', billing: 'on-demand' });
  expect(await undo()).toEqual({ kind: 'started' });
  expect(writes().at(-1)?.input).toEqual({
    TableName: 'orders',
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 100 },
  });
});
