import type * as sdk from '@aws-sdk/client-dynamodb';
import { Refusal } from '../../refusal';
import { invalid } from '../refusal';
import type { TableState } from './state';

const day = 24 * 60 * 60_000;
/** The latest moment that a table can be restored to lies so far back, in milliseconds. */
const latestAgo = 5 * 60_000;
/** Longest that DynamoDB keeps what it needs to restore, in days; so long unless told. */
const mostDays = 35;

interface Window {
  readonly earliest: number;
  readonly latest: number;
}

/** Moments that the table can be restored to; undefined while that is off, or too new for any. */
export function windowOf({ recovery }: TableState, now: number): Window | undefined {
  if (!recovery) return undefined;
  const earliest = Math.max(recovery.since, now - recovery.days * day);
  return now - latestAgo < earliest ? undefined : { earliest, latest: now - latestAgo };
}

export function describeBackups(state: TableState, now: number): sdk.ContinuousBackupsDescription {
  const window = windowOf(state, now);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: state.recovery ? 'ENABLED' : 'DISABLED',
      ...(state.recovery && { RecoveryPeriodInDays: state.recovery.days }),
      ...(window && {
        EarliestRestorableDateTime: new Date(window.earliest),
        LatestRestorableDateTime: new Date(window.latest),
      }),
    },
  };
}

/** Switches recovery on or off. What is on stays on since when it was, whatever its days. */
export function updateBackups(state: TableState, input: sdk.UpdateContinuousBackupsCommandInput, now: number): void {
  const { PointInTimeRecoveryEnabled: isOn, RecoveryPeriodInDays: days = mostDays } =
    input.PointInTimeRecoverySpecification ?? {};
  if (isOn === undefined) throw invalid('PointInTimeRecoverySpecification must say whether it is enabled');
  if (days < 1 || days > mostDays) throw invalid(`RecoveryPeriodInDays must be between 1 and ${mostDays}`);
  if (state.status === 'CREATING') {
    throw new Refusal(
      'ContinuousBackupsUnavailableException',
      `Backups are being enabled for the table: ${state.name}. Please retry later`,
    );
  }
  state.recovery = isOn ? { since: state.recovery?.since ?? now, days } : undefined;
}

/** The moment that a restore asks for; throws where the table can't be brought back to it. */
export function momentOf(state: TableState, input: sdk.RestoreTableToPointInTimeCommandInput, now: number): number {
  const window = windowOf(state, now);
  if (!window) {
    throw new Refusal(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${state.name}'`,
    );
  }
  if (input.UseLatestRestorableTime) return window.latest;
  const at = input.RestoreDateTime?.getTime();
  if (at === undefined) throw invalid('RestoreDateTime or UseLatestRestorableTime must be given');
  if (at < window.earliest || at > window.latest) {
    throw new Refusal(
      'InvalidRestoreTimeException',
      'RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime',
    );
  }
  return at;
}
