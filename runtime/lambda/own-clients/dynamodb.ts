// Commands one by one, and not the class that has all: the bundler leaves out what is not named here.
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableClient } from '../../store/dynamodb-store/client';
import type { ClientSettings } from '../../aws/sdk-clients';

export function tableClient(settings: ClientSettings): TableClient {
  const client = new DynamoDBClient({ ...settings, cacheMiddleware: true });
  return {
    batchGetItem: (input) => client.send(new BatchGetItemCommand(input)),
    getItem: (input) => client.send(new GetItemCommand(input)),
    putItem: (input) => client.send(new PutItemCommand(input)),
    query: (input) => client.send(new QueryCommand(input)),
    transactWriteItems: (input) => client.send(new TransactWriteItemsCommand(input)),
    updateItem: (input) => client.send(new UpdateItemCommand(input)),
  };
}
