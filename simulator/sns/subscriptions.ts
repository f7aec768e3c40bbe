import type * as sdk from '@aws-sdk/client-sns';
import { functionName } from '../lambda/permissions';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Subscription, Topic } from './topic';

type Answer<Output> = Omit<Output, '$metadata'>;

/** What needs no word of its owner, as long as that is the account itself. */
const confirmedAtOnce: readonly string[] = ['sqs', 'lambda', 'firehose', 'application', 'sms'];

const mutable = ['RedrivePolicy', 'FilterPolicy'];

/** The subscriptions of an account's topics: who gets what is published, and what becomes of that which does not arrive. */
export class Subscriptions {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly topics: { known(arn: string | undefined): Topic; all(): Iterable<Topic> },
  ) {}

  readonly operations = {
    ListSubscriptionsByTopic: ({
      TopicArn,
      NextToken,
    }: sdk.ListSubscriptionsByTopicInput): Answer<sdk.ListSubscriptionsByTopicCommandOutput> => {
      const { arn, subscriptions } = this.topics.known(TopicArn);
      const { items, next } = page(
        subscriptions.map((one) => ({
          SubscriptionArn: one.confirmed ? one.arn : 'PendingConfirmation',
          Owner: this.account.id,
          Protocol: one.protocol,
          Endpoint: one.endpoint,
          TopicArn: arn,
        })),
        this.account.pageSize,
        NextToken,
        'InvalidParameterException',
      );
      return { Subscriptions: items, ...(next !== undefined && { NextToken: next }) };
    },
    GetSubscriptionAttributes: ({
      SubscriptionArn,
    }: sdk.GetSubscriptionAttributesInput): Answer<sdk.GetSubscriptionAttributesCommandOutput> => {
      const [topic, one] = this.#known(SubscriptionArn);
      return {
        Attributes: {
          SubscriptionArn: one.arn,
          TopicArn: topic.arn,
          Owner: this.account.id,
          Protocol: one.protocol,
          Endpoint: one.endpoint,
          PendingConfirmation: `${!one.confirmed}`,
          ConfirmationWasAuthenticated: 'true',
          RawMessageDelivery: 'false',
          ...(one.deadLetterQueue !== undefined && {
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: one.deadLetterQueue }),
          }),
          ...(one.filterPolicy !== undefined && { FilterPolicy: one.filterPolicy }),
        },
      };
    },
    SetSubscriptionAttributes: (input: sdk.SetSubscriptionAttributesInput): Record<string, never> => {
      const [topic, one] = this.#known(input.SubscriptionArn);
      const { AttributeName: name = '', AttributeValue: value = '' } = input;
      if (!mutable.includes(name)) throw invalid('AttributeName');
      if (name === 'RedrivePolicy') one.deadLetterQueue = queueIn(value, topic);
      else one.filterPolicy = value === '' ? undefined : value;
      this.changed(topic);
      return {};
    },
    Subscribe: (input: sdk.SubscribeInput): Answer<sdk.SubscribeCommandOutput> => {
      const topic = this.topics.known(input.TopicArn);
      const { Protocol, Endpoint: endpoint = '', Attributes = {} } = input;
      const protocol = Protocol as Subscription['protocol'];
      const before = topic.subscriptions.find((one) => one.protocol === protocol && one.endpoint === endpoint);
      if (!before && endpoint === '') throw invalid('Endpoint');
      const { RedrivePolicy } = Attributes;
      const one = before ?? {
        protocol,
        endpoint,
        confirmed: confirmedAtOnce.includes(protocol),
        endpointIs: 'there' as const,
        deadLetterQueue: RedrivePolicy === undefined ? undefined : queueIn(RedrivePolicy, topic),
        filterPolicy: Attributes['FilterPolicy'],
        arn: `${topic.arn}:${this.account.newId('00000000-0000-4000-8001-', 12)}`,
      };
      if (!before) topic.subscriptions.push(one);
      this.changed(topic);
      const tellsArn = one.confirmed || input.ReturnSubscriptionArn === true;
      return { SubscriptionArn: tellsArn ? one.arn : 'pending confirmation' };
    },
  };

  /** Whether what is published arrives there. */
  arrives({ arn }: Topic, { protocol, endpoint, endpointIs }: Subscription): boolean {
    const { lambda } = this.account.services;
    const name = functionName(endpoint);
    if (endpointIs === 'gone') return false;
    if (protocol !== 'lambda' || !lambda.holds(name)) return true;
    return lambda.permissions.permits(name, 'sns.amazonaws.com', arn);
  }

  /** To be called when what is delivered may be more now, or less. */
  changed({ name }: Topic): void {
    this.account.services.cloudwatch.changed('AWS/SNS', { TopicName: name });
  }

  #known(arn = ''): [Topic, Subscription] {
    if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?:[\w-]+$/.test(arn)) throw invalid('SubscriptionArn');
    for (const topic of this.topics.all()) {
      const one = topic.subscriptions.find((each) => each.arn === arn);
      if (one) return [topic, one];
    }
    throw new Refusal('NotFoundException', 'Subscription does not exist', 404);
  }
}

/** The queue of a redrive policy; undefined where that is empty, which takes it away. */
function queueIn(policy: string, { name }: Topic): string | undefined {
  if (policy === '') return undefined;
  let queue: unknown;
  try {
    ({ deadLetterTargetArn: queue } = JSON.parse(policy) as Record<string, unknown>);
  } catch {
    throw invalid('RedrivePolicy: must be a JSON object');
  }
  if (typeof queue !== 'string' || !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(queue)) {
    throw invalid('RedrivePolicy: deadLetterTargetArn is not the ARN of a queue');
  }
  if (queue.endsWith('.fifo') !== name.endsWith('.fifo')) {
    throw invalid('RedrivePolicy: must use a queue of the kind of the topic');
  }
  return queue;
}

function invalid(parameter: string): Refusal {
  return new Refusal('InvalidParameterException', `Invalid parameter: ${parameter}`);
}
