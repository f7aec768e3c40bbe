import { orAbsent } from '../absent';
import type { Calls } from '../aws';

/** The action of `replicatedInto`. */
export const replicationReads = ['s3:GetBucketReplication'] as const;

/** The buckets that what is written into this one is copied into. */
export async function replicatedInto(
  bucket: string,
  account: string,
  aws: Calls<(typeof replicationReads)[number]>,
): Promise<readonly string[]> {
  const asked = aws.s3.getBucketReplication({ Bucket: bucket, ExpectedBucketOwner: account });
  const { ReplicationConfiguration } = (await orAbsent('ReplicationConfigurationNotFoundError', asked)) ?? {};
  return (ReplicationConfiguration?.Rules ?? []).flatMap(({ Status, Destination }) =>
    Status === 'Enabled' && Destination?.Bucket ? [Destination.Bucket.replace(/^.*:::/, '')] : [],
  );
}
