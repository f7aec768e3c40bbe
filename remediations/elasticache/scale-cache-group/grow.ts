import type { Calls } from '../../../vitals/aws';
import type { Cache } from '../../../vitals/elasticache/cache';
import { memcachedNodes, setMemcachedNodes } from './memcached-nodes';
import { setNodeType } from './node-type';
import { replicas, setReplicas } from './replicas';
import { setLimit, storageLimit, workLimit } from './serverless-limit';
import { setShards, shards } from './shards';
import type { Wishes } from './way';

/** Ways that end in a number. */
export const counted = { replicas, shards, memcachedNodes, storageLimit, workLimit };
export const countedWays = ['replicas', 'shards', 'memcachedNodes', 'storageLimit', 'workLimit'] as const;

/** The way that the kind of cache, the condition and the policy lead to; undefined where there is none. */
export function wayOf(
  cache: Cache,
  condition: string,
  how: Wishes['how'],
): (typeof countedWays)[number] | 'nodeType' | undefined {
  const overloaded = condition === 'cache-overloaded';
  switch (cache.kind) {
    case 'serverless-cache':
      return overloaded ? 'workLimit' : 'storageLimit';
    case 'cache-cluster':
      return cache.engine === 'memcached' ? 'memcachedNodes' : undefined;
    case 'cache-group':
      return how ?? (cache.clusterMode ? 'shards' : overloaded ? 'replicas' : 'nodeType');
  }
}

type Plan =
  | { readonly way: (typeof countedWays)[number]; readonly change: { readonly to: number } }
  | { readonly way: 'nodeType'; readonly change: { readonly to: string } };

type Writes = Calls<
  | 'elasticache:IncreaseReplicaCount'
  | 'elasticache:ModifyCacheCluster'
  | 'elasticache:ModifyReplicationGroup'
  | 'elasticache:ModifyReplicationGroupShardConfiguration'
  | 'elasticache:ModifyServerlessCache'
>;

/** Makes the one call that a plan stands for. */
export async function grow(cache: Cache, plan: Plan, aws: Writes): Promise<void> {
  if (plan.way === 'nodeType') return setNodeType(cache.id, plan.change.to, aws);
  const { to } = plan.change;
  switch (plan.way) {
    case 'replicas':
      return setReplicas(cache.id, to, aws);
    case 'shards':
      return setShards(cache.id, to, aws);
    case 'memcachedNodes':
      return setMemcachedNodes(cache.id, to, aws);
    case 'storageLimit':
      return cache.kind === 'serverless-cache' ? setLimit(cache, { storage: to }, aws) : undefined;
    case 'workLimit':
      return cache.kind === 'serverless-cache' ? setLimit(cache, { work: to }, aws) : undefined;
  }
}
