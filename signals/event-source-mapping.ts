import { z } from 'zod';
import { defineApiCallSource } from './api-call';
import { resourceOf } from './resource-id';
import { ignored } from './source';
import { nameText, telling } from './telling';

const name = 'event-source-mapping';

/** Somebody disables what brings a function its records, or enables it again. CloudTrail names the call with the API's version. */
export const eventSourceMapping = defineApiCallSource({
  name,
  service: 'aws.lambda',
  calls: ['UpdateEventSourceMapping20150331', 'UpdateEventSourceMapping'],
  tells: ['event-source-disabled'],
  // CloudTrail writes the first letter of each parameter small.
  parameters: z.object({
    uUID: nameText.optional(),
    uuid: nameText.optional(),
    functionName: z.string().optional(),
    enabled: z.boolean().optional(),
  }),
  read: ({ id, by, parameters: { uUID, uuid, functionName, enabled } }, event) => {
    const resource = resourceOf('event-source-mapping', uUID ?? uuid ?? '', event);
    if (!resource) return ignored('the call of UpdateEventSourceMapping names no mapping');
    if (enabled === undefined) return ignored(`${resource.id} was changed, and neither enabled nor disabled`);
    const did = enabled ? 'enabled' : 'disabled';
    const told = telling(event, {
      source: name,
      resource,
      fact: `${did}/${id}`,
      detail: `${did}${by}${functionName === undefined ? '' : `; it leads to ${functionName}`}`,
    });
    const kind = enabled ? ('recovered' as const) : ('unhealthy' as const);
    return { kind: 'signals', signals: [{ kind, condition: 'event-source-disabled', ...told }] };
  },
});
