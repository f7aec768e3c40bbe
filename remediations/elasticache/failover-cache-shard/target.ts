import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { readCacheFailovers, type CacheEvent } from '../../../vitals/elasticache/cache-events';
import { readShard, type Replica, type shardReads, type ShardReading } from '../../../vitals/elasticache/cache-shard';
import { cacheServes } from '../../../vitals/elasticache/cache-status';

/** What a policy may set. */
export const wishes = z.strictObject({
  /** Names of Availability Zones that must not be failed over to, such as one that is impaired. */
  avoidZones: z.array(z.string().min(1)).default([]),
  /** Seconds that a replica may lag behind: what was written within them can be lost. */
  maxLagSeconds: z.number().nonnegative().default(5),
  /**
   * With cluster mode only TestFailover fails a shard over. AWS means it for tests, and may block it during its own events:
   * so it must be allowed.
   */
  testFailover: z.boolean().default(false),
});
export type Wishes = z.infer<typeof wishes>;

export type Reads = Calls<(typeof shardReads)[number] | 'elasticache:DescribeEvents'>;

/** Minutes that a shard rests between two failovers: another one may bring back what was left. */
const restMinutes = 30;

/** Why this shard must not be failed over, whatever state it is in; undefined when it may. */
export function unfitness({ group, shard, replicas }: ShardReading, { testFailover }: Wishes): string | undefined {
  const { id, clusterMode, globalDatastore } = group;
  if (globalDatastore !== undefined)
    return `${id} is part of the global datastore ${globalDatastore}: a person decides there`;
  if (replicas.length === 0) return `shard ${shard.id} of ${id} has no replica that could take over`;
  if (!clusterMode || testFailover) return undefined;
  return `${id} has cluster mode, and only TestFailover fails its shards over: a person decides, or testFailover: true does`;
}

/** Why it must not be failed over as it stands; undefined when it may. */
export function objectionTo(found: ShardReading, failovers: readonly CacheEvent[], now: number): string | undefined {
  const { group, shard, pending } = found;
  const { id, status, clusterMode, guard } = group;
  if (status !== 'available') return `${id} is ${status}: ElastiCache fails over only what is available`;
  if (clusterMode && !guard.automaticFailover) return `${id} has automatic failover off, and TestFailover needs it`;
  // A change that is made at once takes along what waits.
  if (pending.length > 0) return `${id} has changes waiting that would be made as well: ${pending.join(', ')}`;
  const last = failovers.findLast(({ at }) => at > now - restMinutes * 60_000);
  return last && `shard ${shard.id} of ${id} must rest for ${restMinutes} minutes after a failover: ${last.message}`;
}

/** The same of the only shard of a group, read anew. */
export async function objectionToShard(group: string, aws: Reads): Promise<string | undefined> {
  const found = await readShard({ kind: 'cache-group', id: group }, aws);
  if (found.kind === 'refused') return found.reason;
  return objectionTo(found, await readCacheFailovers(found.group.id, aws), aws.now());
}

/** Why this replica of the only shard of a group cannot take over now; undefined while it can. */
export async function unfitTarget(
  { group, target, maxLagSeconds }: { readonly group: string; readonly target: string; readonly maxLagSeconds: number },
  aws: Reads,
): Promise<string | undefined> {
  const found = await readShard({ kind: 'cache-group', id: group }, aws);
  if (found.kind === 'refused') return found.reason;
  const replicas = found.replicas.filter(({ id }) => id === target);
  const choice = chooseTarget({ ...found, replicas }, { avoidZones: [], maxLagSeconds });
  return choice.kind === 'refused' ? choice.reason : undefined;
}

type Choice =
  { readonly kind: 'found'; readonly target: Replica } | { readonly kind: 'refused'; readonly reason: string };

/** The replica that follows most closely, of those that may take over. With cluster mode AWS picks: then every one must be fit. */
export function chooseTarget({ group, primary, replicas }: ShardReading, wished: Omit<Wishes, 'testFailover'>): Choice {
  const judged = replicas.map((replica) => ({ replica, flaw: flawOf(replica, primary.zone, wished) }));
  const flaws = judged.flatMap(({ flaw }) => flaw ?? []);
  const fit = judged.filter(({ flaw }) => flaw === undefined).map(({ replica }) => replica);
  // By whole seconds, then by name: a plan that is made anew for the same sickness stays the same.
  const [target] = fit.toSorted((a, b) => seconds(a) - seconds(b) || (a.id < b.id ? -1 : 1));
  if (!target) return { kind: 'refused', reason: `no replica can take over from ${primary.id}: ${flaws.join('; ')}` };
  if (group.clusterMode && flaws.length > 0) {
    return {
      kind: 'refused',
      reason: `ElastiCache picks the replica itself, and might pick a wrong one: ${flaws.join('; ')}`,
    };
  }
  return { kind: 'found', target };
}

/** Why this replica must not take over; undefined when it may. */
function flawOf(
  { id, zone, status, lagSeconds }: Replica,
  sickZone: string | undefined,
  { avoidZones, maxLagSeconds }: Omit<Wishes, 'testFailover'>,
): string | undefined {
  if (!cacheServes(status)) return `${id} is ${status}`;
  if (zone === undefined || sickZone === undefined) return `in which zone ${id} is, or its primary, is not told`;
  if (zone === sickZone) return `${id} is in ${zone} as its primary is`;
  if (avoidZones.includes(zone)) return `${id} is in ${zone}, which the policy says to avoid`;
  if (lagSeconds === undefined) return `how far ${id} lags behind is not told by ReplicationLag`;
  return lagSeconds > maxLagSeconds ? `${id} lags ${Math.ceil(lagSeconds)} s behind` : undefined;
}

function seconds({ lagSeconds = Infinity }: Replica): number {
  return Math.ceil(lagSeconds);
}
