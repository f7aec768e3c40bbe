import { restoreTableToPointInTime } from '../../../remediations/dynamodb/restore-table-to-point-in-time';
import { planFor as plannedFor, startedFor } from './throttled';

test('it is restored beside itself, as it was as long ago as the policy says', async () => {
  const { start, check, pass, writes } = await startedFor(
    restoreTableToPointInTime,
    'table-data-lost',
    {},
    { minutesBack: 30 },
  );
  await start();
  const target = expect.stringMatching(/^orders-homeostat-[0-9a-f]{8}$/) as string;
  expect(writes().map(({ input }) => input)).toEqual([
    { SourceTableName: 'orders', TargetTableName: target, RestoreDateTime: new Date('2026-11-21T01:30:00Z') },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(1_200);
  expect(await check()).toEqual({
    kind: 'done',
    detail: expect.stringMatching(/not restored \(auto scaling, .*\), then point the application at it$/) as string,
  });
});

test('a table that nobody made restorable is left alone', async () => {
  const described = { pointInTimeRecovery: false };
  expect((await plannedFor(restoreTableToPointInTime, 'table-data-lost', described)).planning).toEqual({
    kind: 'refused',
    reason: 'orders has no point-in-time recovery: look for a backup of it',
  });
});

test('a moment that is not kept any more, or not yet, is refused with those that are', async () => {
  const { control, plan, clock } = await plannedFor(restoreTableToPointInTime, 'table-data-lost');
  control.state('orders').recovery = { since: clock.now() - 20 * 60_000, days: 35 };
  expect(await plan()).toEqual({
    kind: 'refused',
    reason: 'orders can be restored from 2026-11-21T01:40:00Z to 2026-11-21T01:55:00Z, and not to 2026-11-21T01:00:00Z',
  });
  control.state('orders').recovery = { since: clock.now(), days: 35 };
  expect(await plan()).toMatchObject({ reason: expect.stringMatching(/to no moment yet/) as string });
});

test('a table of that name that somebody else made is neither used nor replaced', async () => {
  const { planning, start, check, control, writes } = await startedFor(restoreTableToPointInTime, 'table-data-lost');
  const { target } = (planning.kind === 'planned' ? planning.plan : {}) as { target: string };
  control.add({ name: target });
  expect(await start()).toEqual({ kind: 'refused', reason: `somebody else has a table ${target}` });
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});

test('two attempts on one table make two tables', async () => {
  const one = await plannedFor(restoreTableToPointInTime, 'table-data-lost');
  const target = { resource: one.resource('table', 'orders'), condition: 'table-data-lost', attemptKey: 'another' };
  const other = await restoreTableToPointInTime.plan(target, {}, one.aws);
  const nameIn = (planning: typeof other) =>
    planning.kind === 'planned' && (planning.plan as { target: string }).target;
  expect(nameIn(one.planning)).not.toBe(nameIn(other));
});
