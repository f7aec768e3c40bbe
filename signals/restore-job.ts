import { z } from 'zod';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'restore-job';

const ends = ['ABORTED', 'COMPLETED', 'FAILED'];

/** A restore job of AWS Backup has ended: worth a look by whoever waits for what it makes. */
export const restoreJob = defineSource({
  name,
  pattern: { source: ['aws.backup'], 'detail-type': ['Restore Job State Change'] },
  tells: [],
  tellsProgress: true,
  worthwhile: { status: ends },
  // A job that was only just created has a `state` in place of a status, and names no resource.
  detail: z.object({ restoreJobId: nameText, status: nameText.optional(), sourceResourceArn: nameText.optional() }),
  read: ({ restoreJobId: id, status = 'under way', sourceResourceArn: arn }, event) => {
    const job = `restore job ${plainText(id, 60)} is ${plainText(status, 20)}`;
    if (!ends.includes(status)) return ignored(`${job}: nothing has come of it yet`);
    const resource = arn === undefined ? undefined : resourceOf('protected-resource', arn, event);
    if (!resource) return ignored(`${job}, and the event does not name what is restored`);
    const told = telling(event, { source: name, resource, fact: `${id}/${status}`, detail: job });
    return { kind: 'signals', signals: [{ kind: 'progress', ...told }] };
  },
});
