import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const logGroup: Arns = ({ logGroupName }) => texts(logGroupName).map((name) => arn('logs', `log-group:${name}`));
const topic: Arns = ({ TopicArn, ResourceArn }) => texts(TopicArn ?? ResourceArn);
/** A subscription is no resource of IAM: AWS asks about the topic that it is of. */
const ofSubscription: Arns = ({ SubscriptionArn }) => texts(SubscriptionArn).map((one) => one.replace(/:[^:]*$/, ''));
const lambda: Arns = ({ FunctionName, Resource }) =>
  texts(FunctionName ?? Resource).map((name) => (name.startsWith('arn:') ? name : arn('lambda', `function:${name}`)));

/** What AWS asks IAM about for each operation of those who watch: alarms, logs and topics, and a function that is told. */
export const resources: Readonly<Record<string, Arns>> = {
  'cloudwatch:EnableAlarmActions': ({ AlarmNames }) =>
    texts(AlarmNames).map((name) => arn('cloudwatch', `alarm:${name}`)),
  'cloudwatch:ListTagsForResource': ({ ResourceARN }) => texts(ResourceARN),
  'logs:DescribeSubscriptionFilters': logGroup,
  'logs:ListTagsForResource': ({ resourceArn }) => texts(resourceArn),
  'logs:CreateLogGroup': logGroup,
  'logs:PutRetentionPolicy': logGroup,
  'logs:PutSubscriptionFilter': (input, call) => [
    ...logGroup(input, call),
    ...texts(input['destinationArn']).filter((one) => one.includes(':destination:')),
  ],
  'sns:ListSubscriptionsByTopic': topic,
  'sns:ListTagsForResource': topic,
  'sns:Subscribe': topic,
  'sns:GetSubscriptionAttributes': ofSubscription,
  'sns:SetSubscriptionAttributes': ofSubscription,
  'lambda:GetPolicy': lambda,
  'lambda:ListTags': lambda,
  'lambda:AddPermission': lambda,
};

/** What AWS asks besides, of the one who calls. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'logs:CreateLogGroup': (input) =>
    logGroup(input, undefined as never).map((resource) => ({ action: 'logs:TagResource', resource, context: {} })),
  'logs:PutSubscriptionFilter': ({ roleArn }) =>
    texts(roleArn).map((resource) => ({
      action: 'iam:PassRole',
      resource,
      context: { 'iam:PassedToService': 'logs.amazonaws.com' },
    })),
};

/** What a call says besides the tags of its resource. */
export const says: Readonly<Record<string, (input: Input) => IamRequest['context']>> = {
  'lambda:AddPermission': ({ Principal }) => ({ 'lambda:Principal': texts(Principal) }),
};
