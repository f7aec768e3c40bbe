import { stopStartInstance } from '../../../remediations/ec2/stop-start-instance';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';

const id = 'i-0aaaaaaaaaaaaaaa1';

type Described = Parameters<Bench['account']['services']['ec2']['addInstance']>[0];

function onBadHost(instance: Described = {}, parameters: object = {}, condition = 'ec2-host-impaired') {
  const on = bench();
  on.account.services.ec2.addInstance({ id, sick: { kind: 'system' }, ...instance });
  const target = { resource: on.resource('ec2-instance', id), condition };
  const operations = () => on.writes().map(({ operation }) => operation);
  return { ...on, operations, ...attempt(stopStartInstance, on, target, parameters) };
}

test('an instance on a failing host is stopped, started elsewhere and done once both checks pass', async () => {
  const { plan, start, check, pass, operations } = onBadHost();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `stop ${id} and start it on another host: it is down for some minutes`,
    group: 'alone',
  });
  expect(await start()).toMatchObject({ kind: 'started' });
  expect(await check()).toEqual({ kind: 'pending', detail: `${id} is stopping` });
  await pass(60);
  expect(await check()).toEqual({ kind: 'continue', detail: `${id} is DOWN: it is stopped and must be started` });
  expect(await start()).toMatchObject({ kind: 'started' });
  await pass(30);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'pending', detail: expect.stringMatching(/running/) as string });
  await pass(120);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(operations()).toEqual(['StopInstances', 'StartInstances']);
});

test.each<[string, Described, object, RegExp]>([
  ['that is stopped', { state: 'stopped' }, {}, /is stopped: only a running instance/],
  ['on a dedicated host', { tenancy: 'host' }, {}, /is on a dedicated host, to which it would come back/],
  ['of the Spot market', { lifecycle: 'spot' }, {}, /is a spot instance/],
  ['with a public address that would change', { publicAddress: 'ephemeral' }, {}, /would lose its public IPv4 address/],
  [
    'with a root device in instance store',
    { instanceStore: true },
    { mayLoseLocalData: true },
    /runs from instance store/,
  ],
  ['of a type with instance store', { type: 'm5d.large' }, {}, /\(m5d.large\) has instance store/],
  ['that is protected from being stopped', { stopProtected: true }, {}, /is protected from being stopped/],
  [
    'whose host is well',
    { sick: { kind: 'instance' } },
    {},
    /the host of .* is well, only the guest fails: use reboot/,
  ],
])('an instance %s is not stopped', async (_, instance, parameters, reason) => {
  const { plan, writes } = onBadHost(instance, parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test.each<[string, Described, object]>([
  ['an Elastic IP address stays', { publicAddress: 'elastic' }, {}],
  ['the policy lets the address change', { publicAddress: 'ephemeral' }, { mayChangePublicAddress: true }],
  ['the policy says so though the host is well', { sick: { kind: 'instance' } }, { evenIfHostIsWell: true }],
])('an instance is stopped when %s', async (_, instance, parameters) => {
  expect(await onBadHost(instance, parameters).plan()).toMatchObject({ kind: 'planned' });
});

test('what a stop would lose for good is in the plan, where the policy lets it be lost', async () => {
  const { plan } = onBadHost({ type: 'm5d.large' }, { mayLoseLocalData: true });
  expect(await plan()).toMatchObject({ kind: 'planned', destroys: [`the instance store of ${id}`] });
  const nothing = await onBadHost({}, { mayLoseLocalData: true }).plan();
  expect(nothing).not.toHaveProperty('destroys');
});

test('an instance that is well needs no other host', async () => {
  const { account, plan } = onBadHost();
  account.services.ec2.cure(id);
  expect(await plan()).toEqual(no('notNeeded', /is well/));
});

test('an instance whose host is to be retired is moved though its checks pass', async () => {
  const on = onBadHost({ sick: { kind: 'retiring' } }, {}, 'ec2-instance-retiring');
  expect(await on.plan()).toMatchObject({ kind: 'planned' });
  await on.start();
  await on.pass(60);
  await on.start();
  await on.pass(300);
  expect(await on.check()).toMatchObject({ kind: 'done' });
  expect(await on.plan()).toMatchObject({ kind: 'notNeeded' });
});

test('a member of a group is left to replace-instance', async () => {
  const { account, plan } = onBadHost();
  account.services.autoscaling.addGroup({ name: 'web', members: [id], desired: 2 });
  expect(await plan()).toEqual(no('refused', /is a member of web, which would replace it while it is down/));
});

test('each start goes on from the state that it reads, and repeats nothing', async () => {
  const { start, pass, operations } = onBadHost();
  await start();
  await start();
  await pass(60);
  await start();
  await start();
  await pass(300);
  expect(await start()).toEqual({ kind: 'started' });
  expect(operations()).toEqual(['StopInstances', 'StartInstances']);
});

test('an instance that recovered after the plan is not stopped', async () => {
  const { account, plan, start, operations } = onBadHost();
  await plan();
  account.services.ec2.cure(id);
  expect(await start()).toEqual(no('refused', /is well again/));
  expect(operations()).toEqual([]);
});

test('a start for which EC2 has no capacity is tried again, and everybody is told that the instance is down', async () => {
  const { account, start, check, pass } = onBadHost();
  await start();
  await pass(60);
  account.services.ec2.network.exhaust('eu-central-1a');
  await expect(start()).rejects.toThrow(/sufficient/);
  expect(await check()).toEqual({ kind: 'continue', detail: expect.stringMatching(/is DOWN/) as string });
  account.services.ec2.network.replenish('eu-central-1a');
  await start();
  await pass(300);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a stop that hangs is a matter for people unless the policy says to force it', async () => {
  const { start, check, pass, operations } = onBadHost({ stopsOnlyByForce: true });
  await start();
  await pass(590);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(20);
  expect(await check()).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(/more than 10 minutes and is DOWN; a forced stop can corrupt its data/) as string,
  });
  expect(await start()).toMatchObject({ kind: 'refused' });
  expect(operations()).toEqual(['StopInstances']);
});

test('a stop that hangs is forced once when the policy says so', async () => {
  const { start, check, pass, writes } = onBadHost({ stopsOnlyByForce: true }, { force: true });
  await start();
  await pass(610);
  expect(await check()).toMatchObject({ kind: 'continue' });
  await start();
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(60);
  await start();
  await pass(300);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(writes().map(({ input }) => input)).toEqual([
    { InstanceIds: [id] },
    { InstanceIds: [id], Force: true },
    { InstanceIds: [id] },
  ]);
});

test('a stop whose answer was lost is found out by the check', async () => {
  const { account, start, checkWithoutHandle } = onBadHost();
  account.faults.plant('ec2', 'StopInstances', 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'pending' });
});

