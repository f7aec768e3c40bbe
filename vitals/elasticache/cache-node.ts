import type { Calls } from '../aws';
import type { CacheCluster, CacheNode } from './cache-cluster';
import { cacheServes } from './cache-status';
import { latestValues } from '../latest-values';

/** The most connections that ElastiCache lets be open to one node, less a few: who comes then is turned away. */
const nearlyAllConnections = 64_000;
/** Swap in bytes above which ElastiCache's user guide says to act: of Memcached, and of the others. */
const swapOfMemcached = 50 * 1024 ** 2;
const swapOfOthers = 300 * 1024 ** 2;

/** The one node of a cluster that is sick, by what its metrics show now. */
export type SickNode =
  | { readonly kind: 'found'; readonly node: CacheNode; /** Such as `is rebooting`. */ readonly sign: string }
  | { readonly kind: 'notNeeded'; readonly reason: string }
  /** Several are sick at once, or it cannot be told. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Finds it by live reads: an alarm on a cluster does not say which node it is. */
export async function findSickNode(
  { id, engine, nodes }: CacheCluster,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<SickNode> {
  const named = (name: string) =>
    nodes.map((node) => ({
      namespace: 'AWS/ElastiCache',
      name,
      dimensions: { CacheClusterId: id, CacheNodeId: node.id },
    }));
  const connections = await latestValues(named('CurrConnections'), 'Maximum', aws);
  const swap = await latestValues(named('SwapUsage'), 'Maximum', aws);
  if (connections.every((value) => value === undefined)) {
    return {
      kind: 'refused',
      reason: `CloudWatch is silent about all nodes of ${id}: whether one is sick is not told`,
    };
  }
  const most = engine === 'memcached' ? swapOfMemcached : swapOfOthers;
  const sick = nodes.flatMap((node, place) => {
    const sign = signOf(node.status, connections[place], swap[place] ?? 0, most);
    return sign === undefined ? [] : [{ node, sign }];
  });
  const [first, ...more] = sick;
  if (!first) return { kind: 'notNeeded', reason: `no node of ${id} is out of connections, swaps or is silent now` };
  return more.length > 0
    ? { kind: 'refused', reason: `${more.length + 1} nodes of ${id} are sick at once: their trouble is shared` }
    : { kind: 'found', ...first };
}

function signOf(status: string, open: number | undefined, swapped: number, mostSwap: number): string | undefined {
  if (!cacheServes(status)) return `is ${status}`;
  if (open === undefined) return 'sends no metrics, and others do';
  if (open >= nearlyAllConnections) return `has ${Math.round(open)} connections, and takes no more`;
  return swapped > mostSwap ? `has ${Math.round(swapped / 1024 ** 2)} MiB of its memory in swap` : undefined;
}
