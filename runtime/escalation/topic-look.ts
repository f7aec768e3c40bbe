import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { SNS } from '@aws-sdk/client-sns';
import type { ClientSettings } from '../aws/sdk-clients';
import type { LookAtTopic, Trouble } from './contact-watch';

const hour = 60 * 60_000;
const minute = 60_000;

interface Clients {
  readonly sns: Pick<SNS, 'getTopicAttributes'>;
  readonly cloudwatch: Pick<CloudWatch, 'getMetricData'>;
}

/**
 * Looks at topics over the clients of the AWS SDK, each in the region that its ARN names. `prepare` may change a client before
 * its first call.
 */
export function topicLook(
  settingsFor: (region: string) => ClientSettings,
  now: () => number,
  prepare: (client: object, service: string, region: string) => void = () => undefined,
): LookAtTopic {
  const clients = new Map<string, Promise<Clients>>();
  const make = async (region: string): Promise<Clients> => {
    const { SNS } = await import('@aws-sdk/client-sns');
    const { CloudWatch } = await import('@aws-sdk/client-cloudwatch');
    const sns = new SNS(settingsFor(region));
    const cloudwatch = new CloudWatch(settingsFor(region));
    prepare(sns, 'sns', region);
    prepare(cloudwatch, 'cloudwatch', region);
    return { sns, cloudwatch };
  };
  return async (topic) => {
    const region = topic.split(':')[3] ?? '';
    const made = clients.get(region) ?? make(region);
    clients.set(region, made);
    // Those that could not be made are tried anew by the next look.
    made.catch(() => clients.delete(region));
    return look(topic, await made, now());
  };
}

async function look(TopicArn: string, { sns, cloudwatch }: Clients, now: number): Promise<Trouble | undefined> {
  let attributes: Record<string, string>;
  try {
    ({ Attributes: attributes = {} } = await sns.getTopicAttributes({ TopicArn }));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return 'missing';
    throw error;
  }
  if (Number(attributes['SubscriptionsConfirmed']) === 0) return 'unread';
  const name = TopicArn.split(':')[5] ?? '';
  const { MetricDataResults = [] } = await cloudwatch.getMetricData({
    StartTime: new Date(Math.floor((now - hour) / minute) * minute),
    EndTime: new Date(now),
    MetricDataQueries: [
      {
        Id: 'failed',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SNS',
            MetricName: 'NumberOfNotificationsFailed',
            Dimensions: [{ Name: 'TopicName', Value: name }],
          },
          Period: 300,
          Stat: 'Sum',
        },
      },
    ],
  });
  if (MetricDataResults.some(({ Values = [] }) => Values.some((failed) => failed > 0))) return 'failing';
  const unread = MetricDataResults.find(({ StatusCode }) => StatusCode !== 'Complete');
  if (unread)
    throw new Error(`CloudWatch does not tell what of ${name} was delivered: ${unread.StatusCode ?? 'nothing'}`);
  return undefined;
}
