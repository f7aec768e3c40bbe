import { z } from 'zod';
import type { Cache } from '../../../vitals/elasticache/cache';
import { standingOf, type AbsoluteChange, type ChangeStanding } from '../../absolute-change';
import { counted, countedWays } from './grow';
import { nodeType } from './node-type';
import type { Next, Reads, Way, Wishes } from './way';

const of = { kind: z.enum(['cache-group', 'cache-cluster', 'serverless-cache']), id: z.string() };

/** Before-image, and the size that is decided once: a start that is repeated sets the same. */
export const planned = z.discriminatedUnion('way', [
  z.object({ ...of, way: z.enum(countedWays), change: z.object({ from: z.number(), to: z.number() }) }),
  z.object({ ...of, way: z.literal('nodeType'), change: z.object({ from: z.string(), to: z.string() }) }),
]);
export type Plan = z.infer<typeof planned>;

/** What grows, in words. */
export function nameOfGrowth(way: Plan['way'], id: string): string {
  return way === 'nodeType' ? nodeType.what(id) : counted[way].what(id);
}

/** Where it stands. */
export function standingOfGrowth(plan: Plan, cache: Cache): ChangeStanding {
  return plan.way === 'nodeType'
    ? standingOf<string | undefined>(plan.change, nodeType.now(cache))
    : standingOf<number | undefined>(plan.change, counted[plan.way].now(cache));
}

type Refused = Extract<Next<unknown>, { refused: string }>;

/** From what to what a cache grows in this way; or why it must not. */
export function growthOf(
  way: Plan['way'],
  cache: Cache,
  wished: Wishes,
  condition: string,
  aws: Reads,
): Promise<AbsoluteChange<string | number> | Refused> {
  return way === 'nodeType'
    ? changeOf(nodeType, cache, wished, condition, aws)
    : changeOf(counted[way], cache, wished, condition, aws);
}

async function changeOf<Size>(
  way: Way<Size>,
  cache: Cache,
  wished: Wishes,
  condition: string,
  aws: Reads,
): Promise<AbsoluteChange<Size> | Refused> {
  const from = way.now(cache);
  if (from === undefined)
    return {
      refused: `${way.what(cache.id)} is nothing that can be raised: there is none, or it differs from place to place`,
    };
  const next = await way.next(cache, from, wished, condition, aws);
  return 'to' in next ? { from, to: next.to } : next;
}
