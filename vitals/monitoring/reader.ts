import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { functionOf, functionReachReads, readFunctionReach, type FunctionReach } from './function-reach';
import { readSubscriptions, topicArn, topicReads, type Subscription } from './topic';

/** A subscription of a topic, and how what is published gets there. */
export interface Reader extends Subscription {
  /** Undefined where it calls no function that can be looked at. */
  readonly reach: FunctionReach | undefined;
  /** Whether what cannot be delivered goes to a queue; undefined where that cannot be looked at. */
  readonly redrives: boolean | undefined;
}

/** The actions of `readReaders`. */
export const readerReads = [...topicReads, ...functionReachReads, 'sns:GetSubscriptionAttributes'] as const;
type Reads = Calls<(typeof readerReads)[number]>;

type Topic = Pick<Resource, 'id' | 'account' | 'region'>;

/** All who subscribe to a topic; undefined where there is no such topic. */
export async function readReaders(topic: Topic, aws: Reads): Promise<readonly Reader[] | undefined> {
  const subscriptions = await readSubscriptions(topicArn(topic), aws);
  if (!subscriptions) return undefined;
  const readers: Reader[] = [];
  for (const one of subscriptions) readers.push(await readReader(topic, one, aws));
  return readers;
}

async function readReader(topic: Topic, subscription: Subscription, aws: Reads): Promise<Reader> {
  const { arn, protocol, endpoint, owner } = subscription;
  const name = functionOf(protocol, endpoint, topic);
  const reach = name === undefined ? undefined : await readFunctionReach(name, topic, aws);
  // Before it is confirmed it has no ARN, and another account's is shown to that account alone.
  if (arn === undefined || owner !== topic.account) return { ...subscription, reach, redrives: undefined };
  const { Attributes = {} } = await aws.sns.getSubscriptionAttributes({ SubscriptionArn: arn });
  return { ...subscription, reach, redrives: Boolean(Attributes['RedrivePolicy']) };
}

/** What is wrong there that only people can mend; undefined where nothing is. */
export function troubleOf({ arn, endpoint, reach }: Reader): string | undefined {
  if (arn === undefined) return `${endpoint} has not confirmed its subscription`;
  return reach === 'gone' ? `${endpoint} no longer exists` : undefined;
}
