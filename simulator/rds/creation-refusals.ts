import type { RestoreWindow } from './restore-window';
import { Refusal } from '../refusal';

/** RDS has something of that name already. */
export function alreadyThere(what: 'DBInstance' | 'DBCluster', id: string): Refusal {
  return new Refusal(
    `${what}AlreadyExistsFault`,
    `${what === 'DBInstance' ? 'DB instance' : 'DB cluster'} already exists: ${id}`,
  );
}

interface Asked {
  readonly at: Date | undefined;
  readonly latest: boolean | undefined;
}

/** Refuses a moment that backups cannot bring back. */
export function refuseMoment({ at, latest }: Asked, window: RestoreWindow | undefined, what: string): void {
  if ((at === undefined) === (latest !== true)) {
    const either = 'Specify either a time to restore to or the latest restorable time, and not both.';
    throw new Refusal('InvalidParameterCombination', either);
  }
  if (!window) {
    throw new Refusal('PointInTimeRestoreNotEnabledFault', `Point in time restore is not enabled for ${what}`);
  }
  if (at && (at.getTime() < window.from || at.getTime() > window.to)) {
    const why = `The specified instance cannot be restored to ${at.toISOString()}: its backups do not reach there.`;
    throw new Refusal('InvalidParameterValue', why);
  }
}
