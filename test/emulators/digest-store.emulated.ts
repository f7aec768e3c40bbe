import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { createTableInput } from '../../runtime/store/dynamodb-store/table-definition';
import { DynamoDbDigests } from '../../runtime/store/dynamodb-digests';
import { digestStoreContract } from '../runtime/store/digest-store.contract';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount } from './endpoints';

onEachEmulator(['dynamodb'], ({ endpoint }) => {
  const client = new DynamoDB(clientSettings(endpoint, freshAccount()));
  const tables: string[] = [];

  digestStoreContract(async () => {
    const name = `digests-${tables.length}`;
    await client.createTable(createTableInput(name));
    tables.push(name);
    return new DynamoDbDigests(client, name);
  });

  afterAll(async () => {
    for (const name of tables) await client.deleteTable({ TableName: name });
    client.destroy();
  });
});
