import type { EcsServiceInput } from '../../../simulator/ecs/service';
import { containerInstanceVitals } from '../../../vitals/ecs/container-instance-vitals';
import { serviceVitals } from '../../../vitals/ecs/service-vitals';
import { taskVitals } from '../../../vitals/ecs/task-vitals';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';
import { hosts, lost } from '../../remediations/ecs/hosts';
import { checkout, deploy, sicken } from '../../remediations/ecs/service';

const failing = 'service-tasks-failing';

function service(described: Partial<EcsServiceInput> = {}) {
  const on = bench();
  const resource = checkout(on, described);
  const health = () => serviceVitals.health(resource, failing, on.aws);
  return { ...on, service: resource, health };
}

describe('a service', () => {
  test('is well when all of its tasks run, and none says otherwise', async () => {
    expect(await service().health()).toEqual({
      kind: 'healthy',
      detail: 'shop/checkout runs all of its 4 tasks, and none fails its health check',
    });
  });

  test.each([
    ['tasks fail their health check', { tasks: 2 }, 1, '2 of 4 tasks of shop/checkout fail their health check'],
    // The simulated ones say that they are not well before they die.
    [
      'tasks have died',
      { tasks: 2, how: 'dying' as const },
      65,
      '2 tasks of shop/checkout ended by themselves within 5',
    ],
  ])('is not well while %s', async (_what, sickness, seconds, detail) => {
    const on = service();
    sicken(on, sickness);
    await on.pass(seconds);
    expect(await on.health()).toEqual({ kind: 'unhealthy', detail: expect.stringContaining(detail) as string });
  });

  test('is well again some minutes after the last of its tasks has died', async () => {
    const on = service();
    sicken(on, { tasks: 2, how: 'dying' });
    await on.pass(420);
    expect((await on.health()).kind).toBe('healthy');
  });

  test('is not well while there is no room for all of its tasks', async () => {
    expect(await service({ room: 3 }).health()).toEqual({
      kind: 'unhealthy',
      detail: 'shop/checkout runs 3 of 4 tasks',
    });
  });

  test('that is deleted is gone', async () => {
    const on = bench();
    expect(await serviceVitals.health(on.resource('ecs-service', 'shop/other'), failing, on.aws)).toMatchObject({
      kind: 'gone',
    });
  });

  test('that ECS tells half of is unknown, and not well', async () => {
    const on = service();
    answerWith(on, 'ecs', 'DescribeServices', { services: [{ serviceName: 'checkout', desiredCount: 0 }] });
    expect(await on.health()).toMatchObject({ kind: 'unknown' });
  });

  test('is at work while it is deployed', async () => {
    const on = service();
    expect(await serviceVitals.busy?.(on.service, on.aws)).toBeUndefined();
    deploy(on);
    expect(await serviceVitals.busy?.(on.service, on.aws)).toContain('a deployment of shop/checkout is in progress');
  });
});

describe('a task', () => {
  async function task() {
    const on = service();
    sicken(on, { tasks: 1 });
    const { taskArns: [arn = ''] = [] } = await on.aws.ecs.listTasks({ cluster: 'shop', serviceName: 'checkout' });
    return { ...on, arn, task: on.resource('ecs-task', `shop/${arn.split('/').at(-1) ?? ''}`) };
  }

  test('has the tags of its service', async () => {
    const on = await task();
    expect(await taskVitals.tags(on.task, on.aws)).toEqual({ 'homeostat:heal': 'yes' });
    expect(await taskVitals.health(on.task, failing, on.aws)).toMatchObject({ kind: 'unhealthy' });
  });

  test('that has ended is gone', async () => {
    const on = await task();
    await on.aws.ecs.stopTask({ cluster: 'shop', task: on.arn });
    expect(await taskVitals.health(on.task, failing, on.aws)).toMatchObject({ kind: 'gone' });
  });

  test('of no service has no tags that anybody could rely on', async () => {
    const on = await task();
    const alone = { taskArn: on.arn, lastStatus: 'RUNNING', createdAt: new Date(on.clock.now()), group: 'family:load' };
    answerWith(on, 'ecs', 'DescribeTasks', { tasks: [alone] });
    await expect(taskVitals.tags(on.task, on.aws)).rejects.toThrow('is of no service');
  });
});

describe('a container instance', () => {
  const condition = 'container-instance-disconnected';

  test('is well while its agent answers, and not when it is lost', async () => {
    const on = bench();
    const [first] = hosts(on, 2);
    const host = on.resource('container-instance', `shop/${first}`);
    expect((await containerInstanceVitals.health(host, condition, on.aws)).kind).toBe('healthy');
    lost(on, first);
    expect(await containerInstanceVitals.health(host, condition, on.aws)).toEqual({
      kind: 'unhealthy',
      detail: `the agent of shop/${first} is not connected to ECS`,
    });
  });

  test('that is drained harms nobody, and one that drains is at work', async () => {
    const on = bench();
    const [first] = hosts(on, 2);
    checkout(on, { launch: 'EC2' });
    const host = lost(on, first);
    const asked = { cluster: 'shop', containerInstances: [first], status: 'DRAINING' as const };
    await on.aws.ecs.updateContainerInstancesState(asked);
    expect(await containerInstanceVitals.busy?.(host, on.aws)).toBe(`shop/${first} drains: 2 tasks are still on it`);
    expect((await containerInstanceVitals.health(host, condition, on.aws)).kind).toBe('unhealthy');
    await on.pass(60);
    expect(await containerInstanceVitals.busy?.(host, on.aws)).toBeUndefined();
    expect((await containerInstanceVitals.health(host, condition, on.aws)).kind).toBe('healthy');
  });
});
