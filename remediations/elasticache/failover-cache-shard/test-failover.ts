import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { readCacheEvents, readCacheFailovers } from '../../../vitals/elasticache/cache-events';
import { readCacheGroup } from '../../../vitals/elasticache/cache-group';
import { readShard } from '../../../vitals/elasticache/cache-shard';
import { workOnCache } from '../../../vitals/elasticache/cache-status';
import type { Check, Start } from '../../remediation';
import { cannotCheck } from '../../unread';
import { chooseTarget, objectionTo, type Reads } from './target';

/** The way of a group with shards: ElastiCache picks the replica, and then makes the node anew that it left. */
export const testOf = z.object({
  way: z.literal('test'),
  group: z.string(),
  shard: z.string(),
  /** Node that was the primary when the plan was made. */
  primary: z.string(),
  avoidZones: z.array(z.string()),
  maxLagSeconds: z.number(),
  /** Failovers that ElastiCache tells of after this time are of after the plan. */
  lastFailoverAt: z.number(),
});
type Plan = z.infer<typeof testOf>;

/** Shards that ElastiCache lets TestFailover fail over in any 24 hours. */
const testsPerDay = 15;
const day = 24 * 60 * 60_000;
const called = /^Test Failover API called for node group (\S+)/i;

export async function testFailover(plan: Plan, aws: Reads & Calls<'elasticache:TestFailover'>): Promise<Start> {
  const found = await readShard({ kind: 'cache-cluster', id: plan.primary }, aws);
  if (found.kind === 'refused') return found;
  const { group, shard, primary } = found;
  if (primary.id !== plan.primary) {
    return { kind: 'refused', reason: `${primary.id} is the primary of shard ${shard.id} of ${group.id} already` };
  }
  const choice = chooseTarget(found, plan);
  const objection = objectionTo(found, await readCacheFailovers(group.id, aws), aws.now()) ?? (await tooManyTests(aws));
  if (objection) return { kind: 'refused', reason: objection };
  if (choice.kind === 'refused') return choice;
  await aws.elasticache.testFailover({ ReplicationGroupId: group.id, NodeGroupId: shard.id });
  return { kind: 'started', handle: 'accepted' };
}

/** Says so when ElastiCache would take no further test; all of the account and region count. */
export async function tooManyTests(aws: Reads): Promise<string | undefined> {
  const events = await readCacheEvents({ type: 'replication-group' }, aws.now() - day, aws);
  const tests = events.filter(({ message }) => called.test(message)).length;
  return tests < testsPerDay
    ? undefined
    : `TestFailover was called for ${tests} shards within a day, and ElastiCache takes no more`;
}

export async function checkTestFailover(plan: Plan, handle: string | undefined, aws: Reads): Promise<Check> {
  const reading = await readCacheGroup(plan.group, aws);
  if (reading.kind !== 'found') return cannotCheck(reading, plan.group);
  const { id } = reading.group;
  const events = (await readCacheFailovers(id, aws)).filter(({ at }) => at > plan.lastFailoverAt);
  const since = events.findIndex(({ message }) => called.exec(message)?.[1] === plan.shard);
  if (since < 0) {
    return handle
      ? { kind: 'pending', detail: `shard ${plan.shard} of ${id} was told to fail over, and no event says so yet` }
      : { kind: 'notStarted', detail: `ElastiCache knows of no failover of shard ${plan.shard} of ${id}` };
  }
  const completed = events.slice(since).find(({ message }) => /failover .*completed/i.test(message));
  const work = workOnCache(reading.group);
  if (!completed || work) {
    return {
      kind: 'pending',
      detail: completed ? `${completed.message}; ${work ?? ''}` : `shard ${plan.shard} of ${id} fails over`,
    };
  }
  return { kind: 'done', detail: completed.message };
}
