import { S3, type GetPublicAccessBlockCommandInput } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import type { SimpleStorage } from '../../vitals/simple-storage';
import { ClientGroup } from './client-group';

type InputOf<Operation extends keyof SimpleStorage> = Parameters<SimpleStorage[Operation]>[0];
type Block = { readonly AccountId?: string; readonly Bucket?: string };

/** The client of both APIs of S3: each call goes to the one whose operation, or whose input, it is. */
export class SimpleStorageClient extends ClientGroup {
  // What AWS tells of a bucket it tells in the Region of the bucket, which is not always the one that is asked from.
  get #buckets(): S3 {
    return this.member('buckets', (settings) => new S3({ ...settings, followRegionRedirects: true }));
  }

  #control(region = this.settings.region): S3Control {
    return this.member(region, (settings) => new S3Control({ ...settings, region }));
  }

  getBucketAcl(input: InputOf<'getBucketAcl'>): Promise<object> {
    return this.#buckets.getBucketAcl(input);
  }

  getBucketPolicyStatus(input: InputOf<'getBucketPolicyStatus'>): Promise<object> {
    return this.#buckets.getBucketPolicyStatus(input);
  }

  getBucketReplication(input: InputOf<'getBucketReplication'>): Promise<object> {
    return this.#buckets.getBucketReplication(input);
  }

  getBucketTagging(input: InputOf<'getBucketTagging'>): Promise<object> {
    return this.#buckets.getBucketTagging(input);
  }

  getBucketWebsite(input: InputOf<'getBucketWebsite'>): Promise<object> {
    return this.#buckets.getBucketWebsite(input);
  }

  putPublicAccessBlock(input: InputOf<'putPublicAccessBlock'>): Promise<object> {
    return this.#buckets.putPublicAccessBlock(input);
  }

  getPublicAccessBlock(input: Block): Promise<object> {
    const { AccountId } = input;
    return AccountId === undefined
      ? this.#buckets.getPublicAccessBlock(input as GetPublicAccessBlockCommandInput)
      : this.#control().getPublicAccessBlock({ AccountId });
  }

  getMultiRegionAccessPointRoutes(input: InputOf<'getMultiRegionAccessPointRoutes'>): Promise<object> {
    return this.#control(input.Through).getMultiRegionAccessPointRoutes(input);
  }

  submitMultiRegionAccessPointRoutes(input: InputOf<'submitMultiRegionAccessPointRoutes'>): Promise<object> {
    return this.#control(input.Through).submitMultiRegionAccessPointRoutes(input);
  }
}
