import { casesOf, refusal } from './case';
import type { Place } from './place';

/** All accounts share the names of buckets, also those of an emulator. */
const bucketIn = ({ account }: Place, name = 'images'): string => `shop-${name}-${account}`;
const all = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** The settings that are on. */
async function block(place: Place): Promise<readonly string[]> {
  const told = await place.s3.getPublicAccessBlock({ Bucket: bucketIn(place) });
  const settings = Object.entries(told.PublicAccessBlockConfiguration ?? {});
  return settings.flatMap(([setting, isOn]) => (isOn ? [setting] : [])).sort();
}

async function groups(place: Place): Promise<readonly string[]> {
  const { Grants = [] } = await place.s3.getBucketAcl({ Bucket: bucketIn(place) });
  return Grants.flatMap(({ Grantee }) => Grantee?.URI ?? []);
}

const none = 'arn:aws:s3::111122223333:accesspoint/nothing0here0.mrap';

/** Two buckets and an access point in front of them; answers its ARN, and what its routes are. */
async function routes(place: Place, change?: Readonly<Record<string, number>>): Promise<unknown> {
  const buckets = ['ireland', 'virginia'].map((name) => bucketIn(place, name));
  for (const name of buckets) await place.add.bucket({ name });
  const alias = await place.add.accessPoint(buckets);
  const asked = { AccountId: place.account, Mrap: `arn:aws:s3::${place.account}:accesspoint/${alias}` };
  const told = async () => (await place.s3.getMultiRegionAccessPointRoutes(asked)).Routes ?? [];
  if (change) {
    const RouteUpdates = (await told()).map(({ Bucket: of, Region }) => ({
      Bucket: of,
      Region,
      TrafficDialPercentage: change[nameOf(of)],
    }));
    const answer = await refusal(place.s3.submitMultiRegionAccessPointRoutes({ ...asked, RouteUpdates }));
    if (answer !== 'not refused') return answer;
    await place.settle();
  }
  return (await told()).map(({ Bucket: of, TrafficDialPercentage: dial }) => `${nameOf(of)} ${String(dial)}`);
}

const nameOf = (bucket = ''): string => bucket.replace(/^shop-|-\d+$/g, '');

export const s3Cases = casesOf([
  {
    operation: 's3:GetBucketPolicyStatus',
    name: 'a bucket without a policy is an error',
    agreed: { refused: 'NoSuchBucketPolicy' },
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket });
      return refusal(s3.getBucketPolicyStatus({ Bucket }));
    },
  },
  {
    operation: 's3:GetBucketPolicyStatus',
    name: 'a bucket that does not exist is an error',
    agreed: { refused: 'NoSuchBucket' },
    seen: ({ s3 }) => refusal(s3.getBucketPolicyStatus({ Bucket: 'nothing-is-here-111122223333' })),
  },
  {
    operation: 's3:GetBucketPolicyStatus',
    name: 'a policy that lets everybody in is public',
    agreed: { IsPublic: true },
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket, policy: 'public' });
      return (await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus;
    },
  },
  {
    operation: 's3:GetBucketAcl',
    name: 'a new bucket is open to no group',
    agreed: [],
    seen: async (place) => {
      const Bucket = bucketIn(place);
      await place.add.bucket({ name: Bucket });
      return groups(place);
    },
  },
  {
    operation: 's3:GetBucketAcl',
    name: 'a list that lets everybody read names a group of all',
    agreed: ['http://acs.amazonaws.com/groups/global/AllUsers'],
    seen: async (place) => {
      const Bucket = bucketIn(place);
      await place.add.bucket({ name: Bucket, list: 'public' });
      return groups(place);
    },
  },
  {
    operation: 's3:GetPublicAccessBlock',
    name: 'a bucket that has none is an error',
    agreed: { refused: 'NoSuchPublicAccessBlockConfiguration' },
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket });
      return refusal(s3.getPublicAccessBlock({ Bucket }));
    },
  },
  {
    operation: 's3:GetPublicAccessBlock',
    name: 'an account that has none is an error of the same name',
    agreed: { refused: 'NoSuchPublicAccessBlockConfiguration' },
    seen: ({ account, s3 }) => refusal(s3.getPublicAccessBlock({ AccountId: account })),
  },
  {
    operation: 's3:PutPublicAccessBlock',
    name: 'all four settings are as they were put, and none is kept of before',
    agreed: [Object.keys(all).sort(), ['IgnorePublicAcls', 'RestrictPublicBuckets']],
    seen: async (place) => {
      const Bucket = bucketIn(place);
      await place.add.bucket({ name: Bucket });
      await place.s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: all });
      const before = await block(place);
      const PublicAccessBlockConfiguration = { IgnorePublicAcls: true, RestrictPublicBuckets: true };
      await place.s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
      return [before, await block(place)];
    },
  },
  {
    operation: 's3:GetBucketWebsite',
    name: 'a bucket that serves none is an error, and one that does is not',
    agreed: [{ refused: 'NoSuchWebsiteConfiguration' }, 'not refused'],
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket });
      await add.bucket({ name: bucketIn(place, 'site'), website: true });
      return [
        await refusal(s3.getBucketWebsite({ Bucket })),
        await refusal(s3.getBucketWebsite({ Bucket: bucketIn(place, 'site') })),
      ];
    },
  },
  {
    operation: 's3:GetBucketTagging',
    name: 'no tags are an error, and tags are told',
    agreed: [{ refused: 'NoSuchTagSet' }, [{ Key: 'homeostat:heal', Value: 'yes' }]],
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket });
      await add.bucket({ name: bucketIn(place, 'logs'), tags: { 'homeostat:heal': 'yes' } });
      const { TagSet } = await s3.getBucketTagging({ Bucket: bucketIn(place, 'logs') });
      return [await refusal(s3.getBucketTagging({ Bucket })), TagSet];
    },
  },
  {
    operation: 's3:GetBucketReplication',
    name: 'a bucket that is replicated nowhere is an error',
    agreed: { refused: 'ReplicationConfigurationNotFoundError' },
    seen: async (place) => {
      const Bucket = bucketIn(place);
      const { add, s3 } = place;
      await add.bucket({ name: Bucket });
      return refusal(s3.getBucketReplication({ Bucket }));
    },
  },
  {
    operation: 's3:GetMultiRegionAccessPointRoutes',
    name: 'one that does not exist is an error',
    agreed: { refused: 'NoSuchMultiRegionAccessPoint' },
    seen: ({ account, s3 }) => refusal(s3.getMultiRegionAccessPointRoutes({ AccountId: account, Mrap: none })),
  },
  {
    operation: 's3:GetMultiRegionAccessPointRoutes',
    name: 'a new one sends requests to all its buckets',
    agreed: ['ireland 100', 'virginia 100'],
    seen: (place) => routes(place),
  },
  {
    operation: 's3:SubmitMultiRegionAccessPointRoutes',
    name: 'requests are sent to one alone',
    agreed: ['ireland 0', 'virginia 100'],
    seen: (place) => routes(place, { ireland: 0, virginia: 100 }),
  },
  {
    operation: 's3:SubmitMultiRegionAccessPointRoutes',
    name: 'no active bucket at all is refused',
    agreed: { refused: 'InvalidRequest' },
    seen: (place) => routes(place, { ireland: 0, virginia: 0 }),
  },
]);
