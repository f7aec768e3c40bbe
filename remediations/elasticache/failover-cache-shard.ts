import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { lastAt, readCacheFailovers } from '../../vitals/elasticache/cache-events';
import { cacheServes, workOnCache } from '../../vitals/elasticache/cache-status';
import { readShard, shardReads } from '../../vitals/elasticache/cache-shard';
import { defineRemediation } from '../remediation';
import { checkPromotion, promote, promotion } from './failover-cache-shard/promotion';
import { chooseTarget, objectionTo, unfitness, wishes } from './failover-cache-shard/target';
import { checkTestFailover, testFailover, testOf, tooManyTests } from './failover-cache-shard/test-failover';

const planned = z.discriminatedUnion('way', [promotion, testOf]);
type Plan = z.infer<typeof planned>;

const onGroup = 'arn:*:elasticache:*:*:replicationgroup:*';

/** Makes a replica of a replication group, or of one of its shards, the primary. */
export const failoverCacheShard = defineRemediation({
  name: 'failover-cache-shard',
  title: 'Make a replica of a cache its primary',
  when: 'The primary, or its Availability Zone, is degraded, and a replica in another zone is well and follows closely.',
  whenNot:
    'The load comes from commands or a hot key, there is no such replica, or the group is of a global datastore. What the replica has not got yet is lost.',
  heals: ['cache-primary-unhealthy'],
  takes: ['cache-group', 'cache-cluster'],
  risk: 'medium',
  needsApproval: true,
  parameters: wishes,
  permissions: {
    read: [...shardReads, 'elasticache:DescribeEvents'],
    write: [
      {
        action: 'elasticache:ModifyReplicationGroup',
        on: onGroup,
        tagged: true,
        // The same call upgrades engines and resizes nodes. IAM knows these keys where the request has the parameter.
        condition: { Null: { 'elasticache:CacheNodeType': 'true', 'elasticache:EngineVersion': 'true' } },
      },
      { action: 'elasticache:TestFailover', on: onGroup, tagged: true },
    ],
  },
  snapshots: {
    kinds: ['cache-group', 'cache-cluster'],
    // What the replica has not got yet is on the primary. Of one shard alone there is no snapshot.
    of: (plan) =>
      plan.way === 'test' ? { kind: 'cache-group', id: plan.group } : { kind: 'cache-cluster', id: plan.primary },
  },
  patience: { checkEvery: 30, giveUpAfter: 2700 },
  planned,

  async plan({ resource }, wished, aws) {
    const { kind, id, account, region } = resource;
    const found = await readShard({ kind: kind === 'cache-group' ? kind : 'cache-cluster', id }, aws);
    if (found.kind === 'refused') return found;
    const { group, shard, primary, replicas } = found;
    if (kind === 'cache-cluster' && primary.id.toLowerCase() !== id.toLowerCase()) {
      return { kind: 'notNeeded', reason: `${id} is a replica now: the primary is ${primary.id}` };
    }
    const unfit = unfitness(found, wished);
    if (unfit) return { kind: 'refused', reason: unfit };
    const work = workOnCache(group);
    if (work) return { kind: 'busy', reason: work };
    const failovers = await readCacheFailovers(group.id, aws);
    const objection =
      objectionTo(found, failovers, aws.now()) ?? (group.clusterMode ? await tooManyTests(aws) : undefined);
    if (objection) return { kind: 'refused', reason: objection };
    const choice = chooseTarget(found, wished);
    if (choice.kind === 'refused') return choice;
    const of = {
      group: group.id,
      primary: primary.id,
      lastFailoverAt: lastAt(failovers),
      maxLagSeconds: wished.maxLagSeconds,
    };
    const touched: Resource = { kind: 'cache-group', id: group.id, account, region };
    const node = (one: { readonly id: string }): Resource => ({ kind: 'cache-cluster', id: one.id, account, region });
    const plan: Plan = group.clusterMode
      ? { ...of, way: 'test', shard: shard.id, avoidZones: wished.avoidZones }
      : { ...of, way: 'promotion', target: choice.target.id, guard: group.guard };
    return {
      kind: 'planned',
      plan,
      summary: group.clusterMode
        ? `fail shard ${shard.id} of ${group.id} over from ${primary.id} to a replica that ElastiCache picks`
        : `make ${choice.target.id} the primary of ${group.id} instead of ${primary.id}`,
      touches: [touched, ...(group.clusterMode ? shard.nodes : [primary, choice.target]).map(node)],
      group: {
        resource: touched,
        size: shard.nodes.length,
        // Replicas go on serving while one of them is promoted.
        healthyOthers: replicas.filter(({ status }) => cacheServes(status)).length,
      },
    };
  },

  start: (plan, aws) => (plan.way === 'test' ? testFailover(plan, aws) : promote(plan, aws)),
  check: (plan, handle, aws) =>
    plan.way === 'test' ? checkTestFailover(plan, handle, aws) : checkPromotion(plan, handle, aws),
});
