import { scaleOutService } from '../../../remediations/ecs/scale-out-service';
import { bench, type Bench } from '../account';
import { checkout, giveUp } from './service';

const plan = (described: Parameters<typeof checkout>[1], parameters: object = {}, on: Bench = bench()) =>
  scaleOutService.plan(
    { resource: checkout(on, described), condition: 'service-overloaded', attemptKey: 'a' },
    parameters,
    on.aws,
  );

it.each([
  ['at the ceiling of the policy', { desired: 4 }, { atMost: 4 }, /the policy allows 4/],
  ['that is to run no task', { desired: 0 }, {}, /somebody has stopped it/],
  ['whose cluster has no room', { desired: 4, room: 3 }, {}, /no room for more/],
] as const)('a service %s gets no more tasks', async (_what, described, parameters, reason) => {
  const planning = await plan(described, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

it('adds no more than the policy allows', async () => {
  expect(await plan({ desired: 4 }, { step: 400, atMost: 7 })).toMatchObject({ plan: { tasks: 7 } });
});

it('what scales the service keeps its maximum where that is enough', async () => {
  const on = bench();
  on.account.services['application-autoscaling'].add({
    resource: 'service/shop/checkout',
    dimension: 'ecs:service:DesiredCount',
    min: 2,
    max: 20,
  });
  expect(await plan({ desired: 4 }, {}, on)).toMatchObject({ plan: { to: { min: 6, max: 20 } } });
});

it('the least that scales the service keeps is raised, and never lowered', async () => {
  const on = bench();
  on.account.services['application-autoscaling'].add({
    resource: 'service/shop/checkout',
    dimension: 'ecs:service:DesiredCount',
    min: 8,
    max: 20,
  });
  expect(await plan({ desired: 4 }, { atMost: 20 }, on)).toMatchObject({ plan: { to: { min: 12, max: 20 } } });
  const over = await plan({ desired: 4 }, { atMost: 6 }, on);
  expect(over).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/8 tasks, and the policy allows 6/) as string,
  });
});

it('undo puts the number back, unless somebody has set another', async () => {
  const on = bench();
  const planning = await plan({}, {}, on);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  await scaleOutService.start(planning.plan, on.aws);
  expect(await scaleOutService.undo?.(planning.plan, on.aws)).toEqual({ kind: 'started' });
  expect(on.account.services.ecs.find('shop/checkout')?.desired).toBe(4);
  on.account.services.ecs.setDesired('shop', 'checkout', 9);
  expect(await scaleOutService.undo?.(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
});

it('no task is added to a deployment that ECS has given up, since it begins none', async () => {
  const on = bench();
  const planning = await plan({}, {}, on);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  giveUp(on);
  const reason = expect.stringMatching(/given up the latest deployment of shop\/checkout/) as string;
  expect(await scaleOutService.start(planning.plan, on.aws)).toEqual({ kind: 'refused', reason });
  const target = { resource: on.resource('ecs-service', 'shop/checkout'), condition: 'service-overloaded' };
  expect(await scaleOutService.plan({ ...target, attemptKey: 'b' }, {}, on.aws)).toEqual({ kind: 'refused', reason });
  expect(on.writes()).toEqual([]);
});
