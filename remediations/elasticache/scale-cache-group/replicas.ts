import type { Calls } from '../../../vitals/aws';
import { lopsided } from './lopsided';
import type { Way } from './way';

/** A replica more in each shard: it takes reads, and holds the same keys as the others. */
export const replicas: Way<number> = {
  what: (id) => `the number of replicas in each shard of ${id}`,
  now(cache) {
    if (cache.kind !== 'cache-group') return undefined;
    const [count, ...others] = new Set(cache.shards.map(({ nodes }) => nodes.length - 1));
    // Where shards differ somebody has sized them one by one.
    return others.length === 0 ? count : undefined;
  },
  async next(cache, from, { mostReplicas }, condition, aws) {
    if (condition === 'cache-memory-low')
      return { refused: `a replica of ${cache.id} would hold the same keys: it gives no memory` };
    if (from >= mostReplicas)
      return { refused: `${cache.id} has ${from} replicas in each shard, and mostReplicas is ${mostReplicas}` };
    const nodes = cache.kind === 'cache-group' ? cache.shards.flatMap((shard) => shard.nodes) : [];
    const uneven = await lopsided(
      nodes.map((node) => [node]),
      aws,
    );
    return uneven ? { refused: `${uneven}: one more replica takes nothing off it` } : { to: from + 1 };
  },
};

export async function setReplicas(
  id: string,
  to: number,
  aws: Calls<'elasticache:IncreaseReplicaCount'>,
): Promise<void> {
  await aws.elasticache.increaseReplicaCount({ ReplicationGroupId: id, NewReplicaCount: to, ApplyImmediately: true });
}
