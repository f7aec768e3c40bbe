import { listed, type Disagreement } from '../disagreement';

/** Buckets, and access points in front of them. */
export const aboutS3: readonly Disagreement[] = [
  ...listed(
    ['moto', 'ministack'],
    'the SDK puts the account before the host of this API of S3, and an emulator is found by its address alone',
    [
      ['s3:GetPublicAccessBlock', 'an account that has none is an error of the same name'],
      ['s3:GetMultiRegionAccessPointRoutes', 'one that does not exist is an error'],
      ['s3:GetMultiRegionAccessPointRoutes', 'a new one sends requests to all its buckets'],
      ['s3:SubmitMultiRegionAccessPointRoutes', 'requests are sent to one alone'],
      ['s3:SubmitMultiRegionAccessPointRoutes', 'no active bucket at all is refused'],
    ],
  ),
  ...listed('ministack', 'it does not tell whether a policy is public, nor that there is none', [
    ['s3:GetBucketPolicyStatus', 'a bucket without a policy is an error'],
    ['s3:GetBucketPolicyStatus', 'a policy that lets everybody in is public'],
  ]),
];
