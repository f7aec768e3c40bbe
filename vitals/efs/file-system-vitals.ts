import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';
import { fileSystemReads, isGone, readFileSystem, workOnFileSystem, type FileSystem } from './file-system';
import { faultInWords, mountReads, readMounts } from './mount-fault';
import { readMountTargets, workOnMountTargets } from './mount-target';
import { isThrottled, readThroughput } from './throughput';

const reads = [...fileSystemReads, ...mountReads, 'cloudwatch:GetMetricData'] as const;
type Reads = Calls<(typeof reads)[number]>;

async function healthOf(fileSystem: FileSystem, condition: string, aws: Reads): Promise<Health> {
  const { id, state } = fileSystem;
  if (isGone(fileSystem)) return { kind: 'gone', detail: `the file system ${id} is ${state}` };
  if (state === 'error') return { kind: 'unhealthy', detail: `the file system ${id} is in the state error` };
  if (condition === 'file-system-throttled') return throttling(fileSystem, aws);
  if (condition === 'file-system-unreachable') return reach(fileSystem, aws);
  return { kind: 'healthy', detail: `the file system ${id} is ${state}` };
}

async function throttling(fileSystem: FileSystem, aws: Reads): Promise<Health> {
  const { id } = fileSystem;
  const throughput = await readThroughput(fileSystem, aws);
  if (!throughput) return { kind: 'unknown', detail: `how much ${id} moves is not told by CloudWatch` };
  const { used, permitted } = throughput;
  const kind = isThrottled(throughput) ? 'unhealthy' : 'healthy';
  return { kind, detail: `${id} moves ${used} of ${permitted} MiB/s that it may` };
}

async function reach(fileSystem: FileSystem, aws: Reads): Promise<Health> {
  const { id } = fileSystem;
  const { targets, faults } = await readMounts(fileSystem, aws);
  const [fault] = faults;
  if (fault) return { kind: 'unhealthy', detail: `${id}: ${faultInWords(fault)}` };
  if (targets.length === 0) return { kind: 'unhealthy', detail: `${id} has no mount target at all` };
  return { kind: 'healthy', detail: `${id} has a mount target in ${targets.map(({ zone }) => zone).join(' and ')}` };
}

/** A file system is well when it is available, has throughput left, and can be mounted where its owner says. */
export const fileSystemVitals = defineVitals({
  kind: 'file-system',
  reads,
  // Nothing: how few clients or credits are too few is up to the alarm, and no read shows whether packets arrive.
  sees: [],
  async health({ id }, condition, aws) {
    const found = await readFileSystem(id, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the file system ${id} no longer exists` };
    return healthOf(found, condition, aws);
  },
  async tags({ id }, aws) {
    const found = await readFileSystem(id, aws);
    return found.kind === 'absent' ? {} : found.tags;
  },
  async place({ id }, aws) {
    const found = await readFileSystem(id, aws);
    return found.kind === 'absent' || found.zone === undefined ? { groups: [] } : { zone: found.zone, groups: [] };
  },
  async busy({ id }, aws) {
    const found = await readFileSystem(id, aws);
    if (found.kind === 'absent') return undefined;
    return workOnFileSystem(found) ?? workOnMountTargets(await readMountTargets(found, aws));
  },
});
