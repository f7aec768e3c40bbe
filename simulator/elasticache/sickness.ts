import { z } from 'zod';

const cures = ['failover', 'reboot'] as const;
/** What brings a sick node back: another node in its role, or a fresh engine. */
export type CacheCure = (typeof cures)[number];

const kinds = ['host', 'engine'] as const;

const usuallyCuredBy: Readonly<Record<(typeof kinds)[number], readonly CacheCure[]>> = {
  host: ['failover'],
  engine: ['failover', 'reboot'],
};

/** What ails a node: its host, or its engine. `curedBy` defaults to what usually helps that kind. */
export const cacheSicknessSchema = z
  .strictObject({ kind: z.enum(kinds), curedBy: z.array(z.enum(cures)).readonly().optional() })
  .transform(({ kind, curedBy }) => ({ kind, curedBy: curedBy ?? usuallyCuredBy[kind] }));

/** A sickness that a node has. */
export type CacheSickness = z.infer<typeof cacheSicknessSchema>;
/** A sickness as one describes it. */
export type CacheSicknessDescription = z.input<typeof cacheSicknessSchema>;

/** What a node has to carry. */
export interface Burden {
  /** Percent of its engine's one core. */
  readonly cpu: number;
  readonly dataGiB: number;
  readonly memoryGiB: number;
}

const gibibyte = 1024 ** 3;
/** The most that ElastiCache lets connect to one node. */
const mostConnections = 65_000;

/** What the engine of a node shows while it answers; latencies in microseconds, memory in bytes, swap in bytes. */
export function engineValue(
  metric: string,
  { cpu, dataGiB, memoryGiB }: Burden,
  sick: CacheSickness | undefined,
): number | undefined {
  const full = dataGiB / memoryGiB;
  const hangs = sick?.kind === 'engine';
  const busy = Math.min(100, hangs ? Math.max(99, cpu) : cpu);
  const latency = sick ? 250_000 : 180;
  const values = new Map([
    ['CPUUtilization', busy],
    ['EngineCPUUtilization', busy],
    ['DatabaseMemoryUsagePercentage', Math.min(100, 100 * full)],
    ['DatabaseCapacityUsagePercentage', Math.min(100, 100 * full)],
    ['BytesUsedForCache', Math.min(dataGiB, memoryGiB) * gibibyte],
    ['FreeableMemory', Math.max(0.02, memoryGiB - dataGiB) * gibibyte],
    ['Evictions', full >= 1 ? 500 : 0],
    ['CurrConnections', hangs ? mostConnections : 40],
    ['SwapUsage', hangs ? 600 * 1024 ** 2 : 0],
    ['GetTypeCmdsLatency', latency],
    ['SuccessfulReadRequestLatency', latency],
  ]);
  return values.get(metric);
}
