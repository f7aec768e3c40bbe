import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../../runtime/dynamodb-store';
import { createTableInput } from '../../runtime/dynamodb-store/table-definition';
import { incidentStoreContract } from '../runtime/incident-store.contract';
import { clientSettings, emulators } from './endpoints';

describe.each(emulators())('the store in DynamoDB, as $name has it', ({ endpoint }) => {
  const client = new DynamoDB(clientSettings(endpoint));
  const tables: string[] = [];

  incidentStoreContract(async () => {
    const name = `store-${process.pid}-${Date.now()}-${tables.length}`;
    await client.createTable(createTableInput(name));
    tables.push(name);
    return new DynamoDbStore(client, name);
  });

  afterAll(async () => {
    for (const name of tables) await client.deleteTable({ TableName: name });
    client.destroy();
  });
});
