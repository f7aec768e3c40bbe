import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import { publicTag, readBucketTags } from '../../vitals/s3/bucket';
import {
  accessReads,
  isBucketName,
  openedBy,
  openings,
  readBucketAccess,
  type Block,
  type BlockSetting,
  type BucketAccess,
} from '../../vitals/s3/bucket-access';
import { orAbsent } from '../../vitals/absent';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

const block = z.object({
  BlockPublicAcls: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});

const planned = z.object({
  bucket: z.string(),
  /** The account that owns it: S3 is told, so that a namesake of another owner is not taken for it. */
  account: z.string(),
  /** Before-image: the settings of the bucket itself. */
  from: block,
  to: block,
});

type Reads = Calls<'s3:GetBucketWebsite' | 's3:GetBucketTagging'>;

/** Switches on, of a bucket that everybody gets at, the settings of Block Public Access by whose absence they do. */
export const blockPublicBucket = defineRemediation({
  name: 'block-public-bucket',
  title: 'Shut the public out of a bucket',
  when: 'Everybody gets at a bucket, by its policy or its access list, and nobody has said that they should.',
  whenNot:
    'It serves a website or its owner has tagged it as public; or it is public by the lists of single objects alone, which are not seen.',
  heals: ['bucket-public'],
  takes: ['bucket'],
  risk: 'medium',
  needsApproval: false,
  parameters: z.strictObject({}),
  permissions: {
    read: [...accessReads, 's3:GetBucketWebsite', 's3:GetBucketTagging'],
    // S3 tells IAM the tags of a bucket only where its owner has switched that on, and no account stands in its ARN.
    write: [
      {
        action: 's3:PutPublicAccessBlock',
        on: 'arn:*:s3:::*',
        tagged: false,
        condition: { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
      },
    ],
  },
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,
  snapshots: 'losesNoData',

  async plan({ resource }, _parameters, aws) {
    const { id: bucket, account } = resource;
    if (!isBucketName(bucket)) {
      return { kind: 'refused', reason: `${plainText(bucket)} is not the name of a bucket` };
    }
    const access = await readBucketAccess(bucket, account, aws);
    if (!access) return { kind: 'refused', reason: `the bucket ${bucket} no longer exists` };
    const open = openings(access);
    if (open.length === 0) {
      return { kind: 'notNeeded', reason: `nobody gets at ${bucket} but those whom its owner knows` };
    }
    const meant = await meantForAll(bucket, account, aws);
    if (meant) return { kind: 'refused', reason: meant };
    return {
      kind: 'planned',
      plan: { bucket, account, from: access.ownBlock, to: shut(access, open) },
      summary: `shut the public out of ${bucket}, which gets in by ${openedBy(open)}, with ${open.join(' and ')}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start({ bucket, account, from, to }, aws) {
    const access = await readBucketAccess(bucket, account, aws);
    if (!access) return { kind: 'refused', reason: `the bucket ${bucket} no longer exists` };
    const answer = answerBefore(standingOf({ from, to }, access.ownBlock), settingsOf(bucket));
    if (answer) return answer;
    if (openings(access).length === 0) return { kind: 'refused', reason: `${bucket} is no longer public` };
    const meant = await meantForAll(bucket, account, aws);
    if (meant) return { kind: 'refused', reason: meant };
    await aws.s3.putPublicAccessBlock({
      Bucket: bucket,
      ExpectedBucketOwner: account,
      PublicAccessBlockConfiguration: to,
    });
    return { kind: 'started' };
  },

  async check({ bucket, account, from, to }, _handle, aws) {
    const access = await readBucketAccess(bucket, account, aws);
    if (!access) return { kind: 'failed', detail: `the bucket ${bucket} no longer exists` };
    return checkOf(standingOf({ from, to }, access.ownBlock), settingsOf(bucket), undefined);
  },

  async undo({ bucket, account, from, to }, aws) {
    const access = await readBucketAccess(bucket, account, aws);
    if (!access) return { kind: 'refused', reason: `the bucket ${bucket} no longer exists` };
    const answer = answerBefore(standingOf({ from: to, to: from }, access.ownBlock), settingsOf(bucket));
    if (answer) return answer;
    await aws.s3.putPublicAccessBlock({
      Bucket: bucket,
      ExpectedBucketOwner: account,
      PublicAccessBlockConfiguration: from,
    });
    return { kind: 'started' };
  },
});

const settingsOf = (bucket: string): string => `what blocks public access to ${bucket}`;

/** What blocks the access that there is. What would only keep off new lists and policies is left to the owner. */
function shut({ ownBlock }: BucketAccess, open: readonly BlockSetting[]): Block {
  return { ...ownBlock, ...Object.fromEntries(open.map((setting) => [setting, true])) };
}

/** Why everybody may be meant to get at it; undefined where nothing says so. */
async function meantForAll(bucket: string, account: string, aws: Reads): Promise<string | undefined> {
  const tags = await readBucketTags(bucket, account, aws);
  if (tags[publicTag.key] === publicTag.value)
    return `${bucket} is public on purpose: its tag ${publicTag.key} says so`;
  const asked = aws.s3.getBucketWebsite({ Bucket: bucket, ExpectedBucketOwner: account });
  return (
    (await orAbsent('NoSuchWebsiteConfiguration', asked)) &&
    `${bucket} serves a website: a person decides, or tags it ${publicTag.key}=${publicTag.value}`
  );
}
