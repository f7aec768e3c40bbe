import type * as sdk from '@aws-sdk/client-dynamodb';
import { batchGet } from './dynamodb/batch';
import { Catalog } from './dynamodb/catalog';
import { TableControl } from './dynamodb/control';
import { Binding } from './dynamodb/expression/binding';
import { parseProjection, projected } from './dynamodb/expression/projection';
import { keyFrom } from './dynamodb/key';
import { query, scan } from './dynamodb/lookup';
import { refuseUnknown } from './dynamodb/parameters';
import { invalid } from './dynamodb/refusal';
import { returnedBy } from './dynamodb/returned';
import { promptSettings } from './dynamodb/settings';
import { Transactions } from './dynamodb/transaction';
import { readDelete, readPut, readUpdate, type Write } from './dynamodb/write';
import type { Service } from './account';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** DynamoDB of one account: tables with their rows and global secondary indexes. */
export class DynamoDb {
  /** How it behaves where the real one promises little. */
  readonly settings = promptSettings();
  readonly operations: Service['operations'];
  /** Capacity, protection and copies of its tables. */
  readonly control: TableControl;
  readonly #catalog: Catalog;
  readonly #transactions: Transactions;

  constructor(account: SimulatedAccount) {
    this.#catalog = new Catalog(account, this.settings);
    this.control = new TableControl(account, this.#catalog);
    this.operations = { ...this.#ofRows, ...this.#ofTables, ...this.control.operations };
    this.#transactions = new Transactions(account.clock, this.settings, (name) => this.#catalog.table(name));
  }

  readonly #ofRows = {
    GetItem: (input: sdk.GetItemCommandInput): Answer<sdk.GetItemCommandOutput> => {
      refuseUnknown('GetItem', input);
      const table = this.#catalog.table(input.TableName);
      const bound = new Binding(input);
      const paths = bound.use(parseProjection, 'ProjectionExpression', input.ProjectionExpression);
      bound.close();
      const stored = table.read(keyFrom(input.Key, table.definition.keys), input.ConsistentRead);
      if (!stored) return {};
      return {
        Item: paths
          ? projected(
              stored.row,
              paths.map((path) => bound.path(path)),
            )
          : { ...stored.row },
      };
    },
    BatchGetItem: (input: sdk.BatchGetItemCommandInput): Answer<sdk.BatchGetItemCommandOutput> => {
      refuseUnknown('BatchGetItem', input);
      return batchGet(input.RequestItems ?? {}, (name) => this.#catalog.table(name), this.settings);
    },
    PutItem: (input: sdk.PutItemCommandInput): Answer<sdk.PutItemCommandOutput> => {
      refuseUnknown('PutItem', input);
      return this.#write(readPut(this.#catalog.table(input.TableName), input), input.ReturnValues);
    },
    UpdateItem: (input: sdk.UpdateItemCommandInput): Answer<sdk.UpdateItemCommandOutput> => {
      refuseUnknown('UpdateItem', input);
      return this.#write(readUpdate(this.#catalog.table(input.TableName), input), input.ReturnValues);
    },
    DeleteItem: (input: sdk.DeleteItemCommandInput): Answer<sdk.DeleteItemCommandOutput> => {
      refuseUnknown('DeleteItem', input);
      return this.#write(readDelete(this.#catalog.table(input.TableName), input), input.ReturnValues);
    },
    TransactWriteItems: (input: sdk.TransactWriteItemsCommandInput): Answer<sdk.TransactWriteItemsCommandOutput> => {
      refuseUnknown('TransactWriteItems', input);
      this.#transactions.write(input);
      return {};
    },
    Query: (input: sdk.QueryCommandInput): Answer<sdk.QueryCommandOutput> => {
      refuseUnknown('Query', input);
      return query(this.#catalog.table(input.TableName), this.settings.pageBytes, input).answer();
    },
    Scan: (input: sdk.ScanCommandInput): Answer<sdk.ScanCommandOutput> => {
      refuseUnknown('Scan', input);
      return scan(this.#catalog.table(input.TableName), this.settings.pageBytes, input).answer();
    },
  };

  readonly #ofTables = {
    CreateTable: (input: sdk.CreateTableCommandInput): Answer<sdk.CreateTableCommandOutput> => {
      this.#catalog.create(input);
      this.control.created(input);
      return { TableDescription: this.control.describe(input.TableName) };
    },
    DeleteTable: ({ TableName }: sdk.DeleteTableCommandInput): Answer<sdk.DeleteTableCommandOutput> => {
      this.control.refuseDeletion(TableName);
      const described = this.#catalog.delete(TableName);
      this.control.deleted(described.TableName ?? '');
      return { TableDescription: described };
    },
    ListTables: (): Answer<sdk.ListTablesCommandOutput> => ({ TableNames: [...this.#catalog.names()] }),
    UpdateTimeToLive: ({
      TableName,
      TimeToLiveSpecification,
    }: sdk.UpdateTimeToLiveCommandInput): Answer<sdk.UpdateTimeToLiveCommandOutput> => {
      const { AttributeName, Enabled } = TimeToLiveSpecification ?? {};
      if (!AttributeName) throw invalid('TimeToLiveSpecification must name an attribute');
      this.#catalog.table(TableName).expiry.attribute = Enabled ? AttributeName : undefined;
      return { TimeToLiveSpecification };
    },
  };

  #write(write: Write, asked: sdk.ReturnValue | undefined): { Attributes?: Record<string, sdk.AttributeValue> } {
    const { table, key, name } = write;
    if (table.isHeld(name)) throw new Refusal('TransactionConflictException', 'Transaction is ongoing for the item');
    const before = table.latest(key);
    const after = write.after(before?.row);
    if (before ?? after) table.write(key, before, after);
    return returnedBy(asked, before?.row, after?.row, write.paths);
  }
}
