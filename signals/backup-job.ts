import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'backup-job';
const failed: KnownCondition = 'backup-failed';

/** States in which a job has ended without the backup that was asked for. */
const ends = ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'];
const completed = 'COMPLETED';

/** A backup job of AWS Backup has ended. What is sick is what it should have protected, so that a further job tells of the same. */
export const backupJob = defineSource({
  name,
  pattern: { source: ['aws.backup'], 'detail-type': ['Backup Job State Change'] },
  tells: [failed],
  worthwhile: { state: [completed, ...ends] },
  // Most fields come and go with the state: a job that was only just created names no resource.
  detail: z.object({
    backupJobId: nameText,
    state: nameText,
    resourceArn: nameText.optional(),
    statusMessage: z.string().optional(),
  }),
  read: ({ backupJobId: id, state, resourceArn, statusMessage = '' }, event) => {
    const job = `backup job ${plainText(id, 60)} is ${plainText(state, 20)}`;
    if (state !== completed && !ends.includes(state)) return ignored(`${job}: nothing has come of it yet`);
    const resource = resourceArn === undefined ? undefined : resourceOf('protected-resource', resourceArn, event);
    if (!resource) return ignored(`${job}, and the event names no resource of this account and region`);
    // AWS puts the message between quotation marks of its own.
    const message = statusMessage.replace(/^"|"$/g, '');
    const detail = `its backup is ${state}: ${message === '' ? job : message}`;
    const told = telling(event, { source: name, resource, fact: `${id}/${state}`, detail });
    const kind = state === completed ? 'recovered' : 'unhealthy';
    return { kind: 'signals', signals: [{ kind, condition: failed, ...told }] };
  },
});
