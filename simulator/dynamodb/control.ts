import type * as sdk from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Catalog } from './catalog';
import { describeBackups, momentOf, updateBackups } from './control/backups';
import { Compliance } from './control/compliance';
import { creationOf, describeState } from './control/description';
import { metricOf } from './control/metrics';
import { createdTable } from './control/created';
import { describeReplicas, replicaWritesOf, writesOf } from './control/replicas';
import { restoredTable } from './control/restored';
import { tableSchema, type tableHappeningSchema, type TableInput } from './control/schema';
import { stateOf, type Served, type TableState, type Units } from './control/state';
import { changeOf, type Change } from './control/update';
import { beingUpdated, invalid, notFound } from './refusal';

type Answer<Output> = Omit<Output, '$metadata'>;

const minute = 60_000;
/** From the request to a restored table; AWS says that even a small one takes some twenty minutes. */
const restoreTakes = 20 * minute;
/** From a load that is too much to the capacity that auto scaling gives, in milliseconds. */
const scalingTakes = 3 * minute;

/** Capacity, protection and copies of the tables of an account: what is asked of them by other than reading and writing rows. */
export class TableControl {
  readonly #states = new Map<string, TableState>();
  readonly #updating = new Map<string, ReadonlySet<string>>();
  readonly #listeners: ((table: string) => void)[] = [];
  readonly #compliance: Compliance;

  constructor(
    private readonly account: SimulatedAccount,
    private readonly catalog: Catalog,
  ) {
    this.#compliance = new Compliance(account);
    account.services.cloudwatch.provide('AWS/DynamoDB', (name, dimensions) => {
      const state = this.#states.get(dimensions['TableName'] ?? '');
      return state && metricOf(state, name, dimensions);
    });
  }

