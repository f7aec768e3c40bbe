import type { BackupJob as Described, Lifecycle } from '@aws-sdk/client-backup';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

const day = 24 * 60 * 60_000;
/** Jobs of before are not looked at: a plan that backs up less often than weekly is judged by nothing here. */
const lookBack = 8 * day;

/** A job that backs one resource up, or tried to. */
export interface BackupJob {
  readonly id: string;
  /** AWS's word: `CREATED`, `RUNNING`, `COMPLETED`, `FAILED`, … */
  readonly state: string;
  /** Why it is in that state; empty where AWS does not say. */
  readonly message: string;
  readonly createdAt: EpochMillis;
  /** Name of the vault. */
  readonly vault: string;
  /** ARN of the role that it works with. */
  readonly role: string;
  /** For how many days what it makes is kept, and after how many it is put into the cold; undefined where that is for ever. */
  readonly lifecycle: { readonly DeleteAfterDays: number; readonly MoveToColdStorageAfterDays?: number } | undefined;
  /** Such as that of Windows for snapshots that its programs agree to. */
  readonly options: Readonly<Record<string, string>>;
  /** A plan began it, and not somebody on demand. */
  readonly isPlanned: boolean;
  /** It consists of jobs of its own, one for each part of a stack. */
  readonly isComposite: boolean;
  /** ARN of what it made. */
  readonly recoveryPoint: string | undefined;
}

const work = ['CREATED', 'PENDING', 'RUNNING', 'ABORTING'];

/** Whether it has not ended yet. */
export const isUnderWay = ({ state }: Pick<BackupJob, 'state'>): boolean => work.includes(state);

/** The latest job that has ended, of jobs of which the newest comes first. */
export const lastEnded = (jobs: readonly BackupJob[]): BackupJob | undefined => jobs.find((job) => !isUnderWay(job));

/** The job in words. */
export function jobInWords({ id, state, message }: BackupJob): string {
  return `backup job ${id} is ${state}${message === '' ? '' : `: ${message}`}`;
}

/** What AWS Backup is doing to the resource now, in one line. */
export function backupWork(jobs: readonly BackupJob[]): string | undefined {
  const job = jobs.find(isUnderWay);
  return job && `backup job ${job.id} is ${job.state}`;
}

/** The jobs of a resource in the last eight days, the newest first. Those that are a part of another are left out. */
export async function readBackupJobs(arn: string, aws: Calls<'backup:ListBackupJobs'>): Promise<readonly BackupJob[]> {
  const ByCreatedAfter = new Date(aws.now() - lookBack);
  const found = await everyItem(
    (token) => aws.backup.listBackupJobs({ ByResourceArn: arn, ByCreatedAfter, ...token }),
    (page) => page.BackupJobs,
  );
  return found
    .filter(({ ResourceArn, ParentJobId, IsParent }) => ResourceArn === arn && (IsParent || !ParentJobId))
    .map(jobOf)
    .sort((one, other) => other.createdAt - one.createdAt);
}

/** Reads one job; what AWS does not know is an error of AWS's. */
export async function readBackupJob(id: string, aws: Calls<'backup:DescribeBackupJob'>): Promise<BackupJob> {
  return jobOf(await aws.backup.describeBackupJob({ BackupJobId: id }));
}

function jobOf(job: Described): BackupJob {
  const { BackupJobId, State, CreationDate, BackupVaultName, IamRoleArn } = job;
  if (!BackupJobId || !State || !CreationDate || !BackupVaultName || !IamRoleArn) {
    throw new Error('AWS Backup answered a job without id, state, time, vault or role');
  }
  return {
    id: BackupJobId,
    state: State,
    message: plainText(job.StatusMessage ?? '').replace(/^"|"$/g, ''),
    createdAt: CreationDate.getTime(),
    vault: BackupVaultName,
    role: IamRoleArn,
    lifecycle: lifecycleOf(job.RecoveryPointLifecycle),
    options: job.BackupOptions ?? {},
    isPlanned: job.CreatedBy?.BackupPlanId !== undefined,
    isComposite: job.IsParent ?? false,
    recoveryPoint: job.RecoveryPointArn,
  };
}

/** AWS writes -1 for what never comes. */
function lifecycleOf({
  DeleteAfterDays = -1,
  MoveToColdStorageAfterDays: cold = -1,
}: Lifecycle = {}): BackupJob['lifecycle'] {
  return DeleteAfterDays > 0 ? { DeleteAfterDays, ...(cold > 0 && { MoveToColdStorageAfterDays: cold }) } : undefined;
}
