import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { TableClient } from '../store/dynamodb-store/client';
import type { AssumeRole } from '../aws/role-credentials';
import type { CreateSchedule } from '../scheduler-timers';
import type { ClientSettings } from '../aws/sdk-clients';
import type { PutEvents } from '../state-events';

/** Sends one message to a queue. Throws what the SDK throws. */
export type SendMessage = (message: SendMessageCommandInput) => Promise<unknown>;

/** What Homeostat calls for itself, each loaded by its first call. */
export interface OwnClients {
  readonly table: TableClient;
  readonly assumeRole: AssumeRole;
  readonly createSchedule: CreateSchedule;
  readonly putEvents: PutEvents;
  readonly sendMessage: SendMessage;
}

/** The AWS SDK under the function's own role. A client that could not be loaded is loaded by the next call. */
export function ownClients(settings: ClientSettings): OwnClients {
  const table = once(async () => (await import('./own-clients/dynamodb')).tableClient(settings));
  const sts = once(async () => (await import('./own-clients/sts')).roleAssumer(settings));
  const scheduler = once(async () => (await import('./own-clients/scheduler')).scheduleCreator(settings));
  const eventBridge = once(async () => (await import('./own-clients/eventbridge')).eventPutter(settings));
  const sqs = once(async () => (await import('./own-clients/sqs')).messageSender(settings));
  return {
    table: {
      batchGetItem: async (input) => (await table()).batchGetItem(input),
      getItem: async (input) => (await table()).getItem(input),
      putItem: async (input) => (await table()).putItem(input),
      query: async (input) => (await table()).query(input),
      transactWriteItems: async (input) => (await table()).transactWriteItems(input),
      updateItem: async (input) => (await table()).updateItem(input),
    },
    assumeRole: async (asked) => (await sts())(asked),
    createSchedule: async (schedule) => (await scheduler())(schedule),
    putEvents: async (events) => (await eventBridge())(events),
    sendMessage: async (message) => (await sqs())(message),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
