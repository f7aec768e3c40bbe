import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-writer-unhealthy',
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop' });
      account.services.rds.sicken('shop');
      return resource('db-cluster', 'shop');
    },
    putToWork: failOver,
  },
];

function failOver({ account }: Bench, { id }: Resource): void {
  account.services.rds.failOver(id);
}
