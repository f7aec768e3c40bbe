import { z } from 'zod';
import { bucketOfArn } from './bucket-of-arn';
import { plainText } from './plain-text';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'access-analyzer-finding';

const buckets = 'AWS::S3::Bucket';

/** IAM Access Analyzer finds that everybody gets at a bucket, or no longer does. */
export const accessAnalyzerFinding = defineSource({
  name,
  pattern: { source: ['aws.access-analyzer'], 'detail-type': ['Access Analyzer Finding'] },
  tells: ['bucket-public'],
  worthwhile: { resourceType: [buckets], isPublic: [true] },
  detail: z.object({
    id: nameText,
    status: nameText,
    resourceType: nameText,
    resource: nameText,
    isPublic: z.boolean().default(false),
    accountId: nameText,
    region: nameText,
    updatedAt: nameText.optional(),
  }),
  read: ({ id, status, resourceType: type, resource: arn, isPublic, accountId, region, updatedAt }, event) => {
    if (type !== buckets) return ignored(`what is done about the access to a ${plainText(type, 60)} is for people`);
    if (!isPublic) return ignored(`${plainText(arn, 90)} is shared with somebody whom its owner may know`);
    if (accountId !== event.account || region !== event.region) {
      return ignored(`the event comes from ${event.account} ${event.region}, and tells of ${accountId} ${region}`);
    }
    const bucket = bucketOfArn(arn, event);
    if (!bucket) return ignored(`the finding names "${plainText(arn, 90)}", which is no bucket`);
    if (status !== 'ACTIVE' && status !== 'RESOLVED') {
      return ignored(`the finding about ${bucket.id} is ${plainText(status, 30)}: somebody means it to be so`);
    }
    const told = telling(event, {
      source: name,
      resource: bucket,
      fact: `${id} ${status}@${updatedAt ?? event.at}`,
      detail: `the finding that ${bucket.id} is public is ${status}`,
    });
    const kind = status === 'ACTIVE' ? 'unhealthy' : 'recovered';
    return { kind: 'signals', signals: [{ kind, condition: 'bucket-public', ...told }] };
  },
});
