import { orAbsent } from '../../../vitals/absent';
import { replicatedInto } from '../../../vitals/s3/bucket-replication';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

/** Buckets: who may get at them, and where they are copied to. What they hold is none of it. */
export const buckets: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (await eachOf(ids, async (id) => entryOf(id, describing))).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};

async function entryOf(of: string, { aws, redaction, home }: Describing): Promise<readonly Entry[]> {
  const { s3 } = aws;
  const Bucket = of;
  try {
    const policy = await orAbsent('NoSuchBucketPolicy', s3.getBucketPolicyStatus({ Bucket }));
    const { Grants = [] } = await s3.getBucketAcl({ Bucket });
    const block = await orAbsent('NoSuchPublicAccessBlockConfiguration', s3.getPublicAccessBlock({ Bucket }));
    const website = await orAbsent('NoSuchWebsiteConfiguration', s3.getBucketWebsite({ Bucket }));
    const tagged = await orAbsent('NoSuchTagSet', s3.getBucketTagging({ Bucket }));
    const copies = await replicatedInto(of, home.account, { ...aws, now: () => 0 });
    const isOpen = Grants.some(({ Grantee }) => /\/global\/(AllUsers|AuthenticatedUsers)$/.test(Grantee?.URI ?? ''));
    return [
      {
        of,
        item: item({
          name: redaction.name(of),
          policy: policy && (policy.PolicyStatus?.IsPublic === true ? 'public' : 'private'),
          list: isOpen ? 'public' : undefined,
          block: block?.PublicAccessBlockConfiguration,
          website: website && true,
          replicatedInto: copies.map((name) => redaction.name(name)),
          tags: redaction.tags(pairs(tagged?.TagSet)),
        }),
      },
    ];
  } catch (error) {
    if (isNotFound(error) || (error instanceof Error && error.name === 'NoSuchBucket')) return [];
    throw error;
  }
}
