import { plainText } from '../../signals/plain-text';
import { protectedOf } from '../../vitals/backup/protected';
import { readRecoveryPoint } from '../../vitals/backup/recovery-point';
import {
  readRestoreJob,
  readRestoreJobs,
  restoredLately,
  restoreWork,
  type RestoreJob,
} from '../../vitals/backup/restore-job';
import { clientToken } from '../client-token';
import { defineRemediation } from '../remediation';
import { objectionToRole, passRoleToBackup } from './role/pass-role';
import { metadataFor, wayOf } from './restore-from-recovery-point/new-resource';
import { parameters, planned, type Plan } from './restore-from-recovery-point/plan';
import { momentText, objectionToPoint, pointToRestore } from './restore-from-recovery-point/point-to-restore';

const minute = 60_000;

/** Restores the newest backup of a resource into a new resource beside it. Which of the two is used is for people to say. */
export const restoreFromRecoveryPoint = defineRemediation({
  name: 'restore-from-recovery-point',
  title: 'Restore a backup beside what is lost',
  when: 'A volume, file system, table or database has lost its data, and AWS Backup has a recovery point of before.',
  whenNot:
    'The service can restore it to the very minute by itself; or nobody is there to look at the copy and cut over.',
  heals: ['data-lost', 'volume-lost'],
  takes: ['protected-resource', 'file-system', 'volume'],
  risk: 'medium',
  needsApproval: true,
  snapshots: 'losesNoData',
  parameters,
  permissions: {
    read: [
      'backup:DescribeRecoveryPoint',
      'backup:DescribeRestoreJob',
      'backup:GetRecoveryPointRestoreMetadata',
      'backup:ListRecoveryPointsByBackupVault',
      'backup:ListRestoreJobsByProtectedResource',
      'ec2:DescribeVolumes',
    ],
    // AWS Backup gives a recovery point the tags of what it backs up.
    write: [
      { action: 'backup:StartRestoreJob', on: 'arn:*:backup:*:*:recovery-point:*', tagged: true },
      { action: 'backup:StartRestoreJob', on: 'arn:*:ec2:*::snapshot/*', tagged: true },
      { action: 'backup:StartRestoreJob', on: 'arn:*:rds:*:*:snapshot:awsbackup:*', tagged: true },
    ],
    implied: passRoleToBackup,
  },
  patience: { checkEvery: 120, giveUpAfter: 12 * 3_600 },
  unseen: 'AWS Backup shows no token: a restore of the same recovery point by somebody else is taken for this one',
  planned,

  async plan({ resource, attemptKey, since }, { vaults, minutesBack, role }, aws) {
    const subject = protectedOf(resource);
    if (!subject) return { kind: 'refused', reason: `${plainText(resource.id, 80)} names nothing that is backed up` };
    const jobs = await readRestoreJobs(subject.arn, aws);
    const work = restoreWork(jobs);
    if (work) return { kind: 'busy', reason: work };
    const way = await wayOf(subject, attemptKey, aws);
    const objection = typeof way === 'string' ? way : restoredLately(jobs, aws.now());
    if (objection !== undefined || typeof way === 'string') return { kind: 'refused', reason: objection ?? '' };
    const point = await pointToRestore(subject, vaults, (since ?? aws.now()) - minutesBack * minute, aws);
    if (typeof point === 'string') return { kind: 'refused', reason: point };
    const roleArn = role ?? point.role ?? '';
    const refusedRole = objectionToRole(roleArn);
    if (refusedRole) return { kind: 'refused', reason: `${refusedRole}; name another in the policy` };
    const { RestoreMetadata: told } = await aws.backup.getRecoveryPointRestoreMetadata({
      BackupVaultName: point.vault,
      RecoveryPointArn: point.arn,
    });
    if (!told) return { kind: 'refused', reason: `AWS Backup does not say how ${point.arn} is restored` };
    const { account, region } = resource;
    return {
      kind: 'planned',
      plan: {
        account,
        region,
        resource: subject.arn,
        type: subject.type,
        vault: point.vault,
        point: point.arn,
        madeAt: point.createdAt,
        role: roleArn,
        metadata: metadataFor(told, way),
        next: way.next,
        token: clientToken(attemptKey),
        before: jobsOf(point.arn, jobs).map(({ id }) => id),
      },
      summary: `restore the backup of ${subject.id} of ${momentText(point.createdAt)} into ${way.makes}, which costs money until it is deleted`,
      touches: [resource],
      // Nothing is taken from what is there.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const { account, region } = plan;
    const progressOf = { kind: 'protected-resource', id: plan.resource, account, region } as const;
    const jobs = await readRestoreJobs(plan.resource, aws);
    const own = ownAmong(jobs, plan);
    if (own) return { kind: 'started', handle: own.id, progressOf };
    const point = await readRecoveryPoint(plan.vault, plan.point, aws);
    const objection = restoreWork(jobs) ?? restoredLately(jobs, aws.now()) ?? objectionToPoint(plan.point, point);
    if (objection) return { kind: 'refused', reason: objection };
    const { RestoreJobId } = await aws.backup.startRestoreJob({
      RecoveryPointArn: plan.point,
      Metadata: plan.metadata,
      IamRoleArn: plan.role,
      IdempotencyToken: plan.token,
      ResourceType: plan.type,
    });
    return { kind: 'started', progressOf, ...(RestoreJobId && { handle: RestoreJobId }) };
  },

  async check(plan, handle, aws) {
    const job = handle ? await readRestoreJob(handle, aws) : ownAmong(await readRestoreJobs(plan.resource, aws), plan);
    if (!job) return { kind: 'notStarted', detail: `AWS Backup shows no new restore of ${plan.point}` };
    const detail = `restore job ${job.id} is ${job.status}${job.message === '' ? '' : `: ${job.message}`}`;
    if (job.status === 'PENDING' || job.status === 'RUNNING') return { kind: 'pending', detail };
    if (job.status !== 'COMPLETED') return { kind: 'failed', detail };
    const made = job.made ?? 'what the job has made';
    return {
      kind: 'done',
      detail: `${made} holds ${plan.resource} as of ${momentText(plan.madeAt)}; that is left as it is. Look at the data; ${plan.next}`,
    };
  },
});

const jobsOf = (point: string, jobs: readonly RestoreJob[]): readonly RestoreJob[] =>
  jobs.filter(({ recoveryPoint }) => recoveryPoint === point);

function ownAmong(jobs: readonly RestoreJob[], { point, before }: Plan): RestoreJob | undefined {
  // What a plan of restore tests makes is deleted again.
  return jobsOf(point, jobs).find(({ id, isTest }) => !isTest && !before.includes(id));
}