  readonly operations = {
    DescribeTable: ({ TableName }: sdk.DescribeTableCommandInput): Answer<sdk.DescribeTableCommandOutput> => ({
      Table: this.describe(TableName),
    }),
    UpdateTable: (input: sdk.UpdateTableCommandInput): Answer<sdk.UpdateTableCommandOutput> => {
      const state = this.state(input.TableName);
      this.#begin(state, changeOf(state, input, this.#now()));
      return { TableDescription: this.describe(state.name) };
    },
    ListTagsOfResource: ({
      ResourceArn,
    }: sdk.ListTagsOfResourceCommandInput): Answer<sdk.ListTagsOfResourceCommandOutput> => {
      if (!ResourceArn?.startsWith('arn:')) throw invalid(`Invalid TableArn: Invalid ResourceArn provided as input`);
      return { Tags: Object.entries(this.state(ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    DescribeContinuousBackups: ({
      TableName,
    }: sdk.DescribeContinuousBackupsCommandInput): Answer<sdk.DescribeContinuousBackupsCommandOutput> => ({
      ContinuousBackupsDescription: describeBackups(this.#backedUp(TableName), this.#now()),
    }),
    UpdateContinuousBackups: (
      input: sdk.UpdateContinuousBackupsCommandInput,
    ): Answer<sdk.UpdateContinuousBackupsCommandOutput> => {
      const state = this.#backedUp(input.TableName);
      updateBackups(state, input, this.#now());
      this.#compliance.weigh(state);
      return { ContinuousBackupsDescription: describeBackups(state, this.#now()) };
    },
    RestoreTableToPointInTime: (
      input: sdk.RestoreTableToPointInTimeCommandInput,
    ): Answer<sdk.RestoreTableToPointInTimeCommandOutput> => this.#restore(input),
    DescribeTableReplicaAutoScaling: ({
      TableName,
    }: sdk.DescribeTableReplicaAutoScalingCommandInput): Answer<sdk.DescribeTableReplicaAutoScalingCommandOutput> => ({
      TableAutoScalingDescription: describeReplicas(this.state(TableName), this.account.region),
    }),
    UpdateTableReplicaAutoScaling: (
      input: sdk.UpdateTableReplicaAutoScalingCommandInput,
    ): Answer<sdk.UpdateTableReplicaAutoScalingCommandOutput> => {
      const state = this.state(input.TableName);
      const bounds = replicaWritesOf(state, input);
      if (state.status !== 'ACTIVE') throw beingUpdated(state.name);
      const apply = (): void => {
        state.replicaWrites = bounds;
        this.#followWrites(state);
      };
      this.#begin(state, { takes: minute, indexes: [], apply });
      return { TableAutoScalingDescription: describeReplicas(state, this.account.region) };
    },
  };

  /** Adds a table, or replaces the one of that name. Its rows are none, unless somebody writes some. */
  add(description: TableInput): void {
    const described = tableSchema.parse(description);
    if (this.holds(described.name)) this.catalog.delete(described.name);
    this.catalog.create(creationOf(described));
    this.#put(stateOf(described, this.#now()));
  }

  /** Knows a table that CreateTable made: nobody protects it, nor loads it. */
  created(input: sdk.CreateTableCommandInput): void {
    this.#put(stateOf(createdTable(input), this.#now()));
  }

  deleted(name: string): void {
    this.#states.delete(name);
  }

  /** Refuses to let a protected table be deleted. */
  refuseDeletion(name: string | undefined): void {
    if (!this.#states.get(name ?? '')?.deletionProtection) return;
    throw invalid(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }

  holds(name: string): boolean {
    return this.#states.has(name);
  }

  /** By its name or ARN. */
  state(nameOrArn: string | undefined): TableState {
    const described = this.catalog.describe(nameOrArn);
    const found = this.#states.get(described.TableName ?? '');
    if (found) return found;
    throw notFound();
  }

  describe(nameOrArn: string | undefined): sdk.TableDescription {
    const state = this.state(nameOrArn);
    return describeState(this.catalog.describe(nameOrArn), state, this.#updating.get(state.name) ?? new Set());
  }

  /** Who reads and writes it asks for so much from now on; what is not named stays. */
  setLoad(
    table: string,
    load: { readonly read?: number | undefined; readonly write?: number | undefined },
    index?: string,
  ): void {
    const state = this.state(table);
    const served = servedBy(state, index);
    const { read = served.load.read, write = served.load.write } = load;
    served.load = { read, write };
    this.#changed(state);
    this.#followWrites(state);
    for (const listener of this.#listeners) listener(table);
  }

  /** Is told the name of a table whose load has changed. */
  onLoad(listener: (table: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Lets something befall a table; AWS Config finds in its time that one is not protected any more. */
  befall({ name, index, load, unprotected }: z.infer<typeof tableHappeningSchema>): void {
    if (load) this.setLoad(name, load, index);
    if (!unprotected) return;
    const state = this.state(name);
    state.recovery = undefined;
    this.#compliance.weigh(state);
  }

  /** Gives it these units, as auto scaling does: as soon as nothing else is done to the table. */
  scale(table: string, index: string | undefined, capacity: Units): void {
    const state = this.state(table);
    const indexes = index === undefined ? [] : [index];
    const apply = (): void => {
      servedBy(state, index).capacity = capacity;
    };
    if (state.status === 'ACTIVE') this.#begin(state, { takes: minute, indexes, apply });
    else {
      this.account.clock.after(minute, () => {
        if (this.#states.get(table) === state && state.billing === 'provisioned') this.scale(table, index, capacity);
      });
    }
  }

  /** It is UPDATING until the change holds. */
  #begin(state: TableState, { takes, indexes, apply }: Change): void {
    state.status = 'UPDATING';
    this.#updating.set(state.name, new Set(indexes));
    this.account.clock.after(takes, () => {
      apply();
      state.status = 'ACTIVE';
      this.#updating.delete(state.name);
      this.#compliance.weigh(state);
      this.#changed(state);
    });
  }

  /** Auto scaling of a global table gives all Regions what is written, within its bounds. */
  #followWrites(state: TableState): void {
    const write = writesOf(state);
    if (write === state.capacity.write) return;
    this.account.clock.after(scalingTakes, () => {
      this.scale(state.name, undefined, { ...state.capacity, write });
    });
  }

  #restore(input: sdk.RestoreTableToPointInTimeCommandInput): Answer<sdk.RestoreTableToPointInTimeCommandOutput> {
    const { TargetTableName: name = '' } = input;
    const source = this.#backedUp(input.SourceTableName ?? input.SourceTableArn);
    const to = momentOf(source, input, this.#now());
    if (this.holds(name)) throw new Refusal('TableAlreadyExistsException', `Table already exists: ${name}`);
    const { TableArn = '' } = this.catalog.create({ ...this.catalog.creation(source.name), TableName: name });
    const restored = { source: this.account.arn('dynamodb', `table/${source.name}`), to, inProgress: true };
    const state = restoredTable(source, { name, createdAt: this.#now() }, restored);
    this.#put(state);
    this.account.clock.after(restoreTakes, () => {
      state.status = 'ACTIVE';
      restored.inProgress = false;
    });
    return { TableDescription: { ...this.describe(name), TableArn } };
  }

  /** Of a table that is not there these operations have an error of their own. */
  #backedUp(nameOrArn: string | undefined): TableState {
    try {
      return this.state(nameOrArn);
    } catch (error) {
      if (!(error instanceof Refusal) || error.name !== 'ResourceNotFoundException') throw error;
      throw new Refusal('TableNotFoundException', `Table not found: ${String(nameOrArn)}`);
    }
  }

  #put(state: TableState): void {
    this.#states.set(state.name, state);
    this.#changed(state);
  }

  #changed({ name }: TableState): void {
    this.account.services.cloudwatch.changed('AWS/DynamoDB', { TableName: name });
  }

  #now(): number {
    return this.account.clock.now();
  }
}

function servedBy(state: TableState, index: string | undefined): Served {
  const found = index === undefined ? state : state.indexes.get(index);
  if (found) return found;
  throw new Error(`Table ${state.name} has no index ${String(index)}. Describe one.`);
}
