import type { BucketInput } from '../../../simulator/s3/bucket';
import { bucketVitals } from '../../../vitals/s3/bucket';
import { multiRegionAccessPointVitals } from '../../../vitals/s3/multi-region-access-point';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';
import { addAccessPoint, alias } from '../../remediations/s3/failover-multi-region-access-point.scenario';

function bucketOf(described: Partial<BucketInput> = {}) {
  const on = bench();
  on.account.services.s3.add({ name: 'shop-images', ...described });
  const bucket = on.resource('bucket', 'shop-images');
  return { ...on, bucket, health: () => bucketVitals.health(bucket, 'bucket-public', on.aws) };
}

test.each<[string, Partial<BucketInput>]>([
  ['without a policy', {}],
  ['with a policy for some', { policy: 'private' }],
  ['whose public policy is restricted', { policy: 'public', block: { RestrictPublicBuckets: true } }],
  ['whose public list is ignored', { list: 'public', block: { IgnorePublicAcls: true } }],
])('a bucket %s is healthy', async (_, described) => {
  expect(await bucketOf(described).health()).toMatchObject({ kind: 'healthy' });
});

test.each<[string, Partial<BucketInput>]>([
  ['its policy', { policy: 'public' }],
  ['its access list', { list: 'public', policy: 'private' }],
  ['its access list and its policy', { list: 'public', policy: 'public' }],
  // What only keeps off new lists and policies does not end those that there are.
  [
    'its policy',
    { policy: 'public', block: { BlockPublicPolicy: true, BlockPublicAcls: true, IgnorePublicAcls: true } },
  ],
])('a bucket that everybody gets at by %s is unhealthy', async (by, described) => {
  expect(await bucketOf(described).health()).toEqual({
    kind: 'unhealthy',
    detail: `everybody gets at shop-images by ${by}`,
  });
});

test('a bucket that is tagged as public is healthy as it is', async () => {
  const tags = { 'homeostat:public': 'yes' };
  expect(await bucketOf({ policy: 'public', tags }).health()).toMatchObject({ kind: 'healthy' });
});

test('a bucket that is gone has no tags, and is gone', async () => {
  const { aws, resource } = bench();
  expect(await bucketVitals.health(resource('bucket', 'shop-images'), 'bucket-public', aws)).toMatchObject({
    kind: 'gone',
  });
  expect(await bucketVitals.tags(resource('bucket', 'shop-images'), aws)).toEqual({});
});

test('what S3 does not say is not taken for health', async () => {
  const on = bucketOf({ policy: 'public' });
  answerWith(on, 's3', 'GetBucketPolicyStatus', {});
  expect(await on.health()).toMatchObject({ kind: 'unknown', detail: expect.stringMatching(/does not say/) as string });
});

test('a bucket of another owner is not taken for ours', async () => {
  const { aws, bucket } = bucketOf({ policy: 'public' });
  const theirs = { ...bucket, account: '444455556666' };
  expect(await bucketVitals.health(theirs, 'bucket-public', aws)).toMatchObject({ kind: 'unknown' });
});

test('tags are read, and none are none', async () => {
  const heal = { 'homeostat:heal': 'yes' };
  const { aws, bucket } = bucketOf({ tags: heal });
  expect(await bucketVitals.tags(bucket, aws)).toEqual(heal);
  const bare = bucketOf();
  expect(await bucketVitals.tags(bare.bucket, bare.aws)).toEqual({});
});

test('an access point tells where it sends requests, and that it is gone', async () => {
  const on = bench();
  const point = on.resource('multi-region-access-point', alias);
  const health = () => multiRegionAccessPointVitals.health(point, 'region-impaired', on.aws);
  expect(await health()).toMatchObject({ kind: 'gone' });
  addAccessPoint(on);
  expect(await health()).toEqual({ kind: 'healthy', detail: `${alias} sends requests to eu-west-1` });
  answerWith(on, 's3', 'GetMultiRegionAccessPointRoutes', { Routes: [{ Bucket: 'shop-ireland' }] });
  expect(await health()).toMatchObject({ kind: 'unknown' });
});
