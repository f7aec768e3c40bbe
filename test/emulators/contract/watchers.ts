import { casesOf, refusal } from './case';
import type { Place } from './place';

const logGroupName = '/shop/checkout';
const roleArn = 'arn:aws:iam::111122223333:role/logs-to-archive';

const alarmNamed = async ({ cloudwatch }: Place, name: string) =>
  (await cloudwatch.describeAlarms({ AlarmNames: [name] })).MetricAlarms?.[0];

async function silenced(place: Place) {
  const arn = await place.add.alarm({ name: 'late', kind: 'metric', state: 'OK' });
  await place.cloudwatch.disableAlarmActions({ AlarmNames: ['late'] });
  return arn;
}

async function logGroup({ logs }: Place) {
  await logs.createLogGroup({ logGroupName, tags: { service: 'shop' } });
  return (await logs.describeLogGroups({ logGroupNamePrefix: logGroupName })).logGroups?.[0];
}

/** A function that CloudWatch Logs may call, as a destination: its ARN. */
const receiving = async ({ add }: Place) => add.lambdaFunction({ name: 'bill', callableBy: 'logs.amazonaws.com' });

async function subscribed(place: Place, Protocol = 'sqs') {
  const TopicArn = await place.add.topic('orders');
  const Endpoint = `arn:aws:sqs:${place.region}:${place.account}:ship`;
  const { SubscriptionArn = '' } = await place.sns.subscribe({ TopicArn, Protocol, Endpoint });
  return { TopicArn, SubscriptionArn, Endpoint };
}

