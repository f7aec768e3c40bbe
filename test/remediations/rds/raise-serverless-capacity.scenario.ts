import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-overloaded',
    takes: 60,
    build({ account, resource }: Bench): Resource {
      const sick = { kind: 'overloaded' as const, curedBy: ['capacity' as const] };
      const members = [{ id: 'shop-1', class: 'db.serverless', sick }];
      account.services.rds.addCluster({ id: 'shop', capacity: { least: 0.5, most: 8 }, members });
      return resource('db-cluster', 'shop');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services.rds.addCluster({ id, status: 'upgrading', capacity: { least: 0.5, most: 8 } });
    },
    recover({ account }: Bench, { id }: Resource): void {
      account.services.rds.cure(id);
    },
  },
];
