import { remediations } from '../remediations';
import type { Policy } from '../statemachines/policy';
import { vitals } from '../vitals';
import { readAccountFile } from './account-file';
import { readRecorded } from './recorded-events';
import type { Recording } from './recording';
import { replay, type ReplaySetting } from './replay';
import type { ReplayReport } from './report';

/** What is told while a replay runs. */
export type Listeners = Pick<ReplaySetting, 'onDecision' | 'onIncident'>;

/**
 * Replays one recording with all remediations there are. `accountFile` goes before the recording's own; the policy is the
 * caller's choice. Throws `AccountFileError` for an account that cannot be read.
 */
export async function replayRecording(
  recording: Recording,
  policy: Policy,
  accountFile: string | undefined,
  listeners: Listeners = {},
): Promise<ReplayReport> {
  const file = accountFile ?? recording.accountFile;
  const build = file === undefined ? undefined : await readAccountFile(file);
  return replay(readRecorded(recording.files), {
    policy,
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    ...(build && { build }),
    ...listeners,
  });
}
