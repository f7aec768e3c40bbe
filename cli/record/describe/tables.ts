import type { GlobalSecondaryIndexDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import { everyItem } from '../../../vitals/pages';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

/** Bytes of a GiB. */
const gibibyte = 1024 ** 3;
/** Statuses that an account file knows, besides those of a table that is on its way to one of them. */
const known = ['ACTIVE', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'ARCHIVED', 'REPLICATION_NOT_AUTHORIZED'];

/** DynamoDB tables, which lead to what scales them. */
export const tables: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (
      await eachOf(ids, async (id) => {
        const table = await find(id, describing);
        return table ? [await entryOf(id, table, describing)] : [];
      })
    ).flat();
    return {
      entries: [...entries, ...missing(ids, entries)],
      leads: entries.map(({ of }) => ({ kind: 'scalableTargets', id: `table/${of}` })),
    };
  },
};

async function find(name: string, { aws }: Describing): Promise<TableDescription | undefined> {
  try {
    return (await aws.dynamodb.describeTable({ TableName: name })).Table;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function entryOf(of: string, table: TableDescription, { aws, redaction }: Describing): Promise<Entry> {
  const { TableStatus: status = 'ACTIVE', Replicas = [], GlobalSecondaryIndexes = [] } = table;
  const isOnDemand = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const tags = await everyItem(
    (token) => aws.dynamodb.listTagsOfResource({ ResourceArn: table.TableArn, ...token }),
    ({ Tags }) => Tags,
  );
  const { ContinuousBackupsDescription: backups } = await aws.dynamodb.describeContinuousBackups({ TableName: of });
  return {
    of,
    item: item({
      name: redaction.name(of),
      billing: isOnDemand ? 'on-demand' : 'provisioned',
      ...servedBy(table, isOnDemand),
      indexes: GlobalSecondaryIndexes.map((index) => ({
        name: redaction.name(index.IndexName ?? ''),
        ...servedBy(index, isOnDemand),
      })),
      replicas: Replicas.map(({ RegionName, ReplicaStatus = 'ACTIVE' }) => ({
        region: RegionName,
        ...(known.includes(ReplicaStatus) && { status: ReplicaStatus }),
      })),
      replicaWrites: Replicas.length > 0 ? await replicaWrites(of, aws) : undefined,
      status: known.includes(status) ? status : undefined,
      sizeGiB: (table.TableSizeBytes ?? 0) / gibibyte,
      pointInTimeRecovery: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
      deletionProtection: table.DeletionProtectionEnabled ?? false,
      tags: redaction.tags(pairs(tags)),
    }),
    notes: table.LocalSecondaryIndexes?.length ? ['its local secondary indexes'] : [],
  };
}

/** What it is given, and half as much as its load: nobody tells how much was asked of it while it was well. */
function servedBy(
  { ProvisionedThroughput: given, OnDemandThroughput: most }: TableDescription | GlobalSecondaryIndexDescription,
  isOnDemand: boolean,
): object {
  const { ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 } = given ?? {};
  const { MaxReadRequestUnits: mostReads = -1, MaxWriteRequestUnits: mostWrites = -1 } = most ?? {};
  if (!isOnDemand) return { capacity: { read, write }, load: { read: read / 2, write: write / 2 } };
  const maximum = { ...(mostReads > 0 && { read: mostReads }), ...(mostWrites > 0 && { write: mostWrites }) };
  return {
    ...(Object.keys(maximum).length > 0 && { maximum }),
    load: { read: Math.max(0, mostReads / 2), write: Math.max(0, mostWrites / 2) },
  };
}

async function replicaWrites(name: string, aws: Describing['aws']): Promise<object | undefined> {
  const { TableAutoScalingDescription } = await aws.dynamodb.describeTableReplicaAutoScaling({ TableName: name });
  const [first] = TableAutoScalingDescription?.Replicas ?? [];
  const { MinimumUnits: min, MaximumUnits: max } = first?.ReplicaProvisionedWriteCapacityAutoScalingSettings ?? {};
  return min === undefined || max === undefined ? undefined : { min, max };
}
