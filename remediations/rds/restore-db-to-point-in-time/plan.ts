import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { momentText } from '../../../vitals/moment-text';

export const parameters = z.strictObject({
  /** Minutes before the sickness was told of to which it is restored; 0 is the last moment that its backups bring back. */
  minutesBack: z.int().nonnegative().default(0),
  /** Restored copies of one database that may exist at a time, whichever incident made them. */
  mostCopies: z.int().min(1).max(5).default(1),
});
export type Parameters = z.infer<typeof parameters>;

export const planned = parameters.extend({
  attemptKey: z.string(),
  condition: z.string(),
  kind: z.enum(['db-instance', 'db-cluster']),
  source: z.string(),
  /** Identifier of the copy, which nothing has yet. */
  copy: z.string(),
  /** Moment to which it is restored. */
  at: z.number(),
});
export type Plan = z.infer<typeof planned>;

export const reads = [
  'rds:DescribeDBClusters',
  'rds:DescribeDBInstanceAutomatedBackups',
  'rds:DescribeDBInstances',
] as const;
export type Reads = Calls<(typeof reads)[number]>;
export type Writes = Reads &
  Calls<'rds:CreateDBInstance' | 'rds:RestoreDBClusterToPointInTime' | 'rds:RestoreDBInstanceToPointInTime'>;

/** What the person reads to whom the copy is handed over: nothing here puts it in the place of its source. */
export function handover({ source, copy, at }: Plan, address: string | undefined): string {
  const moment = momentText(at);
  return `${copy} holds ${source} as of ${moment}, at ${address ?? 'an endpoint of its own'}; ${source} is left as it is. Look at the data, then cut over: rename ${source} to another name and ${copy} to ${source}, or send clients to the copy`;
}
