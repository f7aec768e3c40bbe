import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { casesOf, refusal } from './case';
import type { Place } from './place';

const both = ['MetricAlarm', 'CompositeAlarm'] as const;

async function told({ cloudwatch }: Place, name: string): Promise<unknown> {
  const answer = await cloudwatch.describeAlarms({ AlarmNames: [name], AlarmTypes: [...both] });
  const shown = (alarms: readonly (MetricAlarm | CompositeAlarm)[] = []): unknown =>
    alarms.map(({ AlarmName, StateValue }) => `${AlarmName ?? ''} ${StateValue ?? ''}`);
  return { metric: shown(answer.MetricAlarms), composite: shown(answer.CompositeAlarms) };
}

export const cloudwatchCases = casesOf([
  {
    operation: 'cloudwatch:DescribeAlarms',
    name: 'an alarm that does not exist is left out',
    agreed: { metric: [], composite: [] },
    seen: (place) => told(place, 'none'),
  },
  {
    operation: 'cloudwatch:DescribeAlarms',
    name: 'a metric alarm tells its state',
    agreed: { metric: ['sick ALARM'], composite: [] },
    seen: async (place) => {
      await place.add.alarm({ name: 'sick', kind: 'metric', state: 'ALARM' });
      return told(place, 'sick');
    },
  },
  {
    operation: 'cloudwatch:DescribeAlarms',
    name: 'a composite alarm is told when it is asked for',
    agreed: { metric: [], composite: ['sick OK'] },
    seen: async (place) => {
      await place.add.alarm({ name: 'sick', kind: 'composite', state: 'OK' });
      return told(place, 'sick');
    },
  },
  {
    operation: 'cloudwatch:DescribeAlarms',
    name: 'a composite alarm is left out when no type is asked for',
    agreed: 0,
    seen: async ({ cloudwatch, add }) => {
      await add.alarm({ name: 'sick', kind: 'composite', state: 'OK' });
      return (await cloudwatch.describeAlarms({ AlarmNames: ['sick'] })).CompositeAlarms?.length ?? 0;
    },
  },
  {
    operation: 'cloudwatch:DescribeAlarms',
    name: 'a token leads to the rest',
    agreed: { first: 2, second: 1, isAtEnd: true },
    seen: async ({ cloudwatch, add }) => {
      for (const name of ['a', 'b', 'c']) await add.alarm({ name, kind: 'metric', state: 'OK' });
      const first = await cloudwatch.describeAlarms({ MaxRecords: 2 });
      const second = await cloudwatch.describeAlarms({ MaxRecords: 2, NextToken: first.NextToken });
      return { first: first.MetricAlarms?.length, second: second.MetricAlarms?.length, isAtEnd: !second.NextToken };
    },
  },
  {
    operation: 'cloudwatch:ListAlarmMuteRules',
    name: 'an alarm that nobody mutes has no rules',
    agreed: { rules: [], isAtEnd: true },
    seen: async ({ cloudwatch, add }) => {
      await add.alarm({ name: 'sick', kind: 'metric', state: 'ALARM' });
      const answer = await cloudwatch.listAlarmMuteRules({ AlarmName: 'sick', Statuses: ['ACTIVE'] });
      return { rules: answer.AlarmMuteRuleSummaries ?? [], isAtEnd: !answer.NextToken };
    },
  },
  {
    operation: 'cloudwatch:GetMetricData',
    name: 'a metric without data has no values',
    agreed: [{ id: 'm', values: [] }],
    seen: async ({ cloudwatch }) => {
      const Metric = { Namespace: 'Contract', MetricName: 'None', Dimensions: [] };
      const answer = await cloudwatch.getMetricData({
        StartTime: new Date(Date.parse('2026-03-02T09:50:00Z')),
        EndTime: new Date(Date.parse('2026-03-02T10:00:00Z')),
        MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
      });
      return answer.MetricDataResults?.map(({ Id, Values = [] }) => ({ id: Id, values: Values }));
    },
  },
]);

export const snsCases = casesOf([
  {
    operation: 'sns:Publish',
    name: 'a message that was taken has an id',
    agreed: true,
    seen: async ({ sns, add }) => {
      const TopicArn = await add.topic('oncall');
      return /^[0-9a-f-]{36}$/.test((await sns.publish({ TopicArn, Message: 'sick' })).MessageId ?? '');
    },
  },
  {
    operation: 'sns:Publish',
    name: 'a topic that does not exist is an error',
    agreed: { refused: 'NotFoundException' },
    seen: ({ sns, account, region }) =>
      refusal(sns.publish({ TopicArn: `arn:aws:sns:${region}:${account}:none`, Message: 'sick' })),
  },
  {
    operation: 'sns:Publish',
    name: 'a subject of more than a hundred characters is refused',
    agreed: { refused: 'InvalidParameterException' },
    seen: async ({ sns, add }) =>
      refusal(sns.publish({ TopicArn: await add.topic('oncall'), Subject: 'x'.repeat(101), Message: 'sick' })),
  },
  {
    operation: 'sns:Publish',
    name: 'a subject of two lines is refused',
    agreed: { refused: 'InvalidParameterException' },
    seen: async ({ sns, add }) =>
      refusal(sns.publish({ TopicArn: await add.topic('oncall'), Subject: 'sick\nvery', Message: 'sick' })),
  },
  {
    operation: 'sns:Publish',
    name: 'an empty message is refused',
    agreed: { refused: 'InvalidParameterException' },
    seen: async ({ sns, add }) => refusal(sns.publish({ TopicArn: await add.topic('oncall'), Message: '' })),
  },
]);
