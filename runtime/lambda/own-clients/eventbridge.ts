import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { ClientSettings } from '../../aws/sdk-clients';
import type { PutEvents } from '../../state-events';

export function eventPutter(settings: ClientSettings): PutEvents {
  const client = new EventBridgeClient({ ...settings, cacheMiddleware: true });
  return async (events) => {
    const { FailedEntryCount = 0 } = await client.send(new PutEventsCommand({ Entries: [...events] }));
    return FailedEntryCount;
  };
}
