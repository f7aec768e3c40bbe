import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

type Caches = SimulatedAccount['services']['elasticache'];

/** A node of a replication group is named after it, and after its shard where there is cluster mode. */
const nodeOfGroup = /^(.+?)(-\d{4})?-\d{3}$/;
/** Work and data that leave a cache at ease, and that are too much for it: in the units of its description. */
const ease = { load: 60, dataGiB: 4 };
const excess = { load: 190, dataGiB: 12.5 };

export function ofCacheGroup({ services }: SimulatedAccount, { resource: { id }, condition }: Sick): AssumedSickness {
  return assumed(services.elasticache, { id, cache: id, condition }, (caches) => {
    caches.addGroup({ id, tags });
    return `cache ${id} has a primary and a replica in another zone, the replica well`;
  });
}

export function ofCacheCluster({ services }: SimulatedAccount, { resource: { id }, condition }: Sick): AssumedSickness {
  const [, group, shard] = nodeOfGroup.exec(id) ?? [];
  if (group === undefined) {
    return assumed(services.elasticache, { id, cache: id, condition }, (caches) => {
      caches.addCluster({ id, tags });
      return `cache ${id} is Memcached on two nodes, the second one well`;
    });
  }
  return assumed(services.elasticache, { id, cache: group, condition }, (caches) => {
    const clusterMode = shard !== undefined;
    caches.addGroup({ id: group, clusterMode, shards: Number(shard?.slice(1) ?? 1), tags });
    return `${id} is a node of ${group}, each of whose primaries has a replica in another zone that is well`;
  });
}

export function ofServerlessCache(
  { services: { elasticache } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (elasticache.holds(id)) return undefined;
      elasticache.addServerless({ name: id, maxStorageGB: 10, maxEcpuPerSecond: 10_000, tags });
      return `serverless cache ${id} may grow to 10 GB and 10,000 processing units a second`;
    },
    sicken: () => {
      if (condition === 'cache-overloaded') elasticache.setLoad(id, 11_000);
      else if (condition === 'cache-memory-low') elasticache.setData(id, 11);
    },
    recover: () => {
      if (!elasticache.holds(id)) return;
      elasticache.setLoad(id, 1_000);
      elasticache.setData(id, 2);
    },
  };
}

/** `id`: what is sick. `cache`: what it is a node of, or itself. */
function assumed(
  caches: Caches,
  { id, cache, condition }: { readonly id: string; readonly cache: string; readonly condition: string },
  add: (caches: Caches) => string,
): AssumedSickness {
  return {
    ensure: () => (caches.holds(id) ? undefined : add(caches)),
    sicken: () => {
      if (condition === 'cache-overloaded') caches.setLoad(cache, excess.load);
      else if (condition === 'cache-memory-low') caches.setData(cache, excess.dataGiB);
      // Whoever described it as sick has said what helps.
      else if (!caches.isSick(id))
        caches.sicken(id, { kind: condition === 'cache-node-unhealthy' ? 'engine' : 'host' });
    },
    recover: () => {
      if (!caches.holds(id)) return;
      caches.setLoad(cache, ease.load);
      caches.setData(cache, ease.dataGiB);
      caches.cure(id);
    },
  };
}
