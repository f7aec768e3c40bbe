import { protectTable } from '../../../remediations/dynamodb/protect-table';
import { planFor as plannedFor, startedFor } from './throttled';

const bare = { pointInTimeRecovery: false, deletionProtection: false } as const;

test('recovery is given first, then protection from deletion, one at a time', async () => {
  const { planning, start, check, pass, writes } = await startedFor(protectTable, 'table-unprotected', bare);
  expect(planning).toMatchObject({ summary: 'give orders point-in-time recovery and deletion protection' });
  await start();
  expect(writes().map(({ operation }) => operation)).toEqual(['UpdateContinuousBackups']);
  expect(await check()).toEqual({ kind: 'continue', detail: 'orders lacks deletion protection' });
  await start();
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(5);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('it can be restored for as many days as the policy says', async () => {
  const { start, control } = await startedFor(protectTable, 'table-unprotected', bare, { recoveryDays: 7 });
  await start();
  expect(control.state('orders').recovery?.days).toBe(7);
});

test('a table that costs more than the policy pays is left to people, and only for that', async () => {
  const large = { ...bare, sizeGiB: 101 };
  expect((await plannedFor(protectTable, 'table-unprotected', large)).planning).toEqual({
    kind: 'refused',
    reason: 'orders has 101 GiB, and the policy pays recovery for 100: a person decides',
  });
  const deletable = { deletionProtection: false, sizeGiB: 101 };
  expect((await plannedFor(protectTable, 'table-unprotected', deletable)).planning.kind).toBe('planned');
});

test('a table that is being deleted is left alone', async () => {
  const { planning } = await plannedFor(protectTable, 'table-unprotected', { ...bare, status: 'DELETING' });
  expect(planning).toMatchObject({ kind: 'refused', reason: 'the table orders is DELETING' });
});

test('what the table has lost since the plan is not given: nobody has weighed what it costs', async () => {
  const deletable = { deletionProtection: false, sizeGiB: 101 };
  const { start, check, pass, control, writes } = await startedFor(protectTable, 'table-unprotected', deletable);
  control.state('orders').recovery = undefined;
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  await start();
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
  await start();
  expect(writes().map(({ operation }) => operation)).toEqual(['UpdateTable']);
});
