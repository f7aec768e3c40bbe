import { orAbsent } from '../../../vitals/absent';
import type { Calls } from '../../../vitals/aws';
import { publicTag, readBucketTags } from '../../../vitals/s3/bucket';

/** The actions of `meantForAll`. */
export const meaningReads = ['s3:GetBucketWebsite', 's3:GetBucketTagging'] as const;
type Reads = Calls<(typeof meaningReads)[number]>;

/** Why everybody may be meant to get at a bucket; undefined where nothing says so. */
export async function meantForAll(bucket: string, account: string, aws: Reads): Promise<string | undefined> {
  const tags = await readBucketTags(bucket, account, aws);
  if (tags[publicTag.key] === publicTag.value)
    return `${bucket} is public on purpose: its tag ${publicTag.key} says so`;
  const asked = aws.s3.getBucketWebsite({ Bucket: bucket, ExpectedBucketOwner: account });
  return (
    (await orAbsent('NoSuchWebsiteConfiguration', asked)) &&
    `${bucket} serves a website: a person decides, or tags it ${publicTag.key}=${publicTag.value}`
  );
}
