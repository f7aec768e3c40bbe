import type * as sdk from '@aws-sdk/client-s3';
import { Refusal } from './refusal';
import { AccessPoints } from './s3/access-points';
import { bucketSchema, type Bucket, type BucketHappening, type BucketInput, type PublicAccessBlock } from './s3/bucket';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type OfBucket = { readonly Bucket: string | undefined; readonly ExpectedBucketOwner?: string | undefined };

const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';

/** S3 of one account: who may get at its buckets, and where its multi-Region access points send requests. */
export class S3 {
  readonly accessPoints: AccessPoints;
  readonly #buckets = new Map<string, Bucket>();
  #accountBlock: PublicAccessBlock | undefined;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.accessPoints = new AccessPoints(account);
    account.services.cloudwatch.provide('AWS/S3', (name, { BucketName: bucket = '' }) =>
      name === '5xxErrors' ? this.accessPoints.errorsOf(bucket) : undefined,
    );
    this.operations = { ...this.#ofBuckets, ...this.accessPoints.operations };
  }

  /** Adds a bucket, as if it had always been there, or replaces the one of that name. */
  add(input: BucketInput): void {
    const bucket = bucketSchema.parse(input);
    this.#buckets.set(bucket.name, bucket);
  }

  /** What is on there is on for each bucket of the account. */
  blockForAll(block: PublicAccessBlock): void {
    this.#accountBlock = block;
  }

  /** Whether anybody at all gets at it: what S3 would decide on a request that nobody has signed. */
  isPublic(name: string): boolean {
    const { policy, list, block } = this.#known(name);
    const isOn = (setting: keyof PublicAccessBlock): boolean =>
      (block?.[setting] ?? false) || (this.#accountBlock?.[setting] ?? false);
    return (policy === 'public' && !isOn('RestrictPublicBuckets')) || (list === 'public' && !isOn('IgnorePublicAcls'));
  }

  holds(name: string): boolean {
    return this.#buckets.has(name);
  }

  /** Its policy is another one, and nobody tells of that. */
  open(name: string, policy: Bucket['policy']): void {
    this.#buckets.set(name, { ...this.#known(name), policy });
  }

  tagsOf(name: string): Readonly<Record<string, string>> | undefined {
    return this.#buckets.get(name)?.tags;
  }

  /** Somebody changes who may get at it. CloudTrail tells of each call. */
  befall({ name, policy, list, unblocked }: BucketHappening): void {
    const bucket = this.#known(name);
    if (unblocked) {
      this.#buckets.set(name, { ...bucket, block: undefined });
      this.#told('DeleteBucketPublicAccessBlock', name);
    }
    if (policy !== undefined) {
      this.#buckets.set(name, { ...this.#known(name), policy });
      this.#told(policy === 'none' ? 'DeleteBucketPolicy' : 'PutBucketPolicy', name);
    }
    if (list !== undefined) {
      this.#buckets.set(name, { ...this.#known(name), list });
      this.#told('PutBucketAcl', name);
    }
  }

  readonly #ofBuckets = {
    GetBucketPolicyStatus: (input: OfBucket): Answer<sdk.GetBucketPolicyStatusOutput> => {
      const { policy } = this.#asked(input);
      if (policy === 'none') throw new Refusal('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
      return { PolicyStatus: { IsPublic: policy === 'public' } };
    },
    GetBucketAcl: (input: OfBucket): Answer<sdk.GetBucketAclOutput> => {
      const { list } = this.#asked(input);
      const owner: sdk.Grant = { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' };
      const open: sdk.Grant = { Grantee: { Type: 'Group', URI: everybody }, Permission: 'READ' };
      return { Owner: { ID: 'owner' }, Grants: list === 'public' ? [owner, open] : [owner] };
    },
    GetPublicAccessBlock: (
      input: OfBucket & { readonly AccountId?: string },
    ): Answer<sdk.GetPublicAccessBlockOutput> => {
      const block = input.AccountId === undefined ? this.#asked(input).block : this.#accountBlock;
      if (!block) {
        throw new Refusal(
          'NoSuchPublicAccessBlockConfiguration',
          'The public access block configuration was not found',
          404,
        );
      }
      return { PublicAccessBlockConfiguration: { ...block } };
    },
    PutPublicAccessBlock: (input: sdk.PutPublicAccessBlockRequest): Record<string, never> => {
      const bucket = this.#asked(input);
      const { BlockPublicAcls = false, IgnorePublicAcls = false } = input.PublicAccessBlockConfiguration ?? {};
      const { BlockPublicPolicy = false, RestrictPublicBuckets = false } = input.PublicAccessBlockConfiguration ?? {};
      const block = { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets };
      this.#buckets.set(bucket.name, { ...bucket, block });
      return {};
    },
    GetBucketWebsite: (input: OfBucket): Answer<sdk.GetBucketWebsiteOutput> => {
      if (this.#asked(input).website) return { IndexDocument: { Suffix: 'index.html' } };
      throw new Refusal(
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
        404,
      );
    },
    GetBucketTagging: (input: OfBucket): Answer<sdk.GetBucketTaggingOutput> => {
      const tags = Object.entries(this.#asked(input).tags);
      if (tags.length === 0) throw new Refusal('NoSuchTagSet', 'The TagSet does not exist', 404);
      return { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) };
    },
    GetBucketReplication: (input: OfBucket): Answer<sdk.GetBucketReplicationOutput> => {
      const { replicatedInto } = this.#asked(input);
      if (replicatedInto.length === 0) {
        throw new Refusal('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', 404);
      }
      return {
        ReplicationConfiguration: {
          Role: `arn:aws:iam::${this.account.id}:role/replication`,
          Rules: replicatedInto.map((into) => ({ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${into}` } })),
        },
      };
    },
  };

  #asked({ Bucket: name = '', ExpectedBucketOwner: owner = this.account.id }: OfBucket): Bucket {
    const bucket = this.#known(name);
    if (owner !== this.account.id) throw new Refusal('AccessDenied', 'Access Denied', 403);
    return bucket;
  }

  #known(name: string): Bucket {
    const found = this.#buckets.get(name);
    if (!found) throw new Refusal('NoSuchBucket', 'The specified bucket does not exist', 404);
    return found;
  }

  #told(eventName: string, bucketName: string): void {
    this.account.bus.emit('aws.s3', 'AWS API Call via CloudTrail', [], {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${this.account.id}:user/deployer`,
        accountId: this.account.id,
      },
      eventTime: new Date(this.account.clock.now()).toISOString(),
      eventSource: 's3.amazonaws.com',
      eventName,
      awsRegion: this.account.region,
      requestParameters: { bucketName, Host: `${bucketName}.s3.${this.account.region}.amazonaws.com` },
      eventID: this.account.newId('53a00000-0000-4000-8000-', 12),
      eventType: 'AwsApiCall',
    });
  }
}
