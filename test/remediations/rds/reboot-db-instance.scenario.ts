import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-instance-impaired',
    takes: 90,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'engine' } });
      return resource('db-instance', 'orders');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services.rds.failOver(id);
    },
  },
  {
    condition: 'db-writer-unhealthy',
    takes: 90,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop', members: [{ id: 'shop-1', sick: { kind: 'engine' } }] });
      return resource('db-cluster', 'shop');
    },
    putToWork({ account }: Bench): void {
      account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: 'shop-1' });
    },
  },
];
