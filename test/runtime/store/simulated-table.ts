import { createTableInput } from '../../../runtime/store/dynamodb-store/table-definition';
import { VirtualClock } from '../../../simulator/clock';
import type { DynamoDb } from '../../../simulator/dynamodb';
import { clientOf } from '../../../simulator/dynamodb/client';
import { World, type SimulatedAccount } from '../../../simulator/world';

interface SimulatedTable {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly client: ReturnType<typeof clientOf>;
  readonly dynamodb: DynamoDb;
}

/** Homeostat's table, empty, under the name `table`, in an account of its own. */
export function simulatedTable(): SimulatedTable {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const account = new World(clock).account('111122223333', 'eu-central-1');
  account.call('dynamodb', 'CreateTable', createTableInput('table'));
  return { account, clock, client: clientOf(account), dynamodb: account.services.dynamodb };
}
