import { z } from 'zod';

const subscriptionSchema = z.strictObject({
  protocol: z.enum(['email', 'email-json', 'http', 'https', 'sms', 'sqs', 'lambda', 'firehose', 'application']),
  endpoint: z.string().min(1),
  /** Whether the endpoint's owner has agreed. */
  confirmed: z.boolean().default(true),
  /** Whether what is sent arrives there; a function has to let SNS call it, too. */
  endpointIs: z.enum(['there', 'gone']).default('there'),
  /** ARN of the queue that gets what cannot be delivered. */
  deadLetterQueue: z.string().optional(),
  /** JSON, as SNS takes it. */
  filterPolicy: z.string().optional(),
});

/** A topic as a description of an account writes it. */
export const topicSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[\w-]{1,256}(\.fifo)?$/,
      'A topic is named by up to 256 letters, digits, hyphens and underscores, and may end in .fifo',
    ),
  subscriptions: z.array(subscriptionSchema).default([]),
  /** Messages that others publish to it, in one minute. */
  load: z.number().nonnegative().default(0),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A topic as one describes it: without subscriptions unless some are named. */
export type TopicDescription = z.input<typeof topicSchema>;

export interface Subscription extends z.infer<typeof subscriptionSchema> {
  readonly arn: string;
}

/** A topic as it is now. */
export interface Topic extends Omit<z.infer<typeof topicSchema>, 'subscriptions'> {
  readonly arn: string;
  readonly subscriptions: Subscription[];
}

/** Something that befalls a topic; subscriptions go by their endpoints. `forbid`: a function lets SNS call it no more. */
export const topicHappeningSchema = z.union([
  z.strictObject({ name: z.string(), load: z.number().nonnegative() }),
  z.strictObject({ name: z.string(), unsubscribe: z.string() }),
  z.strictObject({ name: z.string(), lose: z.string() }),
  z.strictObject({ name: z.string(), forbid: z.string() }),
  z.strictObject({ name: z.string(), is: z.literal('deleted') }),
]);
export type TopicHappening = z.infer<typeof topicHappeningSchema>;

/** A topic's metrics in a minute, where each subscription gets what is published or does not. */
export function topicMetric(
  name: string,
  { subscriptions, load }: Topic,
  arrives: (one: Subscription) => boolean,
): number | undefined {
  const confirmed = subscriptions.filter((one) => one.confirmed);
  const failing = confirmed.filter((one) => !arrives(one));
  switch (name) {
    case 'NumberOfMessagesPublished':
      return load;
    case 'NumberOfNotificationsDelivered':
      return load * (confirmed.length - failing.length);
    case 'NumberOfNotificationsFailed':
      return load * failing.length;
    case 'NumberOfNotificationsRedrivenToDlq':
      return load * failing.filter(({ deadLetterQueue }) => deadLetterQueue !== undefined).length;
    case 'NumberOfNotificationsFailedToRedriveToDlq':
      return 0;
    default:
      return undefined;
  }
}
