import { z } from 'zod';

export const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** A mount target as one describes it: the subnet has to be there, or is made up in the zone. */
const mountTarget = z.strictObject({
  id: z.string().optional(),
  zone: z.string(),
  subnet: z.string().optional(),
  securityGroups: z.array(z.string()).default(['sg-0f11e5000000f11e5']),
  state: z.enum(['available', 'error']).default('available'),
  /** Clients of the zone, which are connected while they are let in: by the security groups as described. */
  clients: z.int().nonnegative().default(10),
});

/** A file system as one describes it. */
export const fileSystemSchema = z.strictObject({
  id: z.string(),
  mode: z.enum(['bursting', 'provisioned', 'elastic']).default('bursting'),
  /** MiB/s of mode `provisioned`. */
  provisioned: z.number().positive().optional(),
  performance: z.enum(['generalPurpose', 'maxIO']).default('generalPurpose'),
  /** All of it in the standard class. */
  sizeGiB: z.number().nonnegative().default(100),
  /** MiB that it may still move above its baseline; EFS gives a new one 2.1 TiB. */
  credits: z
    .number()
    .nonnegative()
    .default(2.1 * 1024 ** 2),
  /** MiB/s that its clients would move if nothing held them back. */
  load: z.number().nonnegative().default(1),
  /** Hours since its mode was changed, or its throughput lowered; long ago unless it is said. */
  changedHoursAgo: z.number().nonnegative().optional(),
  status: z.enum(['available', 'updating', 'error']).default('available'),
  /** Name of the zone, if it is kept in one only. */
  zone: z.string().optional(),
  mountTargets: z.array(mountTarget).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});
export type FileSystemInput = z.input<typeof fileSystemSchema>;
type Described = z.infer<typeof fileSystemSchema>;

/** Something that befalls a file system: more load, or what somebody does to its mount targets, by their zones. */
export const fileSystemHappeningSchema = z.union([
  z.strictObject({ id: z.string(), load: z.number().nonnegative() }),
  z.strictObject({ id: z.string(), unmount: z.string() }),
  z.strictObject({ id: z.string(), mount: z.string() }),
  z.strictObject({ id: z.string(), regroup: z.string(), securityGroups: z.array(z.string()).min(1) }),
]);
export type FileSystemHappening = z.infer<typeof fileSystemHappeningSchema>;

/** What is set of its throughput. */
export interface ThroughputSetting {
  mode: Described['mode'];
  /** MiB/s. */
  provisioned: number | undefined;
}

/** A file system as it is now. */
export interface FileSystem extends ThroughputSetting {
  readonly id: string;
  readonly arn: string;
  readonly performance: Described['performance'];
  readonly sizeGiB: number;
  readonly zone: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  status: 'available' | 'updating' | 'error';
  load: number;
  /** MiB, as they were at `creditsAt`. */
  credits: number;
  creditsAt: number;
  changedAt: number;
}

/** MiB/s that its size gives it. */
export function baselineOf({ sizeGiB }: FileSystem): number {
  return Math.max(1, (sizeGiB * 50) / 1024);
}

/** MiB/s that it may move with so many credits. */
export function permittedOf(one: FileSystem, credits: number): number {
  const baseline = baselineOf(one);
  if (one.mode === 'elastic') return 3 * 1024;
  if (one.mode === 'provisioned') return Math.max(one.provisioned ?? 0, baseline);
  return credits > 0 ? Math.max(100, 2 * baseline) : baseline;
}

/** Its credits at that time: what it moves above its baseline takes them, what it leaves of it gives them back. */
export function creditsOf(one: FileSystem, now: number): number {
  if (one.mode !== 'bursting') return one.credits;
  const used = Math.min(one.load, permittedOf(one, one.credits));
  const seconds = (now - one.creditsAt) / 1_000;
  return Math.max(0, one.credits + (baselineOf(one) - used) * seconds);
}

/** Milliseconds until its credits are used up; undefined when they last. */
export function creditsLast(one: FileSystem): number | undefined {
  const drawn = Math.min(one.load, permittedOf(one, one.credits)) - baselineOf(one);
  if (one.mode !== 'bursting' || one.credits <= 0 || drawn <= 0) return undefined;
  return Math.ceil((one.credits / drawn) * 1_000);
}

/** A metric of `AWS/EFS`, of a minute. */
export function fileSystemMetric(name: string, one: FileSystem, now: number, clients: number): number | undefined {
  const credits = creditsOf(one, now);
  const permitted = permittedOf(one, credits);
  switch (name) {
    case 'BurstCreditBalance':
      return one.mode === 'elastic' ? undefined : credits * mebibyte;
    case 'PermittedThroughput':
      return permitted * mebibyte;
    case 'MeteredIOBytes':
      return Math.min(one.load, permitted) * mebibyte * 60;
    case 'ClientConnections':
      return clients;
    default:
      return undefined;
  }
}

/** As DescribeFileSystems shows its size. */
export function sizeOf({ sizeGiB }: FileSystem): { Value: number; ValueInStandard: number } {
  return { Value: sizeGiB * gibibyte, ValueInStandard: sizeGiB * gibibyte };
}
