import { SNS } from '@aws-sdk/client-sns';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import { World, type SimulatedAccount } from '../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:oncall';

function room(): { account: SimulatedAccount; clock: VirtualClock; sns: SNS } {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  account.services.sns.addTopic({
    name: 'oncall',
    subscriptions: [
      { protocol: 'email', endpoint: 'a@example.com' },
      { protocol: 'sms', endpoint: '+4900', confirmed: false },
    ],
  });
  const sns = new SNS({ region: 'eu-west-1' });
  connect(sns, 'sns', account);
  return { account, clock, sns };
}

test('what is published is kept, with its attributes, and costs no time', async () => {
  const { account, clock, sns } = room();
  const { MessageId } = await sns.publish({
    TopicArn,
    Subject: 'orders is sick',
    Message: 'more of that',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'page' } },
  });
  expect(account.services.sns.published).toEqual([
    {
      at: start,
      topicArn: TopicArn,
      messageId: MessageId,
      subject: 'orders is sick',
      message: 'more of that',
      attributes: { kind: { DataType: 'String', StringValue: 'page' } },
    },
  ]);
  expect(clock.nextAt()).toBeUndefined();
});

test('a message whose answer got lost was sent', async () => {
  const { account, sns } = room();
  account.faults.plant('sns', 'Publish', 'lostAnswer');
  await expect(sns.publish({ TopicArn, Message: 'm' })).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(account.services.sns.published).toHaveLength(1);
});

test.each([
  ['a topic that nobody has', { TopicArn: `${TopicArn}-2` }, 'NotFoundException'],
  ['a topic of another region', { TopicArn: TopicArn.replace('eu-west-1', 'us-east-1') }, 'NotFoundException'],
  ['what is no ARN', { TopicArn: 'oncall' }, 'InvalidParameterException'],
  ['no topic', { TopicArn: undefined }, 'InvalidParameterException'],
  ['an empty message', { Message: '' }, 'InvalidParameterException'],
  ['a message that is too long', { Message: 'ä'.repeat(128 * 1024 + 1) }, 'InvalidParameterException'],
  ['a subject that is too long', { Subject: 's'.repeat(101) }, 'InvalidParameterException'],
  ['a subject of two lines', { Subject: 'one\ntwo' }, 'InvalidParameterException'],
  ['an empty subject', { Subject: '' }, 'InvalidParameterException'],
])('%s is refused', async (_, input, name) => {
  const { account, sns } = room();
  await expect(sns.publish({ TopicArn, Message: 'm', ...input })).rejects.toMatchObject({ name });
  expect(account.services.sns.published).toEqual([]);
});

test('a message and a subject of just the longest length are taken', async () => {
  const { account, sns } = room();
  await sns.publish({ TopicArn, Subject: 'ü'.repeat(100), Message: 'ä'.repeat(128 * 1024) });
  expect(account.services.sns.published).toHaveLength(1);
});

test('topics are created once, listed in pages, and tell who subscribes', async () => {
  const { account, sns } = room();
  account.pageSize = 1;
  const other = await sns.createTopic({ Name: 'manager' });
  expect(await sns.createTopic({ Name: 'manager' })).toEqual(other);
  const first = await sns.listTopics({});
  const second = await sns.listTopics({ NextToken: first.NextToken });
  expect([...first.Topics!, ...second.Topics!]).toEqual([{ TopicArn }, { TopicArn: other.TopicArn }]);
  expect(second.NextToken).toBeUndefined();
  await sns.createTopic({ Name: 'oncall' });
  expect((await sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({
    SubscriptionsConfirmed: '1',
    SubscriptionsPending: '1',
  });
  const { Subscriptions, NextToken } = await sns.listSubscriptionsByTopic({ TopicArn });
  expect(Subscriptions).toMatchObject([{ Protocol: 'email', Endpoint: 'a@example.com', TopicArn }]);
  expect((await sns.listSubscriptionsByTopic({ TopicArn, NextToken })).Subscriptions).toMatchObject([
    { SubscriptionArn: 'PendingConfirmation' },
  ]);
  await expect(sns.createTopic({ Name: 'no spaces' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
