import { z } from 'zod';
import { defineApiCallSource } from './api-call';
import { resourceOf } from './resource-id';
import { ignored } from './source';
import { nameText, telling } from './telling';

const name = 'bucket-access';

/** Somebody changes who may get at a bucket. Whether everybody may now is for a look at the bucket: a call only says that it may be so. */
export const bucketAccess = defineApiCallSource({
  name,
  service: 'aws.s3',
  calls: [
    'PutBucketPolicy',
    'PutBucketAcl',
    'PutBucketPublicAccessBlock',
    // CloudTrail has called it by both names.
    'DeleteBucketPublicAccessBlock',
    'DeletePublicAccessBlock',
  ],
  tells: ['bucket-public'],
  parameters: z.object({ bucketName: nameText.optional() }),
  read: ({ name: call, id, by, parameters: { bucketName = '' } }, event) => {
    const bucket = resourceOf('bucket', bucketName, event);
    if (!bucket) return ignored(`the call of ${call} names no bucket`);
    const told = telling(event, {
      source: name,
      resource: bucket,
      fact: `${call}/${id}`,
      detail: `${call} on ${bucket.id}${by}`,
    });
    return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'bucket-public', ...told }] };
  },
});
