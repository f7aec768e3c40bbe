import type { Calls } from '../../../vitals/aws';
import { sizedElsewhere } from './global-datastore';
import { lopsided } from './lopsided';
import type { Way } from './way';

/** A shard more: keys move to it while the group goes on serving, which costs CPU meanwhile. */
export const shards: Way<number> = {
  what: (id) => `the number of shards of ${id}`,
  now: (cache) => (cache.kind === 'cache-group' && cache.clusterMode ? cache.shards.length : undefined),
  async next(cache, from, { mostShards }, condition, aws) {
    const elsewhere = sizedElsewhere(cache);
    if (elsewhere) return { refused: elsewhere };
    if (from >= mostShards) return { refused: `${cache.id} has ${from} shards, and mostShards is ${mostShards}` };
    const groups = cache.kind === 'cache-group' ? cache.shards.map(({ nodes }) => nodes) : [];
    const uneven = condition === 'cache-overloaded' ? await lopsided(groups, aws) : undefined;
    return uneven ? { refused: `${uneven}: a hot key stays on one shard however many there are` } : { to: from + 1 };
  },
};

export async function setShards(
  id: string,
  to: number,
  aws: Calls<'elasticache:ModifyReplicationGroupShardConfiguration'>,
): Promise<void> {
  await aws.elasticache.modifyReplicationGroupShardConfiguration({
    ReplicationGroupId: id,
    NodeGroupCount: to,
    ApplyImmediately: true,
  });
}
