import type { CacheUsageLimits, ServerlessCache } from '@aws-sdk/client-elasticache';
import { z } from 'zod';
import type { SimulatedAccount } from '../world';

/** A serverless cache as a description of an account writes it; everything but the name has a default. */
export const serverlessCacheSchema = z.strictObject({
  name: z.string().min(1),
  engine: z.enum(['valkey', 'redis', 'memcached']).default('valkey'),
  status: z.string().default('available'),
  /** Upper limits; without one it grows as far as ElastiCache lets it. */
  maxStorageGB: z.int().positive().optional(),
  maxEcpuPerSecond: z.int().positive().optional(),
  minStorageGB: z.int().positive().optional(),
  minEcpuPerSecond: z.int().positive().optional(),
  /** What it is asked to hold, and to do each second. */
  dataGB: z.number().nonnegative().default(2),
  ecpuPerSecond: z.number().nonnegative().default(1_000),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A serverless cache as one describes it: what has a default may be left out. */
export type ServerlessDescription = z.input<typeof serverlessCacheSchema>;

/** A serverless cache as the account holds it. */
export interface Serverless extends Omit<z.output<typeof serverlessCacheSchema>, 'dataGB' | 'ecpuPerSecond'> {
  readonly arn: string;
  dataGB: number;
  ecpuPerSecond: number;
}

/** The serverless cache that a description means, not yet in the account. */
export function serverlessFrom(account: SimulatedAccount, description: ServerlessDescription): Serverless {
  const given = serverlessCacheSchema.parse(description);
  const name = given.name.toLowerCase();
  return { ...given, name, arn: account.arn('elasticache', `serverlesscache:${name}`) };
}

/** What it shows in a metric each minute; undefined for one that isn't kept. */
export function serverlessValue(cache: Serverless, metric: string): number | undefined {
  const { dataGB, ecpuPerSecond, maxStorageGB = Infinity, maxEcpuPerSecond = Infinity } = cache;
  switch (metric) {
    case 'BytesUsedForCache':
      return Math.min(dataGB, maxStorageGB) * 1_000 ** 3;
    case 'Evictions':
      return dataGB > maxStorageGB ? 500 : 0;
    case 'ElastiCacheProcessingUnits':
      return 60 * Math.min(ecpuPerSecond, maxEcpuPerSecond);
    case 'ThrottledCmds':
      return 60 * Math.max(0, ecpuPerSecond - maxEcpuPerSecond);
    default:
      return undefined;
  }
}

/** The cache as DescribeServerlessCaches shows it. */
export function describeServerless(cache: Serverless): ServerlessCache {
  return {
    ServerlessCacheName: cache.name,
    ARN: cache.arn,
    Status: cache.status,
    Engine: cache.engine,
    CacheUsageLimits: limitsOf(cache),
  };
}

function limitsOf(cache: Serverless): CacheUsageLimits {
  const { maxStorageGB, minStorageGB, maxEcpuPerSecond, minEcpuPerSecond } = cache;
  return {
    ...((maxStorageGB ?? minStorageGB) !== undefined && {
      DataStorage: { Maximum: maxStorageGB, Minimum: minStorageGB, Unit: 'GB' as const },
    }),
    ...((maxEcpuPerSecond ?? minEcpuPerSecond) !== undefined && {
      ECPUPerSecond: { Maximum: maxEcpuPerSecond, Minimum: minEcpuPerSecond },
    }),
  };
}
