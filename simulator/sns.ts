import type * as sdk from '@aws-sdk/client-sns';
import { z } from 'zod';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;

const subscriptionSchema = z.strictObject({
  protocol: z.enum(['email', 'email-json', 'http', 'https', 'sms', 'sqs', 'lambda']),
  endpoint: z.string().min(1),
  /** Whether the endpoint's owner has agreed. */
  confirmed: z.boolean().default(true),
});

/** A topic as a description of an account writes it. */
export const topicSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,256}$/, 'A topic is named by up to 256 letters, digits, hyphens and underscores'),
  subscriptions: z.array(subscriptionSchema).default([]),
});

/** A topic as one describes it: without subscriptions unless some are named. */
export type TopicDescription = z.input<typeof topicSchema>;

interface Topic extends z.infer<typeof topicSchema> {
  readonly arn: string;
}

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

  constructor(private readonly account: SimulatedAccount) {}

  readonly operations = {
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
    ListSubscriptionsByTopic: ({
      TopicArn,
      NextToken,
    }: sdk.ListSubscriptionsByTopicInput): Answer<sdk.ListSubscriptionsByTopicCommandOutput> => {
      const { arn, subscriptions } = this.#topic(TopicArn);
      const { items, next } = page(
        subscriptions.map(({ protocol, endpoint, confirmed }, place) => ({
          SubscriptionArn: confirmed
            ? `${arn}:00000000-0000-4000-8000-${`${place}`.padStart(12, '0')}`
            : 'PendingConfirmation',
          Owner: this.account.id,
          Protocol: protocol,
          Endpoint: endpoint,
          TopicArn: arn,
        })),
        this.account.pageSize,
        NextToken,
        'InvalidParameterException',
      );
      return { Subscriptions: items, ...(next !== undefined && { NextToken: next }) };
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
    this.#topics.set(arn, { ...topic, arn });
    return arn;
  }

  /** Takes a topic away; nothing happens where there is none of that name. */
  deleteTopic(name: string): void {
    this.#topics.delete(this.account.arn('sns', name));
  }

  #topic(arn: string | undefined): Topic {
    if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn)) throw invalid('TopicArn');
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
