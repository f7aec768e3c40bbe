import { ECS } from '@aws-sdk/client-ecs';
import { connect } from '../../simulator/connect';
import type { EcsServiceInput } from '../../simulator/ecs/service';
import { minute, room } from './compute';

const cluster = 'shop';
const service = 'checkout';
const id = `${cluster}/${service}`;

function withService(described: Partial<EcsServiceInput> = {}) {
  const made = room();
  const ecs = new ECS({ region: 'us-east-1' });
  connect(ecs, 'ecs', made.account);
  const own = made.account.services.ecs;
  own.add({ cluster, name: service, taskDefinition: 'checkout:7', desired: 2, ...described });
  const pass = (minutes: number) => made.clock.runUntil(made.clock.now() + minutes * minute);
  const told = () =>
    made.events.flatMap(({ detail }) => {
      const { eventName, lastStatus, stopCode = '', version } = detail as Readonly<Record<string, string>>;
      return eventName ?? (lastStatus === undefined ? [] : `${lastStatus} ${stopCode}`.trim() + ` v${version}`);
    });
  const one = async () => (await ecs.describeServices({ cluster, services: [service] })).services?.[0];
  const statuses = async () =>
    ((await ecs.listServiceDeployments({ cluster, service })).serviceDeployments ?? []).map(({ status }) => status);
  const runs = async () => {
    const [primary] = (await one())?.deployments ?? [];
    return [primary?.taskDefinition?.split('/').at(-1), primary?.rolloutState];
  };
  return { ...made, ecs, own, pass, told, one, statuses, runs };
}

test('a task that is stopped is replaced, and the steady state is told', async () => {
  const { ecs, told, one, pass } = withService();
  const { taskArns: [first = ''] = [] } = await ecs.listTasks({ cluster, serviceName: service });
  await ecs.stopTask({ cluster, task: first });
  expect(await one()).toMatchObject({ desiredCount: 2, runningCount: 1, pendingCount: 0 });
  await pass(1);
  expect(await one()).toMatchObject({ runningCount: 2 });
  expect(told()).toEqual(['STOPPED UserInitiated v3', 'RUNNING v1', 'SERVICE_STEADY_STATE']);
  const { taskArns: stopped } = await ecs.listTasks({ cluster, serviceName: service, desiredStatus: 'STOPPED' });
  expect(stopped).toEqual([first]);
});

