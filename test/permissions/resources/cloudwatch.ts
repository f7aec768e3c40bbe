import { arn, texts, type Arns } from './resource';

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'cloudwatch:DescribeAlarms': ({ AlarmNames }) => texts(AlarmNames).map((name) => arn('cloudwatch', `alarm:${name}`)),
  // Metrics have no ARN; data sets are of another kind of query.
  'cloudwatch:GetMetricData': () => ['*'],
  'cloudwatch:ListAlarmMuteRules': () => [arn('cloudwatch', 'alarm-mute-rule:*')],
};
