import type { SourceType } from '@aws-sdk/client-rds';
import type { Calls } from '../aws';
import { readDbEvents } from './db-events';

/** Minutes that a database rests between two failovers: RDS itself abandons a failover that follows one too closely. */
export const restMinutes = 30;

/** What RDS tells of the failovers of one database in the last `restMinutes`, the oldest first. */
export interface Failovers {
  readonly messages: readonly string[];
  /** The message by which RDS says that it gave a failover up; undefined when it says no such thing. */
  readonly givenUp: string | undefined;
}

/**
 * What a failover came to can only be told by the text. These are of RDS-EVENT-0034 (requested, and abandoned since one
 * happened recently), 0069 and 0070 (a cluster's that failed). A message that is not known counts as a failover, and as
 * neither its success nor its failure.
 */
const givesUp = /(isn't|is not|not) attempting|abandon|failover failed|promoting previous primary/i;

/** Reads the failovers of the last `restMinutes` by AWS's clock. A read that fails is thrown: it is no sign of rest. */
export async function readFailovers(
  id: string,
  source: Extract<SourceType, 'db-instance' | 'db-cluster'>,
  aws: Calls<'rds:DescribeEvents'>,
): Promise<Failovers> {
  const since = aws.now() - restMinutes * 60_000;
  const events = await readDbEvents(id, source, { categories: ['failover'], since }, aws);
  const messages = events.map(({ message }) => message || 'a failover');
  return { messages, givenUp: messages.findLast((message) => givesUp.test(message)) };
}

/** Says so when it failed over in the last `restMinutes`; undefined when it has rested. */
export async function failedOverLately(
  id: string,
  source: Extract<SourceType, 'db-instance' | 'db-cluster'>,
  aws: Calls<'rds:DescribeEvents'>,
): Promise<string | undefined> {
  const last = (await readFailovers(id, source, aws)).messages.at(-1);
  return last && `${id} had a failover in the last ${restMinutes} minutes, and another one may bring it back: ${last}`;
}
