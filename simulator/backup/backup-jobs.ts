import type * as sdk from '@aws-sdk/client-backup';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { JobBook } from './job-book';
import { typeOf, type ProtectedDescription } from './protected';
import type { RecoveryPoints } from './recovery-points';

const minute = 60_000;
const hour = 60 * minute;

type Job = sdk.BackupJob & { readonly BackupJobId: string; readonly ResourceArn: string; readonly CreationDate: Date };
type Answer<Output> = Omit<Output, '$metadata'>;

/** A job of the past. */
export interface EndedJob {
  readonly id?: string | undefined;
  readonly state: string;
  readonly message?: string | undefined;
  /** When it was created. */
  readonly at: number;
}

/** How a job comes about. */
interface Begun {
  readonly resource: string;
  readonly vault: string;
  readonly role: string;
  readonly lifecycle: sdk.Lifecycle;
  /** By its plan, and not on demand. */
  readonly isPlanned: boolean;
  readonly options?: Record<string, string> | undefined;
}

/** The backup jobs of an account: those of plans, and those that are started on demand. */
export class BackupJobs {
  readonly #jobs: JobBook<Job>;

  constructor(
    private readonly account: SimulatedAccount,
    private readonly points: RecoveryPoints,
    private readonly described: (arn: string) => ProtectedDescription | undefined,
  ) {
    this.#jobs = new JobBook(account, 'backup', ({ BackupJobId }) => BackupJobId);
  }

