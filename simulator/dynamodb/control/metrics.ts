import type { Dimensions } from '../../cloudwatch/metric';
import { ceilingOf, type Served, type Side, type TableState } from './state';

const minute = 60;
/** Milliseconds from a write until another Region has it: as it should be, and while that Region has not the capacity to take it. */
const latency = { easy: 600, late: 90_000 };

/**
 * A metric of AWS/DynamoDB now, as the sum over a minute where it counts. As CloudWatch has no datapoint where nothing
 * happened, none is given for nought.
 */
export function metricOf(state: TableState, name: string, dimensions: Dimensions): number | undefined {
  const { GlobalSecondaryIndexName: index, ReceivingRegion: region, Operation: operation } = dimensions;
  if (state.status === 'DELETING' || state.status === 'ARCHIVED') return undefined;
  if (region !== undefined) return replication(state, name, region);
  const of = index === undefined ? state : state.indexes.get(index);
  if (!of) return undefined;
  const value = name === 'ThrottledRequests' ? requests(state, of, operation) : ofSide(state, of, name);
  return value === 0 ? undefined : value;
}

/** What each metric of one side counts, its name without `Read` or `Write`; of throttling, those that DynamoDB keeps by reason, too. */
const counts: Readonly<Record<string, (state: TableState, of: Served, side: Side) => number | undefined>> = {
  ConsumedCapacityUnits: (state, of, side) => (of.load[side] - beyond(state, of, side)) * minute,
  ProvisionedCapacityUnits: ({ billing }, of, side) => (billing === 'provisioned' ? of.capacity[side] : undefined),
  ThrottleEvents: (state, of, side) => (beyond(state, of, side) + of.hotKey[side]) * minute,
  KeyRangeThroughputThrottleEvents: (_, of, side) => of.hotKey[side] * minute,
  ProvisionedThroughputThrottleEvents: (state, of, side) =>
    state.billing === 'provisioned' ? beyond(state, of, side) * minute : 0,
  MaxOnDemandThroughputThrottleEvents: (state, of, side) =>
    state.billing === 'on-demand' ? beyond(state, of, side) * minute : 0,
};

/** Units a second that are asked for and that it does not give. */
function beyond(state: TableState, of: Served, side: Side): number {
  return Math.max(0, of.load[side] - ceilingOf(state, of, side));
}

function ofSide(state: TableState, of: Served, name: string): number | undefined {
  const [, side] = /^(?:Consumed|Provisioned)?(Read|Write)/.exec(name) ?? [];
  if (side === undefined) return undefined;
  return counts[name.replace(side, '')]?.(state, of, side === 'Read' ? 'read' : 'write');
}

const writes = /^(Put|Update|Delete|BatchWrite)Item$|^TransactWriteItems$/;

function requests(state: TableState, of: Served, operation: string | undefined): number {
  const side = operation !== undefined && writes.test(operation) ? 'Write' : 'Read';
  return ofSide(state, of, `${side}ThrottleEvents`) ?? 0;
}

function replication(
  { replicas, billing, capacity, load }: TableState,
  name: string,
  region: string,
): number | undefined {
  const replica = replicas.find((one) => one.region === region);
  if (!replica || name !== 'ReplicationLatency') return undefined;
  const isLate = replica.status !== 'ACTIVE' || (billing === 'provisioned' && load.write > capacity.write);
  return isLate ? latency.late : latency.easy;
}
