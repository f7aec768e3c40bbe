import { instanceVitals, isInstanceId, readInstance } from '../../../vitals/ec2/instance';
import { bench, type Bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';

const id = 'i-0aaaaaaaaaaaaaaa1';

type Described = Parameters<Bench['account']['services']['ec2']['addInstance']>[0];

function withInstance(described: Described = {}, condition = 'ec2-instance-impaired') {
  const on = bench();
  const { ec2 } = on.account.services;
  ec2.addInstance({ id, ...described });
  const resource = on.resource('ec2-instance', id);
  return {
    ...on,
    ec2,
    health: () => instanceVitals.health(resource, condition, on.aws),
    tags: () => instanceVitals.tags(resource, on.aws),
  };
}

test('an instance that runs and passes both checks is healthy', async () => {
  expect(await withInstance().health()).toEqual({
    kind: 'healthy',
    detail: `${id} runs and passes both status checks`,
  });
});

test.each([
  ['instance', 'instance'],
  ['system', 'system'],
] as const)('an instance that fails its %s check is unhealthy', async (kind, check) => {
  expect(await withInstance({ sick: { kind } }).health()).toEqual({
    kind: 'unhealthy',
    detail: `${id} fails its ${check} status check`,
  });
});

test('an instance is not healthy before its checks have settled after a boot', async () => {
  const { account, health, pass } = withInstance({ sick: { kind: 'instance' } });
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
  await pass(60);
  expect(await health()).toEqual({ kind: 'unhealthy', detail: `${id} is still initializing` });
  await pass(90);
  expect(await health()).toMatchObject({ kind: 'healthy' });
});

test('an instance that is stopped is unhealthy', async () => {
  expect(await withInstance({ state: 'stopped' }).health()).toEqual({ kind: 'unhealthy', detail: `${id} is stopped` });
});

test('a retirement ahead is a sickness where it is what was reported, and only there', async () => {
  const sick = { kind: 'retiring' } as const;
  expect(await withInstance({ sick }, 'ec2-instance-retiring').health()).toEqual({
    kind: 'unhealthy',
    detail: `${id} still has instance-retirement ahead of it`,
  });
  expect(await withInstance({ sick }, 'ec2-instance-impaired').health()).toMatchObject({ kind: 'healthy' });
});

test.each(['[Completed] Retired', '[Canceled] Not retired'])(
  'an event that is over (%s) is none',
  async (Description) => {
    const { aws } = withInstance();
    const ec2 = {
      describeInstances: aws.ec2.describeInstances.bind(aws.ec2),
      describeInstanceStatus: async () => ({
        $metadata: {},
        InstanceStatuses: [{ InstanceId: id, Events: [{ Code: 'instance-stop' as const, Description }] }],
      }),
    };
    expect(await readInstance(id, { ...aws, ec2 })).toMatchObject({ scheduled: [] });
  },
);

test('a Spot instance that AWS takes back is sick until it is gone', async () => {
  const { ec2, health, pass } = withInstance({ lifecycle: 'spot' }, 'spot-instance-interrupted');
  ec2.interruptSpot(id);
  expect(await health()).toMatchObject({ kind: 'unhealthy' });
  await pass(240);
  expect(await health()).toEqual({ kind: 'gone', detail: `${id} is terminated` });
});

test('an instance that EC2 does not know any more is gone', async () => {
  const { ec2, health, tags, pass } = withInstance({ tags: { service: 'web' } });
  expect(await tags()).toEqual({ service: 'web' });
  ec2.terminate(id);
  await pass(7_200);
  expect(await health()).toEqual({ kind: 'gone', detail: `${id} no longer exists` });
  expect(await tags()).toEqual({});
});

test('an empty answer is not taken for an instance that is gone', async () => {
  const { aws, resource } = withInstance();
  const ec2 = { ...aws.ec2, describeInstances: async () => ({ $metadata: {}, Reservations: [] }) };
  expect(await instanceVitals.health(resource('ec2-instance', id), 'c', { ...aws, ec2 })).toEqual({
    kind: 'unknown',
    detail: `${id} could not be read: Error: EC2 answered nothing about ${id}`,
  });
});

test('an instance without status is unknown, never healthy', async () => {
  const { aws, resource } = withInstance();
  const ec2 = {
    describeInstances: aws.ec2.describeInstances.bind(aws.ec2),
    describeInstanceStatus: async () => ({ $metadata: {}, InstanceStatuses: [] }),
  };
  expect(await instanceVitals.health(resource('ec2-instance', id), 'c', { ...aws, ec2 } as never)).toEqual({
    kind: 'unknown',
    detail: `the system status check of ${id} is insufficient-data`,
  });
});

test.each(['denied', 'throttled', 'unavailable'] as const)(
  'an instance whose reading is %s is unknown',
  async (fault) => {
    for (const operation of ['DescribeInstances', 'DescribeInstanceStatus']) {
      const { account, health } = withInstance();
      account.faults.plant('ec2', operation, fault, 100);
      expect(await health()).toMatchObject({ kind: 'unknown' });
    }
  },
);

test.each(['', 'i-', 'i-12', 'i-0AAAAAAAAAAAAAAA1', `${id}\n`, `${id};reboot`, 'i-*', '__proto__'])(
  '%j is no id of an instance, and AWS is not asked',
  async (text) => {
    const { aws, calls, resource } = bench();
    expect(isInstanceId(text)).toBe(false);
    expect(await instanceVitals.health(resource('ec2-instance', text), 'c', aws)).toMatchObject({ kind: 'unknown' });
    expect(calls).toEqual([]);
  },
);

test.each([
  ['none', 'none'],
  ['elastic', 'elastic'],
  ['ephemeral', 'changing'],
] as const)('a public address that is %s is read as %s', async (publicAddress, read) => {
  const { aws } = withInstance({ publicAddress });
  expect(await readInstance(id, aws)).toMatchObject({ publicAddress: read });
});

test('an instance with no retirement ahead is well', async () => {
  expect(await withInstance({}, 'ec2-instance-retiring').health()).toMatchObject({ kind: 'healthy' });
});

describe('the place of an instance', () => {
  const placeOf = ({ aws, resource }: Bench, name = id) => instanceVitals.place(resource('ec2-instance', name), aws);

  test('is its zone alone where it belongs to no group', async () => {
    expect(await placeOf(withInstance({ zone: 'eu-central-1b' }))).toEqual({ zone: 'eu-central-1b', groups: [] });
  });

  test('is its zone, its Auto Scaling group and the target groups of that', async () => {
    const on = bench();
    const { autoscaling, elasticloadbalancing } = on.account.services;
    const arns = ['web', 'api'].map((name) => elasticloadbalancing.addTargetGroup({ name }).arn);
    const [first = ''] = autoscaling.addGroup({ name: 'shop', targetGroups: arns }).members.keys();
    const groups = [on.resource('auto-scaling-group', 'shop'), ...arns.map((arn) => on.resource('target-group', arn))];
    expect(await placeOf(on, first)).toEqual({ zone: 'eu-central-1a', groups });
  });

  test('is nowhere once it is terminated or gone', async () => {
    const on = withInstance();
    on.ec2.terminate(id);
    await on.pass(60);
    expect(await placeOf(on)).toEqual({ groups: [] });
    await on.pass(7_200);
    expect(await placeOf(on)).toEqual({ groups: [] });
  });

  test.each([
    ['ec2', 'DescribeInstances'],
    ['autoscaling', 'DescribeAutoScalingInstances'],
  ])('is not made up where %s:%s is denied', async (service, operation) => {
    const on = withInstance();
    on.account.faults.plant(service, operation, 'denied', 100);
    await expect(placeOf(on)).rejects.toThrow('not authorized');
  });

  test('is not made up where EC2 tells no zone', async () => {
    const on = withInstance();
    const Instances = [{ InstanceId: id, State: { Name: 'running' }, LaunchTime: new Date(0) }];
    answerWith(on, 'ec2', 'DescribeInstances', { Reservations: [{ Instances }] });
    await expect(placeOf(on)).rejects.toThrow(`EC2 did not answer in which zone ${id} is`);
  });
});

describe('somebody is at work on an instance', () => {
  const workOn = ({ aws, resource }: Bench) => instanceVitals.busy?.(resource('ec2-instance', id), aws);

  test.each([
    ['RebootInstances', 1, `${id} is booting: it may come up well`],
    ['StopInstances', 1, `${id} is being stopped`],
    ['TerminateInstances', 1, `${id} is being terminated`],
    ['RebootInstances', 300, undefined],
    ['StopInstances', 300, undefined],
    ['TerminateInstances', 300, undefined],
    ['TerminateInstances', 7_200, undefined],
  ])('after %s and %s s: %s', async (operation, seconds, work) => {
    const on = withInstance();
    on.account.call('ec2', operation, { InstanceIds: [id] });
    await on.pass(seconds);
    expect(await workOn(on)).toBe(work);
  });

  test('while EC2 launches or starts it', async () => {
    const on = withInstance({ state: 'stopped' });
    expect(await workOn(on)).toBeUndefined();
    on.account.call('ec2', 'StartInstances', { InstanceIds: [id] });
    expect(await workOn(on)).toBe(`${id} is booting: it may come up well`);
  });

  test('but not when its stop hangs: nobody will end that', async () => {
    const on = withInstance({ stopsOnlyByForce: true });
    on.account.call('ec2', 'StopInstances', { InstanceIds: [id] });
    await on.pass(600);
    expect(await workOn(on)).toBe(`${id} is being stopped`);
    await on.pass(1);
    expect(await workOn(on)).toBeUndefined();
  });

  test.each(['DescribeInstances', 'DescribeInstanceStatus'])(
    'or it cannot be told, when %s is denied',
    async (read) => {
      const on = withInstance();
      on.account.faults.plant('ec2', read, 'denied', 100);
      await expect(workOn(on)).rejects.toThrow('not authorized');
    },
  );
});

test.each([
  ['ec2-instance-impaired', 'instance'],
  ['ec2-host-impaired', 'system'],
  ['ec2-instance-retiring', 'retiring'],
] as const)('what the read sees, %s, it proves and disproves', async (condition, kind) => {
  expect(instanceVitals.sees).toContain(condition);
  expect(await withInstance({ sick: { kind } }, condition).health()).toMatchObject({ kind: 'unhealthy' });
  expect(await withInstance({}, condition).health()).toMatchObject({ kind: 'healthy' });
});

test('that a Spot instance is taken back is not seen', () => {
  expect(instanceVitals.sees).not.toContain('spot-instance-interrupted');
});
