import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ClientSettings } from '../../aws/sdk-clients';
import type { SendMessage } from '../own-clients';

export function messageSender(settings: ClientSettings): SendMessage {
  const client = new SQSClient({ ...settings, cacheMiddleware: true });
  return (message) => client.send(new SendMessageCommand(message));
}
