import type {
  GlobalSecondaryIndexDescription,
  OnDemandThroughput,
  ProvisionedThroughputDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';

/** Names of tables as DynamoDB accepts them; what doesn't fit is sent nowhere. */
const tableName = /^[A-Za-z0-9_.-]{3,255}$/;

/** Capacity units per second. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** What a table and each of its indexes has of its own. */
export interface Capacity {
  /** What is provisioned; nought while it is on demand. */
  readonly units: Units;
  /** Ceiling that its owners set while it is on demand. */
  readonly maximum: Partial<Units>;
}

export interface TableIndex extends Capacity {
  readonly name: string;
  readonly status: string;
}

/** A DynamoDB table, as far as healing it needs. */
export interface Table extends Capacity {
  readonly name: string;
  readonly arn: string;
  /** DynamoDB's own word, such as `ACTIVE`. */
  readonly status: string;
  readonly billing: 'provisioned' | 'on-demand';
  /** When it was last switched to on-demand, in milliseconds. */
  readonly switchedAt: number | undefined;
  /** Global secondary indexes. A local one has no capacity of its own. */
  readonly indexes: readonly TableIndex[];
  /** Copies in other Regions. */
  readonly replicas: readonly { readonly region: string; readonly status: string }[];
  readonly sizeBytes: number;
  readonly deletionProtection: boolean;
  /** What it was restored from, and to which moment, in milliseconds. */
  readonly restored: { readonly source: string; readonly to: number; readonly inProgress: boolean } | undefined;
}

export type TableReading =
  | { readonly kind: 'found'; readonly table: Table }
  | { readonly kind: 'absent' }
  /** AWS answered, but not with that table, or it is no name that DynamoDB gives. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Reads one table. AWS's refusals other than "not found" are thrown as they come. */
export async function readTable(name: string, aws: Calls<'dynamodb:DescribeTable'>): Promise<TableReading> {
  if (!tableName.test(name)) {
    const given = plainText(JSON.stringify(name.slice(0, 80)));
    return {
      kind: 'unreadable',
      detail: `${given} is not a name that DynamoDB gives: 3 to 255 letters, digits, _ . and -`,
    };
  }
  try {
    const { Table: raw } = await aws.dynamodb.describeTable({ TableName: name });
    const table = raw && tableFrom(raw);
    if (table?.name === name) return { kind: 'found', table };
    return { kind: 'unreadable', detail: `DynamoDB did not answer with the table ${name}` };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return { kind: 'absent' };
    throw error;
  }
}

/** The table, or why it can't be told, in one line. */
export async function tableOrReason(name: string, aws: Calls<'dynamodb:DescribeTable'>): Promise<Table | string> {
  const reading = await readTable(name, aws);
  if (reading.kind === 'found') return reading.table;
  return reading.kind === 'absent' ? `the table ${name} no longer exists` : reading.detail;
}

/** DynamoDB's record as ours; undefined if it lacks what every table has. */
function tableFrom(raw: TableDescription): Table | undefined {
  const { TableName: name, TableArn: arn, TableStatus: status } = raw;
  if (!name || !arn || !status) return undefined;
  return {
    name,
    arn,
    status,
    ...billingFrom(raw),
    ...capacityFrom(raw),
    indexes: (raw.GlobalSecondaryIndexes ?? []).flatMap(indexFrom),
    replicas: (raw.Replicas ?? []).map(({ RegionName = 'an unnamed Region', ReplicaStatus = 'of no status' }) => ({
      region: RegionName,
      status: ReplicaStatus,
    })),
    sizeBytes: raw.TableSizeBytes ?? 0,
    deletionProtection: raw.DeletionProtectionEnabled ?? false,
    restored: restoredFrom(raw),
  };
}

/** AWS leaves the summary out of tables that were never on demand. */
function billingFrom({ BillingModeSummary: told }: TableDescription): Pick<Table, 'billing' | 'switchedAt'> {
  return {
    billing: told?.BillingMode === 'PAY_PER_REQUEST' ? 'on-demand' : 'provisioned',
    switchedAt: told?.LastUpdateToPayPerRequestDateTime?.getTime(),
  };
}

function restoredFrom({ RestoreSummary: told }: TableDescription): Table['restored'] {
  const { SourceTableArn: source = '', RestoreDateTime: to, RestoreInProgress: inProgress = true } = told ?? {};
  return to && { source, to: to.getTime(), inProgress };
}

function indexFrom(raw: GlobalSecondaryIndexDescription): readonly TableIndex[] {
  const { IndexName: name, IndexStatus: status } = raw;
  return name && status ? [{ name, status, ...capacityFrom(raw) }] : [];
}

interface Throughput {
  readonly ProvisionedThroughput?: ProvisionedThroughputDescription | undefined;
  readonly OnDemandThroughput?: OnDemandThroughput | undefined;
}

function capacityFrom({ ProvisionedThroughput: given, OnDemandThroughput: most }: Throughput): Capacity {
  const { MaxReadRequestUnits: read = -1, MaxWriteRequestUnits: write = -1 } = most ?? {};
  return {
    units: { read: given?.ReadCapacityUnits ?? 0, write: given?.WriteCapacityUnits ?? 0 },
    // -1 is none.
    maximum: { ...(read > 0 && { read }), ...(write > 0 && { write }) },
  };
}

const passing = new Set(['CREATING', 'UPDATING']);

/** What AWS or people are doing to a table now, in one line; undefined when it is nothing. An index that is being built is none: that takes hours. */
export function workOnTable({ name, status, indexes, replicas }: Table): string | undefined {
  if (passing.has(status)) return `the table ${name} is ${status}`;
  const index = indexes.find((one) => one.status === 'UPDATING');
  if (index) return `the index ${index.name} of ${name} is ${index.status}`;
  const replica = replicas.find((one) => passing.has(one.status));
  return replica && `the copy of ${name} in ${replica.region} is ${replica.status}`;
}

/** Why a table does not serve, or a copy does not follow, and what a person must do; undefined when all is well. */
export function faultOf({ name, status, replicas }: Table): string | undefined {
  const fault = statusFault(`the table ${name}`, status);
  if (fault) return fault;
  const [first] = replicas.flatMap((one) => statusFault(`the copy of ${name} in ${one.region}`, one.status) ?? []);
  return first;
}

function statusFault(what: string, status: string): string | undefined {
  switch (status) {
    case 'ACTIVE':
    case 'CREATING':
    case 'UPDATING':
      return undefined;
    case 'INACCESSIBLE_ENCRYPTION_CREDENTIALS':
      return `${what} is ${status}: give DynamoDB the use of its KMS key back`;
    case 'REPLICATION_NOT_AUTHORIZED':
      return `${what} is ${status}: give DynamoDB's service-linked role the right to replicate back`;
    default:
      return `${what} is ${status}`;
  }
}
