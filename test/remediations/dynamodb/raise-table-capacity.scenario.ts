import type { Resource } from '../../../signals/signal';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const throttled = (described: Partial<TableInput>, target?: { readonly max: number }): Scenario => ({
  condition: 'table-throttled',
  takes: 120,
  build({ account, resource }: Bench): Resource {
    const { dynamodb, 'application-autoscaling': scaling } = account.services;
    dynamodb.control.add({ name: 'orders', load: { read: 10, write: 150 }, ...described });
    if (target) {
      scaling.add({ resource: 'table/orders', dimension: 'dynamodb:table:WriteCapacityUnits', min: 5, ...target });
    }
    return resource('table', 'orders');
  },
  putToWork: protect,
  recover({ account }: Bench): void {
    account.services.dynamodb.control.setLoad('orders', { read: 1, write: 1 });
  },
});

/** What it is held to its contract with: each way that it acts. */
export const scenarios: readonly Scenario[] = [
  throttled({}),
  throttled({}, { max: 100 }),
  throttled({ billing: 'on-demand', maximum: { write: 100 } }),
  {
    ...throttled({
      load: { read: 10, write: 10 },
      indexes: [{ name: 'by-customer', capacity: { read: 20, write: 20 }, load: { read: 90, write: 10 } }],
    }),
    recover({ account }: Bench): void {
      account.services.dynamodb.control.setLoad('orders', { read: 1 }, 'by-customer');
    },
  },
];

/** People change the table, too. */
function protect({ account }: Bench, { id }: Resource): void {
  const { deletionProtection } = account.services.dynamodb.control.state(id);
  account.call('dynamodb', 'UpdateTable', { TableName: id, DeletionProtectionEnabled: !deletionProtection });
}
