import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-source-lost',
    takes: 240,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', status: 'failed' });
      account.services.rds.addDatabase({ id: 'orders-replica', replicaOf: 'orders', multiAz: false });
      return resource('db-instance', 'orders-replica');
    },
    putToWork: reboot,
    loses: /^what was written to orders after 2026-11-21T01:59:00Z, which orders-replica has not got$/,
  },
];

function reboot({ account }: Bench, { id }: Resource): void {
  account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: id });
}
