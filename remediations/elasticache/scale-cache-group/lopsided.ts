import type { Calls } from '../../../vitals/aws';
import { latestByNode, type GroupNode } from '../../../vitals/elasticache/cache-group';

/** So many times as busy as the others: then the work is not spread, and more to spread it over does not help. */
const timesAsBusy = 2;

/**
 * Says so when one of these sets of nodes has most of the work. A set is as busy as the busiest of its nodes. Throws where
 * CloudWatch is silent about all nodes of a set: unknown is not even.
 */
export async function lopsided(
  sets: readonly (readonly GroupNode[])[],
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<string | undefined> {
  if (sets.length < 2) return undefined;
  const nodes = sets.flat();
  const load = await latestByNode('EngineCPUUtilization', nodes, aws);
  const busy = sets.map((set) => {
    const values = set.flatMap(({ id }) => load.get(id) ?? []);
    if (values.length === 0)
      throw new Error(`how busy ${set[0]?.id ?? 'a node'} is is not told by EngineCPUUtilization`);
    return Math.max(...values);
  });
  const most = Math.max(...busy);
  const others = busy.toSorted((a, b) => b - a).slice(1);
  const average = others.reduce((sum, value) => sum + value, 0) / others.length;
  const busiest = nodes.find(({ id }) => load.get(id) === most)?.id ?? '';
  return most > timesAsBusy * average
    ? `${busiest} is ${Math.round(most)} % busy and the others ${Math.round(average)} % on average`
    : undefined;
}
