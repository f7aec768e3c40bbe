import type { Resource } from '../../../signals/signal';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const lacking = (described: Partial<TableInput>): Scenario => ({
  condition: 'table-unprotected',
  takes: 30,
  build({ account, resource }: Bench): Resource {
    account.services.dynamodb.control.add({ name: 'orders', ...described });
    return resource('table', 'orders');
  },
  putToWork({ account }: Bench, { id }: Resource): void {
    account.call('dynamodb', 'UpdateTable', {
      TableName: id,
      ProvisionedThroughput: { ReadCapacityUnits: 200, WriteCapacityUnits: 200 },
    });
  },
  recover({ account }: Bench, { id }: Resource): void {
    account.services.dynamodb.control.add({ name: id });
  },
});

/** What it is held to its contract with: both steps, and each alone. */
export const scenarios: readonly Scenario[] = [
  lacking({ pointInTimeRecovery: false, deletionProtection: false }),
  lacking({ pointInTimeRecovery: false }),
  lacking({ deletionProtection: false }),
];
