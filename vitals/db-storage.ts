import type { Calls } from './aws';
import type { DbInstance } from './db-instance';
import { latestByInstance } from './db-metric';
import type { Health } from './vitals';

/** RDS itself calls storage low when more than nine tenths of it are used (RDS-EVENT-0089). */
const enoughFree = 0.1;

const gibibyte = 1024 ** 3;

/** Whether an instance has storage to spare. Only a metric tells; without a recent value it is unknown. */
export async function storageHealth(instance: DbInstance, aws: Calls<'cloudwatch:GetMetricData'>): Promise<Health> {
  const { id, storageGiB, cluster } = instance;
  if (cluster) return { kind: 'unknown', detail: `${id} shares the storage of the cluster ${cluster}` };
  const latest = (await latestByInstance('FreeStorageSpace', [id], aws)).get(id);
  if (latest === undefined || storageGiB === undefined || storageGiB <= 0) {
    return { kind: 'unknown', detail: `how much storage of ${id} is free is not told by FreeStorageSpace` };
  }
  const free = latest / gibibyte / storageGiB;
  const detail = `${Math.floor(free * 100)} % of the ${storageGiB} GiB of ${id} are free`;
  return { kind: free > enoughFree ? 'healthy' : 'unhealthy', detail };
}
