import type * as sdk from '@aws-sdk/client-backup';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { JobBook } from './job-book';
import { idIn, type ProtectedDescription } from './protected';
import type { Point, RecoveryPoints } from './recovery-points';

const minute = 60_000;

type Job = sdk.RestoreJobsListMember & { readonly RestoreJobId: string };
type Answer<Output> = Omit<Output, '$metadata'>;

/** What AWS Backup must be told to restore each type, in lower case: it takes a key in any. */
const needed: Readonly<Record<string, readonly string[]>> = {
  EBS: ['availabilityzone'],
  EFS: ['newfilesystem', 'encrypted', 'performancemode'],
  DynamoDB: ['targettablename'],
  RDS: ['dbinstanceidentifier'],
};

/** The restore jobs of an account. What they make is told by its ARN, and not there. */
export class RestoreJobs {
  readonly #jobs: JobBook<Job>;

  constructor(
    private readonly account: SimulatedAccount,
    private readonly points: RecoveryPoints,
    private readonly described: (arn: string) => ProtectedDescription | undefined,
  ) {
    this.#jobs = new JobBook(account, 'restore', ({ RestoreJobId }) => RestoreJobId);
  }

  readonly operations = {
    StartRestoreJob: (input: sdk.StartRestoreJobInput): Answer<sdk.StartRestoreJobCommandOutput> => {
      const point = this.points.find(input.RecoveryPointArn);
      if (!point) {
        const message = `Cannot find recovery point: ${String(input.RecoveryPointArn)}`;
        throw new Refusal('ResourceNotFoundException', message);
      }
      return { RestoreJobId: this.#jobs.once(input.IdempotencyToken, () => this.#run(point, input)).RestoreJobId };
    },
    DescribeRestoreJob: ({ RestoreJobId }: sdk.DescribeRestoreJobInput): Answer<sdk.DescribeRestoreJobCommandOutput> =>
      this.#jobs.told(RestoreJobId),
    ListRestoreJobsByProtectedResource: (
      input: sdk.ListRestoreJobsByProtectedResourceInput,
    ): Answer<sdk.ListRestoreJobsByProtectedResourceCommandOutput> => {
      const { ResourceArn, ByStatus } = input;
      const { jobs, next } = this.#jobs.listed(
        ({ SourceResourceArn, Status }) =>
          SourceResourceArn === ResourceArn && (ByStatus === undefined || ByStatus === Status),
        input,
      );
      return { RestoreJobs: jobs, NextToken: next };
    },
  };

  #run(point: Point, { Metadata = {}, IamRoleArn }: sdk.StartRestoreJobInput): Job {
    const { ResourceArn: source, ResourceType: type = '' } = point;
    const told = new Map(Object.entries(Metadata).map(([key, value]) => [key.toLowerCase(), value]));
    const lacks = (needed[type] ?? []).filter((key) => !told.has(key));
    if (lacks.length > 0) {
      const message = `Invalid restore metadata. Missing required keys: ${lacks.join(', ')}`;
      throw new Refusal('InvalidParameterValueException', message);
    }
    const { clock } = this.account;
    const job: Job = {
      AccountId: this.account.id,
      RestoreJobId: this.#jobs.newId(),
      RecoveryPointArn: point.RecoveryPointArn,
      RecoveryPointCreationDate: point.CreationDate,
      SourceResourceArn: source,
      BackupVaultArn: point.BackupVaultArn,
      IamRoleArn,
      CreationDate: new Date(clock.now()),
      Status: 'PENDING',
      PercentDone: '0.00%',
      ResourceType: type,
    };
    this.#jobs.add(job);
    clock.after(minute, () => {
      Object.assign(job, { Status: 'RUNNING' });
    });
    clock.after(Math.max(2, this.described(source)?.minutes ?? 12) * minute, () => {
      this.#end(job, this.#made(type, source, told));
    });
    return job;
  }

  /** ARN of what comes of it; undefined where something of that name is there: AWS Backup puts nothing in its place. */
  #made(type: string, source: string, told: ReadonlyMap<string, string>): string | undefined {
    const old = idIn(source);
    const beside = (name: string | undefined): string | undefined =>
      name === undefined || name === old ? undefined : `${source.slice(0, -old.length)}${name}`;
    switch (type) {
      case 'EBS':
        return beside(this.account.newId('vol-'));
      case 'EFS':
        return told.get('newfilesystem') === 'true' ? beside(this.account.newId('fs-')) : source;
      case 'DynamoDB':
        return beside(told.get('targettablename'));
      default:
        return beside(told.get('dbinstanceidentifier'));
    }
  }

  #end(job: Job, made: string | undefined): void {
    const message = 'The restore failed because a resource of this name already exists.';
    Object.assign(job, {
      CompletionDate: new Date(this.account.clock.now()),
      ...(made === undefined
        ? { Status: 'FAILED', StatusMessage: message }
        : { Status: 'COMPLETED', CreatedResourceArn: made, PercentDone: '100.00%' }),
    } satisfies Partial<Record<keyof sdk.RestoreJobsListMember, unknown>>);
    this.account.bus.emit('aws.backup', 'Restore Job State Change', [job.RecoveryPointArn ?? ''], {
      restoreJobId: job.RestoreJobId,
      backupVaultArn: job.BackupVaultArn,
      recoveryPointArn: job.RecoveryPointArn,
      sourceResourceArn: job.SourceResourceArn,
      backupSizeInBytes: '0',
      creationDate: job.CreationDate?.toISOString(),
      iamRoleArn: job.IamRoleArn,
      percentDone: 0,
      resourceType: job.ResourceType,
      status: job.Status,
      ...(job.CreatedResourceArn !== undefined && { createdResourceArn: job.CreatedResourceArn }),
      completionDate: job.CompletionDate?.toISOString(),
    });
  }
}
