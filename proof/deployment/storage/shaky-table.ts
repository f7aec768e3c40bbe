import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableClient } from '../../../runtime/store/dynamodb-store/client';
import { TransactionCancelled } from '../../../simulator/dynamodb/refusal';
import { Refusal } from '../../../simulator/refusal';
import type { Faults } from '../../faults';
import type { Sandbox } from '../sandbox';

function timedOut(): Error {
  return Object.assign(new Error('connection timed out'), { name: 'TimeoutError' });
}

/** DynamoDB as one process reaches it. `onWritten` is told of each transaction in the moment in which it is written. */
export function shakyTable(
  sandbox: Sandbox,
  client: TableClient,
  faults: Faults,
  onWritten: (transaction: TransactWriteItemsCommandInput) => void,
): TableClient {
  const cross = <T>(what: string, changes: boolean, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `dynamodb:${what}`, changes }, async () => {
      if (faults.hits('table-throttled')) {
        throw new Refusal('ProvisionedThroughputExceededException', 'The level of throughput was exceeded.');
      }
      if (!changes) return act();
      if (faults.hits('commit-failed')) throw timedOut();
      const answer = await act();
      if (faults.hits('commit-unknown')) throw timedOut();
      return answer;
    });
  return {
    batchGetItem: (input) => cross('BatchGetItem', false, () => client.batchGetItem(input)),
    getItem: (input) => cross('GetItem', false, () => client.getItem(input)),
    query: (input) => cross('Query', false, () => client.query(input)),
    putItem: (input) => cross('PutItem', true, () => client.putItem(input)),
    updateItem: (input) => cross('UpdateItem', true, () => client.updateItem(input)),
    transactWriteItems: (input) =>
      cross('TransactWriteItems', true, async () => {
        if (faults.hits('commit-conflict')) {
          throw new TransactionCancelled((input.TransactItems ?? []).map(() => 'TransactionConflict'));
        }
        const answer = await client.transactWriteItems(input);
        onWritten(input);
        return answer;
      }),
  };
}
