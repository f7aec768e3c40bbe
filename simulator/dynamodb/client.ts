import type * as sdk from '@aws-sdk/client-dynamodb';

/** Whoever answers calls: an account. */
interface Answers {
  call(service: string, operation: string, input: object): object;
}

/** Operations as methods, as the SDK's `DynamoDB` has them. */
interface DynamoDbClient {
  batchGetItem(input: sdk.BatchGetItemCommandInput): Promise<sdk.BatchGetItemCommandOutput>;
  createTable(input: sdk.CreateTableCommandInput): Promise<sdk.CreateTableCommandOutput>;
  deleteItem(input: sdk.DeleteItemCommandInput): Promise<sdk.DeleteItemCommandOutput>;
  getItem(input: sdk.GetItemCommandInput): Promise<sdk.GetItemCommandOutput>;
  putItem(input: sdk.PutItemCommandInput): Promise<sdk.PutItemCommandOutput>;
  query(input: sdk.QueryCommandInput): Promise<sdk.QueryCommandOutput>;
  scan(input: sdk.ScanCommandInput): Promise<sdk.ScanCommandOutput>;
  transactWriteItems(input: sdk.TransactWriteItemsCommandInput): Promise<sdk.TransactWriteItemsCommandOutput>;
  updateItem(input: sdk.UpdateItemCommandInput): Promise<sdk.UpdateItemCommandOutput>;
}

/**
 * A client without the SDK, for programs that count microseconds. Calls take no time; they go through the account, so its
 * faults hit them and its observers see them. Unlike the SDK it makes up no token for a transaction that has none.
 */
export function clientOf(account: Answers): DynamoDbClient {
  const answer =
    <Output>(operation: string) =>
    async (input: object): Promise<Output> =>
      ({ $metadata: {}, ...account.call('dynamodb', operation, input) }) as Output;
  return {
    batchGetItem: answer('BatchGetItem'),
    createTable: answer('CreateTable'),
    deleteItem: answer('DeleteItem'),
    getItem: answer('GetItem'),
    putItem: answer('PutItem'),
    query: answer('Query'),
    scan: answer('Scan'),
    transactWriteItems: answer('TransactWriteItems'),
    updateItem: answer('UpdateItem'),
  };
}
