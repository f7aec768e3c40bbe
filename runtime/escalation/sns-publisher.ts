import type { ClientSettings } from '../aws/sdk-clients';
import type { Publish } from './channels';

interface Topics {
  publish(input: { TopicArn: string; Subject?: string; Message: string }): Promise<unknown>;
}

/**
 * Publishes over the SNS client of the AWS SDK, in the region and account that the topic's ARN names.
 * `prepare` may change a client before its first call.
 */
export function snsPublisher(
  settingsFor: (account: string, region: string) => ClientSettings,
  prepare: (client: object, account: string, region: string) => void = () => undefined,
): Publish {
  const clients = new Map<string, Promise<Topics>>();
  const make = async (account: string, region: string): Promise<Topics> => {
    const { SNS } = await import('@aws-sdk/client-sns');
    const client = new SNS(settingsFor(account, region));
    prepare(client, account, region);
    return client;
  };
  return async (message) => {
    const [, , , region = '', account = ''] = message.TopicArn.split(':');
    const key = `${account}/${region}`;
    const client = clients.get(key) ?? make(account, region);
    clients.set(key, client);
    // One that could not be made is tried anew by the next message.
    client.catch(() => clients.delete(key));
    await (await client).publish(message);
  };
}
