import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import {
  accessOrReason,
  accessReads,
  blockSettings,
  openedBy,
  openings,
  type Block,
  type BlockSetting,
  type BucketAccess,
} from '../../vitals/s3/bucket-access';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { defineRemediation, type Start } from '../remediation';
import { meantForAll, meaningReads } from './block-public-bucket/meant-for-all';

const block = z.record(z.enum(blockSettings), z.boolean());

const planned = z.object({
  bucket: z.string(),
  /** The account that owns it: S3 is told, so that a namesake of another owner is not taken for it. */
  account: z.string(),
  /** Before-image: the settings of the bucket itself. */
  from: block,
  to: block,
});

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
    read: [...accessReads, ...meaningReads],
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
    const access = await accessOrReason(bucket, account, aws);
    if (typeof access === 'string') return { kind: 'refused', reason: access };
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
    const access = await accessOrReason(bucket, account, aws);
    if (typeof access === 'string') return { kind: 'refused', reason: access };
    const answer = answerBefore(standingOf({ from, to }, access.ownBlock), settingsOf(bucket));
    if (answer) return answer;
    if (openings(access).length === 0) return { kind: 'refused', reason: `${bucket} is no longer public` };
    const meant = await meantForAll(bucket, account, aws);
    if (meant) return { kind: 'refused', reason: meant };
    return putBlock(bucket, account, to, aws);
  },

  async check({ bucket, account, from, to }, _handle, aws) {
    const access = await accessOrReason(bucket, account, aws);
    if (typeof access === 'string') return { kind: 'failed', detail: access };
    return checkOf(standingOf({ from, to }, access.ownBlock), settingsOf(bucket), undefined);
  },

  async undo({ bucket, account, from, to }, aws) {
    const access = await accessOrReason(bucket, account, aws);
    if (typeof access === 'string') return { kind: 'refused', reason: access };
    const answer = answerBefore(standingOf(backFrom({ from, to }), access.ownBlock), settingsOf(bucket));
    return answer ?? putBlock(bucket, account, from, aws);
  },
});

const settingsOf = (bucket: string): string => `what blocks public access to ${bucket}`;

/** What blocks the access that there is. What would only keep off new lists and policies is left to the owner. */
function shut({ ownBlock }: BucketAccess, open: readonly BlockSetting[]): Block {
  return { ...ownBlock, ...Object.fromEntries(open.map((setting) => [setting, true])) };
}

async function putBlock(
  Bucket: string,
  ExpectedBucketOwner: string,
  PublicAccessBlockConfiguration: Block,
  aws: Calls<'s3:PutPublicAccessBlock'>,
): Promise<Start> {
  await aws.s3.putPublicAccessBlock({ Bucket, ExpectedBucketOwner, PublicAccessBlockConfiguration });
  return { kind: 'started' };
}
