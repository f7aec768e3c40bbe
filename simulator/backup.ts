import type { SimulatedAccount } from './world';
import { BackupJobs, type EndedJob } from './backup/backup-jobs';
import {
  protectedResourceSchema,
  type BackupHappening,
  type ProtectedDescription,
  type ProtectedInput,
} from './backup/protected';
import { RecoveryPoints } from './backup/recovery-points';
import { RestoreJobs } from './backup/restore-jobs';

const minute = 60_000;

/** AWS Backup of one account: what it protects, its vaults and its jobs. */
export class Backup {
  readonly points: RecoveryPoints;
  readonly jobs: BackupJobs;
  readonly restores: RestoreJobs;
  readonly operations;
  readonly #protected = new Map<string, ProtectedDescription>();

  constructor(private readonly account: SimulatedAccount) {
    const described = (arn: string) => this.#protected.get(arn);
    this.points = new RecoveryPoints(account);
    this.jobs = new BackupJobs(account, this.points, described);
    this.restores = new RestoreJobs(account, this.points, described);
    this.operations = { ...this.jobs.operations, ...this.points.operations, ...this.restores.operations };
  }

  /** Adds what is protected, with its backups of the past. */
  add(input: ProtectedInput): void {
    const described = protectedResourceSchema.parse(input);
    const { arn, vault, points, lastJob } = described;
    this.#protected.set(arn, described);
    this.points.addVault(vault);
    for (const hours of points) {
      this.recall(arn, { state: 'COMPLETED', at: this.account.clock.now() - hours * 60 * minute });
    }
    if (lastJob) this.recall(arn, { ...lastJob, at: this.account.clock.now() - lastJob.minutesAgo * minute });
  }

  /** A job of its plan that has ended, as if it had always been there; one that is complete has left its backup. */
  recall(arn: string, job: EndedJob): void {
    const described = this.#known(arn);
    const { vault, cold, keepDays } = described;
    const lifecycle = keepDays === null ? {} : { DeleteAfterDays: keepDays };
    const made = { resource: arn, vault, role: this.jobs.role, lifecycle, cold };
    const point = job.state === 'COMPLETED' ? this.points.make(made, new Date(job.at)) : undefined;
    this.jobs.remember(described, job, point);
  }

  holds(arn: string): boolean {
    return this.#protected.has(arn);
  }

  befall({ resource, begins, failing }: BackupHappening): void {
    const described = this.#known(resource);
    if (failing !== undefined) this.#protected.set(resource, { ...described, failing: failing ?? undefined });
    if (begins) this.jobs.begin(resource);
  }

  #known(arn: string): ProtectedDescription {
    const described = this.#protected.get(arn);
    if (described) return described;
    throw new Error(`AWS Backup protects no ${arn}: describe it under protectedResources`);
  }
}
