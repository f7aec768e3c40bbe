import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'table-throttled',
    takes: 600,
    build({ account, resource }: Bench): Resource {
      account.services.dynamodb.control.add({
        name: 'orders',
        load: { read: 10, write: 150 },
        indexes: [{ name: 'by-customer' }],
      });
      return resource('table', 'orders');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.call('dynamodb', 'UpdateTable', { TableName: id, DeletionProtectionEnabled: false });
    },
    recover({ account }: Bench, { id }: Resource): void {
      account.services.dynamodb.control.setLoad(id, { write: 1 });
    },
  },
];
