import { z } from 'zod';
import { readCacheCluster, type CacheCluster } from '../../vitals/elasticache/cache-cluster';
import { isBack, lastAt, readNodeRestarts, restartedLately } from '../../vitals/elasticache/cache-events';
import { findSickNode } from '../../vitals/elasticache/cache-node';
import { cacheServes, workOnCache } from '../../vitals/elasticache/cache-status';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';
import { change, restartsSince } from './reboot-cache-nodes/since-the-plan';
import { standInsOf } from './reboot-cache-nodes/stand-ins';

const planned = z.object({
  cluster: z.string(),
  node: z.string(),
  /** Whether it is a node of a replication group: then it gets its contents anew from its primary. */
  inGroup: z.boolean(),
  /** Restarts that ElastiCache tells of after this time are of the plan, or of others who came before it. */
  lastRestartAt: z.number(),
  account: z.string(),
  region: z.string(),
});
export type Plan = z.infer<typeof planned>;

const reads = [
  'cloudwatch:GetMetricData',
  'elasticache:DescribeCacheClusters',
  'elasticache:DescribeEvents',
  'elasticache:DescribeReplicationGroups',
] as const;

/** Restarts one node of Memcached, or of Valkey or Redis OSS without cluster mode. What it holds is gone. */
export const rebootCacheNodes = defineRemediation({
  name: 'reboot-cache-nodes',
  title: 'Restart one node of a cache',
  when: 'One node takes no connections, swaps or is silent, the others are well, and what is behind can fill it again.',
  whenNot:
    'Its contents cannot be had again, it is a primary, its group has cluster mode, or several nodes are sick at once.',
  heals: ['cache-node-unhealthy'],
  takes: ['cache-cluster'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.strictObject({}),
  permissions: {
    read: reads,
    write: [{ action: 'elasticache:RebootCacheCluster', on: 'arn:*:elasticache:*:*:cluster:*', tagged: true }],
  },
  snapshots: {
    kinds: ['cache-cluster'],
    of: ({ cluster, inGroup }) => (inGroup ? undefined : { kind: 'cache-cluster', id: cluster }),
  },
  patience: { checkEvery: 30, giveUpAfter: 1200 },
  planned,

  async plan({ resource }, _parameters, aws) {
    const reading = await readCacheCluster(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { cluster } = reading;
    const work = workOnCache(cluster);
    if (work) return { kind: 'busy', reason: work };
    const sick = await findSickNode(cluster, aws);
    if (sick.kind !== 'found') return sick;
    const node = sick.node.id;
    const standIns = await standInsOf(cluster, node, resource, aws);
    if ('refused' in standIns) return { kind: 'refused', reason: standIns.refused };
    const restarts = await readNodeRestarts(cluster.id, node, aws);
    const objection = objectionTo(cluster) ?? restartedLately(cluster.id, restarts, aws.now());
    if (objection) return { kind: 'refused', reason: objection };
    const { account, region } = resource;
    const inGroup = cluster.group !== undefined;
    return {
      kind: 'planned',
      plan: { cluster: cluster.id, node, inGroup, lastRestartAt: lastAt(restarts), account, region },
      summary: `restart node ${node} of ${cluster.id}: it ${sick.sign}`,
      touches: [{ ...resource, id: cluster.id }],
      group: standIns.group,
      ...(!inGroup && { destroys: [`what node ${node} of ${cluster.id} holds`] }),
    };
  },

  async start(plan, aws) {
    const reading = await readCacheCluster(plan.cluster, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.cluster} can't be read any more` };
    const { cluster } = reading;
    const objection = workOnCache(cluster) ?? objectionTo(cluster) ?? (await change(plan, cluster, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.elasticache.rebootCacheCluster({ CacheClusterId: plan.cluster, CacheNodeIdsToReboot: [plan.node] });
    return { kind: 'started', handle: 'accepted' };
  },

  async check(plan, handle, aws) {
    const reading = await readCacheCluster(plan.cluster, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, plan.cluster);
    const { id, status } = reading.cluster;
    if (!cacheServes(status)) return { kind: 'pending', detail: `${id} is ${status}` };
    const last = (await restartsSince(plan, aws)).at(-1);
    if (last && isBack(last))
      return { kind: 'done', detail: `${id} is ${status}, and ElastiCache says: ${last.message}` };
    if (last) return { kind: 'pending', detail: `ElastiCache says of ${id}: ${last.message}` };
    return handle
      ? { kind: 'pending', detail: `${id} was told to restart node ${plan.node}, and no event says so yet` }
      : { kind: 'notStarted', detail: `${id} is ${status}, and ElastiCache knows of no restart of node ${plan.node}` };
  },
});

/** Why it must not restart as it stands; undefined when it may. */
function objectionTo({ id, status, pending }: CacheCluster): string | undefined {
  if (status !== 'available') return `${id} is ${status}: ElastiCache restarts only what is available`;
  return pending.length > 0 ? `${id} has changes waiting that a restart may make: ${pending.join(', ')}` : undefined;
}
