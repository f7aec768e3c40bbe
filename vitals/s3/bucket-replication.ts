import { orAbsent } from '../absent';
import type { Calls } from '../aws';

/** The action of `replicatedInto`. */
export const replicationReads = ['s3:GetBucketReplication'] as const;

/** The buckets that all of what is written into this one is copied into. */
export async function replicatedInto(
  bucket: string,
  account: string,
  aws: Calls<(typeof replicationReads)[number]>,
): Promise<readonly string[]> {
  const asked = aws.s3.getBucketReplication({ Bucket: bucket, ExpectedBucketOwner: account });
  const { ReplicationConfiguration } = (await orAbsent('ReplicationConfigurationNotFoundError', asked)) ?? {};
  return (ReplicationConfiguration?.Rules ?? []).flatMap((rule) =>
    rule.Status === 'Enabled' && rule.Destination?.Bucket && isOfAll(rule)
      ? [rule.Destination.Bucket.replace(/^.*:::/, '')]
      : [],
  );
}

/** By what a rule chooses objects: a prefix of its own is the older way of writing it, and still told. */
interface Choice {
  readonly Filter?: object | undefined;
  readonly Prefix?: string | undefined;
}

/** Whether a rule copies every object. Several that come to that together are not added up. */
function isOfAll({ Filter = {}, Prefix }: Choice): boolean {
  // An empty prefix is that of every name; whatever else is said chooses.
  return !Prefix && Object.values(Filter).every((chosen) => chosen === undefined || chosen === '');
}
