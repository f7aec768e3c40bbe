import { readEvent } from '../../signals';
import { alarmCondition } from '../../signals/cloudwatch-alarm/alarm-conditions';
import { subjects } from '../../signals/cloudwatch-alarm/subjects';
import { conditions } from '../../signals/conditions';
import { anywhere, inWords, sampleEvent } from './event-files';

interface Measured {
  readonly namespace?: string;
  readonly name?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

const metric = ({ namespace = 'AWS/EC2', name = 'StatusCheckFailed', dimensions = {} }: Measured): object => ({
  id: 'm1',
  metricStat: { metric: { namespace, name, dimensions }, period: 60, stat: 'Average' },
  returnData: true,
});

/** What an alarm on these metrics, with these tags, tells. */
function reads(metrics: readonly object[], changes: Readonly<Record<string, unknown>> = {}, envelope = {}): string {
  const detail = { configuration: { metrics }, ...changes };
  return inWords(readEvent(sampleEvent('cloudwatch/instance-status-alarm', envelope, detail), anywhere)).join(' + ');
}
const at = '111122223333/eu-west-1';
const instance = { InstanceId: 'i-0123abcd' };
const targets = { TargetGroup: 'targetgroup/web/0123456789abcdef', LoadBalancer: 'app/web/0123456789abcdef' };

describe('an alarm on one metric', () => {
  test.each<[string, Measured, string]>([
    ['any status check of an instance', { dimensions: instance }, 'ec2-instance-impaired'],
    ['the status check of its host', { name: 'StatusCheckFailed_System', dimensions: instance }, 'ec2-host-impaired'],
    [
      'targets of one zone',
      {
        namespace: 'AWS/ApplicationELB',
        name: 'UnHealthyHostCount',
        dimensions: { ...targets, AvailabilityZone: 'eu-west-1a' },
      },
      'target-unhealthy',
    ],
    [
      'targets of a network load balancer',
      { namespace: 'AWS/NetworkELB', name: 'UnHealthyHostCount', dimensions: targets },
      'target-unhealthy',
    ],
    [
      'errors of one zone of a load balancer',
      {
        namespace: 'AWS/ApplicationELB',
        name: 'HTTPCode_Target_5XX_Count',
        dimensions: { LoadBalancer: 'app/web/0123456789abcdef', AvailabilityZone: 'eu-west-1a' },
      },
      'zone-impaired',
    ],
    [
      'instances that a classic load balancer does not reach',
      { namespace: 'AWS/ELB', name: 'UnHealthyHostCount', dimensions: { LoadBalancerName: 'shop' } },
      'backend-out-of-service',
    ],
    [
      'late answers',
      { namespace: 'AWS/ApplicationELB', name: 'TargetResponseTime', dimensions: targets },
      'target-erroring',
    ],
    [
      'connections of a cluster',
      { namespace: 'AWS/RDS', name: 'DatabaseConnections', dimensions: { DBClusterIdentifier: 'ledger' } },
      'db-writer-unhealthy',
    ],
    [
      'the capacity of a serverless cluster',
      { namespace: 'AWS/RDS', name: 'ServerlessDatabaseCapacity', dimensions: { DBClusterIdentifier: 'ledger' } },
      'db-overloaded',
    ],
    [
      'how far a secondary of a global database is behind',
      {
        namespace: 'AWS/RDS',
        name: 'AuroraGlobalDBReplicationLag',
        dimensions: { DBClusterIdentifier: 'ledger', SourceRegion: 'us-east-1' },
      },
      'db-source-lost',
    ],
    [
      'CPU of a cluster',
      { namespace: 'AWS/RDS', name: 'CPUUtilization', dimensions: { DBClusterIdentifier: 'ledger' } },
      'db-overloaded',
    ],
  ])('on %s tells of its condition', (_, measured, condition) => {
    expect(reads([metric(measured)])).toMatch(new RegExp(`^unhealthy ${condition} `));
  });

  test.each<[string, Measured]>([
    ['of a namespace of the operator', { namespace: 'Shop', dimensions: instance }],
    ['that counts well instances', { name: 'StatusCheckPassed', dimensions: instance }],
    ['with a further dimension', { dimensions: { ...instance, ImageId: 'ami-1' } }],
    [
      'of all databases of a class',
      { namespace: 'AWS/RDS', name: 'ReadLatency', dimensions: { DatabaseClass: 'db.r6g.large' } },
    ],
    [
      'of a load balancer in all its zones',
      {
        namespace: 'AWS/ApplicationELB',
        name: 'HTTPCode_Target_5XX_Count',
        dimensions: { LoadBalancer: 'app/web/0123456789abcdef' },
      },
    ],
    ['without dimensions', {}],
    ['whose dimension is called like a prototype member', { dimensions: { toString: 'x' } }],
  ])('on a metric %s tells nothing by itself', (_, measured) => {
    expect(reads([metric(measured)])).toMatch(
      /^ignored: alarm web-1 status .*(homeostat:condition|homeostat:resource)/,
    );
  });

  test('that names no real instance is not taken for one', () => {
    expect(reads([metric({ dimensions: { InstanceId: 'all' } })])).toMatch(/^ignored: .* names no one resource/);
  });

  test('in China names its target group by an ARN of China', () => {
    const resources = ['arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:web-1 status'];
    const measured = { namespace: 'AWS/ApplicationELB', name: 'UnHealthyHostCount', dimensions: targets };
    expect(reads([metric(measured)], {}, { region: 'cn-north-1', resources })).toContain(
      'target-group/arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:targetgroup/web/0123456789abcdef',
    );
  });
});

test('an alarm on one zone of a load balancer names that by its ARN, and one on its target group the target group', () => {
  const zone = { LoadBalancer: targets.LoadBalancer, AvailabilityZone: 'eu-west-1a' };
  const errors = { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count' };
  const owner = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
  expect(reads([metric({ ...errors, dimensions: zone })])).toBe(
    `unhealthy zone-impaired ${at}/load-balancer/${owner}:loadbalancer/${targets.LoadBalancer}`,
  );
  expect(reads([metric({ ...errors, dimensions: { ...zone, ...targets } })])).toBe(
    `unhealthy target-erroring ${at}/target-group/${owner}:${targets.TargetGroup}`,
  );
});

describe('an alarm on a formula', () => {
  const errors = { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count', dimensions: targets };
  const formula = { id: 'e1', expression: 'm1 / m2', returnData: true };

  test('over one resource tells of the one condition that its metrics know', () => {
    const requests = { ...errors, name: 'RequestCount' };
    expect(reads([formula, metric(errors), metric(requests)])).toMatch(/^unhealthy target-erroring /);
  });

  test('over two conditions of one resource tells of neither', () => {
    const unhealthy = { ...errors, name: 'UnHealthyHostCount' };
    expect(reads([formula, metric(errors), metric(unhealthy)])).toMatch(/^ignored: .* tells of no known condition/);
  });

  test('over two resources tells of neither', () => {
    expect(
      reads([formula, metric({ dimensions: instance }), metric({ dimensions: { InstanceId: 'i-0123abce' } })]),
    ).toMatch(/^ignored: .* names no one resource/);
  });

  test('over a resource and something else tells of neither', () => {
    expect(reads([formula, metric({ dimensions: instance }), metric({ namespace: 'Shop' })])).toMatch(/^ignored: /);
  });
});

describe("an alarm's tags", () => {
  const tagged = (tags: unknown, metrics: readonly object[] = []): string => reads(metrics, { alarmTags: tags });

  test('name its resource and condition', () => {
    const tags = { 'homeostat:resource': 'db-cluster/ledger', 'homeostat:condition': 'replication-stuck' };
    expect(tagged(tags)).toBe(`unhealthy replication-stuck ${at}/db-cluster/ledger`);
  });

  test('may come as a list', () => {
    const tags = [
      { key: 'homeostat:resource', value: 'db-cluster/ledger' },
      { key: 'homeostat:condition', value: 'replication-stuck' },
    ];
    expect(tagged(tags)).toBe(`unhealthy replication-stuck ${at}/db-cluster/ledger`);
  });

  test('name the condition where the metric names the resource', () => {
    const cpu = metric({ name: 'CPUUtilization', dimensions: instance });
    expect(tagged({ 'homeostat:condition': 'runaway' }, [cpu])).toBe(`unhealthy runaway ${at}/ec2-instance/i-0123abcd`);
  });

  test('go before what the metrics say', () => {
    const tags = { 'homeostat:resource': 'auto-scaling-group/web' };
    expect(tagged(tags, [metric({ dimensions: instance })])).toBe(
      `unhealthy ec2-instance-impaired ${at}/auto-scaling-group/web`,
    );
  });

  test.each([
    ['a kind that is not known', { 'homeostat:resource': 'bucket/x', 'homeostat:condition': 'c' }],
    ['no kind', { 'homeostat:resource': 'i-0123abcd', 'homeostat:condition': 'c' }],
    ['an id of another kind', { 'homeostat:resource': 'ec2-instance/web', 'homeostat:condition': 'c' }],
    [
      "another account's target group",
      {
        'homeostat:resource':
          'target-group/arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/web/0123456789abcdef',
        'homeostat:condition': 'c',
      },
    ],
    ['a condition that is not kebab-case', { 'homeostat:resource': 'other/x', 'homeostat:condition': 'Not OK' }],
  ])('with %s make it ignored, even though its metric is known', (_, tags) => {
    expect(tagged(tags, [metric({ dimensions: instance })])).toMatch(/^ignored: alarm web-1 status /);
  });

  test('of a shape that nobody knows are no tags', () => {
    expect(tagged(['a=b'], [metric({ dimensions: instance })])).toMatch(/^unhealthy ec2-instance-impaired /);
  });
});

describe('the same change of an alarm', () => {
  const keyOf = (changes = {}, state = {}): string => {
    const sample = sampleEvent('cloudwatch/instance-status-alarm');
    const told = { ...(sample.detail['state'] as object), ...state };
    const reading = readEvent({ ...sample, detail: { ...sample.detail, state: told }, ...changes }, anywhere);
    return reading.kind === 'signals' ? reading.signals[0].dedupKey : reading.kind;
  };

  test('has one key, whatever the id of its event', () => {
    expect(keyOf({ id: 'another-id' })).toBe(keyOf());
  });

  test('has another key at another time and in another state', () => {
    expect(keyOf({}, { timestamp: '2026-03-01T09:59:58.121+0000' })).not.toBe(keyOf());
    expect(keyOf({}, { value: 'OK' })).not.toBe(keyOf());
  });

  test('happened when the alarm says, to the millisecond', () => {
    const reading = readEvent(sampleEvent('cloudwatch/instance-status-alarm'), anywhere);
    expect(reading).toMatchObject({ signals: [{ at: Date.UTC(2026, 2, 1, 9, 59, 58, 120) }] });
  });
});

test('one time series of an alarm is no reason to watch the alarm as a whole', () => {
  expect(readEvent(sampleEvent('cloudwatch/contributor-tagged-alarm'), anywhere)).toHaveProperty(
    'signals.0.evidence',
    {},
  );
});

test('every condition of the alarm table is a known condition of that kind of resource', () => {
  const kinds = new Map(conditions.map(({ name, of }) => [name, of as readonly string[]]));
  const names = ['StatusCheckFailed', 'StatusCheckFailed_System', 'CPUUtilization', 'ReadLatency', 'FreeStorageSpace'];
  for (const { dimension, kind } of subjects) {
    for (const namespace of ['AWS/EC2', 'AWS/RDS']) {
      for (const name of names) {
        const condition = alarmCondition({ namespace, name, dimensions: new Map([[dimension, 'x']]) });
        expect(condition === undefined || kinds.get(condition)?.includes(kind)).toBe(true);
      }
    }
  }
});

test.each([
  ['disk_used_percent', { path: '/', device: 'nvme0n1p1', fstype: 'xfs' }, 'volume-full'],
  ['disk_used_percent', { ImageId: 'ami-1', InstanceType: 'm5.large', AutoScalingGroupName: 'web' }, 'volume-full'],
  ['LogicalDisk % Free Space', { objectname: 'LogicalDisk', instance: 'C:' }, 'volume-full'],
  ['procstat_lookup_pid_count', { exe: 'redis-server', pid_finder: 'native' }, 'process-down'],
  ['procstat_lookup_pid_count', { pidfile: '/run/redis.pid', pid_finder: 'native' }, 'process-down'],
  ['disk_used_percent', { path: '/', tenant: 'a' }, undefined],
  ['mem_used_percent', {}, undefined],
])('the metric %s of the CloudWatch agent by the instance and %j tells of %s', (name, beside, condition) => {
  const dimensions = new Map(Object.entries({ InstanceId: 'i-0aaaaaaaaaaaaaaa1', ...beside }));
  expect(alarmCondition({ namespace: 'CWAgent', name, dimensions })).toBe(condition);
});

test('a metric of the CloudWatch agent that names no instance tells of none', () => {
  const dimensions = new Map([['AutoScalingGroupName', 'web']]);
  expect(alarmCondition({ namespace: 'CWAgent', name: 'disk_used_percent', dimensions })).toBeUndefined();
});
