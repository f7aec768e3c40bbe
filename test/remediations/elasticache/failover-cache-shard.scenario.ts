import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const condition = 'cache-primary-unhealthy';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition,
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', replicas: 2, sick: { kind: 'host' } });
      return resource('cache-cluster', 'sessions-001');
    },
    putToWork: takeSnapshot,
  },
  {
    condition,
    parameters: { testFailover: true },
    takes: 720,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', clusterMode: true, shards: 2, sick: { kind: 'host' } });
      return resource('cache-cluster', 'sessions-0001-001');
    },
    putToWork: takeSnapshot,
  },
];

function takeSnapshot({ account }: Bench): void {
  account.services.elasticache.putToWork('sessions', 'snapshotting', 10);
}
