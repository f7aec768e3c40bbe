import { Option, type Command } from 'commander';
import { findRecordings, type Recording } from '../replay/recording';
import { replayRecording } from '../replay/recording-replay';
import type { ReplayReport } from '../replay/report';
import { inMode } from '../statemachines/policy';
import { modes, type Mode } from '../statemachines/rule';
import { incidentText, summaryText } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';

interface Options {
  readonly policy?: string;
  readonly account?: string;
  readonly mode: Mode;
  readonly approve?: true;
  readonly json?: true;
}

/** Events between two signs of life on a terminal. */
const progressEvery = 1_000;

/** `homeostat replay`: recorded events in, incidents with their timelines out. */
export function registerReplay(program: Command): void {
  program
    .command('replay')
    .description('replay recorded events on a simulated account: what would be decided, done and said')
    .argument('<path...>', 'an event, an array, JSON Lines, or folders of them')
    .option('--policy <file>', "the policy (default: the recording's own policy.yaml, else policies/default.yaml)")
    .option('--account <file>', "the account (default: the recording's own account.yaml, else it is assumed)")
    .addOption(new Option('--mode <mode>', 'how far the rules may go').choices(modes).default('act'))
    .option('--approve', 'whoever is asked for approval agrees after a minute (default: nobody answers)')
    .option('--json', 'print one JSON object')
    .action(async (paths: string[], options: Options) => {
      const recordings = await findRecordings(paths);
      if (recordings.length === 0)
        throw new Error(
          `there are no recorded events under ${paths.join(', ')}: .json, .jsonl or .ndjson files, also .gz`,
        );
      const reports: ReplayReport[] = [];
      for (const recording of recordings) {
        reports.push(await replayOne(recording, options, recordings.length > 1));
      }
      const whole = joined(reports);
      if (options.json) console.log(JSON.stringify(whole, null, 2));
      else console.log(summaryText(whole));
      if (whole.invalid > 0) process.exitCode = 1;
    });
}

async function replayOne(recording: Recording, options: Options, titled: boolean): Promise<ReplayReport> {
  const written = policyFrom(options.policy ?? recording.policyFile ?? defaultPolicyFile);
  const say = options.json
    ? () => undefined
    : (text: string): void => {
        console.log(text);
      };
  if (titled) say(`== ${recording.name}\n`);
  let seen = 0;
  const report = await replayRecording(recording, inMode(options.mode, written), options.account, {
    peopleApprove: options.approve === true,
    onDecision: () => {
      seen += 1;
      if (seen % progressEvery === 0 && process.stderr.isTTY) process.stderr.write(`\r${seen} decisions`);
    },
    onIncident: (incident) => {
      say(incidentText(incident));
    },
  });
  for (const { reason = '' } of report.decisions.filter(({ decision }) => decision === 'invalid'))
    console.error(`homeostat: ${reason}`);
  return report;
}

function joined(reports: readonly ReplayReport[]): ReplayReport {
  const total = (count: (report: ReplayReport) => number): number =>
    reports.reduce((sum, report) => sum + count(report), 0);
  return {
    events: total(({ events }) => events),
    ignored: total(({ ignored }) => ignored),
    invalid: total(({ invalid }) => invalid),
    decisions: reports.flatMap(({ decisions }) => decisions),
    incidents: reports.flatMap(({ incidents }) => incidents),
    assumed: reports.flatMap(({ assumed }) => assumed),
  };
}
