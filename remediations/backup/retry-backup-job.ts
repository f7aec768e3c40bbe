import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import {
  backupWork,
  isUnderWay,
  jobInWords,
  lastEnded,
  readBackupJob,
  readBackupJobs,
  type BackupJob,
} from '../../vitals/backup/backup-job';
import { protectedOf } from '../../vitals/backup/protected';
import { isWhole, readRecoveryPoint } from '../../vitals/backup/recovery-point';
import { clientToken } from '../client-token';
import { defineRemediation } from '../remediation';
import { objectionTo, tooLate } from './retry-backup-job/objections';
import { passRoleToBackup } from './role/pass-role';

const hour = 3_600_000;
/** Minutes in which the job must have begun, the least that AWS takes, and in which it must be complete. */
const windows = { StartWindowMinutes: 60, CompleteWindowMinutes: 8 * 60 };

const planned = z.object({
  /** ARN of what is backed up. */
  resource: z.string(),
  /** Before-image: a job that has ended since makes another plan due, or none. */
  failed: z.object({ id: z.string(), createdAt: z.number() }),
  /** From then on it is not retried any more. */
  until: z.number(),
  vault: z.string(),
  role: z.string(),
  lifecycle: z.object({ DeleteAfterDays: z.number(), MoveToColdStorageAfterDays: z.number().optional() }),
  options: z.record(z.string(), z.string()),
  token: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Starts a backup that has failed once more, as it was: the same vault, role and time to keep it. */
export const retryBackupJob = defineRemediation({
  name: 'retry-backup-job',
  title: 'Start a failed backup once more',
  when: 'A backup job has failed or expired for a reason that is over by itself, such as a window, a quota or a busy resource.',
  whenNot: 'A right, a key or the resource is missing, somebody stopped it, or the next backup is due anyway.',
  heals: ['backup-failed'],
  takes: ['protected-resource'],
  risk: 'low',
  needsApproval: false,
  snapshots: 'losesNoData',
  parameters: z.strictObject({
    /** Hours after the failed job was created in which it may still be retried: a backup belongs to its time of day. */
    withinHours: z.int().min(1).max(72).default(8),
    /** Days that the backup is kept where the failed job does not say: without any it would be kept, and cost, for ever. */
    keepDays: z.int().min(1).max(366).default(35),
  }),
  permissions: {
    read: ['backup:DescribeBackupJob', 'backup:DescribeRecoveryPoint', 'backup:ListBackupJobs'],
    // IAM is asked about the vault alone: that must carry the tag, too.
    write: [{ action: 'backup:StartBackupJob', on: 'arn:*:backup:*:*:backup-vault:*', tagged: true }],
    implied: passRoleToBackup,
  },
  patience: { checkEvery: 120, giveUpAfter: 9 * 3_600 },
  unseen: 'AWS Backup shows no token: a backup of it that somebody else starts on demand is taken for this one',
  planned,

  async plan({ resource, attemptKey }, { withinHours, keepDays }, aws) {
    const subject = protectedOf(resource);
    if (!subject) return { kind: 'refused', reason: `${plainText(resource.id, 80)} is not the ARN of a resource` };
    const jobs = await readBackupJobs(subject.arn, aws);
    const work = backupWork(jobs);
    if (work) return { kind: 'busy', reason: work };
    const job = lastEnded(jobs);
    if (!job) return { kind: 'refused', reason: `AWS Backup knows of no job of ${subject.arn} in eight days` };
    if (job.state === 'COMPLETED') return { kind: 'notNeeded', reason: `backup job ${job.id} is COMPLETED` };
    const { id, createdAt, vault, role, options } = job;
    const until = createdAt + withinHours * hour;
    const objection = objectionTo(job) ?? tooLate(until, aws.now());
    if (objection) return { kind: 'refused', reason: objection };
    const lifecycle = job.lifecycle ?? { DeleteAfterDays: keepDays };
    return {
      kind: 'planned',
      plan: {
        resource: subject.arn,
        failed: { id, createdAt },
        until,
        vault,
        role,
        lifecycle,
        options,
        token: clientToken(attemptKey),
      },
      summary: `back ${subject.arn} up into ${vault} once more, and keep that for ${lifecycle.DeleteAfterDays} days`,
      touches: [resource],
      // A backup takes nothing from what is backed up.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const jobs = await readBackupJobs(plan.resource, aws);
    const own = ownAmong(jobs, plan);
    if (own) return { kind: 'started', handle: own.id };
    const changed =
      lastEnded(jobs)?.id === plan.failed.id
        ? undefined
        : `${plan.resource} has been backed up, or failed to be, since the plan`;
    const objection = backupWork(jobs) ?? tooLate(plan.until, aws.now()) ?? changed;
    if (objection) return { kind: 'refused', reason: objection };
    const { BackupJobId } = await aws.backup.startBackupJob({
      BackupVaultName: plan.vault,
      ResourceArn: plan.resource,
      IamRoleArn: plan.role,
      IdempotencyToken: plan.token,
      Lifecycle: plan.lifecycle,
      ...(Object.keys(plan.options).length > 0 && { BackupOptions: plan.options }),
      ...windows,
    });
    return { kind: 'started', ...(BackupJobId && { handle: BackupJobId }) };
  },

  async check(plan, handle, aws) {
    const job = handle ? await readBackupJob(handle, aws) : ownAmong(await readBackupJobs(plan.resource, aws), plan);
    if (!job) return { kind: 'notStarted', detail: `AWS Backup shows no job of it after ${plan.failed.id}` };
    const detail = jobInWords(job);
    if (isUnderWay(job)) return { kind: 'pending', detail };
    if (job.state !== 'COMPLETED') return { kind: 'failed', detail };
    const point = job.recoveryPoint && (await readRecoveryPoint(job.vault, job.recoveryPoint, aws));
    if (!point) return { kind: 'pending', detail: `${detail}, and its recovery point is not shown yet` };
    const made = `${detail}, and its recovery point is ${point.status}`;
    if (isWhole(point)) return { kind: 'done', detail: made };
    return { kind: point.status === 'CREATING' ? 'pending' : 'failed', detail: made };
  },
});

/** The job that was started by this plan, whatever has come of it: begun on demand after the one that failed. */
function ownAmong(jobs: readonly BackupJob[], { failed, vault }: Plan): BackupJob | undefined {
  return jobs.find((job) => !job.isPlanned && job.vault === vault && job.createdAt > failed.createdAt);
}
