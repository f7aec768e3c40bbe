import type { ScalableDimension } from '@aws-sdk/client-application-auto-scaling';
import type { Calls } from '../aws';
import type { Table } from './table';
import { capacityAt, spotName, type Spot } from './table-throttling';

/**
 * What bounds the units of a spot. `autoScaling`: the maximum that its scaling policy may give. `provisioned`: the units
 * themselves. `maximum`: the ceiling that its owners gave what is on demand.
 */
export const limitKinds = ['autoScaling', 'provisioned', 'maximum'] as const;

export interface Limit {
  readonly kind: (typeof limitKinds)[number];
  /** As AWS takes it: `max` of auto scaling, else `read` and `write`, of which the ceiling may lack one. */
  readonly values: Readonly<Record<string, number>>;
  /** Whether somebody has stopped the scaling policy from adding units. */
  readonly isSuspended?: true;
}

interface ScalableTargetName {
  readonly ServiceNamespace: 'dynamodb';
  readonly ResourceId: string;
  readonly ScalableDimension: ScalableDimension;
}

/** Id and dimension by which Application Auto Scaling knows a spot. */
export function scalableTarget(table: string, { index, side }: Spot): ScalableTargetName {
  const [kind, name] = index === undefined ? ['table', ''] : ['index', `/index/${index}`];
  const units = side === 'read' ? 'ReadCapacityUnits' : 'WriteCapacityUnits';
  return {
    ServiceNamespace: 'dynamodb',
    ResourceId: `table/${table}${name}`,
    ScalableDimension: `dynamodb:${kind}:${units}` as ScalableDimension,
  };
}

/** Which of the values of a limit bounds the spot. */
export function boundOf({ kind }: Pick<Limit, 'kind'>, { side }: Spot): string {
  return kind === 'autoScaling' ? 'max' : side;
}

/** The limit of a spot; undefined where there is none, as for what is on demand without a ceiling, or no such index. */
export async function readLimit(
  table: Table,
  spot: Spot,
  aws: Calls<'application-autoscaling:DescribeScalableTargets'>,
): Promise<Limit | undefined> {
  const has = capacityAt(table, spot);
  if (!has) return undefined;
  if (table.billing === 'on-demand') {
    return has.maximum[spot.side] === undefined ? undefined : { kind: 'maximum', values: { ...has.maximum } };
  }
  const { ResourceId, ...which } = scalableTarget(table.name, spot);
  const { ScalableTargets = [] } = await aws['application-autoscaling'].describeScalableTargets({
    ...which,
    ResourceIds: [ResourceId],
  });
  const target = ScalableTargets.find(
    (one) => one.ResourceId === ResourceId && one.ScalableDimension === which.ScalableDimension,
  );
  if (!target) return { kind: 'provisioned', values: { ...has.units } };
  if (target.MaxCapacity === undefined) throw new Error(`auto scaling does not tell its maximum for ${ResourceId}`);
  return {
    kind: 'autoScaling',
    values: { max: target.MaxCapacity },
    ...(target.SuspendedState?.DynamicScalingOutSuspended && { isSuspended: true }),
  };
}

/** Why a higher limit would give nothing yet; undefined when it is what holds the spot down. */
export function roomUnder(
  { kind, values: { max = 0 }, isSuspended }: Limit,
  table: Table,
  spot: Spot,
): string | undefined {
  if (kind !== 'autoScaling') return undefined;
  const name = spotName(table.name, spot);
  if (isSuspended) return `auto scaling of ${name} is suspended: resume it, or set the capacity`;
  const has = capacityAt(table, spot)?.units[spot.side] ?? 0;
  return has < max ? `${name} have ${has} units, and auto scaling may give ${max}: look why it does not` : undefined;
}
