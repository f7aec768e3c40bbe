import type { ListAlarmMuteRulesCommandInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { AlarmDescription } from '../../simulator/cloudwatch/alarm';
import type { Metric } from '../../simulator/cloudwatch/metric';
import { minute, room, second, start, type Room } from './compute';

const errors: Metric = { namespace: 'Shop', name: 'Errors', dimensions: { Service: 'cart' } };

function withAlarm(described: Partial<AlarmDescription> = {}, value: number | undefined = 0): Room {
  const made = room();
  made.account.services.cloudwatch.set(errors, value);
  made.account.services.cloudwatch.add({
    name: 'errors',
    metric: errors,
    evaluationPeriods: 3,
    tags: { a: 'b' },
    ...described,
  });
  return made;
}

async function stateOf({ cloudwatch }: Room, name = 'errors'): Promise<string | undefined> {
  const { MetricAlarms } = await cloudwatch.describeAlarms({ AlarmNames: [name] });
  return MetricAlarms?.[0]?.StateValue;
}

describe('an alarm follows its metric', () => {
  test('it goes to ALARM after all its datapoints were bad, and back after one good one', async () => {
    const made = withAlarm();
    made.account.services.cloudwatch.set(errors, 5);
    await made.clock.runUntil(start + 3 * minute - 1);
    expect(await stateOf(made)).toBe('OK');
    await made.clock.runUntil(start + 3 * minute);
    expect(await stateOf(made)).toBe('ALARM');
    made.account.services.cloudwatch.set(errors, 0);
    await made.clock.runUntil(start + 4 * minute);
    expect(await stateOf(made)).toBe('OK');
    expect(made.clock.nextAt()).toBeDefined();
  });

  test('a spike that is over in time leaves no trace, and nothing on the clock', () => {
    const made = withAlarm();
    made.account.services.cloudwatch.set(errors, 5);
    made.account.services.cloudwatch.set(errors, 0);
    expect(made.clock.nextAt()).toBeUndefined();
  });

  test('a value that stays bad in another way does not start the wait anew', async () => {
    const made = withAlarm();
    made.account.services.cloudwatch.set(errors, 5);
    await made.clock.runUntil(start + 2 * minute);
    made.account.services.cloudwatch.set(errors, 7);
    await made.clock.runUntil(start + 3 * minute);
    expect(await stateOf(made)).toBe('ALARM');
  });

  test.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
    ['ignore', 'OK'],
  ] as const)('where missing data is %s, an alarm without data goes to %s', async (treatMissingData, state) => {
    const made = withAlarm({ treatMissingData });
    made.account.services.cloudwatch.set(errors, undefined);
    await made.settle();
    expect(await stateOf(made)).toBe(state);
  });

  test.each([
    ['GreaterThanThreshold', 5, 'OK'],
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ] as const)('%s of 5, which is the threshold, means %s', async (comparison, value, state) => {
    const made = withAlarm({ comparison, threshold: 5 }, value);
    await made.settle();
    expect(await stateOf(made)).toBe(state);
  });

  test('its event is the one that CloudWatch sends', async () => {
    const made = withAlarm({ evaluationPeriods: 2, description: 'too many', statistic: 'Sum' });
    made.account.services.cloudwatch.set(errors, 5);
    await made.settle();
    expect(made.events[0]).toMatchObject({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'],
      time: '2026-03-02T10:02:00Z',
      detail: {
        alarmName: 'errors',
        state: {
          value: 'ALARM',
          timestamp: '2026-03-02T10:02:00.000+0000',
          reason:
            'Threshold Crossed: 2 out of the last 2 datapoints [5.0 (02/03/26 10:00:00), 5.0 (02/03/26 10:01:00)] were ' +
            'greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition).',
        },
        previousState: { value: 'OK' },
        configuration: {
          description: 'too many',
          metrics: [
            {
              id: 'm1',
              metricStat: {
                metric: { namespace: 'Shop', name: 'Errors', dimensions: { Service: 'cart' } },
                period: 60,
                stat: 'Sum',
              },
              returnData: true,
            },
          ],
        },
      },
    });
    const { state } = made.events[0]?.detail as { state: { reasonData: string } };
    expect(JSON.parse(state.reasonData)).toMatchObject({
      version: '1.0',
      queryDate: '2026-03-02T10:02:00.000+0000',
      recentDatapoints: [5, 5],
      threshold: 0,
    });
  });
});

