import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'table-data-lost',
    takes: 1_200,
    build({ account, resource }: Bench): Resource {
      account.services.dynamodb.control.add({ name: 'orders', indexes: [{ name: 'by-customer' }] });
      return resource('table', 'orders');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.call('dynamodb', 'UpdateTable', { TableName: id, DeletionProtectionEnabled: false });
    },
  },
];
