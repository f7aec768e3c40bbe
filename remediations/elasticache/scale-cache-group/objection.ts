import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import type { Cache } from '../../../vitals/elasticache/cache';
import { readGroupNodes } from '../../../vitals/elasticache/cache-group';
import { cacheServes } from '../../../vitals/elasticache/cache-status';
import { everyItem } from '../../../vitals/pages';
import type { Group } from '../../remediation';
import type { Reads } from './way';

/** Why the cache must not be changed as it stands; undefined when it may. */
export async function objectionTo(cache: Cache, aws: Reads): Promise<string | undefined> {
  const { id, status, kind } = cache;
  if (status !== 'available') return `${id} is ${status}: ElastiCache changes only what is available`;
  if (kind === 'serverless-cache') return undefined;
  const nodes = kind === 'cache-group' ? [...(await readGroupNodes(cache, aws)).values()] : [];
  const pending = new Set([...cache.pending, ...nodes.flatMap((node) => node.pending)]);
  // A change that is made at once takes along what waits.
  if (pending.size > 0) return `${id} has changes waiting that would be made as well: ${[...pending].join(', ')}`;
  const down = nodes.find((node) => !cacheServes(node.status));
  if (down) return `${down.id}, a node of ${id}, is ${down.status}: heal that first`;
  return scaledBy(kind === 'cache-group' ? 'replication-group' : 'cache-cluster', id, aws);
}

/** Says so when Application Auto Scaling sizes the cache: it would take the new size back, or had a reason not to give it. */
async function scaledBy(
  type: 'replication-group' | 'cache-cluster',
  id: string,
  aws: Calls<'application-autoscaling:DescribeScalableTargets'>,
): Promise<string | undefined> {
  const targets = await everyItem(
    (token) =>
      aws['application-autoscaling'].describeScalableTargets({
        ServiceNamespace: 'elasticache',
        ResourceIds: [`${type}/${id}`],
        ...token,
      }),
    ({ ScalableTargets }) => ScalableTargets,
  );
  const [target] = targets;
  return (
    target && `Application Auto Scaling sizes ${id} up to ${target.MaxCapacity ?? 'its maximum'}: raise that instead`
  );
}

/** Nothing is taken down: what serves goes on while the cache grows. */
export async function groupOf(cache: Cache, resource: Resource, aws: Reads): Promise<Group | 'alone'> {
  if (cache.kind === 'serverless-cache') return 'alone';
  const nodes = cache.kind === 'cache-group' ? [...(await readGroupNodes(cache, aws)).values()] : cache.nodes;
  return { resource, size: nodes.length, healthyOthers: nodes.filter(({ status }) => cacheServes(status)).length };
}
