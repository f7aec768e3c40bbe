import type { Calls } from '../../../vitals/aws';
import { sizedElsewhere } from './global-datastore';
import type { Way } from './way';

/** Larger nodes, one after the other: connections are cut once, for seconds. */
export const nodeType: Way<string> = {
  what: (id) => `the node type of ${id}`,
  now: (cache) => (cache.kind === 'cache-group' ? cache.nodeType : undefined),
  async next(cache, from, { nodeType: to }, _condition, aws) {
    const elsewhere = sizedElsewhere(cache);
    if (elsewhere) return { refused: elsewhere };
    if (to === undefined)
      return { refused: `only another node type gives ${cache.id} more, and the policy names none: set nodeType` };
    if (to === from) return { refused: `${cache.id} has ${to} already, and the policy names no larger type` };
    const { ScaleUpModifications = [] } = await aws.elasticache.listAllowedNodeTypeModifications({
      ReplicationGroupId: cache.id,
    });
    return ScaleUpModifications.includes(to)
      ? { to }
      : { refused: `ElastiCache does not scale ${cache.id} up from ${from} to ${to}` };
  },
};

export async function setNodeType(
  id: string,
  to: string,
  aws: Calls<'elasticache:ModifyReplicationGroup'>,
): Promise<void> {
  await aws.elasticache.modifyReplicationGroup({ ReplicationGroupId: id, CacheNodeType: to, ApplyImmediately: true });
}