test('a stop that never reached AWS leaves no trace', async () => {
  const { account, start, checkWithoutHandle } = onBadHost();
  account.faults.plant('ec2', 'StopInstances', 'lostRequest');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});

test('an instance that fails on the other host as well has not been healed', async () => {
  const { start, check, pass } = onBadHost({ sick: { kind: 'system', curedBy: [] } });
  await start();
  await pass(60);
  await start();
  await pass(300);
  expect(await check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/there as well/) as string });
});

test('an instance that is terminated meanwhile is lost', async () => {
  const { account, start, check } = onBadHost();
  await start();
  account.services.ec2.terminate(id);
  expect(await check()).toEqual({ kind: 'failed', detail: `${id} is shutting-down: somebody else ended it` });
  expect(await start()).toMatchObject({ kind: 'refused' });
});

test.each([
  ['SystemStatus', 'InstanceStatus', /whether the host of .* is well cannot be read: its check is insufficient-data/],
  ['InstanceStatus', 'SystemStatus', /what ails .* cannot be read: its instance check is insufficient-data/],
])('an instance whose %s cannot be read is not stopped', async (unread, read, reason) => {
  const on = onBadHost();
  const status = { [unread]: { Status: 'insufficient-data' }, [read]: { Status: 'ok' } };
  answerWith(on, 'ec2', 'DescribeInstanceStatus', { InstanceStatuses: [{ InstanceId: id, ...status }] });
  expect(await on.plan()).toEqual(no('refused', reason));
});

test('an instance that is booting is waited for, whatever the policy says', async () => {
  const { account, plan } = onBadHost({ sick: { kind: 'instance' } }, { evenIfHostIsWell: true });
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
  expect(await plan()).toEqual(no('busy', /is booting: it may come up well/));
});

test('an instance of whose type EC2 does not tell the disks is not stopped', async () => {
  const on = onBadHost();
  answerWith(on, 'ec2', 'DescribeInstanceTypes', { InstanceTypes: [{ InstanceType: 'm5.large' }] });
  await expect(on.plan()).rejects.toThrow('EC2 did not answer whether m5.large');
});

test('an instance that no longer exists is not started, and has not been healed', async () => {
  const on = onBadHost();
  await on.plan();
  answerWith(on, 'ec2', 'DescribeInstances', unknown('InvalidInstanceID.NotFound'));
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toEqual({ kind: 'failed', detail: `${id} no longer exists` });
  expect(await on.plan()).toEqual(no('refused', /no longer exists/));
});
