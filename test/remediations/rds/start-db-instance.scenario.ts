import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-instance-stopped',
    takes: 400,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', status: 'stopped', tags: { 'homeostat:always-on': 'yes' } });
      return resource('db-instance', 'orders');
    },
    putToWork: startIt,
    recover: startIt,
  },
];

function startIt({ account }: Bench, { id }: Resource): void {
  account.services.rds.operations.StartDBInstance({ DBInstanceIdentifier: id });
}
