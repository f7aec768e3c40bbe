import { drainContainerInstance } from '../../../remediations/ecs/drain-container-instance';
import { bench, type Bench } from '../account';
import { hosts, lost } from './hosts';
import { checkout, giveUp } from './service';

const plan = (on: Bench, count: number, described: Parameters<typeof checkout>[1] = {}) => {
  const [first] = hosts(on, count);
  checkout(on, { launch: 'EC2', ...described });
  return drainContainerInstance.plan(
    { resource: lost(on, first), condition: 'container-instance-disconnected', attemptKey: 'a' },
    {},
    on.aws,
  );
};

it.each([
  ['no other could take its tasks', 1, {}, /no other container instance/],
  ['a service may run neither a task more nor one less', 2, { minPercent: 100, maxPercent: 100 }, /none is moved/],
] as const)('nothing is drained where %s', async (_what, count, described, reason) => {
  expect(await plan(bench(), count, described)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(reason) as string,
  });
});

it('nothing is drained while ECS hears from no more than a few of its cluster', async () => {
  const on = bench();
  const [first, second, third] = hosts(on, 3);
  checkout(on, { launch: 'EC2' });
  lost(on, second ?? '');
  const target = { resource: lost(on, first), condition: 'container-instance-disconnected', attemptKey: 'a' };
  expect(await drainContainerInstance.plan(target, {}, on.aws)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/2 of 3 container instances of shop: they share a cause/) as string,
  });
  on.account.services.ecs.instances.setAgent(second ?? '', 'connected');
  const planning = await drainContainerInstance.plan(target, {}, on.aws);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  lost(on, third ?? '');
  expect(await drainContainerInstance.start(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes()).toEqual([]);
});

it('nothing is drained while a service has tasks there that ECS would not begin elsewhere', async () => {
  const on = bench();
  await plan(on, 2);
  giveUp(on);
  const resource = on.resource('container-instance', `shop/${'1'.padStart(32, '0')}`);
  const target = { resource, condition: 'container-instance-disconnected', attemptKey: 'b' };
  expect(await drainContainerInstance.plan(target, {}, on.aws)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/given up the latest deployment of shop\/checkout/) as string,
  });
});

it('an agent that is back since the plan is not drained', async () => {
  const on = bench();
  const planning = await plan(on, 2);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  on.account.services.ecs.instances.setAgent('1'.padStart(32, '0'), 'connected');
  expect(await drainContainerInstance.start(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes()).toEqual([]);
});

it('undo lets it take tasks again', async () => {
  const on = bench();
  const planning = await plan(on, 2);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  await drainContainerInstance.start(planning.plan, on.aws);
  expect(await drainContainerInstance.undo?.(planning.plan, on.aws)).toEqual({ kind: 'started' });
  expect(on.account.services.ecs.instances.find('shop', '1'.padStart(32, '0'))?.status).toBe('ACTIVE');
});
