import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import type { Table } from '../../../vitals/dynamodb/table';

const units = z.object({ read: z.number(), write: z.number() });

/** What is provisioned of a table and of its indexes. */
export const provisioning = z.object({
  table: z.string(),
  units,
  indexes: z.array(z.object({ name: z.string(), units })),
});
type Provisioning = z.infer<typeof provisioning>;

export function provisioningOf({ name, units: own, indexes }: Table): Provisioning {
  return { table: name, units: own, indexes: indexes.map((index) => ({ name: index.name, units: index.units })) };
}

/** Says so where an index has come since: without its units none can be provisioned. */
export function strangers({ table: name, indexes }: Provisioning, table: Table): string | undefined {
  const known = new Set(indexes.map((index) => index.name));
  const stranger = table.indexes.find((index) => !known.has(index.name));
  return stranger && `the index ${stranger.name} of ${name} is newer than the plan: nobody knows its capacity`;
}

/** Provisions the table as it was, with those of its indexes that it still has. */
export async function provision(
  { table, units: own, indexes: planned }: Provisioning,
  now: Table,
  aws: Calls<'dynamodb:UpdateTable'>,
): Promise<void> {
  const throughput = (given: Provisioning['units']) => ({
    ProvisionedThroughput: { ReadCapacityUnits: given.read, WriteCapacityUnits: given.write },
  });
  const indexes = planned.filter((index) => now.indexes.some((one) => one.name === index.name));
  await aws.dynamodb.updateTable({
    TableName: table,
    BillingMode: 'PROVISIONED',
    ...throughput(own),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexUpdates: indexes.map((index) => ({
        Update: { IndexName: index.name, ...throughput(index.units) },
      })),
    }),
  });
}
