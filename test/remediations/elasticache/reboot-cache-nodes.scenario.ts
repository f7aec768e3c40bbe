import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'cache-node-unhealthy',
    takes: 180,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addCluster({ id: 'pages', nodes: 3, sick: { kind: 'engine' } });
      return resource('cache-cluster', 'pages');
    },
    putToWork({ account }: Bench): void {
      account.services.elasticache.putToWork('pages', 'modifying', 10);
    },
    loses: /^what node 0001 of pages holds$/,
    recover({ account }: Bench): void {
      account.services.elasticache.cure('pages');
    },
  },
  {
    condition: 'cache-node-unhealthy',
    takes: 180,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addGroup({ id: 'sessions', replicas: 2 });
      account.services.elasticache.sicken('sessions-003', { kind: 'engine' });
      return resource('cache-cluster', 'sessions-003');
    },
    putToWork({ account }: Bench): void {
      account.services.elasticache.putToWork('sessions-003', 'modifying', 10);
    },
  },
  {
    condition: 'cache-node-unhealthy',
    takes: 180,
    build({ account, resource }: Bench): Resource {
      account.services.elasticache.addCluster({ id: 'basket', engine: 'valkey', nodes: 1, sick: { kind: 'engine' } });
      return resource('cache-cluster', 'basket');
    },
    putToWork({ account }: Bench): void {
      account.services.elasticache.putToWork('basket', 'modifying', 10);
    },
    loses: /^what node 0001 of basket holds$/,
    recover({ account }: Bench): void {
      account.services.elasticache.cure('basket');
    },
  },
];
