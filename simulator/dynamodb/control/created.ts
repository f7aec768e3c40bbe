import type * as sdk from '@aws-sdk/client-dynamodb';
import { tableSchema } from './schema';
import type { Units } from './state';

/** The description of a table that CreateTable makes: nobody protects it, nor loads it. */
export function createdTable(input: sdk.CreateTableCommandInput): ReturnType<typeof tableSchema.parse> {
  const unloaded = { capacity: capacityOf(input.ProvisionedThroughput), load: { read: 0, write: 0 } };
  return tableSchema.parse({
    name: input.TableName,
    billing: input.BillingMode === 'PAY_PER_REQUEST' ? 'on-demand' : 'provisioned',
    ...unloaded,
    indexes: (input.GlobalSecondaryIndexes ?? []).map((index) => ({
      ...unloaded,
      name: index.IndexName,
      ...(index.ProvisionedThroughput && { capacity: capacityOf(index.ProvisionedThroughput) }),
    })),
    pointInTimeRecovery: false,
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    sizeGiB: 0,
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  });
}

function capacityOf(given: sdk.ProvisionedThroughput | undefined): Units {
  return { read: given?.ReadCapacityUnits ?? 5, write: given?.WriteCapacityUnits ?? 5 };
}
