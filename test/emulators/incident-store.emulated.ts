import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../../runtime/store/dynamodb-store';
import { createTableInput } from '../../runtime/store/dynamodb-store/table-definition';
import { incidentStoreContract } from '../runtime/store/incident-store.contract';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount } from './endpoints';

onEachEmulator(['dynamodb'], ({ endpoint }) => {
  const client = new DynamoDB(clientSettings(endpoint, freshAccount()));
  const tables: string[] = [];

  incidentStoreContract(async () => {
    const name = `store-${tables.length}`;
    await client.createTable(createTableInput(name));
    tables.push(name);
    return new DynamoDbStore(client, name);
  });

  afterAll(async () => {
    for (const name of tables) await client.deleteTable({ TableName: name });
    client.destroy();
  });
});
