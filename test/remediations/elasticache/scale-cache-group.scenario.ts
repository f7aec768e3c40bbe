import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with: each way of growing once. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'cache-overloaded',
    takes: 600,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', load: 190 });
      return resource('cache-cluster', 'sessions-002');
    },
    putToWork: takeSnapshot('sessions'),
  },
  {
    condition: 'cache-overloaded',
    takes: 1200,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', clusterMode: true, shards: 2, load: 380 });
      return resource('cache-group', 'sessions');
    },
    putToWork: takeSnapshot('sessions'),
  },
  {
    condition: 'cache-memory-low',
    parameters: { nodeType: 'cache.r7g.xlarge' },
    takes: 900,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', dataGiB: 12.5 });
      return resource('cache-cluster', 'sessions-001');
    },
    putToWork: takeSnapshot('sessions'),
  },
  {
    condition: 'cache-memory-low',
    takes: 600,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addCluster({ id: 'pages', dataGiB: 12.5 });
      return resource('cache-cluster', 'pages');
    },
    putToWork: takeSnapshot('pages'),
  },
  {
    condition: 'cache-memory-low',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addServerless({
        name: 'carts',
        maxStorageGB: 10,
        minEcpuPerSecond: 1_000,
        dataGB: 11,
      });
      return resource('serverless-cache', 'carts');
    },
    putToWork: takeSnapshot('carts'),
  },
  {
    condition: 'cache-overloaded',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addServerless({ name: 'carts', maxEcpuPerSecond: 5_000, ecpuPerSecond: 6_000 });
      return resource('serverless-cache', 'carts');
    },
    putToWork: takeSnapshot('carts'),
  },
];

function takeSnapshot(id: string) {
  return ({ account }: Bench): void => {
    account.services.elasticache.putToWork(id, 'snapshotting', 10);
  };
}
