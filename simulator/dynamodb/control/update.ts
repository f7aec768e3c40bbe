import type * as sdk from '@aws-sdk/client-dynamodb';
import { Refusal } from '../../refusal';
import { invalid, notFound, notSimulated } from '../refusal';
import type { Served, TableState, Units } from './state';

const day = 24 * 60 * 60_000;
/** Switches to on-demand that DynamoDB allows in any 24 hours. */
const mostSwitches = 4;

/** How long a table is UPDATING, in milliseconds. A switch of the capacity mode takes several minutes. */
const takes = { throughput: 60_000, switch: 8 * 60_000, protection: 5_000 };

/** What an UpdateTable asks for, once DynamoDB has taken it. */
export interface Change {
  /** Milliseconds until the table is ACTIVE again, and the change holds. */
  readonly takes: number;
  /** Names of the indexes that are UPDATING meanwhile. */
  readonly indexes: readonly string[];
  apply(): void;
}

const simulated = new Set([
  'TableName',
  'BillingMode',
  'ProvisionedThroughput',
  'GlobalSecondaryIndexUpdates',
  'OnDemandThroughput',
  'DeletionProtectionEnabled',
]);

/** The change that an UpdateTable asks of a table; throws for what DynamoDB refuses. */
export function changeOf(table: TableState, input: sdk.UpdateTableCommandInput, now: number): Change {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined && !simulated.has(name)) throw notSimulated(`the parameter ${name} of UpdateTable`);
  }
  if (table.status !== 'ACTIVE') {
    throw new Refusal(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being updated: ${table.name}`,
    );
  }
  const { DeletionProtectionEnabled: protect, ...throughput } = input;
  const asksForThroughput = Object.entries(throughput).some(
    ([name, value]) => name !== 'TableName' && value !== undefined,
  );
  if (protect === undefined) {
    if (asksForThroughput) return throughputChange(table, throughput, now);
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  if (asksForThroughput) throw invalid('Only one kind of change can be made to a table at a time');
  return {
    takes: takes.protection,
    indexes: [],
    apply: () => {
      table.deletionProtection = protect;
    },
  };
}

function throughputChange(table: TableState, input: sdk.UpdateTableCommandInput, now: number): Change {
  const {
    BillingMode: mode,
    ProvisionedThroughput: own,
    OnDemandThroughput: most,
    GlobalSecondaryIndexUpdates = [],
  } = input;
  const isOnDemand = mode === undefined ? table.billing === 'on-demand' : mode === 'PAY_PER_REQUEST';
  const ofIndexes = GlobalSecondaryIndexUpdates.map(({ Update, Create, Delete }) => {
    if (!Update || Create || Delete) throw notSimulated('indexes that are made or deleted by UpdateTable');
    return { name: Update.IndexName ?? '', own: Update.ProvisionedThroughput, most: Update.OnDemandThroughput };
  });
  const asked = [{ name: undefined, own, most }, ...ofIndexes];
  if (isOnDemand && asked.some((each) => each.own)) {
    throw invalid(
      'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (!isOnDemand && asked.some((each) => each.most)) {
    throw invalid(
      'One or more parameter values were invalid: OnDemandThroughput needs the billing mode PAY_PER_REQUEST',
    );
  }
  const isSwitch = isOnDemand !== (table.billing === 'on-demand');
  if (isSwitch) refuseSwitch(table, isOnDemand, own !== undefined, now);
  const changes = asked.map((each) => ({ of: servedBy(table, each.name), ...each }));
  for (const { of, own: units } of changes) if (units && !isSwitch) refuseSame(of.capacity, units);
  return {
    takes: isSwitch ? takes.switch : takes.throughput,
    indexes: ofIndexes.map(({ name }) => name),
    apply: () => {
      table.billing = isOnDemand ? 'on-demand' : 'provisioned';
      if (isSwitch && isOnDemand) table.switchedAt = [...table.switchedAt, now].slice(-mostSwitches);
      for (const { of, own: units, most: maximum } of changes) {
        if (units) of.capacity = unitsOf(units);
        if (maximum) of.maximum = maximumOf(of.maximum, maximum);
      }
    },
  };
}

function refuseSwitch(table: TableState, toOnDemand: boolean, hasUnits: boolean, now: number): void {
  if (!toOnDemand && !hasUnits) {
    throw invalid(
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  if (toOnDemand && table.switchedAt.filter((at) => at > now - day).length >= mostSwitches) {
    throw new Refusal(
      'LimitExceededException',
      `Subscriber limit exceeded: Update to PayPerRequest mode are limited to ${mostSwitches} times in 24 hours`,
    );
  }
}

function refuseSame(now: Units, asked: sdk.ProvisionedThroughput): void {
  if (asked.ReadCapacityUnits !== now.read || asked.WriteCapacityUnits !== now.write) return;
  throw invalid(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${now.read}. Requested ReadCapacityUnits: ${now.read}. Current WriteCapacityUnits provisioned for the table: ${now.write}. Requested WriteCapacityUnits: ${now.write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

function servedBy(table: TableState, index: string | undefined): Served {
  if (index === undefined) return table;
  const found = table.indexes.get(index);
  if (found) return found;
  throw notFound(`Requested resource not found: the table ${table.name} has no index ${index}`);
}

function unitsOf({ ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 }: sdk.ProvisionedThroughput): Units {
  if (read >= 1 && write >= 1) return { read, write };
  throw invalid(
    '1 validation error detected: ReadCapacityUnits and WriteCapacityUnits must be greater than or equal to 1',
  );
}

/** Of a ceiling -1 takes it away, and what is not named stays. */
function maximumOf(now: Partial<Units>, asked: sdk.OnDemandThroughput): Partial<Units> {
  const { MaxReadRequestUnits: read = now.read, MaxWriteRequestUnits: write = now.write } = asked;
  return {
    ...(read !== undefined && read > 0 && { read }),
    ...(write !== undefined && write > 0 && { write }),
  };
}
