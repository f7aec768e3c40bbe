import { AssumedWorld } from '../../replay/assumed-world';
import { readEvent } from '../../signals';
import type { ReadOptions } from '../../signals/read-event';
import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import { World, type SimulatedAccount } from '../../simulator/world';
import { anywhere } from '../signals/event-files';
import { sent } from './replaying';

const id = 'i-0a1b2c3d4e5f60718';
const targets = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';

const consent = 'the owners of what is made up have opted in: it is tagged homeostat:heal=yes';

interface Room {
  readonly account: SimulatedAccount;
  readonly assumed: AssumedWorld;
  follow(event: unknown, options?: ReadOptions): void;
}

function room(): Room {
  const world = new World(new VirtualClock(Date.parse('2026-03-01T10:00:00Z')));
  const assumed = new AssumedWorld(world);
  return {
    account: world.account('111122223333', 'eu-west-1'),
    assumed,
    follow: (event, options = anywhere) => {
      const reading = readEvent(event, options);
      if (reading.kind !== 'signals') throw new Error(reading.reason);
      assumed.follow(event, reading.signals);
    },
  };
}

/** The event with its alarm's reason and threshold as CloudWatch writes them. */
function crossing(name: string, threshold: number, words = 'greater than the threshold'): unknown {
  const event = sent(0, name);
  const reason = `Threshold Crossed: 1 out of the last 1 datapoints [9.0 (01/03/26 09:59:00)] was ${words} (${threshold}).`;
  const state = { ...(event.detail['state'] as object), reason, reasonData: JSON.stringify({ threshold }) };
  return { ...event, detail: { ...event.detail, state } };
}

test('an instance that an alarm tells of stands alone and fails its check, and the alarm follows it', async () => {
  const { account, assumed, follow } = room();
  const { ec2, cloudwatch } = account.services;
  follow(sent(0, 'cloudwatch/instance-status-alarm'));
  expect(ec2.instance(id)?.failing?.kind).toBe('instance');
  expect(account.services.autoscaling.groupOf(id)).toBeUndefined();
  expect(cloudwatch.alarm('web-1 status')?.standing.value).toBe('ALARM');
  await account.clock.runUntil(account.clock.now() + 3_600_000);
  expect(cloudwatch.alarm('web-1 status')?.standing.value).toBe('ALARM');
  ec2.cure(id);
  await account.clock.runUntil(account.clock.now() + 600_000);
  expect(cloudwatch.alarm('web-1 status')?.standing.value).toBe('OK');
  expect(assumed.assumed).toEqual([
    consent,
    `${id} runs from an EBS volume, in no group`,
    'alarm web-1 status follows what it measures',
  ]);
});

test('one target of a target group fails its checks at once, behind the load balancer that the alarm names', () => {
  const { account, follow } = room();
  follow(sent(0, 'cloudwatch/targets-unhealthy-alarm'));
  const group = account.services.elasticloadbalancing.targetGroup(targets);
  expect(group?.loadBalancer?.dimension).toBe('app/web/fedcba9876543210');
  expect([...(group?.targets.values() ?? [])].map(({ state }) => state).toSorted()).toEqual([
    'healthy',
    'healthy',
    'unhealthy',
  ]);
});

test.each([
  [
    'cloudwatch/table-throttled-alarm',
    'orders throttled',
    { write: 200 },
    'table orders has no auto scaling, with 100',
  ],
  ['cloudwatch/table-index-throttled-alarm', 'orders by customer throttled', { read: 200 }, 'table orders has no auto'],
  [
    'cloudwatch/table-replication-alarm',
    'orders late in Ireland',
    { write: 200 },
    'table orders has a copy in eu-cent',
  ],
])(
  'a table that %s tells of has too little, and the alarm follows what it is given',
  async (name, alarm, more, told) => {
    const { account, assumed, follow } = room();
    const { cloudwatch, dynamodb } = account.services;
    follow(crossing(name, 1_000));
    await account.clock.runUntil(account.clock.now() + 3_600_000);
    expect(cloudwatch.alarm(alarm)?.standing.value).toBe('ALARM');
    const index = name.includes('index') ? 'by-customer' : undefined;
    dynamodb.control.scale('orders', index, { read: 100, write: 100, ...more });
    await account.clock.runUntil(account.clock.now() + 900_000);
    expect(cloudwatch.alarm(alarm)?.standing.value).toBe('OK');
    expect(assumed.assumed[1]).toMatch(new RegExp(`^${told}`));
    expect(assumed.assumed[2]).toBe(`alarm ${alarm} follows what it measures`);
  },
);

test('a table that AWS Config tells of can be deleted by nobody, and not be restored', () => {
  const { account, follow } = room();
  follow(sent(0, 'config/table-not-restorable'));
  const { recovery, deletionProtection } = account.services.dynamodb.control.state('orders');
  expect({ recovery, deletionProtection }).toEqual({ recovery: undefined, deletionProtection: true });
});

