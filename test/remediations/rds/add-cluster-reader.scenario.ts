import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-overloaded',
    takes: 360,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop' });
      account.services.rds.sicken('shop', { kind: 'overloaded', curedBy: ['reader'] });
      return resource('db-cluster', 'shop');
    },
    putToWork: failOver,
  },
  {
    condition: 'db-writer-unhealthy',
    takes: 360,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop', members: [{ id: 'one' }] });
      account.services.rds.sicken('shop');
      return resource('db-cluster', 'shop');
    },
    putToWork: addReader,
  },
];

function failOver({ account }: Bench, { id }: Resource): void {
  account.services.rds.failOver(id);
}

function addReader({ account }: Bench, { id }: Resource): void {
  account.services.rds.operations.CreateDBInstance({
    DBInstanceIdentifier: 'by-people',
    DBClusterIdentifier: id,
    DBInstanceClass: 'db.r6g.large',
    Engine: 'aurora-postgresql',
  });
}
