import { stopUnhealthyTask } from '../../../remediations/ecs/stop-unhealthy-task';
import { bench, type Bench } from '../account';
import { checkout, giveUp, sicken } from './service';

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

it('a task of which ECS does not tell whether it is protected is not stopped', async () => {
  const on = bench();
  const resource = checkout(on);
  sicken(on, { tasks: 1 });
  const getTaskProtection = async () => ({
    protectedTasks: [],
    failures: [{ reason: 'TASK_NOT_VALID' }],
    $metadata: {},
  });
  const aws = { ...on.aws, ecs: Object.assign(Object.create(on.aws.ecs) as typeof on.aws.ecs, { getTaskProtection }) };
  const target = { resource, condition: 'service-tasks-failing', attemptKey: 'a' };
  expect(await stopUnhealthyTask.plan(target, {}, aws)).toMatchObject({ kind: 'refused' });
  const planning = await stopUnhealthyTask.plan(target, {}, on.aws);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  expect(await stopUnhealthyTask.start(planning.plan, aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes()).toEqual([]);
});

it('no task is stopped of a deployment that ECS has given up, since none would begin in its place', async () => {
  const on = bench();
  const planning = await plan(on, {}, 1);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  giveUp(on);
  const reason = expect.stringMatching(/given up the latest deployment of shop\/checkout.*take it back/) as string;
  expect(await stopUnhealthyTask.start(planning.plan, on.aws)).toEqual({ kind: 'refused', reason });
  const target = { resource: on.resource('ecs-service', 'shop/checkout'), condition: 'service-tasks-failing' };
  expect(await stopUnhealthyTask.plan({ ...target, attemptKey: 'b' }, {}, on.aws)).toEqual({ kind: 'refused', reason });
  expect(on.writes()).toEqual([]);
});