test.each([50, 70, 80, 90])('a group that is beyond %s %% is not when it has one more member', async (threshold) => {
  const { account, follow } = room();
  const { autoscaling, cloudwatch } = account.services;
  follow(crossing('cloudwatch/group-cpu-alarm', threshold));
  const metric = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } };
  expect(cloudwatch.alarm('web busy')?.follows.threshold).toBe(threshold);
  expect(cloudwatch.value(metric)).toBeGreaterThan(threshold);
  autoscaling.operations.SetDesiredCapacity({ AutoScalingGroupName: 'web', DesiredCapacity: 4 });
  await account.clock.runUntil(account.clock.now() + 600_000);
  expect(cloudwatch.value(metric)).toBeLessThan(threshold);
  expect(cloudwatch.alarm('web busy')?.standing.value).toBe('OK');
});

test('an alarm keeps its recorded threshold where the simulated values lie on both sides of it', () => {
  const { account, follow } = room();
  follow(crossing('cloudwatch/instance-status-alarm', 1, 'greater than or equal to the threshold'));
  expect(account.services.cloudwatch.alarm('web-1 status')?.follows).toMatchObject({
    threshold: 1,
    comparison: 'GreaterThanOrEqualToThreshold',
  });
});

test('an alarm whose recorded threshold does not fit is given one that does', () => {
  const { account, follow } = room();
  follow(crossing('cloudwatch/instance-status-alarm', 25));
  expect(account.services.cloudwatch.alarm('web-1 status')?.follows.threshold).toBe(0.75);
});

test('an alarm on what is not simulated stays in ALARM until the recording says OK', async () => {
  const { account, assumed, follow } = room();
  follow(sent(0, 'cloudwatch/targets-error-rate-math-alarm'));
  await account.clock.runUntil(account.clock.now() + 3_600_000);
  expect(account.services.cloudwatch.alarm('web 5xx rate')?.standing.value).toBe('ALARM');
  expect(assumed.assumed).toContain('alarm web 5xx rate stays as recorded: what it measures is not simulated');
});

test('a metric that is not simulated is beyond its recorded threshold until the recording says OK', async () => {
  const { account, follow } = room();
  const told = crossing('cloudwatch/instance-cpu-tagged-alarm', 80) as ReturnType<typeof sent>;
  follow(told);
  const { cloudwatch } = account.services;
  const [alarm] = cloudwatch.operations.DescribeAlarms({}).MetricAlarms ?? [];
  const now = (): number | undefined =>
    cloudwatch.value({
      namespace: alarm?.Namespace ?? '',
      name: alarm?.MetricName ?? '',
      dimensions: Object.fromEntries((alarm?.Dimensions ?? []).map(({ Name = '', Value }) => [Name, Value ?? ''])),
    });
  expect({ alarm, value: now() }).toMatchObject({ alarm: { StateValue: 'ALARM', Threshold: 80 }, value: 81 });
  const state = { ...(told.detail['state'] as object), value: 'OK' };
  follow({ ...told, id: 'another', detail: { ...told.detail, state, previousState: { value: 'ALARM' } } });
  expect(now()).toBe(79);
});

test('a recorded OK cures what is sick', () => {
  const { account, follow } = room();
  follow(sent(0, 'cloudwatch/instance-status-alarm'));
  follow(sent(1, 'cloudwatch/instance-status-ok'));
  expect(account.services.ec2.instance(id)?.failing).toBeUndefined();
  expect(account.services.cloudwatch.alarm('web-1 status')?.standing.value).toBe('OK');
});

test('what is told twice happened once', async () => {
  const { account, follow } = room();
  follow(sent(0, 'cloudwatch/instance-status-alarm'));
  account.services.ec2.cure(id);
  await account.clock.runUntil(account.clock.now() + 600_000);
  follow(sent(0, 'cloudwatch/instance-status-alarm'));
  expect(account.services.ec2.instance(id)?.failing).toBeUndefined();
});

test('an account in which the alarm is in ALARM already is not made any sicker', () => {
  const world = new World(new VirtualClock(0));
  const account = buildAccount(world, {
    account: '111122223333',
    region: 'eu-west-1',
    instances: [{ id, sick: { kind: 'system' } }],
    alarms: [{ name: 'web-1 status', metric: { namespace: 'Own', name: 'Own' }, state: 'ALARM' }],
  });
  const assumed = new AssumedWorld(world);
  const event = sent(0, 'cloudwatch/instance-status-alarm');
  const reading = readEvent(event, anywhere);
  assumed.follow(event, reading.kind === 'signals' ? reading.signals : []);
  expect([...(account.services.ec2.instance(id)?.sicknesses.keys() ?? [])]).toEqual(['system']);
  expect(assumed.assumed).toEqual([]);
});

