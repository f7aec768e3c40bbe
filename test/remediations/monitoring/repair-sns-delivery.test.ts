import { repairSnsDelivery } from '../../../remediations/monitoring/repair-sns-delivery';
import type { TopicDescription, TopicHappening } from '../../../simulator/sns/topic';
import { bench } from '../account';
import { answerWith, attempt, no, unknown } from '../attempt';
import { bill, id, ordersPlaced, queue, ship, topic } from './orders-placed';

function afterwards(
  happenings: readonly TopicHappening[],
  parameters: object = {},
  described: Partial<TopicDescription> = {},
) {
  const on = bench();
  const resource = ordersPlaced(on, described);
  const { sns, lambda } = on.account.services;
  for (const one of happenings) sns.befall(one);
  const target = { resource, condition: 'topic-delivery-failing' };
  return { ...on, sns, lambda, ...attempt(repairSnsDelivery, on, target, parameters) };
}

const shut: TopicHappening = { name: id, forbid: bill };

test('a function that lets SNS call it no more is allowed to be called, by that topic alone, and is touched', async () => {
  const { plan, start, check, writes } = afterwards([shut]);
  expect(await plan()).toMatchObject({
    summary: `repair the deliveries of ${id}: let SNS call bill`,
    touches: [
      { kind: 'topic', id },
      { kind: 'function', id: 'bill' },
    ],
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'AddPermission',
      input: {
        FunctionName: 'bill',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: topic,
      },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a leave for another topic, or under a condition that is not understood, is no leave', async () => {
  const { plan, lambda } = afterwards([shut]);
  lambda.permissions.allow('bill', 'sns.amazonaws.com', `${topic}-2`);
  expect(await plan()).toMatchObject({ kind: 'planned' });
  const on = afterwards([]);
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Condition: { ArnLike: { 'AWS:SourceArn': topic }, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  };
  answerWith(on, 'lambda', 'GetPolicy', { Policy: JSON.stringify({ Statement: [statement] }) });
  expect(await on.plan()).toMatchObject({ kind: 'planned' });
});

test('a subscription that was deleted is made anew where the policy names it, with the queue for what is not taken', async () => {
  const subscriptions = { [id]: [{ protocol: 'sqs', endpoint: ship }] };
  const { start, check, writes } = afterwards([{ name: id, unsubscribe: ship }], {
    subscriptions,
    deadLetterQueue: queue,
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'Subscribe',
      input: {
        TopicArn: topic,
        Protocol: 'sqs',
        Endpoint: ship,
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue }) },
      },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('what is lost is kept from then on, of each subscription that loses it, and not of people', async () => {
  const subscriptions: TopicDescription['subscriptions'] = [
    { protocol: 'sqs', endpoint: ship },
    { protocol: 'https', endpoint: 'https://example.com/orders' },
    { protocol: 'email', endpoint: 'a@example.com' },
  ];
  const { start, check, writes } = afterwards([], { deadLetterQueue: queue }, { subscriptions });
  await start();
  expect(await check()).toEqual({
    kind: 'continue',
    detail: `1 of 2 steps are done: whom ${id} reaches is not yet as planned`,
  });
  await start();
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(writes().map(({ operation }) => operation)).toEqual([
    'SetSubscriptionAttributes',
    'SetSubscriptionAttributes',
  ]);
});

const one = (subscription: NonNullable<TopicDescription['subscriptions']>[number]) => ({
  subscriptions: [subscription],
});

test.each<[string, readonly TopicHappening[], object, Partial<TopicDescription>, RegExp]>([
  ['whose subscriptions show no fault', [], {}, {}, /show no fault: look at their delivery logs/],
  [
    'of which somebody has not confirmed a subscription',
    [],
    {},
    one({ protocol: 'email', endpoint: 'a@example.com', confirmed: false }),
    /a@example.com has not confirmed its subscription/,
  ],
  [
    'whose function is gone',
    [],
    {},
    one({ protocol: 'lambda', endpoint: bill.replace('bill', 'ask'), deadLetterQueue: queue }),
    /function:ask no longer exists/,
  ],
  ['that is deleted', [{ name: id, is: 'deleted' }], {}, {}, /there is no topic orders-placed any more/],
  ['with a FIFO queue', [shut], { deadLetterQueue: `${queue}.fifo` }, {}, /only one of orders-placed and .* is FIFO/],
  [
    'with a queue elsewhere',
    [shut],
    { deadLetterQueue: queue.replace('eu-central-1', 'us-east-1') },
    {},
    /is not in the account and Region of orders-placed/,
  ],
])('a topic %s is left alone', async (_of, happenings, parameters, described, reason) => {
  const { plan, writes } = afterwards(happenings, parameters, described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('a function that is gone is not subscribed, whatever the policy says', async () => {
  const ask = bill.replace('bill', 'ask');
  const subscriptions = { [id]: [{ protocol: 'lambda', endpoint: ask }] };
  const { plan, writes } = afterwards([], { subscriptions });
  expect(await plan()).toEqual(no('refused', /from here: .*function:ask no longer exists/));
  expect(writes()).toEqual([]);
  const both = { [id]: [...subscriptions[id], { protocol: 'sqs', endpoint: ship }] };
  const other = afterwards([{ name: id, unsubscribe: ship }], { subscriptions: both });
  await other.start();
  expect(other.writes()).toMatchObject([{ input: { Endpoint: ship } }]);
  expect(await other.check()).toMatchObject({ kind: 'done' });
});

test('a function that is gone by the time of the start is not subscribed', async () => {
  const subscriptions = { [id]: [{ protocol: 'lambda', endpoint: bill }] };
  const on = afterwards([{ name: id, unsubscribe: bill }], { subscriptions });
  await on.plan();
  answerWith(
    on,
    'lambda',
    'GetPolicy',
    Object.assign(unknown('ResourceNotFoundException'), { message: 'Function not found: bill' }),
  );
  expect(await on.start()).toEqual(no('refused', /was changed by others since the plan/));
  expect(on.writes()).toEqual([]);
});

test('who subscribes may be named by the policy, and nobody else is subscribed', async () => {
  const { plan } = afterwards([{ name: id, unsubscribe: ship }], { subscriptions: { other: [] } });
  expect(await plan()).toEqual(no('refused', /show no fault/));
});

test('a subscription that is gone by the time of the start ends the attempt', async () => {
  const { plan, start, check, sns, writes } = afterwards(
    [],
    { deadLetterQueue: queue },
    one({ protocol: 'sqs', endpoint: ship }),
  );
  await plan();
  sns.befall({ name: id, unsubscribe: ship });
  expect(await start()).toEqual(no('refused', /was changed by others since the plan/));
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});
