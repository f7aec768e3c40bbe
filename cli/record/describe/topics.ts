import type { Subscription } from '@aws-sdk/client-sns';
import { functionOf } from '../../../vitals/monitoring/function-reach';
import { isTopicName, readTopicTags, topicArn } from '../../../vitals/monitoring/topic';
import { orAbsent } from '../../../vitals/absent';
import { everyItem } from '../../../vitals/pages';
import { type Describing, eachOf, item, type Named } from './describer';
import { type Found, oneByOne } from './one-by-one';

/** Messages in one minute: nobody tells how many there were while all was well. */
const load = 10;
/** What their endpoints are named by; those of any other protocol lead to people. */
const ofAws = ['sqs', 'lambda', 'firehose', 'application'];
const protocols = [...ofAws, 'email', 'email-json', 'http', 'https', 'sms'];

/** Topics of SNS with who subscribes to each, whose address nobody reads; they lead to the functions among these. */
export const topics = oneByOne(foundOf);

async function foundOf(of: string, describing: Describing): Promise<Found | undefined> {
  const { aws, redaction, home } = describing;
  if (!isTopicName(of)) return undefined;
  const topic = { ...home, id: of };
  const TopicArn = topicArn(topic);
  const subscriptions = await orAbsent(
    'NotFoundException',
    everyItem(
      (token) => aws.sns.listSubscriptionsByTopic({ TopicArn, ...token }),
      (page) => page.Subscriptions,
    ),
  );
  if (!subscriptions) return undefined;
  const known = subscriptions.filter(({ Protocol = '', SubscriptionArn }) => isKnown(Protocol, SubscriptionArn));
  const tags = await readTopicTags(TopicArn, { ...aws, now: () => 0 });
  const read = await eachOf(known, async (one) => subscriptionOf(one, describing));
  const leads = known.flatMap(({ Protocol = '', Endpoint = '' }): readonly Named[] => {
    const id = functionOf(Protocol, Endpoint, topic);
    return id === undefined ? [] : [{ kind: 'functions', id }];
  });
  const entry = {
    of,
    item: item({
      name: redaction.name(of),
      load,
      subscriptions: read.map(({ written }) => written),
      tags: redaction.tags(Object.entries(tags ?? {})),
    }),
    notes: read.some(({ filters }) => filters) ? ['the filter policies of its subscriptions'] : [],
  };
  return { entry, leads };
}

/** One that was deleted is listed for some days. */
function isKnown(protocol: string, arn: string | undefined): boolean {
  return protocols.includes(protocol) && arn !== 'Deleted';
}

async function subscriptionOf(
  { SubscriptionArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '', Owner }: Subscription,
  { aws: { sns }, redaction, home }: Describing,
): Promise<{ readonly written: object; readonly filters: boolean }> {
  const confirmed = arn.startsWith('arn:');
  // Another account's is shown to that account alone.
  const isOwn = confirmed && Owner === home.account;
  const { Attributes = {} } = isOwn ? await sns.getSubscriptionAttributes({ SubscriptionArn: arn }) : {};
  return {
    written: item({
      protocol,
      endpoint: ofAws.includes(protocol) ? redaction.name(endpoint) : redaction.address(endpoint),
      confirmed: confirmed ? undefined : false,
      deadLetterQueue: redaction.ifNamed(queueIn(Attributes['RedrivePolicy'])),
    }),
    filters: Attributes['FilterPolicy'] !== undefined,
  };
}

function queueIn(redrivePolicy: string | undefined): string | undefined {
  const [, queue] = /"deadLetterTargetArn"\s*:\s*"(arn:[^"]+)"/.exec(redrivePolicy ?? '') ?? [];
  return queue;
}
