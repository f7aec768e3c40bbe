import type { EpochMillis } from '../../../signals/signal';
import type { BackupJob } from '../../../vitals/backup/backup-job';
import { lastingFailure } from '../../../vitals/backup/passing-failure';
import { objectionToRole } from '../role/pass-role';

/** Why this job must not be started once more; undefined when it may. */
export function objectionTo(job: BackupJob): string | undefined {
  if (job.isComposite) return `backup job ${job.id} consists of several: only people can tell which parts are missing`;
  const refusedRole = objectionToRole(job.role);
  return lastingFailure(job) ?? (refusedRole && `${refusedRole}; start the backup yourself`);
}

/** Says so after the time until which it may be started once more. */
export function tooLate(until: EpochMillis, now: EpochMillis): string | undefined {
  return now <= until
    ? undefined
    : `it could be retried until ${new Date(until).toISOString().slice(0, 16)}: leave it to the next backup, or start one yourself`;
}
