import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** A job that restores a recovery point. */
export interface RestoreJob {
  readonly id: string;
  /** `PENDING`, `RUNNING`, `COMPLETED`, `ABORTED` or `FAILED`. */
  readonly status: string;
  /** Why it has that status; empty where AWS does not say. */
  readonly message: string;
  readonly createdAt: EpochMillis;
  /** ARN of what it restores. */
  readonly recoveryPoint: string;
  /** ARN of what it made; undefined until it is complete. */
  readonly made: string | undefined;
  /** It tries out whether a restore works, and what it makes is deleted again. */
  readonly isTest: boolean;
}

/** What AWS Backup is restoring of the resource now, in one line. */
export function restoreWork(jobs: readonly RestoreJob[]): string | undefined {
  const job = jobs.find(({ status, isTest }) => !isTest && (status === 'PENDING' || status === 'RUNNING'));
  return job && `restore job ${job.id} is ${job.status}`;
}

/** Hours in which nothing is restored a second time: what the first restore made is there to be looked at. */
const restHours = 24;

/** What was restored a short while ago, and waits for people; undefined when nothing was. */
export function restoredLately(jobs: readonly RestoreJob[], now: EpochMillis): string | undefined {
  const since = now - restHours * 3_600_000;
  const last = jobs.find(({ status, isTest, createdAt }) => status === 'COMPLETED' && !isTest && createdAt > since);
  return (
    last && `it was restored in the last ${restHours} hours, as ${last.made ?? last.id}: cut over to that, or delete it`
  );
}

/** The restore jobs of a resource, the newest first. */
export async function readRestoreJobs(
  arn: string,
  aws: Calls<'backup:ListRestoreJobsByProtectedResource'>,
): Promise<readonly RestoreJob[]> {
  const found = await everyItem(
    (token) => aws.backup.listRestoreJobsByProtectedResource({ ResourceArn: arn, ...token }),
    (page) => page.RestoreJobs,
  );
  return found.map(jobOf).sort((one, other) => other.createdAt - one.createdAt);
}

/** Reads one job; what AWS does not know is an error of AWS's. */
export async function readRestoreJob(id: string, aws: Calls<'backup:DescribeRestoreJob'>): Promise<RestoreJob> {
  return jobOf(await aws.backup.describeRestoreJob({ RestoreJobId: id }));
}

function jobOf(told: RestoreJobsListMember): RestoreJob {
  const { RestoreJobId: id, Status: status, CreationDate, RecoveryPointArn: recoveryPoint } = told;
  if (!id || !status || !CreationDate || !recoveryPoint) throw new Error('AWS Backup answered half a restore job');
  return {
    id,
    status,
    message: plainText(told.StatusMessage ?? ''),
    createdAt: CreationDate.getTime(),
    recoveryPoint,
    made: told.CreatedResourceArn,
    isTest: told.CreatedBy?.RestoreTestingPlanArn !== undefined,
  };
}
