import type { SourceType } from '@aws-sdk/client-elasticache';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

const minute = 60_000;
/** So long ElastiCache keeps its events. */
const kept = 14 * 24 * 60 * minute;

/** What ElastiCache has told. Its events have no number and no kind: only the text says what it was. */
export interface CacheEvent {
  /** 0 where ElastiCache gives no time. */
  readonly at: EpochMillis;
  readonly message: string;
}

/** Events from `since` on, the oldest first: of one cache, or of all of that type. */
export async function readCacheEvents(
  of: { readonly type: Extract<SourceType, 'cache-cluster' | 'replication-group'>; readonly id?: string },
  since: EpochMillis,
  aws: Calls<'elasticache:DescribeEvents'>,
): Promise<readonly CacheEvent[]> {
  const events = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.elasticache.describeEvents({
        SourceType: of.type,
        ...(of.id !== undefined && { SourceIdentifier: of.id }),
        Duration: Math.max(1, Math.ceil((aws.now() - since) / minute)),
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { Events: page.Events, NextToken: page.Marker };
    },
    (page) => page.Events,
  );
  return events
    .map(({ Date: date, Message: message = '' }) => ({ at: date?.getTime() ?? 0, message }))
    .filter(({ at }) => at === 0 || at >= since)
    .toSorted((a, b) => a.at - b.at);
}

/** What ElastiCache has told of failovers of a replication group within two weeks, the oldest first. */
export async function readCacheFailovers(
  id: string,
  aws: Calls<'elasticache:DescribeEvents'>,
): Promise<readonly CacheEvent[]> {
  const events = await readCacheEvents({ type: 'replication-group', id }, aws.now() - kept, aws);
  return events.filter(({ message }) => /failover/i.test(message));
}

/** The same of restarts of one node of a cluster: of each that it is shut down, and then that it is back. */
export async function readNodeRestarts(
  cluster: string,
  node: string,
  aws: Calls<'elasticache:DescribeEvents'>,
): Promise<readonly CacheEvent[]> {
  const events = await readCacheEvents({ type: 'cache-cluster', id: cluster }, aws.now() - kept, aws);
  return events.filter(({ message }) => message.includes(`node ${node} `) && /shutdown|restarted/i.test(message));
}

/** When the last of these was; 0 where there is none. What comes later is of after it. */
export function lastAt(events: readonly CacheEvent[]): EpochMillis {
  return events.at(-1)?.at ?? 0;
}

/** Minutes that a node rests between two restarts: one that did not help does not help again. */
const restMinutes = 30;

/** Says so when it restarted in the last `restMinutes`; undefined when it has rested. */
export function restartedLately(
  cluster: string,
  restarts: readonly CacheEvent[],
  now: EpochMillis,
): string | undefined {
  const last = restarts.findLast(({ at }) => at > now - restMinutes * minute);
  return last && `${cluster} restarted within ${restMinutes} minutes, and that did not help: ${last.message}`;
}

/** Whether this restart is over. */
export function isBack({ message }: CacheEvent): boolean {
  return /restarted/i.test(message);
}