describe('a failover that the recording tells of', () => {
  const zone = ({ services: { rds } }: SimulatedAccount): string | undefined =>
    rds.operations.DescribeDBInstances({ DBInstanceIdentifier: 'orders' }).DBInstances?.[0]?.AvailabilityZone;

  test('happens in the account', () => {
    const { account, follow } = room();
    follow(sent(0, 'cloudwatch/database-latency-alarm'));
    const before = zone(account);
    follow(sent(2, 'rds/instance-failover-completed'));
    expect(zone(account)).not.toBe(before);
  });

  test('has happened already where a remediation has failed it over', async () => {
    const { account, follow } = room();
    follow(sent(0, 'cloudwatch/database-latency-alarm'));
    account.services.rds.failOver('orders');
    await account.clock.runUntil(account.clock.now() + 600_000);
    const after = zone(account);
    follow(sent(12, 'rds/instance-failover-completed'));
    expect(zone(account)).toBe(after);
  });
});

test.each([
  ['an instance', 'health/retirement-scheduled'],
  ['a Spot instance', 'ec2/rebalance-recommendation'],
  ['a database', 'rds/instance-storage-low'],
])('%s that AWS speaks of without an alarm is made up, too', (_what, name) => {
  const { assumed, follow } = room();
  follow(sent(0, name));
  expect(assumed.assumed).toHaveLength(2);
});

describe('what is made up is opted in by its owners', () => {
  const optedIn = 'homeostat:heal=yes';
  const listed = (
    tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
  ): readonly string[] => tags.map(({ Key = '', Value = '' }) => `${Key}=${Value}`);
  const written = (tags: Readonly<Record<string, string>> = {}): readonly string[] =>
    Object.entries(tags).map((tag) => tag.join('='));
  const ofInstance = ({ services }: SimulatedAccount, name: string): readonly string[] =>
    written(Object.fromEntries(services.ec2.instance(name)?.tags ?? []));

  test.each<[string, string, (account: SimulatedAccount) => readonly string[]]>([
    ['an instance', 'cloudwatch/instance-status-alarm', (account) => ofInstance(account, id)],
    ['a group', 'cloudwatch/group-cpu-alarm', ({ services }) => written(services.autoscaling.group('web')?.tags)],
    [
      'a target group',
      'cloudwatch/targets-unhealthy-alarm',
      ({ services }) => written(services.elasticloadbalancing.targetGroup(targets)?.tags),
    ],
    [
      'a database',
      'cloudwatch/database-latency-alarm',
      ({ services: { rds } }) => listed(rds.operations.DescribeDBInstances({}).DBInstances?.[0]?.TagList),
    ],
    [
      'a cluster',
      'cloudwatch/cluster-writer-latency-alarm',
      ({ services: { rds } }) => listed(rds.operations.DescribeDBClusters({}).DBClusters?.[0]?.TagList),
    ],
    [
      'a member of a cluster',
      'cloudwatch/cluster-writer-latency-alarm',
      ({ services: { rds } }) => listed(rds.operations.DescribeDBInstances({}).DBInstances?.[1]?.TagList),
    ],
  ])('%s', (_what, name, tagsOf) => {
    const { account, follow } = room();
    follow(sent(0, name));
    expect(tagsOf(account)).toContain(optedIn);
  });

  test('members of a group, and that is assumed once for all', () => {
    const { account, assumed, follow } = room();
    follow(sent(0, 'cloudwatch/targets-unhealthy-alarm'));
    follow(sent(0, 'cloudwatch/group-cpu-alarm'));
    const members = ['web', 'web-group'].flatMap((group) => [
      ...(account.services.autoscaling.group(group)?.members.keys() ?? []),
    ]);
    expect(members).toHaveLength(6);
    for (const member of members) expect(ofInstance(account, member)).toContain(optedIn);
    expect(assumed.assumed.filter((line) => line === consent)).toHaveLength(1);
  });

  test('but not what is there already', () => {
    const { account, assumed, follow } = room();
    account.services.ec2.addInstance({ id });
    follow(sent(0, 'cloudwatch/instance-status-alarm'));
    expect(ofInstance(account, id)).toEqual([]);
    expect(assumed.assumed).not.toContain(consent);
  });
});

test('what the simulator does not know is left out, and nothing is assumed of it', () => {
  const { assumed, follow } = room();
  follow(sent(0, 's3/object-created'), {
    ...anywhere,
    mappings: [
      {
        condition: 'bucket-flooded',
        pattern: { source: {}, matches: () => true },
        resource: { kind: 'other', id: { path: 'detail.bucket.name' } },
        means: 'unhealthy',
      },
    ],
  });
  expect(assumed.assumed).toEqual([]);
});