describe('composite alarms', () => {
  function withComposite(rule: string): Room {
    const made = withAlarm({ evaluationPeriods: 1 });
    made.account.services.cloudwatch.add({ name: 'other', state: 'OK' });
    made.account.services.cloudwatch.add({ name: 'all', rule });
    return made;
  }

  test('one moves with its children, and says which', async () => {
    const made = withComposite('ALARM(errors) AND NOT ALARM("other")');
    made.account.services.cloudwatch.set(errors, 5);
    await made.settle();
    expect(made.heard()).toEqual([
      'CloudWatch Alarm State Change errors ALARM',
      'CloudWatch Alarm State Change all ALARM',
    ]);
    expect(made.events[1]?.detail).toMatchObject({
      configuration: { alarmRule: 'ALARM(errors) AND NOT ALARM("other")' },
    });
  });

  test.each([
    ['ALARM(errors) OR ALARM(other)', 'ALARM'],
    ['ALARM(errors) AND ALARM(other)', 'OK'],
    ['NOT (ALARM(errors) OR ALARM(other))', 'OK'],
    ['OK("other") AND (FALSE OR ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors))', 'ALARM'],
  ])('%s is %s while errors alone is in ALARM', async (rule, state) => {
    const made = withComposite(rule);
    made.account.services.cloudwatch.set(errors, 5);
    await made.settle();
    expect(made.account.services.cloudwatch.alarm('all')?.standing.value).toBe(state);
  });

  test.each(['', 'ALARM(errors', 'ALARM(errors) ALARM(other)', 'BROKEN(errors)', 'ALARM(errors) AND'])(
    'the rule "%s" is refused',
    (rule) => {
      const { cloudwatch } = room().account.services;
      expect(() => cloudwatch.add({ name: 'all', rule })).toThrow('Invalid alarm rule');
    },
  );

  test('one that is there before its child follows it all the same', () => {
    const { cloudwatch } = room().account.services;
    cloudwatch.add({ name: 'all', rule: 'ALARM(child)' });
    cloudwatch.add({ name: 'child', state: 'ALARM' });
    expect(cloudwatch.alarm('all')?.standing.value).toBe('ALARM');
  });

  test('one is shown only to those who ask for composite alarms', async () => {
    const { cloudwatch } = withComposite('ALARM(errors)');
    const plain = await cloudwatch.describeAlarms({ AlarmNames: ['all'] });
    expect([plain.MetricAlarms, plain.CompositeAlarms]).toEqual([[], []]);
    const asked = await cloudwatch.describeAlarms({ AlarmNames: ['all'], AlarmTypes: ['CompositeAlarm'] });
    expect(asked.CompositeAlarms?.[0]).toMatchObject({ AlarmName: 'all', AlarmRule: 'ALARM(errors)' });
  });
});

