import { defaultPolicyFile, policyFrom } from '../../../cli/policy-option';
import { findRecordings } from '../../../replay/recording';
import { replayRecording } from '../../../replay/recording-replay';
import { VirtualClock } from '../../../simulator/clock';
import { Refusal } from '../../../simulator/refusal';
import { inMode } from '../../../statemachines/policy';
import { described, sample } from './described-account';
import { newFolder, RecordedAccount, recordFrom, region, trueAccount } from './recorded-account';

const heal = { 'homeostat:heal': 'yes' };
const [host, other] = ['00112233445566778899aabbccddeeff', '00112233445566778899aabbccddee00'];
const targetGroupArn = `arn:aws:elasticloadbalancing:${region}:${trueAccount}:targetgroup/web/73e2d6bc24d8a067`;

const impaired = sample('ecs/service-task-start-impaired.json');
const agentLost = sample('ecs/agent-lost.json');
const taskUnhealthy = sample('ecs/task-unhealthy.json');

const there = {
  instances: [{ id: 'i-0a1b2c3d4e5f60718' }, { id: 'i-0a1b2c3d4e5f60722' }],
  targetGroups: [{ name: 'web', arn: targetGroupArn }],
  containerInstances: [
    { cluster: 'shop', id: host, instance: 'i-0a1b2c3d4e5f60718', agent: 'lost', tags: heal },
    { cluster: 'shop', id: other, instance: 'i-0a1b2c3d4e5f60722', status: 'DRAINING' },
    { cluster: 'books', id: '00112233445566778899aabbccddee11', instance: 'i-0a1b2c3d4e5f60733' },
  ],
  ecsServices: [
    {
      ...{ cluster: 'shop', name: 'checkout', taskDefinition: 'checkout:7', desired: 5, launch: 'EC2', tags: heal },
      ...{
        minPercent: 50,
        maxPercent: 150,
        circuitBreaker: 'rollback',
        protectedTasks: 2,
        targetGroups: [targetGroupArn],
      },
    },
    { cluster: 'books', name: 'checkout', taskDefinition: 'ledger:3', controller: 'CODE_DEPLOY' },
    { cluster: 'shop', name: 'of-others' },
  ],
  scalableTargets: [
    { resource: 'service/shop/checkout', dimension: 'ecs:service:DesiredCount', min: 2, max: 9 },
    { resource: 'service/shop/of-others', dimension: 'ecs:service:DesiredCount', min: 1, max: 3 },
  ],
};

const checkout = {
  ...{ cluster: 'shop', name: 'checkout', taskDefinition: 'checkout:7', desired: 5, launch: 'EC2', tags: heal },
  ...{ minPercent: 50, maxPercent: 150, circuitBreaker: 'rollback', controller: 'ECS', protectedTasks: 2 },
  targetGroups: [targetGroupArn.replace(trueAccount, '111122223333')],
};

function recorded(...events: readonly object[]): RecordedAccount {
  const account = new RecordedAccount(there);
  // Whatever has pages has several.
  account.account.pageSize = 1;
  return account.logs(...events);
}

test('a service leads to what scales it, to its target groups and to all instances of its cluster', async () => {
  const { account, text } = await described(recorded(impaired));
  expect(account['ecsServices']).toEqual([checkout]);
  expect(account['scalableTargets']).toEqual(there.scalableTargets.slice(0, 1));
  expect(account['targetGroups']).toMatchObject([{ name: 'web' }]);
  expect(account['containerInstances']).toEqual([
    { cluster: 'shop', id: other, instance: 'i-0a1b2c3d4e5f60722', status: 'DRAINING' },
    { cluster: 'shop', id: host, instance: 'i-0a1b2c3d4e5f60718', tags: heal },
  ]);
  expect(account['instances']).toHaveLength(2);
  expect(text).toContain('ECS service shop/checkout: when it was deployed last and what ran before');
});

test('an instance leads to the services with tasks on it, and services of one name stay apart', async () => {
  const { account } = await described(
    recorded(agentLost, sample('ecs/task-unhealthy.json', { '/shop': '/books', '0002"': '0003"' })),
  );
  expect(account['ecsServices']).toEqual([
    {
      ...{ cluster: 'books', name: 'checkout', taskDefinition: 'ledger:3', desired: 2, launch: 'FARGATE' },
      ...{ minPercent: 100, maxPercent: 200, controller: 'CODE_DEPLOY' },
    },
    checkout,
  ]);
});

