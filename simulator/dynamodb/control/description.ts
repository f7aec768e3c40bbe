import type * as sdk from '@aws-sdk/client-dynamodb';
import type { DescribedTable } from './schema';
import type { Served, TableState, Units } from './state';

/** The keys that a described table has, since nobody describes them: one for itself, and one for each index. */
export function creationOf({ name, indexes }: Pick<DescribedTable, 'name' | 'indexes'>): sdk.CreateTableCommandInput {
  const keyed = (attribute: string): sdk.KeySchemaElement[] => [{ AttributeName: attribute, KeyType: 'HASH' }];
  return {
    TableName: name,
    AttributeDefinitions: ['id', ...indexes.map((index) => index.name)].map((attribute) => ({
      AttributeName: attribute,
      AttributeType: 'S',
    })),
    KeySchema: keyed('id'),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keyed(index.name),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  };
}

/** What a table tells of its capacity and its state, laid over what its keys tell. */
export function describeState(
  keys: sdk.TableDescription,
  state: TableState,
  updating: ReadonlySet<string>,
): sdk.TableDescription {
  const { replicas, restored, status, sizeGiB, deletionProtection } = state;
  return {
    ...keys,
    TableStatus: status,
    ...throughputOf(state, state),
    ...billingOf(state),
    TableSizeBytes: Math.round(sizeGiB * 1024 ** 3),
    DeletionProtectionEnabled: deletionProtection,
    ...(keys.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: keys.GlobalSecondaryIndexes.map((index) => {
        const own = state.indexes.get(index.IndexName ?? '');
        return {
          ...index,
          ...(own && throughputOf(state, own)),
          IndexStatus: updating.has(index.IndexName ?? '') ? ('UPDATING' as const) : ('ACTIVE' as const),
        };
      }),
    }),
    ...(replicas.length > 0 && {
      GlobalTableVersion: '2019.11.21',
      Replicas: replicas.map((replica) => ({ RegionName: replica.region, ReplicaStatus: replica.status })),
    }),
    ...(restored && {
      RestoreSummary: {
        SourceTableArn: restored.source,
        RestoreDateTime: new Date(restored.to),
        RestoreInProgress: restored.inProgress,
      },
    }),
  };
}

function billingOf({ billing, switchedAt }: TableState): Pick<sdk.TableDescription, 'BillingModeSummary'> {
  const last = switchedAt.at(-1);
  // One that was never on demand has no summary.
  if (billing === 'provisioned' && last === undefined) return {};
  return {
    BillingModeSummary: {
      BillingMode: billing === 'on-demand' ? 'PAY_PER_REQUEST' : 'PROVISIONED',
      ...(last !== undefined && { LastUpdateToPayPerRequestDateTime: new Date(last) }),
    },
  };
}

function throughputOf(
  { billing }: TableState,
  { capacity, maximum }: Served,
): Pick<sdk.TableDescription, 'ProvisionedThroughput' | 'OnDemandThroughput'> {
  const { read, write }: Units = billing === 'provisioned' ? capacity : { read: 0, write: 0 };
  const hasMaximum = billing === 'on-demand' && (maximum.read ?? maximum.write) !== undefined;
  return {
    ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write, NumberOfDecreasesToday: 0 },
    ...(hasMaximum && {
      OnDemandThroughput: { MaxReadRequestUnits: maximum.read ?? -1, MaxWriteRequestUnits: maximum.write ?? -1 },
    }),
  };
}
