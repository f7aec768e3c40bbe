import type { Calls } from '../../../vitals/aws';
import type { Way } from './way';

/** A Memcached node more: clients look for some keys in another place then, and miss them once. */
export const memcachedNodes: Way<number> = {
  what: (id) => `the number of nodes of ${id}`,
  now: (cache) => (cache.kind === 'cache-cluster' && cache.engine === 'memcached' ? cache.nodes.length : undefined),
  next: async (cache, from, { mostNodes }) =>
    from < mostNodes ? { to: from + 1 } : { refused: `${cache.id} has ${from} nodes, and mostNodes is ${mostNodes}` },
};

export async function setMemcachedNodes(
  id: string,
  to: number,
  aws: Calls<'elasticache:ModifyCacheCluster'>,
): Promise<void> {
  await aws.elasticache.modifyCacheCluster({ CacheClusterId: id, NumCacheNodes: to, ApplyImmediately: true });
}
