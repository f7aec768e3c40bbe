import { drainContainerInstance } from '../../../remediations/ecs/drain-container-instance';
import { bench, type Bench } from '../account';
import { hosts, lost } from './hosts';
import { checkout } from './service';

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
