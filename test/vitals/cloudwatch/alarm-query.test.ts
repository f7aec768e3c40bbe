import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { queryFor } from '../../../vitals/cloudwatch/alarm-query';

const cpu: MetricAlarm = {
  Namespace: 'AWS/EC2',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }],
  Period: 300,
  Statistic: 'Average',
};

const metric = (Id: string, Namespace = 'AWS/ApplicationELB'): MetricDataQuery => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace, MetricName: 'RequestCount' }, Period: 60, Stat: 'Sum' },
});
const formula = (Expression: string, ...metrics: MetricDataQuery[]): MetricAlarm => ({
  Metrics: [...metrics, { Id: 'e1', Expression, ReturnData: true }],
});

describe('what an alarm watches', () => {
  it('is asked for with its dimensions, its period and its statistic', () => {
    expect(queryFor({ ...cpu, Unit: 'Percent' })).toEqual({
      kind: 'query',
      watched: 'watched',
      periodSeconds: 300,
      queries: [
        {
          Id: 'watched',
          ReturnData: true,
          MetricStat: {
            Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: cpu.Dimensions },
            Period: 300,
            Stat: 'Average',
            Unit: 'Percent',
          },
        },
      ],
    });
  });

  it('is asked for by a percentile where the alarm says so', () => {
    const { Statistic: _none, ...others } = cpu;
    expect(queryFor({ ...others, ExtendedStatistic: 'p99' })).toMatchObject({
      queries: [{ MetricStat: { Stat: 'p99' } }],
    });
  });

  it.each([
    'm1 / m2',
    'IF(m1 > 1e3 AND m2 > 0.5, m1, FILL(m2, REPEAT))',
    'SUM(METRICS("m")) / PERIOD(m1)',
    "MAX([m1, m2]) - AVG(METRICS('SEARCH'))",
  ])('may be a formula over metrics of AWS: %s', (expression) => {
    const alarm = formula(expression, metric('m1'), metric('m2'));
    expect(queryFor(alarm)).toEqual({ kind: 'query', watched: 'e1', periodSeconds: 60, queries: alarm.Metrics });
  });
});

test('a metric of a witness is asked for, and that of another namespace is not', () => {
  expect(queryFor({ ...cpu, Namespace: 'CWAgent' }, ['CWAgent'])).toMatchObject({ kind: 'query' });
  expect(queryFor({ ...cpu, Namespace: 'Shop' }, ['CWAgent'])).toMatchObject({ kind: 'unprovable' });
});

describe('nothing is proven by', () => {
  it.each<[string, MetricAlarm, string]>([
    [
      'a metric of a customer',
      { ...cpu, Namespace: 'Shop' },
      'metrics of Shop can be written by anybody with leave to',
    ],
    ['a namespace like one of AWS', { ...cpu, Namespace: 'aws/EC2' }, 'metrics of aws/EC2 can be written'],
    ['the agent on a host', { ...cpu, Namespace: 'CWAgent' }, 'metrics of CWAgent can be written'],
    ['a metric of no namespace', { ...cpu, Namespace: undefined }, 'metrics of no namespace can be written'],
    ['a hostile namespace', { ...cpu, Namespace: '\u001b[31mred\nalert' }, 'metrics of red alert can be written'],
    ['a formula over one such', formula('m1 / m2', metric('m1'), metric('m2', 'Shop')), 'metrics of Shop'],
    [
      'a search',
      formula("SEARCH('{AWS/EC2}', 'Sum', 60)", metric('m1')),
      'its formula asks for more than metrics: SEARCH',
    ],
    ['a function of a customer', formula("m1 + LAMBDA('mine')", metric('m1')), 'more than metrics: LAMBDA'],
    [
      'a learned band',
      formula('ANOMALY_DETECTION_BAND(m1, 2)', metric('m1')),
      'more than metrics: ANOMALY_DETECTION_BAND',
    ],
    ['a query', formula('SELECT AVG(x) FROM "AWS/EC2"', metric('m1')), 'more than metrics: SELECT'],
    ['a metric that is not there', formula('m1 + m9', metric('m1')), 'more than metrics: m9'],
    ['a formula of numbers', formula('TIME_SERIES(5)'), 'it watches no metric of its own'],
    ['no metric at all', {}, 'it does not say which metric it watches'],
    [
      'two at once',
      { Metrics: [metric('m1'), { ...metric('m2'), ReturnData: true }, { Id: 'e1', Expression: 'm1' }] },
      'which metric',
    ],
    ['no period', { ...cpu, Period: undefined }, 'over what time'],
    ['a query in another language', { EvaluationCriteria: { PromQLCriteria: { Query: 'up' } } }, 'it watches a query'],
    ['days', { ...cpu, EvaluationWindow: { WallClockWindow: { Timezone: 'UTC' } } }, 'fixed hours or days'],
  ])('%s', (_what, alarm, because) => {
    expect(queryFor(alarm)).toEqual({ kind: 'unprovable', because: expect.stringContaining(because) as string });
  });
});
