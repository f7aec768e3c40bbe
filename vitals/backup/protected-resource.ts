import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';
import { backupWork, lastEnded, readBackupJobs, type BackupJob } from './backup-job';
import { protectedOf, readTagsOf, tagReads, type Protected } from './protected';
import { isWhole, readRecoveryPoint } from './recovery-point';
import { readRestoreJobs, restoreWork } from './restore-job';

const reads = [
  'backup:DescribeRecoveryPoint',
  'backup:ListBackupJobs',
  'backup:ListRestoreJobsByProtectedResource',
  ...tagReads,
] as const;
type Reads = Calls<(typeof reads)[number]>;

/** Throws where the id names nothing that AWS Backup could protect. */
function knownAs(resource: Resource): Protected {
  const found = protectedOf(resource);
  if (found) return found;
  throw new Error(`${plainText(resource.id, 80)} is not the ARN of a resource`);
}

async function healthOf(arn: string, aws: Reads): Promise<Health> {
  const job = lastEnded(await readBackupJobs(arn, aws));
  if (!job) return { kind: 'unknown', detail: `no backup of ${arn} has ended in eight days` };
  return job.state === 'COMPLETED' ? pointHealth(job, aws) : { kind: 'unhealthy', detail: inWords(job) };
}

/** A job may say that it is complete, and what it made be gone again. */
async function pointHealth({ id, vault, recoveryPoint }: BackupJob, aws: Reads): Promise<Health> {
  const point = recoveryPoint === undefined ? undefined : await readRecoveryPoint(vault, recoveryPoint, aws);
  if (!point) return { kind: 'unhealthy', detail: `backup job ${id} is COMPLETED, and ${vault} has not what it made` };
  const detail = `backup job ${id} is COMPLETED, and its recovery point in ${vault} is ${point.status}`;
  return { kind: isWhole(point) ? 'healthy' : 'unhealthy', detail };
}

const inWords = ({ id, state, message }: BackupJob): string =>
  `the last backup job, ${id}, is ${state}${message === '' ? '' : `: ${message}`}`;

/** What AWS Backup protects is well when its newest backup is. Whether its data is right AWS Backup cannot see. */
export const protectedResourceVitals = defineVitals({
  kind: 'protected-resource',
  reads,
  sees: ['backup-failed'],
  async health(resource, condition, aws) {
    const { arn } = knownAs(resource);
    if (condition === 'backup-failed') return healthOf(arn, aws);
    if (condition === 'backup-copy-failed') return { kind: 'unknown', detail: `where else ${arn} is kept is not read` };
    return { kind: 'healthy', detail: 'AWS Backup does not look at data: what told of it must' };
  },
  async tags(resource, aws) {
    return readTagsOf(knownAs(resource), aws);
  },
  place: () => Promise.resolve({ groups: [] }),
  async busy(resource, aws) {
    const { arn } = knownAs(resource);
    return backupWork(await readBackupJobs(arn, aws)) ?? restoreWork(await readRestoreJobs(arn, aws));
  },
});
