import { stopUnhealthyTask } from '../../../remediations/ecs/stop-unhealthy-task';
import { bench, type Bench } from '../account';
import { checkout, sicken } from './service';

const plan = (on: Bench, described: Parameters<typeof checkout>[1], sick: number, parameters: object = {}) => {
  const resource = checkout(on, described);
  if (sick > 0) sicken(on, { tasks: sick });
  return stopUnhealthyTask.plan({ resource, condition: 'service-tasks-failing', attemptKey: 'a' }, parameters, on.aws);
};

it.each([
  ['none is sick', {}, 0, /none to stop/],
  ['most of them are', {}, 3, /share a cause/],
  ['the sick one is protected by its own code', { protectedTasks: 1 }, 1, /protected by its own code/],
] as const)('no task is stopped where %s', async (_what, described, sick, reason) => {
  expect(await plan(bench(), described, sick)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(reason) as string,
  });
});

it('the second is stopped only once another runs in place of the first', async () => {
  const on = bench();
  const planning = await plan(on, {}, 2);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  const stops = () => on.writes().filter(({ operation }) => operation === 'StopTask').length;
  await stopUnhealthyTask.start(planning.plan, on.aws);
  expect(await stopUnhealthyTask.check(planning.plan, undefined, on.aws)).toMatchObject({ kind: 'pending' });
  await stopUnhealthyTask.start(planning.plan, on.aws);
  expect(stops()).toBe(1);
  await on.pass(60);
  expect(await stopUnhealthyTask.check(planning.plan, undefined, on.aws)).toMatchObject({ kind: 'continue' });
  await stopUnhealthyTask.start(planning.plan, on.aws);
  expect(stops()).toBe(2);
});

it('a task that recovers after the plan is left alone', async () => {
  const on = bench();
  const planning = await plan(on, {}, 1);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  on.account.services.ecs.cure('shop/checkout');
  expect(await stopUnhealthyTask.start(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes()).toEqual([]);
});
