import { readAlarm } from '../../../vitals/cloudwatch/alarm';
import { bench } from '../../remediations/account';

const arn = (name: string) => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`;

test.each([
  ['OK', 'ok'],
  ['INSUFFICIENT_DATA', 'insufficientData'],
] as const)('an alarm in %s reads as %s, with its name and nothing more', async (state, kind) => {
  const { account, aws } = bench();
  account.services.cloudwatch.add({ name: 'cpu: web', state });
  expect(await readAlarm(arn('cpu: web'), aws)).toEqual({
    kind,
    detail: `alarm cpu: web is ${state}`,
  });
});

test('a composite alarm is read like any other, and proves nothing', async () => {
  const { account, aws } = bench();
  account.services.cloudwatch.add({ name: 'cpu', state: 'ALARM' });
  account.services.cloudwatch.add({ name: 'web', rule: 'ALARM(cpu)', state: 'ALARM' });
  expect(await readAlarm(arn('web'), aws)).toEqual({
    kind: 'alarm',
    detail: 'alarm web is ALARM',
    proof: 'unknown',
    because: 'it follows other alarms',
  });
});

describe('an alarm in ALARM is read with its own metric', () => {
  const metric = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } };
  const busy = (namespace = metric.namespace) => {
    const made = bench();
    const { cloudwatch } = made.account.services;
    const watched = { ...metric, namespace };
    cloudwatch.set(watched, 10);
    cloudwatch.add({ name: 'web', metric: watched, threshold: 80, evaluationPeriods: 3 });
    return {
      ...made,
      cloudwatch,
      set: (value: number) => {
        cloudwatch.set(watched, value);
      },
    };
  };

  test('which breaches when it went off by itself', async () => {
    const { aws, set, pass } = busy();
    set(90);
    await pass(180);
    expect(await readAlarm(arn('web'), aws)).toMatchObject({ kind: 'alarm', proof: 'breaching' });
  });

  test('which does not breach when somebody set its state', async () => {
    const { aws } = busy();
    await aws.cloudwatch.setAlarmState({ AlarmName: 'web', StateValue: 'ALARM', StateReason: 'drill' });
    expect(await readAlarm(arn('web'), aws)).toEqual({
      kind: 'alarm',
      detail: 'alarm web is ALARM',
      proof: 'notBreaching',
      because: 'its metric does not breach',
    });
  });

  test('which proves nothing where anybody may have written it', async () => {
    const { aws, set, pass } = busy('Shop');
    set(90);
    await pass(180);
    expect(await readAlarm(arn('web'), aws)).toMatchObject({ kind: 'alarm', proof: 'unknown' });
  });

  test('which proves nothing while it cannot be read', async () => {
    const { account, aws, set, pass } = busy();
    set(90);
    await pass(180);
    account.faults.plant('cloudwatch', 'GetMetricData', 'denied');
    expect(await readAlarm(arn('web'), aws)).toMatchObject({
      kind: 'alarm',
      proof: 'unknown',
      because: expect.stringMatching(/^its metric could not be read: AccessDenied/) as string,
    });
  });

  test('and one that is OK without it', async () => {
    const { aws, calls } = busy();
    expect(await readAlarm(arn('web'), aws)).toMatchObject({ kind: 'ok' });
    expect(calls.map(({ operation }) => operation)).toEqual(['DescribeAlarms']);
  });
});

test('an alarm that does not exist is unreadable, never OK', async () => {
  expect(await readAlarm(arn('web'), bench().aws)).toEqual({
    kind: 'unreadable',
    reason: 'the alarm web does not exist',
  });
});

test('an alarm of the same name elsewhere is not the one that was meant', async () => {
  const { account, aws } = bench();
  account.services.cloudwatch.add({ name: 'web', state: 'OK' });
  const elsewhere = arn('web').replace('111122223333', '444455556666');
  expect(await readAlarm(elsewhere, aws)).toMatchObject({ kind: 'unreadable' });
});

test.each(['', 'web', 'arn:aws:sns:eu-central-1:111122223333:alarm:web', arn('')])(
  '%j names no alarm, and AWS is not asked',
  async (text) => {
    const { aws, calls } = bench();
    expect(await readAlarm(text, aws)).toMatchObject({ kind: 'unreadable' });
    expect(calls).toEqual([]);
  },
);

test.each(['denied', 'throttled', 'unavailable', 'lostAnswer'] as const)(
  'an alarm whose reading is %s is unreadable, and nothing is thrown',
  async (fault) => {
    const { account, aws } = bench();
    account.services.cloudwatch.add({ name: 'web', state: 'OK' });
    account.faults.plant('cloudwatch', 'DescribeAlarms', fault, 100);
    expect(await readAlarm(arn('web'), aws)).toEqual({
      kind: 'unreadable',
      reason: expect.stringMatching(/^the alarm web could not be read: /) as string,
    });
  },
);

test.each(['PARTIAL_DATA', 'EVALUATION_ERROR', 'EVALUATION_FAILURE'] as const)(
  'an alarm in %s says nothing by its state',
  async (EvaluationState) => {
    const { aws } = bench();
    const alarm = { AlarmName: 'web', AlarmArn: arn('web'), StateValue: 'OK' as const, EvaluationState };
    const cloudwatch = { ...aws.cloudwatch, describeAlarms: async () => ({ $metadata: {}, MetricAlarms: [alarm] }) };
    expect(await readAlarm(arn('web'), { ...aws, cloudwatch })).toEqual({
      kind: 'unreadable',
      reason: `the alarm web is not evaluated properly: ${EvaluationState}`,
    });
  },
);

test('what an alarm says reaches people as one plain line', async () => {
  const { account, aws } = bench();
  const name = '\u001b[31mred\u0007\nalarm';
  account.services.cloudwatch.add({ name, state: 'ALARM' });
  const reading = await readAlarm(arn(name), aws);
  expect(reading).toMatchObject({ kind: 'alarm', detail: expect.stringMatching(/^alarm red alarm is/) as string });
});
