import { partitionOf } from '../../signals/cloudwatch-alarm/alarm-diagnosis';
import type { Resource } from '../../signals/signal';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** Who gets what is published to a topic. */
export interface Subscription {
  /** Undefined while its owner has not agreed to it. */
  readonly arn: string | undefined;
  /** SNS's word: `lambda`, `sqs`, `email`, … */
  readonly protocol: string;
  readonly endpoint: string;
  /** The account that may change it. */
  readonly owner: string;
}

/** The actions of `readSubscriptions`. */
export const topicReads = ['sns:ListSubscriptionsByTopic'] as const;

/** Whether the text can be the name of a topic. */
export function isTopicName(text: string): boolean {
  return /^[\w-]{1,256}(?:\.fifo)?$/.test(text) && text.length <= 256;
}

export function topicArn({ id, account, region }: Pick<Resource, 'id' | 'account' | 'region'>): string {
  return `arn:${partitionOf(region)}:sns:${region}:${account}:${id}`;
}

/** All subscriptions of a topic; undefined where there is no such topic. */
export async function readSubscriptions(
  TopicArn: string,
  aws: Calls<(typeof topicReads)[number]>,
): Promise<readonly Subscription[] | undefined> {
  const found = await orAbsent(
    'NotFoundException',
    everyItem(
      (token) => aws.sns.listSubscriptionsByTopic({ TopicArn, ...token }),
      ({ Subscriptions }) => Subscriptions,
    ),
  );
  return found?.map(({ SubscriptionArn = '', Protocol, Endpoint, Owner }) => {
    if (!Protocol || !Endpoint || !Owner) throw new Error(`a subscription of ${TopicArn} has no protocol or endpoint`);
    const arn = SubscriptionArn.startsWith('arn:') ? SubscriptionArn : undefined;
    return { arn, protocol: Protocol, endpoint: Endpoint, owner: Owner };
  });
}

/** Its tags; undefined where there is no such topic. */
export async function readTopicTags(
  ResourceArn: string,
  aws: Calls<'sns:ListTagsForResource'>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const answer = await orAbsent('ResourceNotFoundException', aws.sns.listTagsForResource({ ResourceArn }));
  return (
    answer && Object.fromEntries((answer.Tags ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])))
  );
}
