import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { type Cache, cacheReads } from '../../../vitals/elasticache/cache';

/** No policy can raise a ceiling above these. IAM is told them as well. */
export const highest = { replicas: 5, shards: 30 } as const;

/** What a policy may set. */
export const wishes = z.strictObject({
  /**
   * How a replication group is scaled. If absent, against load by shards where it has cluster mode, and else by a replica;
   * against lack of memory by shards, and else by node type. Memcached gets a node, a serverless cache a higher limit.
   */
  how: z.enum(['replicas', 'shards', 'nodeType']).optional(),
  /** Replicas of a shard above which none is added. */
  mostReplicas: z.int().min(1).max(highest.replicas).default(3),
  /** Shards above which none is added. */
  mostShards: z.int().min(1).max(highest.shards).default(10),
  /** Type that all nodes get, such as `cache.r7g.xlarge`. If absent, the type of a node is never changed. */
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9-]+\.[a-z0-9]+$/)
    .optional(),
  /** Memcached nodes above which none is added. */
  mostNodes: z.int().min(1).max(40).default(10),
  /** By how much a limit of a serverless cache is raised, in percent of what it is. */
  limitStep: z.int().min(1).max(100).default(25),
  /** Gigabytes above which the limit of a serverless cache is not raised. */
  mostStorageGB: z.int().min(1).max(5_000).default(100),
  /** Processing units in a second above which it is not raised. */
  mostEcpuPerSecond: z.int().min(1_000).max(15_000_000).default(100_000),
});
export type Wishes = z.infer<typeof wishes>;

export const reads = [
  ...cacheReads,
  'application-autoscaling:DescribeScalableTargets',
  'cloudwatch:GetMetricData',
  'elasticache:ListAllowedNodeTypeModifications',
] as const;
export type Reads = Calls<(typeof reads)[number]>;

/** The size that a cache is to have; or why it must not grow so. */
export type Next<Size> = { readonly to: Size } | { readonly refused: string };

/** One way in which a cache grows: to an absolute size that is decided once. */
export interface Way<Size> {
  /** Names what grows, such as `the number of shards of sessions`. */
  readonly what: (id: string) => string;
  /** As ElastiCache shows it; undefined where a cache of this kind has no such size. */
  readonly now: (cache: Cache) => Size | undefined;
  readonly next: (cache: Cache, from: Size, wished: Wishes, condition: string, aws: Reads) => Promise<Next<Size>>;
}
