import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'serverless-cache';

/** Keys are spread over slots, and each holds 32 GB at most, whatever the limits of the cache are. */
const slotFull: KnownCondition = 'cache-slot-full';
const limitApproaching = 'Cache Limit Approaching';

/** ElastiCache tells about a serverless cache. Of replication groups and clusters it sends nothing to EventBridge. */
export const serverlessCache = defineSource({
  name,
  pattern: { source: ['aws.elasticache'], 'detail-type': [limitApproaching, 'Cache Updated', 'Cache Update Failed'] },
  tells: [slotFull],
  tellsProgress: true,
  detail: z.object({ SourceIdentifier: nameText, EventID: nameText, Message: z.string() }),
  read: ({ SourceIdentifier: id, EventID, Message }, event) => {
    const resource = resourceOf('serverless-cache', id, event);
    if (!resource)
      return ignored(`the event names "${plainText(id, 60)}", which is not the name of a serverless cache`);
    const told = telling(event, { source: name, resource, fact: EventID, detail: `${id}: ${Message}` });
    return {
      kind: 'signals',
      signals: [
        event.detailType === limitApproaching
          ? { kind: 'unhealthy', condition: slotFull, ...told }
          : { kind: 'progress', ...told },
      ],
    };
  },
});
