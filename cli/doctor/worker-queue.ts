import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { isNotFound } from '../aws-fault';
import { arnOf, deployAgain, missing, ok, orByHand, warning, type Check, type Site } from './check';

/** What makes the worker take from its queue. */
async function mappingsOf(site: Site, queue: string): Promise<readonly EventSourceMappingConfiguration[]> {
  const lambda = await site.deployment.client('lambda');
  try {
    const { EventSourceMappings = [] } = await lambda.listEventSourceMappings({
      FunctionName: `${site.deployment.name}-worker`,
      EventSourceArn: await arnOf(site, 'sqs', queue),
    });
    return EventSourceMappings;
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** Others than these are on the way to be off, or off. */
const takes: ReadonlySet<string | undefined> = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

/** Whether the worker takes from its queue, and can say which messages failed. */
export const workerQueueCheck: Check = {
  name: "worker's queue",
  look: async (site) => {
    const [worker, queue] = [`${site.deployment.name}-worker`, `${site.deployment.name}-work`];
    return orByHand(`aws lambda list-event-source-mappings --function-name ${worker}`, async () => {
      const mappings = await mappingsOf(site, queue);
      const [mapping] = mappings;
      if (!mapping) return missing(`${worker} does not take from ${queue}: what is heard waits for ever`, deployAgain);
      if (
        mappings.some(({ FunctionResponseTypes = [] }) => !FunctionResponseTypes.includes('ReportBatchItemFailures'))
      ) {
        return missing(`${worker} cannot report which messages failed: they would be lost`, deployAgain);
      }
      return mappings.some(({ State }) => takes.has(State))
        ? ok(`${worker} takes from ${queue}, and reports which messages failed`)
        : warning(
            `${worker} takes from ${queue} no more: its mapping is ${mapping.State ?? 'unknown'}`,
            `aws lambda update-event-source-mapping --uuid ${mapping.UUID ?? '…'} --enabled`,
          );
    });
  },
};
