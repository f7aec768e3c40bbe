import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';

/** The settings of Block Public Access, by the names that S3 gives them. */
export const blockSettings = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;
export type BlockSetting = (typeof blockSettings)[number];
export type Block = Readonly<Record<BlockSetting, boolean>>;

/** Who may get at a bucket. */
export interface BucketAccess {
  readonly bucket: string;
  /** Whether its policy lets in everybody, whatever keeps them out. */
  readonly publicPolicy: boolean;
  /** Whether its access list does. Lists of single objects are not looked at. */
  readonly publicList: boolean;
  readonly ownBlock: Block;
  /** Of its account: what is on there is on for each of its buckets. */
  readonly accountBlock: Block;
}

/** The actions of `readBucketAccess`. */
export const accessReads = ['s3:GetBucketPolicyStatus', 's3:GetBucketAcl', 's3:GetPublicAccessBlock'] as const;
type Reads = Calls<(typeof accessReads)[number]>;

/** Whether the text can be the name of a bucket. */
export function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text);
}

/** What may be got at by whom, as S3 tells it to the owner of the bucket; undefined where there is no such bucket. */
export async function readBucketAccess(bucket: string, account: string, aws: Reads): Promise<BucketAccess | undefined> {
  const asked = { Bucket: bucket, ExpectedBucketOwner: account };
  return orAbsent('NoSuchBucket', readOf(asked, aws));
}

/** The same; or why there is no bucket to be shut. */
export async function accessOrReason(bucket: string, account: string, aws: Reads): Promise<BucketAccess | string> {
  if (!isBucketName(bucket)) return `${plainText(bucket)} is not the name of a bucket`;
  return (await readBucketAccess(bucket, account, aws)) ?? `the bucket ${bucket} no longer exists`;
}

async function readOf(
  asked: { readonly Bucket: string; readonly ExpectedBucketOwner: string },
  { s3 }: Reads,
): Promise<BucketAccess> {
  const none = 'NoSuchPublicAccessBlockConfiguration';
  const [policy, list, own, ofAccount] = await Promise.all([
    orAbsent('NoSuchBucketPolicy', s3.getBucketPolicyStatus(asked)),
    s3.getBucketAcl(asked),
    orAbsent(none, s3.getPublicAccessBlock(asked)),
    orAbsent(none, s3.getPublicAccessBlock({ AccountId: asked.ExpectedBucketOwner })),
  ]);
  if (policy && policy.PolicyStatus?.IsPublic === undefined) {
    throw new Error(`S3 does not say whether the policy of ${asked.Bucket} is public`);
  }
  return {
    bucket: asked.Bucket,
    publicPolicy: policy?.PolicyStatus?.IsPublic ?? false,
    publicList: (list.Grants ?? []).some(({ Grantee }) => everybody.test(Grantee?.URI ?? '')),
    ownBlock: blockOf(own?.PublicAccessBlockConfiguration),
    accountBlock: blockOf(ofAccount?.PublicAccessBlockConfiguration),
  };
}

/** Whoever has an account of AWS, any account, is everybody. */
const everybody = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

function blockOf(said: PublicAccessBlockConfiguration = {}): Block {
  const { BlockPublicAcls = false, IgnorePublicAcls = false, BlockPublicPolicy = false } = said;
  return {
    BlockPublicAcls,
    IgnorePublicAcls,
    BlockPublicPolicy,
    RestrictPublicBuckets: said.RestrictPublicBuckets ?? false,
  };
}

/** The settings that are off, of the bucket and of its account, and by whose absence everybody gets in; none where nobody does. */
export function openings({ publicPolicy, publicList, ownBlock, accountBlock }: BucketAccess): readonly BlockSetting[] {
  const isOff = (setting: BlockSetting): boolean => !ownBlock[setting] && !accountBlock[setting];
  return [
    ...(publicList && isOff('IgnorePublicAcls') ? ['IgnorePublicAcls' as const] : []),
    ...(publicPolicy && isOff('RestrictPublicBuckets') ? ['RestrictPublicBuckets' as const] : []),
  ];
}

/** By what everybody gets in, in words: `its policy and its access list`. */
export function openedBy(open: readonly BlockSetting[]): string {
  return open.map((setting) => (setting === 'IgnorePublicAcls' ? 'its access list' : 'its policy')).join(' and ');
}
