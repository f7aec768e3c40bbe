import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'copy-job';
const failed: KnownCondition = 'backup-copy-failed';

/** States in which a job has ended without the copy that was asked for. */
const ends = ['FAILED', 'PARTIAL'];

/**
 * A copy job of AWS Backup has failed: a backup is not where it should be as well, such as in another Region. One that is complete
 * says nothing of the other copies of the same resource, so that none tells of recovery.
 */
export const copyJob = defineSource({
  name,
  pattern: { source: ['aws.backup'], 'detail-type': ['Copy Job State Change'] },
  tells: [failed],
  worthwhile: { state: ends },
  detail: z.object({
    copyJobId: nameText,
    state: nameText,
    resourceArn: nameText.optional(),
    destinationBackupVaultArn: z.string().optional(),
    statusMessage: z.string().optional(),
  }),
  read: (detail, event) => {
    const { copyJobId: id, state, resourceArn, destinationBackupVaultArn: vault = '', statusMessage = '' } = detail;
    const job = `copy job ${plainText(id, 60)} is ${plainText(state, 20)}`;
    if (!ends.includes(state)) return ignored(`${job}: nothing is missing for that`);
    const resource = resourceArn === undefined ? undefined : resourceOf('protected-resource', resourceArn, event);
    if (!resource) return ignored(`${job}, and the event names no resource of this account and region`);
    const told = telling(event, {
      source: name,
      resource,
      fact: `${id}/${state}`,
      detail: `the copy of its backup into ${placeOf(vault)} is ${state}: ${statusMessage || job}`,
    });
    return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: failed, ...told }] };
  },
});

/** Name and Region of a vault; another account's has its own. */
function placeOf(arn: string): string {
  const [, , , region, account, , vault] = arn.split(':');
  return vault === undefined ? 'a vault' : `${vault} of ${account ?? ''} in ${region ?? ''}`;
}
