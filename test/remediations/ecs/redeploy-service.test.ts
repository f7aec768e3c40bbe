import { redeployService } from '../../../remediations/ecs/redeploy-service';
import { bench } from '../account';
import { checkout, deploy, giveUp } from './service';

const plan = (described: Parameters<typeof checkout>[1], on = bench()) =>
  redeployService.plan(
    { resource: checkout(on, described), condition: 'service-tasks-failing', attemptKey: 'a' },
    {},
    on.aws,
  );

it.each([
  ['that CodeDeploy deploys', { controller: 'CODE_DEPLOY' }, /deployed by CODE_DEPLOY, not by ECS/],
  ['that is to run no task', { desired: 0 }, /somebody has stopped it/],
  ['that may run neither fewer nor more', { minPercent: 100, maxPercent: 100 }, /none can be replaced/],
  ['whose half a task less ECS rounds up', { desired: 1, minPercent: 50, maxPercent: 100 }, /none can be replaced/],
  ['whose half a task more ECS rounds down', { desired: 1, minPercent: 100, maxPercent: 150 }, /none can be replaced/],
] as const)('a service %s is not deployed anew', async (_what, described, reason) => {
  expect(await plan(described)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

it('a service that may run a task less for a while is deployed anew', async () => {
  expect(await plan({ desired: 2, minPercent: 50, maxPercent: 100 })).toMatchObject({ kind: 'planned' });
});

it('a deployment that somebody begins after the plan is not doubled, nor taken for the start', async () => {
  const on = bench();
  const planning = await plan({}, on);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  deploy(on);
  expect(await redeployService.start(planning.plan, on.aws)).toMatchObject({ kind: 'refused' });
  expect(on.writes().filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1);
});

it('another task definition that was deployed meanwhile has overtaken it', async () => {
  const on = bench();
  const planning = await plan({}, on);
  if (planning.kind !== 'planned') throw new Error('it plans nothing');
  on.account.services.ecs.befall({ service: 'shop/checkout', deploy: 'checkout:8', works: true });
  expect(await redeployService.check(planning.plan, undefined, on.aws)).toMatchObject({ kind: 'failed' });
});

it('a deployment that ECS has given up is not repeated while an earlier one serves', async () => {
  const on = bench();
  const resource = checkout(on, { deployed: { before: 'checkout:6', minutesAgo: 5, underWay: true } });
  giveUp(on);
  const service = on.account.services.ecs.find('shop/checkout');
  Object.assign(service?.tasks[0] ?? {}, { deployment: service?.deployments[1]?.id });
  const target = { resource, condition: 'service-deployment-failed', attemptKey: 'a' };
  expect(await redeployService.plan(target, {}, on.aws)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(
      /given up the latest deployment of shop\/checkout, and an earlier one serves/,
    ) as string,
  });
});
