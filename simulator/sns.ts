import type * as sdk from '@aws-sdk/client-sns';
import { functionName } from './lambda/permissions';
import { page } from './page';
import { Refusal } from './refusal';
import { Subscriptions } from './sns/subscriptions';
import { topicMetric, topicSchema, type Topic, type TopicDescription, type TopicHappening } from './sns/topic';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** A message that SNS took. */
export interface Published {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, sdk.MessageAttributeValue>>;
}

const longestMessage = 256 * 1024;

/** SNS of one account. */
export class Sns {
  /** Every message that was taken, oldest first. */
  readonly published: Published[] = [];
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions: Subscriptions;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#subscriptions = new Subscriptions(account, {
      known: (arn) => this.#topic(arn),
      all: () => this.#topics.values(),
    });
    this.operations = { ...this.#subscriptions.operations, ...this.#own };
    account.services.cloudwatch.provide('AWS/SNS', (name, { TopicName = '' }) => {
      const topic = this.#topics.get(account.arn('sns', TopicName));
      return topic && topicMetric(name, topic, (one) => this.#subscriptions.arrives(topic, one));
    });
  }

  readonly #own = {
    CreateTopic: ({ Name }: sdk.CreateTopicInput): Answer<sdk.CreateTopicCommandOutput> => {
      const parsed = topicSchema.safeParse({ name: Name });
      if (!parsed.success) throw invalid('Topic Name');
      const arn = this.account.arn('sns', parsed.data.name);
      if (!this.#topics.has(arn)) this.addTopic(parsed.data);
      return { TopicArn: arn };
    },
    ListTopics: ({ NextToken }: sdk.ListTopicsInput): Answer<sdk.ListTopicsCommandOutput> => {
      const { items, next } = page(
        [...this.#topics.keys()],
        this.account.pageSize,
        NextToken,
        'InvalidParameterException',
      );
      return { Topics: items.map((TopicArn) => ({ TopicArn })), ...(next !== undefined && { NextToken: next }) };
    },
    GetTopicAttributes: ({ TopicArn }: sdk.GetTopicAttributesInput): Answer<sdk.GetTopicAttributesCommandOutput> => {
      const { arn, name, subscriptions } = this.#topic(TopicArn);
      const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
      return {
        Attributes: {
          TopicArn: arn,
          Owner: this.account.id,
          DisplayName: name,
          SubscriptionsConfirmed: `${confirmed}`,
          SubscriptionsPending: `${subscriptions.length - confirmed}`,
          SubscriptionsDeleted: '0',
        },
      };
    },
    ListTagsForResource: ({
      ResourceArn = '',
    }: sdk.ListTagsForResourceRequest): Answer<sdk.ListTagsForResourceCommandOutput> => {
      const topic = this.#topics.get(ResourceArn);
      if (!topic) throw new Refusal('ResourceNotFoundException', 'Resource does not exist', 404);
      return { Tags: Object.entries(topic.tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    Publish: (input: sdk.PublishInput): Answer<sdk.PublishCommandOutput> => {
      const { Message: message, Subject: subject, MessageAttributes: attributes = {} } = input;
      const { arn } = this.#topic(input.TopicArn ?? input.TargetArn);
      if (!message) throw new Refusal('InvalidParameterException', 'Invalid parameter: Empty message');
      if (sizeOf(message, attributes) > longestMessage) throw invalid('Message too long');
      // eslint-disable-next-line no-control-regex -- control characters are what SNS refuses
      if (subject !== undefined && !/^[^\u0000-\u001f\u007f]{1,100}$/u.test(subject)) throw invalid('Subject');
      const digits = this.account.newId('', 32);
      const messageId = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      this.published.push({ at: this.account.clock.now(), topicArn: arn, messageId, subject, message, attributes });
      return { MessageId: messageId };
    },
  };

  /** Adds a topic, or replaces the one of that name; answers its ARN. */
  addTopic(description: TopicDescription): string {
    const topic = topicSchema.parse(description);
    const arn = this.account.arn('sns', topic.name);
    const subscriptions = topic.subscriptions.map((one, place) => ({
      ...one,
      arn: `${arn}:00000000-0000-4000-8000-${`${place}`.padStart(12, '0')}`,
    }));
    this.#topics.set(arn, { ...topic, arn, subscriptions });
    this.#subscriptions.changed({ ...topic, arn, subscriptions });
    return arn;
  }

  /** Lets something befall a topic; a name that there is not is a mistake of whoever described it. */
  befall(happening: TopicHappening): void {
    const topic = this.#topic(this.account.arn('sns', happening.name));
    if ('is' in happening) this.deleteTopic(happening.name);
    else if ('load' in happening) topic.load = happening.load;
    else if ('forbid' in happening) this.#forbid(topic, happening.forbid);
    else this.#loseReader(topic, happening);
    this.#subscriptions.changed(topic);
  }

  #forbid({ arn }: Topic, endpoint: string): void {
    this.account.services.lambda.permissions.forbid(functionName(endpoint), 'sns.amazonaws.com', arn);
  }

  #loseReader({ subscriptions }: Topic, lost: { readonly unsubscribe: string } | { readonly lose: string }): void {
    const endpoint = 'lose' in lost ? lost.lose : lost.unsubscribe;
    const at = subscriptions.findIndex((one) => one.endpoint === endpoint);
    const one = subscriptions[at];
    if (!one) throw new Error(`nobody is subscribed as ${endpoint}`);
    if ('lose' in lost) one.endpointIs = 'gone';
    else subscriptions.splice(at, 1);
  }

  holds(name: string): boolean {
    return this.#topics.has(this.account.arn('sns', name));
  }

  /** The first function that subscribes to a topic lets SNS call it no more, unless one does so already. */
  shut(name: string): void {
    const functions = this.#functionsOf(name);
    const [first] = functions;
    if (first !== undefined && functions.every((one) => this.#mayCall(one, name))) {
      this.account.services.lambda.permissions.forbid(first, 'sns.amazonaws.com', this.account.arn('sns', name));
    }
  }

  /** All functions that subscribe to a topic let SNS call them. */
  open(name: string): void {
    for (const one of this.#functionsOf(name)) {
      if (this.#mayCall(one, name)) continue;
      this.account.services.lambda.permissions.allow(one, 'sns.amazonaws.com', this.account.arn('sns', name));
    }
  }

  /** Whether an endpoint subscribes to a topic. */
  reads(name: string, endpoint: string): boolean {
    const topic = this.#topics.get(this.account.arn('sns', name));
    return topic?.subscriptions.some((one) => one.endpoint === endpoint) ?? false;
  }

  /** Takes a topic away; nothing happens where there is none of that name. */
  deleteTopic(name: string): void {
    this.#topics.delete(this.account.arn('sns', name));
  }

  /** Names of the functions that subscribe and are there. */
  #functionsOf(name: string): readonly string[] {
    const { subscriptions = [] } = this.#topics.get(this.account.arn('sns', name)) ?? {};
    return subscriptions
      .flatMap(({ protocol, endpoint }) => (protocol === 'lambda' ? [functionName(endpoint)] : []))
      .filter((one) => this.account.services.lambda.holds(one));
  }

  #mayCall(one: string, name: string): boolean {
    const { permissions } = this.account.services.lambda;
    return permissions.permits(one, 'sns.amazonaws.com', this.account.arn('sns', name));
  }

  #topic(arn: string | undefined): Topic {
    if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn)) throw invalid('TopicArn');
    const topic = this.#topics.get(arn);
    if (!topic) throw new Refusal('NotFoundException', 'Topic does not exist', 404);
    return topic;
  }
}

/** Bytes that count towards the limit: the message, and names, types and values of its attributes. */
function sizeOf(message: string, attributes: Readonly<Record<string, sdk.MessageAttributeValue>>): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType = '', StringValue = '', BinaryValue }]) => [
    Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.byteLength ?? 0),
  ]);
  return texts.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(message));
}

function invalid(parameter: string): Refusal {
  return new Refusal('InvalidParameterException', `Invalid parameter: ${parameter}`);
}
