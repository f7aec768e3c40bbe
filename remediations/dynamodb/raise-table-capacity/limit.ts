import type { Calls } from '../../../vitals/aws';
import { scalableTarget, type Limit } from '../../../vitals/dynamodb/table-limit';
import { spotName, type Spot } from '../../../vitals/dynamodb/table-throttling';
import { standingOf, type AbsoluteChange, type ChangeStanding } from '../../absolute-change';

/** What each limit is called. */
export const limitName = {
  autoScaling: 'the maximum of auto scaling',
  provisioned: 'the capacity',
  maximum: 'the on-demand maximum',
} as const;

type LimitOfSpot = Spot & { readonly table: string; readonly kind: Limit['kind'] };

/** What the limit of a spot is called. */
export function nameOfLimit(at: LimitOfSpot): string {
  return `${limitName[at.kind]} for ${spotName(at.table, at)}`;
}

/** Where a change of it stands. Another kind of limit, or none, is another decision of people. */
export function standingIn(
  { kind, from, to }: AbsoluteChange<Limit['values']> & { readonly kind: Limit['kind'] },
  now: Limit | undefined,
): ChangeStanding {
  return now?.kind === kind ? standingOf({ from, to }, now.values) : 'overtaken';
}

type Writes = Calls<'dynamodb:UpdateTable' | 'application-autoscaling:RegisterScalableTarget'>;

/** Sets a limit to these values, as `Limit` has them. Auto scaling keeps what is not named: its minimum stays. */
export async function setLimit(at: LimitOfSpot, { max, read, write }: Limit['values'], aws: Writes): Promise<void> {
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
