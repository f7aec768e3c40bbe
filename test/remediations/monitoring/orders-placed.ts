import type { TopicDescription } from '../../../simulator/sns/topic';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

const place = 'eu-central-1:111122223333';
export const id = 'orders-placed';
export const topic = `arn:aws:sns:${place}:${id}`;
export const bill = `arn:aws:lambda:${place}:function:bill`;
export const ship = `arn:aws:sqs:${place}:ship`;
export const queue = `arn:aws:sqs:${place}:orders-not-delivered`;

/** A topic that a function and a queue subscribe to; one that was there before is replaced. */
export function ordersPlaced({ account, resource }: Bench, described: Partial<TopicDescription> = {}): Resource {
  const { lambda, sns } = account.services;
  lambda.add({ name: 'bill' });
  lambda.permissions.allow('bill', 'sns.amazonaws.com', topic);
  sns.addTopic({
    name: id,
    load: 10,
    subscriptions: [
      { protocol: 'lambda', endpoint: bill, deadLetterQueue: queue },
      { protocol: 'sqs', endpoint: ship, deadLetterQueue: queue },
    ],
    ...described,
  });
  return resource('topic', id);
}
