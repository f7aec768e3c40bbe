import type { GetPublicAccessBlockOutput, GetPublicAccessBlockRequest, S3 } from '@aws-sdk/client-s3';
import type {
  GetMultiRegionAccessPointRoutesRequest,
  GetMultiRegionAccessPointRoutesResult,
  GetPublicAccessBlockOutput as AccountBlockOutput,
  GetPublicAccessBlockRequest as AccountBlockRequest,
  SubmitMultiRegionAccessPointRoutesRequest,
  SubmitMultiRegionAccessPointRoutesResult,
} from '@aws-sdk/client-s3-control';

type OfBuckets =
  | 'getBucketAcl'
  | 'getBucketPolicyStatus'
  | 'getBucketReplication'
  | 'getBucketTagging'
  | 'getBucketWebsite'
  | 'putPublicAccessBlock';

/** Region whose endpoint is asked. Routes are told, and changed, in five Regions, wherever the buckets are. */
interface Through {
  readonly Through?: string;
}

/**
 * S3 as far as it is called here. IAM knows its two APIs, that of buckets and that of accounts, by one prefix. Of two operations
 * that have one name the input tells which is meant: an account is asked by `AccountId`.
 */
export type SimpleStorage = Pick<S3, OfBuckets> & {
  getPublicAccessBlock(input: GetPublicAccessBlockRequest): Promise<GetPublicAccessBlockOutput>;
  getPublicAccessBlock(input: AccountBlockRequest): Promise<AccountBlockOutput>;
  getMultiRegionAccessPointRoutes(
    input: GetMultiRegionAccessPointRoutesRequest & Through,
  ): Promise<GetMultiRegionAccessPointRoutesResult>;
  submitMultiRegionAccessPointRoutes(
    input: SubmitMultiRegionAccessPointRoutesRequest & Through,
  ): Promise<SubmitMultiRegionAccessPointRoutesResult>;
};