const attributesOf = async ({ sns }: Place, SubscriptionArn: string) =>
  (await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes ?? {};

export const watcherCases = casesOf([
  {
    operation: 'cloudwatch:EnableAlarmActions',
    name: 'what an alarm does is enabled again, and its change has a time',
    agreed: [false, true, true],
    seen: async (place) => {
      await silenced(place);
      const before = await alarmNamed(place, 'late');
      await place.cloudwatch.enableAlarmActions({ AlarmNames: ['late'] });
      const after = await alarmNamed(place, 'late');
      return [before?.ActionsEnabled, after?.ActionsEnabled, after?.AlarmConfigurationUpdatedTimestamp !== undefined];
    },
  },
  {
    operation: 'cloudwatch:ListTagsForResource',
    name: 'an alarm that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ cloudwatch, region, account }) =>
      refusal(cloudwatch.listTagsForResource({ ResourceARN: `arn:aws:cloudwatch:${region}:${account}:alarm:none` })),
  },
  {
    operation: 'logs:CreateLogGroup',
    name: 'one that there is already is refused',
    agreed: { refused: 'ResourceAlreadyExistsException' },
    seen: async (place) => {
      await logGroup(place);
      return refusal(place.logs.createLogGroup({ logGroupName }));
    },
  },
  {
    operation: 'logs:DescribeLogGroups',
    name: 'a new one has the time of its creation, and keeps everything for ever',
    agreed: { name: logGroupName, created: true },
    seen: async (place) => {
      const found = await logGroup(place);
      return { name: found?.logGroupName, created: found?.creationTime !== undefined, days: found?.retentionInDays };
    },
  },
  {
    operation: 'logs:PutRetentionPolicy',
    name: 'it keeps for so many days from then on',
    agreed: 30,
    seen: async (place) => {
      await logGroup(place);
      await place.logs.putRetentionPolicy({ logGroupName, retentionInDays: 30 });
      return (await place.logs.describeLogGroups({ logGroupNamePrefix: logGroupName })).logGroups?.[0]?.retentionInDays;
    },
  },
  {
    operation: 'logs:PutRetentionPolicy',
    name: 'a log group that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ logs }) => refusal(logs.putRetentionPolicy({ logGroupName: '/none', retentionInDays: 30 })),
  },
  {
    operation: 'logs:PutSubscriptionFilter',
    name: 'a log group delivers to a function that lets it call',
    agreed: [{ name: 'archive', pattern: '', isThere: true }],
    seen: async (place) => {
      await logGroup(place);
      const destinationArn = await receiving(place);
      await place.logs.putSubscriptionFilter({
        logGroupName,
        filterName: 'archive',
        filterPattern: '',
        destinationArn,
      });
      const { subscriptionFilters = [] } = await place.logs.describeSubscriptionFilters({ logGroupName });
      return subscriptionFilters.map((one) => ({
        name: one.filterName,
        pattern: one.filterPattern,
        isThere: one.destinationArn === destinationArn,
      }));
    },
  },
  {
    operation: 'logs:PutSubscriptionFilter',
    name: 'a third filter is refused',
    agreed: { refused: 'LimitExceededException' },
    seen: async (place) => {
      await logGroup(place);
      const destinationArn = await receiving(place);
      const put = (filterName: string) =>
        place.logs.putSubscriptionFilter({ logGroupName, filterName, filterPattern: '', destinationArn });
      await put('a');
      await put('b');
      return refusal(put('c'));
    },
  },
  {
    operation: 'logs:PutSubscriptionFilter',
    name: 'a log group that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ logs, region, account }) =>
      refusal(
        logs.putSubscriptionFilter({
          logGroupName: '/none',
          filterName: 'archive',
          filterPattern: '',
          destinationArn: `arn:aws:firehose:${region}:${account}:deliverystream/archive`,
          roleArn,
        }),
      ),
  },
  {
    operation: 'logs:DescribeSubscriptionFilters',
    name: 'a log group that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ logs }) => refusal(logs.describeSubscriptionFilters({ logGroupName: '/none' })),
  },
  {
    operation: 'logs:ListTagsForResource',
    name: 'it has the tags that it was made with',
    agreed: { service: 'shop' },
    seen: async (place) => {
      const resourceArn = ((await logGroup(place))?.arn ?? '').replace(/:\*$/, '');
      return (await place.logs.listTagsForResource({ resourceArn })).tags;
    },
  },
  {
    operation: 'logs:ListTagsForResource',
    name: 'a log group that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ logs, region, account }) =>
      refusal(logs.listTagsForResource({ resourceArn: `arn:aws:logs:${region}:${account}:log-group:/none` })),
  },
  {
    operation: 'sns:Subscribe',
    name: 'the same endpoint once more is the same subscription',
    agreed: true,
    seen: async (place) => {
      const { TopicArn, Endpoint, SubscriptionArn } = await subscribed(place);
      const again = await place.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint, ReturnSubscriptionArn: true });
      return again.SubscriptionArn === SubscriptionArn;
    },
  },
  {
    operation: 'sns:ListSubscriptionsByTopic',
    name: 'those who have agreed are told by their ARNs, with owner, protocol and endpoint',
    agreed: [{ isArn: true, isOwn: true, protocol: 'sqs', isThere: true }],
    seen: async (place) => {
      const { TopicArn, Endpoint } = await subscribed(place);
      const { Subscriptions = [] } = await place.sns.listSubscriptionsByTopic({ TopicArn });
      return Subscriptions.map((one) => ({
        isArn: one.SubscriptionArn?.startsWith('arn:'),
        isOwn: one.Owner === place.account,
        protocol: one.Protocol,
        isThere: one.Endpoint === Endpoint,
      }));
    },
  },
  {
    operation: 'sns:ListSubscriptionsByTopic',
    name: 'a topic that does not exist is an error',
    agreed: { refused: 'NotFoundException' },
    seen: ({ sns, region, account }) =>
      refusal(sns.listSubscriptionsByTopic({ TopicArn: `arn:aws:sns:${region}:${account}:none` })),
  },
  {
    operation: 'sns:GetSubscriptionAttributes',
    name: 'one without a queue for what it loses tells of none',
    agreed: { pending: 'false' },
    seen: async (place) => {
      const { PendingConfirmation: pending, RedrivePolicy: redrive } = await attributesOf(
        place,
        (await subscribed(place)).SubscriptionArn,
      );
      return { pending, redrive };
    },
  },
  {
    operation: 'sns:SetSubscriptionAttributes',
    name: 'what cannot be delivered goes to a queue from then on',
    agreed: true,
    seen: async (place) => {
      const { SubscriptionArn } = await subscribed(place);
      const AttributeValue = JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${place.region}:${place.account}:orders-not-delivered`,
      });
      await place.sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName: 'RedrivePolicy', AttributeValue });
      return (await attributesOf(place, SubscriptionArn))['RedrivePolicy'] === AttributeValue;
    },
  },
  {
    operation: 'sns:ListTagsForResource',
    name: 'a topic that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ sns, region, account }) =>
      refusal(sns.listTagsForResource({ ResourceArn: `arn:aws:sns:${region}:${account}:none` })),
  },
  {
    operation: 'lambda:GetPolicy',
    name: 'without a policy it is an error, and in other words than without the function',
    agreed: ['ResourceNotFoundException', false, 'ResourceNotFoundException', true],
    seen: async ({ lambda, add }) => {
      const FunctionName = await add.lambdaFunction({ name: 'bill' });
      const said = async (name: string): Promise<readonly unknown[]> => {
        try {
          await lambda.getPolicy({ FunctionName: name });
          return ['answered', false];
        } catch (error) {
          return error instanceof Error ? [error.name, error.message.startsWith('Function not found')] : ['?', false];
        }
      };
      return [...(await said(FunctionName)), ...(await said('none'))];
    },
  },
  {
    operation: 'lambda:AddPermission',
    name: 'a topic may call a function from then on',
    agreed: [{ who: { Service: 'sns.amazonaws.com' }, what: 'lambda:InvokeFunction', isTopic: true }],
    seen: async ({ lambda, add }) => {
      const FunctionName = await add.lambdaFunction({ name: 'bill' });
      const SourceArn = await add.topic('orders');
      await lambda.addPermission({
        FunctionName,
        StatementId: 'orders-homeostat-1a2b3c4d',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn,
      });
      const { Policy = '{}' } = await lambda.getPolicy({ FunctionName });
      const { Statement = [] } = JSON.parse(Policy) as { Statement?: Record<string, unknown>[] };
      return Statement.map(({ Principal: who, Action: what, Condition }) => ({
        who,
        what,
        isTopic: JSON.stringify(Condition ?? {}).includes(SourceArn),
      }));
    },
  },
  {
    operation: 'lambda:AddPermission',
    name: 'a second statement of one name is refused',
    agreed: { refused: 'ResourceConflictException' },
    seen: async ({ lambda, add }) => {
      const FunctionName = await add.lambdaFunction({ name: 'bill', callableBy: 'sns.amazonaws.com' });
      const more = { StatementId: 'callable', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' };
      return refusal(lambda.addPermission({ FunctionName, ...more }));
    },
  },
  {
    operation: 'lambda:ListTags',
    name: 'a function that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ lambda, region, account }) =>
      refusal(lambda.listTags({ Resource: `arn:aws:lambda:${region}:${account}:function:none` })),
  },
]);
