import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { defineVitals } from '../vitals';
import { accessReads, isBucketName, openedBy, openings, readBucketAccess } from './bucket-access';

/** A bucket whose owner gives it this tag is meant for everybody. */
export const publicTag = { key: 'homeostat:public', value: 'yes' } as const;

/** The tags of a bucket; none of one that there is not. */
export async function readBucketTags(
  bucket: string,
  account: string,
  aws: Calls<'s3:GetBucketTagging'>,
): Promise<Readonly<Record<string, string>>> {
  const asked = aws.s3.getBucketTagging({ Bucket: bucket, ExpectedBucketOwner: account });
  const answer = await orAbsent('NoSuchBucket', orAbsent('NoSuchTagSet', asked));
  return Object.fromEntries((answer?.TagSet ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
}

/** A bucket is well while only those get in whom its owner knows, or while he says that all may. It stands in no zone. */
export const bucketVitals = defineVitals({
  kind: 'bucket',
  reads: [...accessReads, 's3:GetBucketTagging'],
  sees: ['bucket-public'],
  async health({ id, account }, _condition, aws) {
    if (!isBucketName(id)) return { kind: 'unknown', detail: `${plainText(id)} is not the name of a bucket` };
    const access = await readBucketAccess(id, account, aws);
    if (!access) return { kind: 'gone', detail: `the bucket ${id} no longer exists` };
    const open = openings(access);
    if (open.length === 0) return { kind: 'healthy', detail: `nobody but those whom its owner knows gets at ${id}` };
    const { [publicTag.key]: declared } = await readBucketTags(id, account, aws);
    return declared === publicTag.value
      ? { kind: 'healthy', detail: `${id} is public, as its tag ${publicTag.key} says` }
      : { kind: 'unhealthy', detail: `everybody gets at ${id} by ${openedBy(open)}` };
  },
  async tags({ id, account }, aws) {
    if (!isBucketName(id)) throw new Error(`${plainText(id)} is not the name of a bucket`);
    return readBucketTags(id, account, aws);
  },
  // A bucket is spread over the zones of its Region.
  place: () => Promise.resolve({ groups: [] }),
});