test('a deployment exchanges the tasks, and completes once the new ones run', async () => {
  const { ecs, told, runs, pass, statuses } = withService();
  await ecs.updateService({ cluster, service, taskDefinition: 'checkout:8' });
  expect(await runs()).toEqual(['checkout:8', 'IN_PROGRESS']);
  await pass(5);
  expect(await runs()).toEqual(['checkout:8', 'COMPLETED']);
  expect(await statuses()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
  expect(told().filter((name) => name.startsWith('SERVICE_DEPLOYMENT'))).toEqual([
    'SERVICE_DEPLOYMENT_IN_PROGRESS',
    'SERVICE_DEPLOYMENT_COMPLETED',
  ]);
});

test.each([
  ['off', 'SERVICE_TASK_START_IMPAIRED', ['checkout:8', 'IN_PROGRESS'], ['IN_PROGRESS', 'SUCCESSFUL']],
  ['stop', 'SERVICE_DEPLOYMENT_FAILED', ['checkout:8', 'FAILED'], ['STOPPED', 'SUCCESSFUL']],
  ['rollback', 'SERVICE_DEPLOYMENT_FAILED', ['checkout:7', 'COMPLETED'], ['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']],
] as const)('what dies is deployed with the circuit breaker %s', async (circuitBreaker, heard, running, ended) => {
  const { own, pass, told, runs, statuses } = withService({ circuitBreaker });
  own.befall({ service: id, deploy: 'checkout:8', works: true });
  own.sicken(id, { endsWith: 'rollback', how: 'dying' });
  await pass(15);
  expect(told()).toContain(heard);
  expect(await runs()).toEqual(running);
  // What ECS takes back is a part of the deployment that it takes back.
  expect(await statuses()).toEqual(ended);
});

test('a deployment under way is stopped by taking it back, and one that is over is not', async () => {
  const { ecs, pass, runs, statuses } = withService({
    deployed: { before: 'checkout:6', minutesAgo: 1, underWay: true },
  });
  const { serviceDeployments: [latest] = [] } = await ecs.listServiceDeployments({ cluster, service });
  const asked = { serviceDeploymentArn: latest?.serviceDeploymentArn, stopType: 'ROLLBACK' } as const;
  await ecs.stopServiceDeployment(asked);
  expect(await statuses()).toEqual(['ROLLBACK_IN_PROGRESS', 'SUCCESSFUL']);
  await expect(ecs.stopServiceDeployment(asked)).rejects.toMatchObject({ name: 'ConflictException' });
  await pass(3);
  expect(await runs()).toEqual(['checkout:6', 'COMPLETED']);
  expect(await statuses()).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']);
});

test('what is yet to be deployed is deployed at its time', async () => {
  const { account, own, pass, runs, statuses } = withService();
  const at = new Date(account.clock.now() + 600_000).toISOString();
  own.add({ cluster, name: service, taskDefinition: 'checkout:9', deployed: { before: 'checkout:7', at } });
  await pass(9);
  expect(await runs()).toEqual(['checkout:7', 'COMPLETED']);
  await pass(6);
  expect(await runs()).toEqual(['checkout:9', 'COMPLETED']);
  expect(await statuses()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
});

test('tasks for which there is no room are told of, and not begun', async () => {
  const { ecs, one, pass, told } = withService({ room: 3 });
  await ecs.updateService({ cluster, service, desiredCount: 5 });
  await pass(2);
  expect(await one()).toMatchObject({ desiredCount: 5, runningCount: 3 });
  expect(told()).toContain('SERVICE_TASK_PLACEMENT_FAILURE');
  const messages = (await one())?.events?.map(({ message }) => message);
  expect(messages?.[0]).toContain('was unable to place a task');
});

test.each([
  [100, 200, 0],
  [100, 100, 1],
])(
  'an instance that drains gives its tasks to the others, at %i to %i percent',
  async (minPercent, maxPercent, left) => {
    const { account, ecs, own, pass } = withService();
    const hosts = ['1', '2'].map((digit) => digit.padStart(32, '0'));
    for (const host of hosts) own.instances.add({ cluster, id: host, instance: account.services.ec2.addInstance().id });
    own.add({ cluster, name: 'search', desired: 2, launch: 'EC2', minPercent, maxPercent });
    const [first = ''] = hosts;
    own.instances.setAgent(first, 'lost');
    await ecs.updateContainerInstancesState({ cluster, containerInstances: [first], status: 'DRAINING' });
    await pass(2);
    const { taskArns = [] } = await ecs.listTasks({ cluster, containerInstance: first });
    expect(taskArns).toHaveLength(left);
    const { containerInstances: [drained] = [] } = await ecs.describeContainerInstances({
      cluster,
      containerInstances: [first],
    });
    expect(drained).toMatchObject({ status: 'DRAINING', agentConnected: false, runningTasksCount: left });
  },
);

test('the work of a service is shared by its tasks, and the unhealthy ones are counted', () => {
  const { account, own } = withService({ load: 90 });
  const metric = (namespace: string, name: string) =>
    account.services.cloudwatch.value({ namespace, name, dimensions: { ClusterName: cluster, ServiceName: service } });
  expect(metric('AWS/ECS', 'CPUUtilization')).toBe(90);
  own.sicken(id, { tasks: 1 });
  expect(metric('ECS/ContainerInsights', 'UnHealthyContainerHealthStatus')).toBe(1);
  own.cure(id);
  expect(metric('ECS/ContainerInsights', 'UnHealthyContainerHealthStatus')).toBe(0);
});
