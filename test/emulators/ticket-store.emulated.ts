import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { createTableInput } from '../../runtime/store/dynamodb-store/table-definition';
import { DynamoDbTickets } from '../../runtime/store/dynamodb-tickets';
import { ticketStoreContract } from '../runtime/store/ticket-store.contract';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount } from './endpoints';

onEachEmulator(['dynamodb'], ({ endpoint }) => {
  const client = new DynamoDB(clientSettings(endpoint, freshAccount()));
  const tables: string[] = [];

  ticketStoreContract(async () => {
    const name = `tickets-${tables.length}`;
    await client.createTable(createTableInput(name));
    tables.push(name);
    return new DynamoDbTickets(client, name);
  });

  afterAll(async () => {
    for (const name of tables) await client.deleteTable({ TableName: name });
    client.destroy();
  });
});
