import { z } from 'zod';

/**
 * What brings a sick database back: a failover, a restart of its engine, a runbook that knows it, one more reader that takes
 * its reads over, a larger range to scale in, or a copy of its backups that its people put in its place.
 */
export const databaseCures = ['failover', 'reboot', 'runbook', 'reader', 'restore', 'capacity'] as const;
/** One of these. */
export type DatabaseCure = (typeof databaseCures)[number];

const kinds = ['host', 'engine', 'overloaded'] as const;

/** What usually helps: another host, a fresh engine; nothing that AWS can do helps against too many queries. */
const usuallyCuredBy: Readonly<Record<(typeof kinds)[number], readonly DatabaseCure[]>> = {
  host: ['failover'],
  engine: ['failover', 'reboot'],
  overloaded: ['runbook'],
};

/** What ails a database: its host, its engine, or too much work. `curedBy` defaults to what usually helps that kind. */
export const databaseSicknessSchema = z
  .strictObject({ kind: z.enum(kinds), curedBy: z.array(z.enum(databaseCures)).readonly().optional() })
  .transform(({ kind, curedBy }) => ({ kind, curedBy: curedBy ?? usuallyCuredBy[kind] }));

/** A sickness that a database has. */
export type DatabaseSickness = z.infer<typeof databaseSicknessSchema>;

/** `down`: it doesn't serve just now, since it restarts or fails over. */
export type DatabaseHealth = 'healthy' | 'down' | DatabaseSickness['kind'];

const gibibyte = 1024 ** 3;

type Values = Readonly<Record<string, number>>;

/** Latencies in seconds, but CommitLatency in milliseconds; memory in bytes; lags as `AuroraReplicaLag` (ms), `ReplicaLag` (s). */
const healthy: Values = {
  DatabaseConnections: 40,
  ReadLatency: 0.001,
  WriteLatency: 0.002,
  CommitLatency: 4,
  CPUUtilization: 30,
  DBLoad: 0.5,
  DiskQueueDepth: 0.2,
  FreeableMemory: 8 * gibibyte,
  ReplicaLag: 0.5,
  DeleteThroughput: 2,
};

/** Every sickness shows in latency and CPU, so that an alarm on either sees it; only a hung or flooded engine hoards connections. */
const ailing: Values = {
  DatabaseConnections: 950,
  ReadLatency: 1.2,
  WriteLatency: 1.5,
  CommitLatency: 1_500,
  CPUUtilization: 99,
  DBLoad: 40,
  DiskQueueDepth: 64,
  FreeableMemory: 0.1 * gibibyte,
  ReplicaLag: 900,
  DeleteThroughput: 4_000,
};

const unreachable: Values = { ...ailing, DatabaseConnections: 0 };

const shows: Readonly<Record<DatabaseHealth, Values>> = {
  healthy,
  down: unreachable,
  host: unreachable,
  engine: ailing,
  overloaded: ailing,
};

/** What a database in this health shows in a metric of AWS/RDS; undefined for one that isn't kept. */
export function valueIn(health: DatabaseHealth, metric: string): number | undefined {
  return shows[health][metric];
}
