import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../../runtime/dynamodb-store';
import type { TableClient } from '../../runtime/dynamodb-store/client';
import { createTableInput } from '../../runtime/dynamodb-store/table-definition';
import { incidentStoreContract } from '../runtime/incident-store.contract';
import { clientSettings, emulators } from './endpoints';

/**
 * Known disagreement with AWS: moto answers requests in threads, and undoes a transaction that fails by putting back the copy of
 * the table that it made before. What others wrote meanwhile is gone, and two transactions can find the same conditions to hold.
 * Its requests are sent one after the other; workers still race, for their reads and writes interleave.
 */
const oneAtATime: readonly string[] = ['moto'];

function inTurn(client: TableClient): TableClient {
  let last: Promise<unknown> = Promise.resolve();
  const turn = <In, Out>(send: (input: In) => Promise<Out>) => {
    return async (input: In): Promise<Out> => {
      const answer = last.then(async () => send(input));
      last = answer.catch(() => undefined);
      return answer;
    };
  };
  return {
    batchGetItem: turn((input) => client.batchGetItem(input)),
    getItem: turn((input) => client.getItem(input)),
    putItem: turn((input) => client.putItem(input)),
    query: turn((input) => client.query(input)),
    transactWriteItems: turn((input) => client.transactWriteItems(input)),
    updateItem: turn((input) => client.updateItem(input)),
  };
}

describe.each(emulators())('the store in DynamoDB, as $name has it', ({ name, endpoint }) => {
  const client = new DynamoDB(clientSettings(endpoint));
  const used = oneAtATime.includes(name) ? inTurn(client) : client;
  const tables: string[] = [];

  incidentStoreContract(async () => {
    const table = `store-${process.pid}-${Date.now()}-${tables.length}`;
    await client.createTable(createTableInput(table));
    tables.push(table);
    return new DynamoDbStore(used, table);
  });

  afterAll(async () => {
    for (const table of tables) await client.deleteTable({ TableName: table });
    client.destroy();
  });
});
