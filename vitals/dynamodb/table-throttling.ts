import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Calls } from '../aws';
import type { Capacity, Table, Units } from './table';

/** A table or one of its indexes, and what is asked of it: each has capacity of its own. */
export interface Spot {
  /** Absent: the table itself. */
  readonly index?: string | undefined;
  readonly side: keyof Units;
}

/** Why DynamoDB throttles, most of the time: the metrics that it keeps for each reason. */
type Cause = 'capacity' | 'keyRange' | 'account';

/** Requests that were turned away in the worst of the last minutes. */
export interface Throttling extends Spot {
  /** In that minute. */
  readonly events: number;
  /** Units that the others took in the busiest minute, per second. */
  readonly consumed: number;
  readonly cause: Cause;
}

/** Minutes that are looked at. CloudWatch has a minute's sums a while after it. */
const minutes = 5;
const minute = 60_000;

/** Below this share of its capacity, what is throttled is one key: a minute's mean hides bursts, but not so much. */
const busyShare = 0.5;

/** What the units of a spot are called: `writes to the index by-customer of orders`. */
export function spotName(table: string, { index, side }: Spot): string {
  const what = side === 'read' ? 'reads of' : 'writes to';
  return index === undefined ? `${what} ${table}` : `${what} the index ${index} of ${table}`;
}

/** What the spot of a table has; undefined for an index that is no more. */
export function capacityAt(table: Table, { index }: Spot): Capacity | undefined {
  return index === undefined ? table : table.indexes.find(({ name }) => name === index);
}

const metrics = {
  events: 'ThrottleEvents',
  keyRange: 'KeyRangeThroughputThrottleEvents',
  account: 'AccountLimitThrottleEvents',
} as const;

const sideName = { read: 'Read', write: 'Write' } as const;

/**
 * Where a table was throttled within the last minutes, the worst first; an index before the table, since one that can't
 * keep up holds the writes to its table back. Throws where CloudWatch does not answer for all of it.
 */
export async function readThrottling(
  table: Table,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<readonly Throttling[]> {
  const spots: readonly Spot[] = [...table.indexes.map(({ name }) => name), undefined].flatMap((index) =>
    (['read', 'write'] as const).map((side) => ({ index, side })),
  );
  const now = Math.floor(aws.now() / minute) * minute;
  const { MetricDataResults = [], NextToken } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(now - minutes * minute),
    EndTime: new Date(aws.now()),
    MetricDataQueries: spots.flatMap((spot, place) => queriesAt(table.name, spot, place)),
  });
  if (NextToken) throw new Error(`CloudWatch did not answer for all of ${table.name} at once`);
  const results = new Map(MetricDataResults.map((result) => [result.Id, result]));
  const highest = (id: string): number => highestOf(results.get(id), `${table.name}: ${id}`);
  return spots
    .flatMap((spot, place) => {
      const [events, consumed, keyRange, account] = ['events', 'consumed', 'keyRange', 'account'].map((name) =>
        highest(`${name}${place}`),
      ) as [number, number, number, number];
      if (events === 0) return [];
      const cause = causeOf(table, spot, consumed / 60, { events, keyRange, account });
      return [{ ...spot, events, consumed: consumed / 60, cause }];
    })
    .sort((one, other) => other.events - one.events);
}

interface Counts {
  readonly events: number;
  readonly keyRange: number;
  readonly account: number;
}

/** The reason that most of the events have. Where DynamoDB counts none by reason, consumption tells a hot key from want. */
function causeOf(table: Table, spot: Spot, consumed: number, { events, keyRange, account }: Counts): Cause {
  if (account > events / 2) return 'account';
  const has = capacityAt(table, spot);
  const limit = table.billing === 'provisioned' ? has?.units[spot.side] : has?.maximum[spot.side];
  // Without any limit of the owners' own nothing but a key can be too hot.
  if (keyRange > events / 2 || limit === undefined) return 'keyRange';
  return consumed < limit * busyShare ? 'keyRange' : 'capacity';
}

function queriesAt(table: string, { index, side }: Spot, place: number): readonly MetricDataQuery[] {
  const Dimensions = [
    { Name: 'TableName', Value: table },
    ...(index === undefined ? [] : [{ Name: 'GlobalSecondaryIndexName', Value: index }]),
  ];
  const query = (name: string, MetricName: string): MetricDataQuery => ({
    Id: `${name}${place}`,
    MetricStat: { Metric: { Namespace: 'AWS/DynamoDB', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  return [
    ...Object.entries(metrics).map(([name, ending]) => query(name, `${sideName[side]}${ending}`)),
    query('consumed', `Consumed${sideName[side]}CapacityUnits`),
  ];
}

/** The highest of its sums; none is nought, since DynamoDB sends nothing where nothing happened. */
function highestOf(result: MetricDataResult | undefined, what: string): number {
  if (result?.StatusCode !== 'Complete') throw new Error(`CloudWatch does not tell how throttled ${what}`);
  return Math.max(0, ...(result.Values ?? []));
}

/** Why more capacity would not help what is throttled, and what would; undefined when it helps. */
export function futility(table: string, { cause, events, consumed, ...spot }: Throttling): string | undefined {
  const taken = `${Math.round(consumed)} units a second were taken`;
  const told = `${Math.round(events)} ${spotName(table, spot)} were throttled in a minute, and ${taken}`;
  switch (cause) {
    case 'capacity':
      return undefined;
    case 'keyRange':
      return `${told}: one key is too hot, and capacity will not help. Spread the key, or cache what it holds`;
    case 'account':
      return `${told}: the account is at a limit of its own. Ask AWS for a higher one`;
  }
}
