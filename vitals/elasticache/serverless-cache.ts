import type { ServerlessCache as RawCache } from '@aws-sdk/client-elasticache';
import type { Calls } from '../aws';
import { cacheIdentifier, cacheServes, notACacheId, readCacheTags, workOnCache } from './cache-status';
import { latestValues } from '../latest-values';
import { defineVitals, type Health } from '../vitals';

/** How far a serverless cache may grow, and how small it never is; undefined where nobody set it. */
interface Bounds {
  readonly most: number | undefined;
  readonly least: number | undefined;
}

/** A serverless cache, as far as healing it needs. */
export interface ServerlessCache {
  readonly id: string;
  readonly arn: string;
  /** ElastiCache's own word, in small letters: its reference writes them large. */
  readonly status: string;
  /** Gigabytes. */
  readonly storage: Bounds;
  /** ElastiCache processing units in a second. */
  readonly work: Bounds;
}

export type ServerlessCacheReading =
  | { readonly kind: 'found'; readonly cache: ServerlessCache }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with one whole cache of that name. */
  | { readonly kind: 'unreadable'; readonly detail: string };

type Reads = Calls<'elasticache:DescribeServerlessCaches'>;

/** Reads a serverless cache. AWS's refusals other than "not found" are thrown as they come. */
export async function readServerlessCache(id: string, aws: Reads): Promise<ServerlessCacheReading> {
  if (!cacheIdentifier.test(id)) return { kind: 'unreadable', detail: notACacheId(id) };
  try {
    const { ServerlessCaches = [] } = await aws.elasticache.describeServerlessCaches({ ServerlessCacheName: id });
    const [raw, ...more] = ServerlessCaches;
    const cache = raw && serverlessCache(raw);
    if (!cache || more.length > 0 || cache.id.toLowerCase() !== id.toLowerCase()) {
      return { kind: 'unreadable', detail: `ElastiCache did not answer with exactly one serverless cache ${id}` };
    }
    return { kind: 'found', cache };
  } catch (error) {
    if (error instanceof Error && error.name === 'ServerlessCacheNotFoundFault') return { kind: 'absent' };
    throw error;
  }
}

function serverlessCache({
  ServerlessCacheName: id,
  ARN: arn,
  Status,
  CacheUsageLimits,
}: RawCache): ServerlessCache | undefined {
  if (!id || !arn || !Status) return undefined;
  const { DataStorage, ECPUPerSecond } = CacheUsageLimits ?? {};
  return {
    id,
    arn,
    status: Status.toLowerCase(),
    storage: { most: DataStorage?.Maximum, least: DataStorage?.Minimum },
    work: { most: ECPUPerSecond?.Maximum, least: ECPUPerSecond?.Minimum },
  };
}

/** What it uses now, in the units of its bounds; undefined where CloudWatch is silent. Its metrics have a dimension of their own. */
export async function readServerlessUse(
  { id }: ServerlessCache,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<{ readonly storage: number | undefined; readonly work: number | undefined }> {
  const named = (name: string) => ({ namespace: 'AWS/ElastiCache', name, dimensions: { clusterId: id } });
  const [bytes] = await latestValues([named('BytesUsedForCache')], 'Maximum', aws);
  const [units] = await latestValues([named('ElastiCacheProcessingUnits')], 'Sum', aws);
  return { storage: bytes === undefined ? undefined : bytes / 1e9, work: units === undefined ? undefined : units / 60 };
}

function healthOf({ id, status }: ServerlessCache, condition: string): Health {
  if (status === 'deleting') return { kind: 'gone', detail: `${id} is being deleted` };
  if (condition === 'cache-slot-full')
    return { kind: 'unknown', detail: `no metric tells how full a slot of ${id} is` };
  return { kind: cacheServes(status) ? 'healthy' : 'unhealthy', detail: `${id} is ${status}` };
}

async function readOrThrow(id: string, aws: Reads): Promise<ServerlessCache | undefined> {
  const reading = await readServerlessCache(id, aws);
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.cache : undefined;
}

/** A serverless cache is well when it answers clients. It spans zones, and nothing stands in for it. */
export const serverlessCacheVitals = defineVitals({
  kind: 'serverless-cache',
  reads: ['elasticache:DescribeServerlessCaches', 'elasticache:ListTagsForResource'],
  // Nothing: one that is at its limits is available all the same.
  sees: [],
  async health({ id }, condition, aws) {
    const reading = await readServerlessCache(id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.cache, condition);
      case 'absent':
        return { kind: 'gone', detail: `${id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags({ id }, aws) {
    const cache = await readOrThrow(id, aws);
    return cache ? readCacheTags(cache.arn, aws) : {};
  },
  place: async () => ({ groups: [] }),
  async busy({ id }, aws) {
    const cache = await readOrThrow(id, aws);
    return cache && workOnCache(cache);
  },
});
