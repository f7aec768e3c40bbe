import { z } from 'zod';
import { bucketOfArn } from './bucket-of-arn';
import { plainText } from './plain-text';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'guardduty-finding';

/** By what GuardDuty names a change that lets everybody get at a bucket. */
const opened = [
  'Policy:S3/BucketAnonymousAccessGranted',
  'Policy:S3/BucketPublicAccessGranted',
  'Policy:S3/BucketBlockPublicAccessDisabled',
];

/** GuardDuty finds that a bucket was opened. Its other findings are for people, who have to find out what was done. */
export const guarddutyFinding = defineSource({
  name,
  pattern: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },
  tells: ['bucket-public'],
  worthwhile: { type: opened },
  detail: z.object({
    type: nameText,
    id: nameText,
    accountId: nameText,
    region: nameText,
    updatedAt: nameText.optional(),
    resource: z.object({ s3BucketDetails: z.array(z.object({ arn: nameText })).optional() }).optional(),
    service: z
      .object({
        archived: z.boolean().optional(),
        additionalInfo: z.object({ sample: z.boolean().optional() }).optional(),
      })
      .optional(),
  }),
  read: ({ type, id, accountId, region, updatedAt, resource, service }, event) => {
    const finding = plainText(type, 80);
    if (!opened.includes(type)) return ignored(`what is done about the finding ${finding} is for people to decide`);
    if (service?.archived) return ignored(`the finding ${finding} is archived: somebody means it to be so`);
    if (service?.additionalInfo?.sample) return ignored(`the finding ${finding} is a sample, and tells of nothing`);
    if (accountId !== event.account || region !== event.region) {
      return ignored(`the event comes from ${event.account} ${event.region}, and tells of ${accountId} ${region}`);
    }
    const buckets = (resource?.s3BucketDetails ?? []).flatMap(({ arn }) => bucketOfArn(arn, event) ?? []);
    const [first, ...others] = buckets.map((bucket) => {
      const fact = `${id}@${updatedAt ?? event.at}`;
      const told = telling(event, { source: name, resource: bucket, fact, detail: `${type} of ${bucket.id}` });
      return { kind: 'unhealthy' as const, condition: 'bucket-public', ...told };
    });
    return first ? { kind: 'signals', signals: [first, ...others] } : ignored(`the finding ${finding} names no bucket`);
  },
});
