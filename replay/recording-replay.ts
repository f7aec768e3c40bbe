import { remediations } from '../remediations';
import type { Policy } from '../statemachines/policy';
import { vitals } from '../vitals';
import { readAccountFile } from './account-file';
import { explain, type Explanation } from './explanation';
import { readRecorded } from './recorded-events';
import type { Recording } from './recording';
import { replay, type ReplaySetting } from './replay';
import type { ReplayReport } from './report';

/** How a replay is run, and who is told of it meanwhile. */
export type Choices = Pick<ReplaySetting, 'peopleApprove' | 'onDecision' | 'onIncident' | 'onHistory' | 'onCommit'>;

/**
 * Replays one recording with all remediations there are. `accountFile` goes before the recording's own; the policy is the
 * caller's choice. Throws `AccountFileError` for an account that cannot be read.
 */
export async function replayRecording(
  recording: Recording,
  policy: Policy,
  accountFile: string | undefined,
  choices: Choices = {},
): Promise<ReplayReport> {
  const setting = await settingFor(policy, accountFile ?? recording.accountFile);
  return replay(readRecorded(recording.files), { ...setting, ...choices });
}

/** Explains the first event of a file. Throws for a file that holds none. */
export async function explainFile(file: string, policy: Policy, accountFile: string | undefined): Promise<Explanation> {
  const setting = await settingFor(policy, accountFile);
  for await (const recorded of readRecorded([file])) {
    if (recorded.kind === 'unreadable') throw new Error(`${recorded.position}: ${recorded.message}`);
    return explain(recorded, setting);
  }
  throw new Error(`${file} holds no event`);
}

/** What every replay has: all remediations and vitals, a policy, and the account of a file. */
export async function settingFor(policy: Policy, accountFile: string | undefined): Promise<ReplaySetting> {
  const build = accountFile === undefined ? undefined : await readAccountFile(accountFile);
  return {
    policy,
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    ...(build && { build }),
  };
}
