import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { readDbEvents, type DbEvent } from './db-events';

/** RDS-EVENT-0004 and 0006. A failover restarts the engine, too, and is told besides as one. */
const restart = /\b(shutdown|restarted)\b/i;

/** What RDS told of stops and starts of an instance's engine since then, the oldest first. A read that fails is thrown. */
export async function readRestarts(
  id: string,
  since: EpochMillis,
  aws: Calls<'rds:DescribeEvents'>,
): Promise<readonly DbEvent[]> {
  const events = await readDbEvents(id, 'db-instance', { categories: ['availability'], since }, aws);
  return events.filter(({ at, message }) => at > since && restart.test(message));
}
