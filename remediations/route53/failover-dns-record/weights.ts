import type { ChangeBatch } from '@aws-sdk/client-route-53';
import { z } from 'zod';
import { plainText } from '../../../signals/plain-text';
import type { Calls } from '../../../vitals/aws';
import { doubtReads, readDoubt, readStanding, standingReads } from '../../../vitals/route53/health-check';
import type { WeightedSet } from '../../../vitals/route53/record-sets';
import { standbyFault } from '../health-check/failing-check';

/** Set identifier → weight. */
export const weights = z.record(z.string(), z.number());
type Weights = z.infer<typeof weights>;

/** The actions of `objectionTo`. */
export const objectionReads = [...standingReads, ...doubtReads] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

export function weightsOf(sets: readonly WeightedSet[]): Weights {
  return Object.fromEntries(sets.map(({ id, weight }) => [id, weight]));
}

/** All the weight that there is for the one that takes over. */
export function moved(from: Weights, to: string): Weights {
  const heaviest = Math.max(...Object.values(from));
  return Object.fromEntries(Object.keys(from).map((id) => [id, id === to ? heaviest : 0]));
}

/** Each set whose weight is another, whole: Route 53 puts it in the place of what there is, all of them at once. */
export function changes(sets: readonly WeightedSet[], weight: Weights): ChangeBatch {
  return {
    Comment: 'Homeostat',
    Changes: sets
      .filter(({ id, weight: now }) => weight[id] !== now)
      .map(({ id, whole }) => ({ Action: 'UPSERT' as const, ResourceRecordSet: { ...whole, Weight: weight[id] } })),
  };
}

/** Why clients must not be sent to that record set; undefined when they may. */
export async function objectionTo(
  sets: readonly WeightedSet[],
  { record, to }: { readonly record: string; readonly to: string },
  aws: Reads,
): Promise<string | undefined> {
  const standby = sets.find(({ id }) => id === to);
  if (!standby) return `${record} has no record set ${plainText(to)}`;
  const carrying = sets.filter((one) => one !== standby && one.weight > 0);
  if (carrying.length === 0) return `${record} leads to no other record set than ${plainText(to)}`;
  if (standby.healthCheck === undefined)
    return `no health check asks ${plainText(to)}, so nobody knows whether it answers`;
  const fault = await standbyFault(plainText(to), standby.healthCheck, aws);
  if (fault) return fault;
  const doubt = await readDoubt(standby.healthCheck, aws);
  if (doubt) return `the health check ${standby.healthCheck} of ${plainText(to)} ${doubt}`;
  for (const { id, healthCheck } of carrying) {
    if (healthCheck !== undefined && (await readStanding(healthCheck, aws)) === 'unhealthy') {
      return `Route 53 sends nobody to ${plainText(id)} as it is, by its health check ${healthCheck}`;
    }
  }
  return undefined;
}
