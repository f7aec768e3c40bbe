import { blockPublicBucket } from '../../../remediations/s3/block-public-bucket';
import type { BucketInput } from '../../../simulator/s3/bucket';
import { bench } from '../account';
import { attempt, no } from '../attempt';

const off = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
} as const;

/** The bucket `shop-images`, which everybody gets at by its policy unless `described` says otherwise. */
function on(described: Partial<BucketInput> = {}) {
  const ground = bench();
  const { s3 } = ground.account.services;
  s3.add({ name: 'shop-images', policy: 'public', ...described });
  const target = { resource: ground.resource('bucket', 'shop-images'), condition: 'bucket-public' };
  return { ...ground, s3, ...attempt(blockPublicBucket, ground, target) };
}

test.each<[string, Partial<BucketInput>, object]>([
  ['its policy', {}, { RestrictPublicBuckets: true }],
  ['its access list', { policy: 'private', list: 'public' }, { IgnorePublicAcls: true }],
  ['both', { list: 'public' }, { IgnorePublicAcls: true, RestrictPublicBuckets: true }],
])('a bucket that is public by %s gets the settings that end that, and no others', async (_, described, set) => {
  const { plan, start, check, s3, writes } = on(described);
  expect(await plan()).toMatchObject({ kind: 'planned', plan: { from: off, to: { ...off, ...set } } });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'PutPublicAccessBlock',
      input: { ExpectedBucketOwner: '111122223333', PublicAccessBlockConfiguration: { ...off, ...set } },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(s3.isPublic('shop-images')).toBe(false);
});

test('what its owner has blocked already stays blocked', async () => {
  const { plan } = on({ block: { BlockPublicAcls: true } });
  expect(await plan()).toMatchObject({
    plan: { to: { ...off, BlockPublicAcls: true, RestrictPublicBuckets: true } },
    summary: 'shut the public out of shop-images, which gets in by its policy, with RestrictPublicBuckets',
  });
});

test('a bucket that its account keeps shut is not touched, whatever its policy says', async () => {
  const { plan, s3 } = on();
  s3.blockForAll({ ...off, RestrictPublicBuckets: true });
  expect(await plan()).toEqual(no('notNeeded', /nobody gets at shop-images/));
});

test.each<[string, Partial<BucketInput>, RegExp]>([
  ['serves a website', { website: true }, /serves a website: a person decides, or tags it homeostat:public=yes/],
  ['its owner has declared public', { tags: { 'homeostat:public': 'yes' } }, /public on purpose/],
])('a bucket that %s is left to people', async (_, described, reason) => {
  const { plan, writes } = on(described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('a bucket that became a website after the plan is left alone', async () => {
  const { plan, start, s3, writes } = on();
  await plan();
  s3.add({ name: 'shop-images', policy: 'public', website: true });
  expect(await start()).toEqual(no('refused', /serves a website/));
  expect(writes()).toEqual([]);
});

test('settings that others changed since the plan are not written over', async () => {
  const { plan, start, s3 } = on();
  await plan();
  s3.add({ name: 'shop-images', policy: 'public', block: { BlockPublicPolicy: true } });
  expect(await start()).toEqual(no('refused', /changed by others since the plan/));
});

test('a bucket that is no longer public when it starts is left as it is', async () => {
  const { plan, start, s3 } = on();
  await plan();
  s3.befall({ name: 'shop-images', policy: 'none' });
  expect(await start()).toEqual(no('refused', /no longer public/));
});

test('undo gives back the settings that there were, and none that others have set since', async () => {
  const { start, undo, s3, writes } = on();
  await start();
  expect(await undo()).toEqual({ kind: 'started' });
  expect(s3.isPublic('shop-images')).toBe(true);
  expect(writes()).toHaveLength(2);
  s3.add({ name: 'shop-images', policy: 'public', block: { ...off, BlockPublicAcls: true } });
  expect(await undo()).toEqual(no('refused', /changed by others/));
});
