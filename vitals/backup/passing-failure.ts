import type { BackupJob } from './backup-job';

/**
 * What AWS Backup says of failures that are over by themselves, from its list of reasons for problematic jobs. Any other, above
 * all a right, a key or a resource that is missing, would only fail again.
 */
const passing = [
  /there was a running job for the same resource/i,
  /could not start because it is either inside or too close to the (weekly maintenance|automated backup) window/i,
  /not in (the )?available state|instance is not in state/i,
  /subscriber limit exceeded|in-progress snapshots|maximum number of concurrent snapshots|throttl|rate exceeded/i,
  /an internal error occurred|encountered a fatal error|token expired/i,
  /expired before completion/i,
];

/** Why the same job would fail once more; undefined where the failure may be over. */
export function lastingFailure({
  id,
  state,
  message,
}: Pick<BackupJob, 'id' | 'state' | 'message'>): string | undefined {
  if (state === 'ABORTED') return `backup job ${id} was stopped by somebody: only people know why`;
  // A job that expired has had no turn within its window, and mostly says nothing.
  if (state === 'EXPIRED' && message === '') return undefined;
  if (passing.some((words) => words.test(message))) return undefined;
  return `backup job ${id} is ${state}, which trying again does not mend: ${message === '' ? 'AWS gives no reason' : message}`;
}