  /** A job of the past, as if it had always been there. */
  remember(
    { arn: resource, vault, keepDays }: ProtectedDescription,
    { id, state, message = '', at }: EndedJob,
    point?: string,
  ): void {
    const job = this.#add(
      { resource, vault, role: this.role, lifecycle: lifecycleOf(keepDays), isPlanned: true },
      at,
      id,
    );
    this.#became(job, state, message, point);
  }

  knows(id: string): boolean {
    return this.#jobs.has(({ BackupJobId }) => BackupJobId === id);
  }

  /** Its plan backs it up now. */
  begin(resource: string): void {
    const { vault = 'nightly', keepDays = null } = this.described(resource) ?? {};
    this.#run({ resource, vault, role: this.role, lifecycle: lifecycleOf(keepDays), isPlanned: true });
  }

  /** That of AWS Backup itself, unless whoever starts a job names another. */
  get role(): string {
    const [, partition = 'aws'] = this.account.arn('backup', '').split(':');
    return `arn:${partition}:iam::${this.account.id}:role/service-role/AWSBackupDefaultServiceRole`;
  }

  readonly operations = {
    ListBackupJobs: (input: sdk.ListBackupJobsInput): Answer<sdk.ListBackupJobsCommandOutput> => {
      const { ByResourceArn, ByCreatedAfter, ByState } = input;
      const { jobs, next } = this.#jobs.listed(
        (job) =>
          (ByResourceArn === undefined || job.ResourceArn === ByResourceArn) &&
          (ByState === undefined || job.State === ByState) &&
          (ByCreatedAfter === undefined || job.CreationDate > ByCreatedAfter),
        input,
      );
      return { BackupJobs: jobs, NextToken: next };
    },
    DescribeBackupJob: ({ BackupJobId }: sdk.DescribeBackupJobInput): Answer<sdk.DescribeBackupJobCommandOutput> =>
      this.#jobs.told(BackupJobId),
    StartBackupJob: (input: sdk.StartBackupJobInput): Answer<sdk.StartBackupJobCommandOutput> => {
      const { BackupVaultName: vault = '', ResourceArn: resource = '', IamRoleArn: role = '' } = input;
      const { IdempotencyToken: token, StartWindowMinutes: window = 480 } = input;
      if (window < 60) {
        throw new Refusal('InvalidParameterValueException', 'StartWindowMinutes must be at least 60 minutes');
      }
      if (!this.points.hasVault(vault)) {
        throw new Refusal('ResourceNotFoundException', `Backup vault ${vault} does not exist`);
      }
      const { Lifecycle: lifecycle = {}, BackupOptions: options } = input;
      const job = this.#jobs.once(token, () =>
        this.#run({ resource, vault, role, lifecycle, options, isPlanned: false }),
      );
      return {
        BackupJobId: job.BackupJobId,
        CreationDate: job.CreationDate,
        RecoveryPointArn: job.RecoveryPointArn,
        IsParent: false,
      };
    },
  };

  #add({ resource, vault, role, lifecycle, isPlanned, options }: Begun, at: number, id?: string): Job {
    const job: Job = {
      AccountId: this.account.id,
      BackupJobId: id ?? this.#jobs.newId(),
      BackupVaultName: vault,
      BackupVaultArn: this.account.arn('backup', `backup-vault:${vault}`),
      ResourceArn: resource,
      ResourceType: typeOf(resource),
      IamRoleArn: role,
      CreationDate: new Date(at),
      StartBy: new Date(at + 8 * hour),
      State: 'CREATED',
      RecoveryPointLifecycle: lifecycle,
      BackupOptions: options,
      PercentDone: '0.0',
      ...(isPlanned && { CreatedBy: { BackupPlanId: 'bde0f455-4e24-4668-aeaa-4932a97f5cc5' } }),
    };
    this.#jobs.add(job);
    return job;
  }

  #run(begun: Begun): Job {
    const { clock } = this.account;
    const isAlone = !this.#jobs.has(({ ResourceArn, State }) => ResourceArn === begun.resource && isAtWork(State));
    const job = this.#add(begun, clock.now());
    clock.after(minute, () => {
      if (isAlone) this.#became(job, 'RUNNING');
      else this.#end(job, 'Backup job failed because there was a running job for the same resource.');
    });
    const { minutes = 12 } = this.described(begun.resource) ?? {};
    clock.after(Math.max(2, minutes) * minute, () => {
      if (job.State === 'RUNNING') this.#end(job, this.described(begun.resource)?.failing);
    });
    return job;
  }

  #end(job: Job, failure: string | undefined): void {
    if (failure === undefined) {
      const { ResourceArn, BackupVaultName = '', IamRoleArn = '', RecoveryPointLifecycle } = job;
      const point = this.points.make(
        { resource: ResourceArn, vault: BackupVaultName, role: IamRoleArn, lifecycle: RecoveryPointLifecycle },
        job.CreationDate,
      );
      this.#became(job, 'COMPLETED', '', point);
    } else this.#became(job, 'FAILED', failure);
    this.#tell(job);
  }

  #became(job: Job, state: string, message = '', point?: string): void {
    const isOver = !isAtWork(state);
    Object.assign(job, {
      State: state,
      ...(message !== '' && { StatusMessage: message }),
      ...(point !== undefined && { RecoveryPointArn: point }),
      ...(isOver && { CompletionDate: new Date(this.account.clock.now()), PercentDone: '100.0' }),
    } satisfies Partial<Record<keyof sdk.BackupJob, unknown>>);
  }

  #tell(job: Job): void {
    this.account.bus.emit('aws.backup', 'Backup Job State Change', [], {
      backupJobId: job.BackupJobId,
      backupVaultArn: job.BackupVaultArn,
      backupVaultName: job.BackupVaultName,
      bytesTransferred: '0',
      creationDate: job.CreationDate.toISOString(),
      iamRoleArn: job.IamRoleArn,
      resourceArn: job.ResourceArn,
      resourceType: job.ResourceType,
      state: job.State,
      ...(job.StatusMessage !== undefined && { statusMessage: `"${job.StatusMessage}"` }),
      startBy: job.StartBy?.toISOString(),
      percentDone: 0,
    });
  }
}

const isAtWork = (state: string | undefined): boolean => state === 'CREATED' || state === 'RUNNING';

function lifecycleOf(keepDays: number | null): sdk.Lifecycle {
  return keepDays === null ? {} : { DeleteAfterDays: keepDays };
}
