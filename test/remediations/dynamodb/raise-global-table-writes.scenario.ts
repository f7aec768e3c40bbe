import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'table-replication-late',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      account.services.dynamodb.control.add({
        name: 'orders',
        load: { read: 10, write: 150 },
        replicas: [{ region: 'eu-west-1' }],
        replicaWrites: { min: 10, max: 100 },
      });
      return resource('table', 'orders');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.call('dynamodb', 'UpdateTable', { TableName: id, DeletionProtectionEnabled: false });
    },
  },
];
