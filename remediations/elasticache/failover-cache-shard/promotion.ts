import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { readCacheFailovers } from '../../../vitals/elasticache/cache-events';
import { readCacheGroup, type CacheGroup, type Guard } from '../../../vitals/elasticache/cache-group';
import { workOnCache } from '../../../vitals/elasticache/cache-status';
import { messageOf } from '../../../vitals/vitals';
import type { Check, Start } from '../../remediation';
import { cannotCheck } from '../../unread';
import { objectionToShard, type Reads, unfitTarget } from './target';

/** The way of a group without shards: automatic failover off, the replica made primary, automatic failover on again. */
export const promotion = z.object({
  way: z.literal('promotion'),
  group: z.string(),
  /** Node that was the primary when the plan was made. */
  primary: z.string(),
  /** Node that is to be. */
  target: z.string(),
  /** Before-image, and what the last step puts back whatever came of the others. */
  guard: z.object({ automaticFailover: z.boolean(), multiAz: z.boolean() }),
  maxLagSeconds: z.number(),
  /** Failovers that ElastiCache tells of after this time are of after the plan. */
  lastFailoverAt: z.number(),
});
type Plan = z.infer<typeof promotion>;
type Writes = Reads & Calls<'elasticache:ModifyReplicationGroup'>;

/** Begins the handle of an attempt that was given up with everything as before; the reason follows. */
const undone = 'undone: ';

/**
 * Called for each step, and goes on from the state that it reads. ElastiCache takes a primary by name only while automatic failover
 * is off. It does not say who turned that off: where a person did so after the plan, it is turned on again as well.
 */
export async function promote(plan: Plan, aws: Writes): Promise<Start> {
  const reading = await readCacheGroup(plan.group, aws);
  if (reading.kind === 'absent') return { kind: 'refused', reason: `${plan.group} no longer exists` };
  // No refusal: automatic failover may be off, and the next check looks again.
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  const { group } = reading;
  switch (phaseOf(group, plan)) {
    case 'untouched': {
      const objection = (await objectionToShard(plan.group, aws)) ?? (await unfitTarget(plan, aws));
      if (objection) return { kind: 'refused', reason: objection };
      return isGuarded(plan.guard) ? setGuard(plan, off, 'accepted', aws) : setPrimary(plan, aws);
    }
    case 'unguarded':
      return workOnCache(group) ? { kind: 'started' } : setPrimaryOrUndo(plan, aws);
    case 'moved':
      return workOnCache(group) ? { kind: 'started' } : setGuard(plan, plan.guard, 'accepted', aws);
    case 'complete':
      return { kind: 'refused', reason: `${primaryOf(group) ?? 'no node'} is the primary of ${group.id} already` };
    case 'unclear':
      return { kind: 'started' };
  }
}

export async function checkPromotion(plan: Plan, handle: string | undefined, aws: Reads): Promise<Check> {
  const reading = await readCacheGroup(plan.group, aws);
  if (reading.kind !== 'found') return cannotCheck(reading, plan.group);
  const { group } = reading;
  const { id } = group;
  const phase = phaseOf(group, plan);
  const work = workOnCache(group);
  if (work) return { kind: 'pending', detail: `${work}: ${plan.target} is to become its primary` };
  switch (phase) {
    case 'untouched':
      return checkUntouched(plan, handle);
    case 'unguarded':
      return { kind: 'continue', detail: `automatic failover of ${id} is OFF: ${plan.target} is to be promoted now` };
    case 'moved':
      return {
        kind: 'continue',
        detail: `${primaryOf(group) ?? ''} is the primary of ${id}; automatic failover is OFF`,
      };
    case 'unclear':
      return { kind: 'pending', detail: `ElastiCache shows no one primary in ${id}` };
    case 'complete': {
      const detail = `${primaryOf(group) ?? ''} is the primary of ${id}, and automatic failover is as before`;
      return primaryOf(group) === plan.target ? { kind: 'done', detail } : { kind: 'failed', detail };
    }
  }
}

function checkUntouched({ group, primary }: Plan, handle: string | undefined): Check {
  if (handle?.startsWith(undone)) {
    return { kind: 'failed', detail: `${group} is as before: ${handle.slice(undone.length)}` };
  }
  return handle
    ? { kind: 'pending', detail: `${group} was told to change and shows nothing of it yet` }
    : { kind: 'notStarted', detail: `${primary} is the primary of ${group} as before` };
}

type Phase = 'untouched' | 'unguarded' | 'moved' | 'complete' | 'unclear';

/** How far it has come, by the state alone. */
function phaseOf(group: CacheGroup, { primary, guard }: Plan): Phase {
  const now = primaryOf(group);
  const isAsBefore = guard.automaticFailover === group.guard.automaticFailover && guard.multiAz === group.guard.multiAz;
  if (now === undefined) return 'unclear';
  if (now === primary) return isAsBefore ? 'untouched' : 'unguarded';
  return isAsBefore ? 'complete' : 'moved';
}

function primaryOf({ shards }: CacheGroup): string | undefined {
  const [primary, ...more] = shards[0].nodes.filter(({ role }) => role === 'primary');
  return more.length === 0 ? primary?.id : undefined;
}

const off: Guard = { automaticFailover: false, multiAz: false };
const isGuarded = ({ automaticFailover, multiAz }: Guard): boolean => automaticFailover || multiAz;

async function setGuard({ group }: Plan, guard: Guard, handle: string, aws: Writes): Promise<Start> {
  await aws.elasticache.modifyReplicationGroup({
    ReplicationGroupId: group,
    AutomaticFailoverEnabled: guard.automaticFailover,
    MultiAZEnabled: guard.multiAz,
    ApplyImmediately: true,
  });
  return { kind: 'started', handle };
}

async function setPrimary({ group, target }: Plan, aws: Writes): Promise<Start> {
  await aws.elasticache.modifyReplicationGroup({
    ReplicationGroupId: group,
    PrimaryClusterId: target,
    ApplyImmediately: true,
  });
  return { kind: 'started', handle: 'accepted' };
}

/** Promotes, or turns automatic failover on again where that cannot be: a group must never be left without it. */
async function setPrimaryOrUndo(plan: Plan, aws: Writes): Promise<Start> {
  const trouble = await troubleWith(plan, aws).catch(messageOf);
  if (trouble !== undefined) return setGuard(plan, plan.guard, `${undone}${trouble}`, aws);
  try {
    return await setPrimary(plan, aws);
  } catch (error) {
    // Without an answer it may have happened: the next check tells.
    if (!(error instanceof Error && '$fault' in error)) throw error;
    return setGuard(plan, plan.guard, `${undone}${messageOf(error)}`, aws);
  }
}

/** Why the target must not be promoted any more, in the middle of the way. */
async function troubleWith(plan: Plan, aws: Reads): Promise<string | undefined> {
  // ElastiCache was told before, and has come to rest with the old primary.
  const failovers = await readCacheFailovers(plan.group, aws);
  const tried = failovers.findLast(({ at, message }) => at > plan.lastFailoverAt && message.includes(plan.target));
  return tried ? `the promotion came to nothing: ${tried.message}` : unfitTarget(plan, aws);
}