describe('calls', () => {
  test('a state that somebody sets is told, and taken back by the metric', async () => {
    const made = withAlarm();
    await made.cloudwatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'drill' });
    expect(await stateOf(made)).toBe('ALARM');
    await made.settle();
    expect(made.heard()).toEqual([
      'CloudWatch Alarm State Change errors ALARM',
      'CloudWatch Alarm State Change errors OK',
    ]);
  });

  test('a state that a recording forces is not told, and stays until the metric changes', async () => {
    const made = withAlarm();
    made.account.services.cloudwatch.force('errors', 'ALARM');
    await made.settle();
    expect(await stateOf(made)).toBe('ALARM');
    expect(made.heard()).toEqual([]);
    made.account.services.cloudwatch.set(errors, 0);
    await made.settle();
    expect(made.heard()).toEqual(['CloudWatch Alarm State Change errors OK']);
  });

  test('alarms are put, listed page by page, muted, disabled and deleted', async () => {
    const made = withAlarm();
    const { account, cloudwatch, settle } = made;
    await cloudwatch.putMetricAlarm({
      AlarmName: 'low',
      Namespace: 'Shop',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'Service', Value: 'cart' }],
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    });
    await settle();
    expect(await stateOf(made, 'low')).toBe('ALARM');
    account.pageSize = 1;
    const first = await cloudwatch.describeAlarms({});
    const rest = await cloudwatch.describeAlarms({ NextToken: first.NextToken });
    expect([first, rest].map(({ MetricAlarms }) => MetricAlarms?.[0]?.AlarmName)).toEqual(['errors', 'low']);
    await cloudwatch.disableAlarmActions({ AlarmNames: ['low'] });
    const { MetricAlarms } = await cloudwatch.describeAlarms({ AlarmNames: ['low'] });
    expect(MetricAlarms?.[0]).toMatchObject({ ActionsEnabled: false, TreatMissingData: 'missing' });
    account.services.cloudwatch.mute({ name: 'night', alarms: ['low'] });
    const muted = await cloudwatch.listAlarmMuteRules({ AlarmName: 'low' });
    expect(muted.AlarmMuteRuleSummaries).toHaveLength(1);
    expect((await cloudwatch.listAlarmMuteRules({ AlarmName: 'errors' })).AlarmMuteRuleSummaries).toEqual([]);
    await cloudwatch.deleteAlarms({ AlarmNames: ['low'] });
    expect(await stateOf(made, 'low')).toBeUndefined();
  });

  test('tags are read by ARN, and an ARN that nobody has is refused', async () => {
    const { cloudwatch } = withAlarm();
    const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors';
    expect((await cloudwatch.listTagsForResource({ ResourceARN: arn })).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    await expect(cloudwatch.listTagsForResource({ ResourceARN: `${arn}-2` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('mute rules are listed by the alarm and the status that is asked for', async () => {
    const { account, cloudwatch } = withAlarm();
    for (const status of ['SCHEDULED', 'ACTIVE', 'EXPIRED'] as const) {
      account.services.cloudwatch.mute({ name: status, alarms: ['errors'], status });
    }
    const listed = async (input: ListAlarmMuteRulesCommandInput) =>
      (await cloudwatch.listAlarmMuteRules(input)).AlarmMuteRuleSummaries?.map(({ Status }) => Status);
    expect(await listed({})).toEqual(['SCHEDULED', 'ACTIVE', 'EXPIRED']);
    expect(await listed({ AlarmName: 'errors', Statuses: ['ACTIVE'] })).toEqual(['ACTIVE']);
    expect(await listed({ AlarmName: 'other' })).toEqual([]);
  });
});

describe('what a metric was', () => {
  const query = (MetricName: string, Period = 60): MetricDataQuery => ({
    Id: 'm',
    MetricStat: {
      Metric: { Namespace: 'Shop', MetricName, Dimensions: [{ Name: 'Service', Value: 'cart' }] },
      Period,
      Stat: 'Sum',
    },
  });
  async function valuesOf({ cloudwatch, clock }: Room, minutes: number, one = query('Errors')): Promise<unknown> {
    const now = clock.now();
    const { MetricDataResults } = await cloudwatch.getMetricData({
      MetricDataQueries: [one],
      StartTime: new Date(now - minutes * minute),
      EndTime: new Date(now + second),
    });
    return MetricDataResults?.[0]?.Values;
  }

  test('it is told by the period, the newest first, and as it is now for a metric that no alarm follows', async () => {
    const made = withAlarm({}, 7);
    made.account.services.cloudwatch.set({ ...errors, name: 'Free' }, 5);
    expect(await valuesOf(made, 3)).toEqual([7, 7, 7]);
    expect(await valuesOf(made, 10, query('Free', 300))).toEqual([5, 5]);
    expect(await valuesOf(made, 3, query('Latency'))).toEqual([]);
  });

  test('it is remembered for a metric that an alarm follows, gaps too', async () => {
    const made = withAlarm({}, 1);
    const { cloudwatch } = made.account.services;
    for (const value of [5, undefined, 2]) {
      await made.clock.runUntil(made.clock.now() + minute);
      cloudwatch.set(errors, value);
    }
    await made.clock.runUntil(made.clock.now() + minute);
    expect(await valuesOf(made, 5)).toEqual([2, 2, 5, 1]);
    cloudwatch.add({ name: 'more errors', metric: errors });
    expect(await valuesOf(made, 5)).toEqual([2, 2, 5, 1]);
  });

  test('it is taken to have been as it is where a recording says that the alarm went off', async () => {
    const made = withAlarm({}, 1);
    await made.clock.runUntil(start + 2 * minute);
    made.account.services.cloudwatch.set(errors, 9);
    made.account.services.cloudwatch.force('errors', 'ALARM');
    expect(await valuesOf(made, 3)).toEqual([9, 9, 9]);
  });

  test('a time that ends before it begins is refused, and so is a formula', async () => {
    const { cloudwatch } = withAlarm();
    const input = { StartTime: new Date(start - minute), EndTime: new Date(start) };
    await expect(
      cloudwatch.getMetricData({ ...input, MetricDataQueries: [query('Errors')], EndTime: input.StartTime }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(
      cloudwatch.getMetricData({ ...input, MetricDataQueries: [{ Id: 'e', Expression: 'm * 2' }] }),
    ).rejects.toMatchObject({ name: 'NotSimulated' });
  });
});
