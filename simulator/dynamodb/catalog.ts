import type * as sdk from '@aws-sdk/client-dynamodb';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { definitionFrom } from './definition';
import { invalid, notFound } from './refusal';
import type { DynamoDbSettings } from './settings';
import { Table } from './table';

/** The tables of an account: they are there at once, and gone at once. */
export class Catalog {
  readonly #tables = new Map<string, { readonly table: Table; readonly input: sdk.CreateTableCommandInput }>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly settings: DynamoDbSettings,
  ) {}

  /** By its name or ARN; tidied, so that nobody finds what DynamoDB has deleted meanwhile. */
  table(nameOrArn: string | undefined): Table {
    const { table } = this.#find(nameOrArn, 'Requested resource not found');
    table.tidy();
    return table;
  }

  create(input: sdk.CreateTableCommandInput): sdk.TableDescription {
    const definition = definitionFrom(input);
    const { name } = definition;
    if (this.#tables.has(name)) throw new Refusal('ResourceInUseException', `Table already exists: ${name}`);
    const { clock } = this.account;
    this.#tables.set(name, { table: new Table(definition, clock.now(), clock, this.settings), input });
    return this.describe(name);
  }

  delete(name: string | undefined): sdk.TableDescription {
    const described = this.describe(name);
    this.#tables.delete(described.TableName ?? '');
    return { ...described, TableStatus: 'DELETING' };
  }

  describe(nameOrArn: string | undefined): sdk.TableDescription {
    const { table, input } = this.#find(
      nameOrArn,
      `Requested resource not found: Table: ${String(nameOrArn)} not found`,
    );
    const { name, indexes } = table.definition;
    const TableArn = this.account.arn('dynamodb', `table/${name}`);
    return {
      TableName: name,
      TableArn,
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date(table.createdAt),
      AttributeDefinitions: input.AttributeDefinitions,
      KeySchema: input.KeySchema,
      ...(input.BillingMode && { BillingModeSummary: { BillingMode: input.BillingMode } }),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
          IndexStatus: 'ACTIVE',
          IndexArn: `${TableArn}/index/${String(IndexName)}`,
        })),
      }),
    };
  }

  /** What the table was created with. */
  creation(name: string): sdk.CreateTableCommandInput {
    return this.#find(name, `Requested resource not found: Table: ${name} not found`).input;
  }

  names(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  #find(
    nameOrArn: string | undefined,
    message: string,
  ): { readonly table: Table; readonly input: sdk.CreateTableCommandInput } {
    if (!nameOrArn) throw invalid("The parameter 'TableName' is required but was not present in the request");
    const found = this.#tables.get(nameOrArn.replace(/^arn:.*:table\//, ''));
    if (found) return found;
    throw notFound(message);
  }
}