test('for how many tasks there is room is known where ECS said that there is none for more', async () => {
  const services = [{ cluster: 'shop', name: 'checkout', desired: 6, room: 4 }];
  const { account } = await described(new RecordedAccount({ ecsServices: services }).logs(impaired));
  expect(account['ecsServices']).toMatchObject([{ desired: 6, room: 4 }]);
});

test('a deployment that was taken back since is described at its time, and the replay takes it back', async () => {
  const clock = new VirtualClock(Date.parse('2026-03-01T03:15:00Z'));
  const service = { cluster: 'shop', name: 'checkout', taskDefinition: 'checkout:8', tags: heal };
  const ecsServices = [{ ...service, deployed: { before: 'checkout:7', minutesAgo: 12 } }];
  const account = new RecordedAccount({ ecsServices }, clock).logs(taskUnhealthy);
  account.call('ecs', 'UpdateService', { cluster: 'shop', service: 'checkout', taskDefinition: 'checkout:7' });
  await clock.runUntil(clock.now() + 600_000);
  const out = newFolder();
  const { account: found } = await described(account, { out });
  expect(found['ecsServices']).toMatchObject([
    { taskDefinition: 'checkout:8', deployed: { before: 'checkout:7', at: '2026-03-01T03:03:00.000Z' } },
  ]);
  const [recording] = await findRecordings([out]);
  const { incidents } = await replayRecording(recording!, inMode('act', policyFrom(defaultPolicyFile)), undefined);
  expect(incidents).toMatchObject([
    { outcome: 'resolved', attempts: [{ remediation: 'rollback-service-deployment' }] },
  ]);
});

test('a service that is gone, and a cluster that is, are told as gone', async () => {
  const { account, text } = await described(new RecordedAccount().logs(impaired, agentLost));
  expect(account['ecsServices']).toBeUndefined();
  expect(text).toContain(`#   ECS service shop/checkout\n#   container instance shop/${host}\n`);
});

test('under pseudonyms events and account name one service and one cluster alike, and nobody knows them', async () => {
  const { account, everything } = await described(recorded(impaired, taskUnhealthy, agentLost), { pseudonyms: true });
  const [service] = account['ecsServices'] ?? [];
  const [cluster, name] = [String(service?.['cluster']), String(service?.['name'])];
  expect(everything).not.toMatch(/shop|checkout|books/);
  expect(cluster).toMatch(/^n-/);
  expect(everything).toContain(`:service/${cluster}/${name}"`);
  expect(everything).toContain(`"group":"service:${name}"`);
  expect(everything).toContain(`:container-instance/${cluster}/${host}"`);
  expect(account['scalableTargets']).toMatchObject([{ resource: `service/${cluster}/${name}` }]);
  expect(account['containerInstances']).toHaveLength(2);
});

test('what containers run and what their services tell of themselves is not written', async () => {
  const account = recorded(impaired, taskUnhealthy, agentLost);
  const call = account.call.bind(account);
  const secret = { environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }], command: ['serve', '--key', 'hunter2'] };
  account.call = (service, operation, input) => {
    const answer = call(service, operation, input) as { services?: object[]; containerInstances?: object[] };
    const laced = <Of extends object>(all: Of[] | undefined) =>
      all?.map((one) => ({ ...one, ...secret, events: [{ message: 'hunter2' }], attributes: [{ name: 'hunter2' }] }));
    if (operation === 'DescribeServices') return { ...answer, services: laced(answer.services) };
    if (operation === 'DescribeTasks') return { ...answer, ...secret };
    return operation === 'DescribeContainerInstances'
      ? { ...answer, containerInstances: laced(answer.containerInstances) }
      : answer;
  };
  const { everything } = await described(account);
  expect(account.calls).toContain('ecs:DescribeServices');
  expect(everything).not.toContain('hunter2');
  expect(account.calls.filter((one) => /TaskDefinition/.test(one))).toEqual([]);
});

test('a read that is denied is told, and once it is allowed the same call goes on with all the rest', async () => {
  const account = recorded(impaired, agentLost);
  account.before = (operation) => {
    if (operation === 'ListContainerInstances') throw new Refusal('AccessDeniedException', 'not authorized to list');
  };
  const out = newFolder();
  await expect(recordFrom(account, { out })).rejects.toThrow('not authorized to list');
  account.before = () => undefined;
  expect(await recordFrom(account, { out })).toContain('2 events');
  const { account: whole } = await described(recorded(impaired, agentLost));
  expect(whole['containerInstances']).toHaveLength(2);
});
