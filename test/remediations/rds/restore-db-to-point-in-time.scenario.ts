import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-instance-failed',
    takes: 1_500,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders' });
      account.services.rds.fail('orders');
      return resource('db-instance', 'orders');
    },
    putToWork({ account }: Bench): void {
      account.services.rds.addDatabase({ id: 'orders', status: 'modifying' });
    },
    recover({ account }: Bench): void {
      account.services.rds.addDatabase({ id: 'orders' });
    },
  },
  {
    condition: 'db-data-lost',
    parameters: { minutesBack: 90 },
    takes: 600,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop' });
      return resource('db-cluster', 'shop');
    },
    putToWork({ account }: Bench): void {
      account.services.rds.failOver('shop');
    },
  },
];
