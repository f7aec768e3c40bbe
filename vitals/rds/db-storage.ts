import type { DBInstance } from '@aws-sdk/client-rds';
import type { Calls } from '../aws';
import { readDbEvents } from './db-events';
import type { DbInstance } from './db-instance';
import { latestByInstance } from './db-metric';
import type { Health } from '../vitals';

/** Storage of an instance, used or not; without meaning in an Aurora cluster, where it grows by itself. Sizes in GiB. */
export interface DbStorage {
  readonly size: number | undefined;
  /** What it was told to become and is not yet. */
  readonly awaited: number | undefined;
  /** How far storage autoscaling may grow it; undefined where that is off. */
  readonly ceiling: number | undefined;
  /** RDS's own word, such as `gp3`. */
  readonly type: string | undefined;
  readonly iops: number | undefined;
}

/** RDS itself calls storage low when more than nine tenths of it are used (RDS-EVENT-0089). */
const enoughFree = 0.1;

const gibibyte = 1024 ** 3;
const hour = 3_600_000;

/** After a change of storage RDS optimizes it, and takes no other one meanwhile, nor within this time. */
export const storageRestHours = 6;

/** What the record of an instance says of its storage. */
export function dbStorage(raw: DBInstance): DbStorage {
  return {
    size: raw.AllocatedStorage,
    awaited: raw.PendingModifiedValues?.AllocatedStorage,
    ceiling: raw.MaxAllocatedStorage,
    type: raw.StorageType,
    iops: raw.Iops,
  };
}

/** Whether an instance has storage to spare. Only a metric tells; without a recent value it is unknown. */
export async function storageHealth(instance: DbInstance, aws: Calls<'cloudwatch:GetMetricData'>): Promise<Health> {
  const { id, storage, cluster } = instance;
  if (cluster) return { kind: 'unknown', detail: `${id} shares the storage of the cluster ${cluster}` };
  const latest = (await latestByInstance('FreeStorageSpace', [id], aws)).get(id);
  if (latest === undefined || storage.size === undefined || storage.size <= 0) {
    return { kind: 'unknown', detail: `how much storage of ${id} is free is not told by FreeStorageSpace` };
  }
  const free = latest / gibibyte / storage.size;
  const detail = `${Math.floor(free * 100)} % of the ${storage.size} GiB of ${id} are free`;
  return { kind: free > enoughFree ? 'healthy' : 'unhealthy', detail };
}

/** What RDS told last of a change of storage within `storageRestHours`: 0017 or 0018, by its autoscaling 0217 or 0218. */
export async function lastStorageChange(id: string, aws: Calls<'rds:DescribeEvents'>): Promise<string | undefined> {
  const since = aws.now() - storageRestHours * hour;
  const events = await readDbEvents(id, 'db-instance', { categories: ['configuration change'], since }, aws);
  return events.findLast(({ message }) => /storage/i.test(message))?.message;
}

/**
 * The IOPS that RDS wants to be told together with this size, as the instance has them; undefined where it takes none. gp3 has
 * settable IOPS only from a size on that RDS stripes over four volumes, and never fewer than these have: RDS's user guide,
 * "Amazon RDS DB instance storage".
 */
export function iopsWithSize({ engine, storage: { type, iops = 0 } }: DbInstance, size: number): number | undefined {
  if (type === 'io1' || type === 'io2') return iops;
  if (type !== 'gp3') return undefined;
  if (engine.startsWith('sqlserver')) return iops;
  return size < (engine.startsWith('oracle') ? 200 : 400) ? undefined : Math.max(iops, 12_000);
}
