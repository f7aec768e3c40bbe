import { rollbackServiceDeployment } from '../../../remediations/ecs/rollback-service-deployment';
import { bench, type Bench } from '../account';
import { checkout } from './service';

const plan = (described: Parameters<typeof checkout>[1], parameters: object = {}, on: Bench = bench()) => {
  const resource = checkout(on, { taskDefinition: 'checkout:8', ...described });
  const since = on.clock.now();
  return rollbackServiceDeployment.plan(
    { resource, condition: 'service-erroring', attemptKey: 'a', since },
    parameters,
    on.aws,
  );
};

it.each([
  ['deployed long before it fell sick', { deployed: { before: 'checkout:7', minutesAgo: 90 } }, {}, /not the cause/],
  ['that CodeDeploy deploys', { controller: 'CODE_DEPLOY' }, {}, /take it back there/],
  ['of which no other task definition is known', { deployed: undefined }, { withinMinutes: 1_440 }, /not the cause/],
  ['taken back to an older revision', { deployed: { before: 'checkout:9', minutesAgo: 5 } }, {}, /went back itself/],
  ['deployed as it was', { deployed: { before: 'checkout:8', minutesAgo: 5 } }, {}, /nothing to go back to/],
] as const)('a service %s is not taken back', async (_what, described, parameters, reason) => {
  const planning = await plan(described, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

it('a deployment that began after the sickness is not its cause', async () => {
  const on = bench();
  const resource = checkout(on);
  const since = on.clock.now();
  await on.pass(60);
  on.account.services.ecs.befall({ service: 'shop/checkout', deploy: 'checkout:8', works: true });
  const target = { resource, condition: 'service-erroring', attemptKey: 'a', since };
  expect(await rollbackServiceDeployment.plan(target, {}, on.aws)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/began after it fell sick/) as string,
  });
});

it('what ECS already takes back is left to it', async () => {
  const on = bench();
  const service = { deployed: { before: 'checkout:7', minutesAgo: 1, underWay: true } };
  const first = await plan(service, {}, on);
  if (first.kind !== 'planned') throw new Error('it plans nothing');
  await rollbackServiceDeployment.start(first.plan, on.aws);
  const target = {
    resource: on.resource('ecs-service', 'shop/checkout'),
    condition: 'service-erroring',
    attemptKey: 'b',
  };
  expect(await rollbackServiceDeployment.plan(target, {}, on.aws)).toMatchObject({ kind: 'busy' });
});

it('what ECS has taken back is not needed, and is not brought again', async () => {
  const on = bench();
  const service = {
    deployed: { before: 'checkout:7', minutesAgo: 1, underWay: true },
    circuitBreaker: 'rollback',
  } as const;
  await plan(service, {}, on);
  on.account.services.ecs.sicken('shop/checkout', { endsWith: 'rollback', how: 'dying' });
  await on.pass(600);
  const resource = on.resource('ecs-service', 'shop/checkout');
  const target = { resource, condition: 'service-deployment-failed', attemptKey: 'a' };
  expect(await rollbackServiceDeployment.plan(target, {}, on.aws)).toEqual({
    kind: 'notNeeded',
    reason: 'the latest deployment of shop/checkout has been taken back already',
  });
});

it('what was deployed again since the plan is not taken back', async () => {
  const on = bench();
  const planning = await plan({ deployed: { before: 'checkout:7', minutesAgo: 5 } }, {}, on);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  on.account.services.ecs.befall({ service: 'shop/checkout', deploy: 'checkout:9', works: true });
  expect(await rollbackServiceDeployment.start(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes()).toEqual([]);
});
