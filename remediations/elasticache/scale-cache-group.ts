import type { Resource } from '../../signals/signal';
import { readCache } from '../../vitals/elasticache/cache';
import { workOnCache } from '../../vitals/elasticache/cache-status';
import { answerBefore, checkOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { growthOf, nameOfGrowth, planned, standingOfGrowth, type Plan } from './scale-cache-group/growth';
import { grow, wayOf } from './scale-cache-group/grow';
import { groupOf, objectionTo } from './scale-cache-group/objection';
import { highest, reads, wishes } from './scale-cache-group/way';

const onGroup = 'arn:*:elasticache:*:*:replicationgroup:*';

/** Lets a cache grow by one step: a replica, a shard, a larger node type, a Memcached node, or a limit of a serverless cache. */
export const scaleCacheGroup = defineRemediation({
  name: 'scale-cache-group',
  title: 'Let a cache grow by one step',
  when: 'A cache has more work, or more keys, than it can carry, and these are spread over all of it.',
  whenNot:
    'One key or one node has most of the work, a snapshot is being taken, or auto scaling sizes the cache already.',
  heals: ['cache-overloaded', 'cache-memory-low'],
  takes: ['cache-group', 'cache-cluster', 'serverless-cache'],
  risk: 'medium',
  needsApproval: true,
  parameters: wishes,
  permissions: {
    read: reads,
    write: [
      {
        action: 'elasticache:IncreaseReplicaCount',
        on: onGroup,
        tagged: true,
        condition: { NumericLessThanEquals: { 'elasticache:ReplicasPerNodeGroup': String(highest.replicas) } },
      },
      {
        action: 'elasticache:ModifyReplicationGroupShardConfiguration',
        on: onGroup,
        tagged: true,
        condition: { NumericLessThanEquals: { 'elasticache:NumNodeGroups': String(highest.shards) } },
      },
      {
        action: 'elasticache:ModifyReplicationGroup',
        on: onGroup,
        tagged: true,
        // The same call upgrades engines. IAM knows this key where the request has the parameter.
        condition: { Null: { 'elasticache:EngineVersion': 'true' } },
      },
      {
        action: 'elasticache:ModifyCacheCluster',
        on: 'arn:*:elasticache:*:*:cluster:*',
        tagged: true,
        condition: { Null: { 'elasticache:EngineVersion': 'true' } },
      },
      { action: 'elasticache:ModifyServerlessCache', on: 'arn:*:elasticache:*:*:serverlesscache:*', tagged: true },
    ],
  },
  snapshots: {
    kinds: ['cache-group'],
    // Keys move to another shard, or all of them to other nodes; the other ways touch none.
    of: ({ way, id }) => (way === 'shards' || way === 'nodeType' ? { kind: 'cache-group', id } : undefined),
  },
  patience: { checkEvery: 60, giveUpAfter: 7200 },
  planned,

  async plan({ resource, condition }, wished, aws) {
    const found = await readCache(resource, aws);
    if (found.kind === 'refused') return found;
    const { cache } = found;
    const { kind, id } = cache;
    const work = workOnCache(cache);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(cache, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const way = wayOf(cache, condition, wished.how);
    if (way === undefined)
      return { kind: 'refused', reason: `${id} is one node on its own, and no node can be added to it` };
    const change = await growthOf(way, cache, wished, condition, aws);
    if ('refused' in change) return { kind: 'refused', reason: change.refused };
    const grown: Resource = { ...resource, kind, id };
    return {
      kind: 'planned',
      plan: { kind, id, way, change } as Plan,
      summary: `raise ${nameOfGrowth(way, id)} from ${change.from} to ${change.to}`,
      touches: kind === resource.kind ? [grown] : [grown, resource],
      group: await groupOf(cache, grown, aws),
    };
  },

  async start(plan, aws) {
    const found = await readCache(plan, aws);
    if (found.kind === 'refused') return found;
    const { cache } = found;
    const work = workOnCache(cache);
    if (work) return { kind: 'refused', reason: work };
    const before = answerBefore(standingOfGrowth(plan, cache), nameOfGrowth(plan.way, plan.id));
    if (before) return before;
    const objection = await objectionTo(cache, aws);
    if (objection) return { kind: 'refused', reason: objection };
    await grow(cache, plan, aws);
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const found = await readCache(plan, aws);
    if (found.kind === 'refused') return { kind: 'failed', detail: found.reason };
    return checkOf(standingOfGrowth(plan, found.cache), nameOfGrowth(plan.way, plan.id), workOnCache(found.cache));
  },
});
