import type { Calls } from '../../../vitals/aws';
import { scalableTarget, type Limit } from '../../../vitals/dynamodb/table-limit';
import type { Spot } from '../../../vitals/dynamodb/table-throttling';

/** What each limit is called. */
export const limitName = {
  autoScaling: 'the maximum of auto scaling',
  provisioned: 'the capacity',
  maximum: 'the on-demand maximum',
} as const;

type Writes = Calls<'dynamodb:UpdateTable' | 'application-autoscaling:RegisterScalableTarget'>;

/** Sets a limit to these values, as `Limit` has them. Auto scaling keeps what is not named: its minimum stays. */
export async function setLimit(
  at: Spot & { readonly table: string; readonly kind: Limit['kind'] },
  { max, read, write }: Limit['values'],
  aws: Writes,
): Promise<void> {
  if (at.kind === 'autoScaling') {
    await aws['application-autoscaling'].registerScalableTarget({
      ...scalableTarget(at.table, at),
      MaxCapacity: max,
    });
    return;
  }
  const throughput =
    at.kind === 'provisioned'
      ? { ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write } }
      : {
          OnDemandThroughput: {
            ...(read !== undefined && { MaxReadRequestUnits: read }),
            ...(write !== undefined && { MaxWriteRequestUnits: write }),
          },
        };
  const change =
    at.index === undefined
      ? throughput
      : { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: at.index, ...throughput } }] };
  await aws.dynamodb.updateTable({ TableName: at.table, ...change });
}
