import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';

/** What the store needs of DynamoDB. The SDK's `DynamoDB` is one; a program that counts milliseconds hands in these six alone. */
export interface TableClient {
  batchGetItem(input: BatchGetItemCommandInput): Promise<BatchGetItemCommandOutput>;
  getItem(input: GetItemCommandInput): Promise<GetItemCommandOutput>;
  putItem(input: PutItemCommandInput): Promise<PutItemCommandOutput>;
  query(input: QueryCommandInput): Promise<QueryCommandOutput>;
  transactWriteItems(input: TransactWriteItemsCommandInput): Promise<TransactWriteItemsCommandOutput>;
  updateItem(input: UpdateItemCommandInput): Promise<UpdateItemCommandOutput>;
}

/** The same client, with every answer telling what it cost. */
export function metered(client: TableClient): TableClient {
  const asked = { ReturnConsumedCapacity: 'TOTAL' } as const;
  return {
    batchGetItem: (input) => client.batchGetItem({ ...input, ...asked }),
    getItem: (input) => client.getItem({ ...input, ...asked }),
    putItem: (input) => client.putItem({ ...input, ...asked }),
    query: (input) => client.query({ ...input, ...asked }),
    transactWriteItems: (input) => client.transactWriteItems({ ...input, ...asked }),
    updateItem: (input) => client.updateItem({ ...input, ...asked }),
  };
}
