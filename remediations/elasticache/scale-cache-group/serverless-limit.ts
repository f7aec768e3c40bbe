import type { Calls } from '../../../vitals/aws';
import type { Cache } from '../../../vitals/elasticache/cache';
import { readServerlessUse, type ServerlessCache } from '../../../vitals/elasticache/serverless-cache';
import type { Next, Reads, Way, Wishes } from './way';

/** Share of a limit that is in use when the limit is what the cache is short of. */
const nearLimit = 0.8;

/** The limit on gigabytes. */
export const storageLimit: Way<number> = {
  what: (id) => `the storage limit of ${id}`,
  now: (cache) => (cache.kind === 'serverless-cache' ? cache.storage.most : undefined),
  next: (cache, from, wished, _condition, aws) =>
    raised(cache, { from, ceiling: wished.mostStorageGB, bound: 'storage', unit: 'GB' }, wished, aws),
};

/** The limit on processing units in a second. */
export const workLimit: Way<number> = {
  what: (id) => `the limit of ${id} on processing units`,
  now: (cache) => (cache.kind === 'serverless-cache' ? cache.work.most : undefined),
  next: (cache, from, wished, _condition, aws) =>
    raised(cache, { from, ceiling: wished.mostEcpuPerSecond, bound: 'work', unit: 'units a second' }, wished, aws),
};

interface Limit {
  readonly from: number;
  readonly ceiling: number;
  readonly bound: 'storage' | 'work';
  readonly unit: string;
}

async function raised(
  cache: Cache,
  { from, ceiling, bound, unit }: Limit,
  { limitStep }: Wishes,
  aws: Reads,
): Promise<Next<number>> {
  if (cache.kind !== 'serverless-cache') return { refused: `${cache.id} is not serverless` };
  const to = Math.ceil(from * (1 + limitStep / 100));
  if (to > ceiling)
    return { refused: `${cache.id} would be let grow to ${to} ${unit}, and the policy allows ${ceiling}` };
  const used = (await readServerlessUse(cache, aws))[bound];
  if (used === undefined)
    return { refused: `how much of its ${from} ${unit} ${cache.id} uses is not told by CloudWatch` };
  return used < nearLimit * from
    ? { refused: `${cache.id} uses ${Math.ceil(used)} of ${from} ${unit}: that limit is not what it is short of` }
    : { to };
}

/** Sets one limit and says the others again, as they were read: ElastiCache takes all of them in one. */
export async function setLimit(
  { id, storage, work }: ServerlessCache,
  limits: { readonly storage?: number; readonly work?: number },
  aws: Calls<'elasticache:ModifyServerlessCache'>,
): Promise<void> {
  const most = { storage: limits.storage ?? storage.most, work: limits.work ?? work.most };
  await aws.elasticache.modifyServerlessCache({
    ServerlessCacheName: id,
    CacheUsageLimits: {
      ...((most.storage ?? storage.least) !== undefined && {
        DataStorage: { Maximum: most.storage, Minimum: storage.least, Unit: 'GB' as const },
      }),
      ...((most.work ?? work.least) !== undefined && {
        ECPUPerSecond: { Maximum: most.work, Minimum: work.least },
      }),
    },
  });
}
