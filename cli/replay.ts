import { Option, type Command } from 'commander';
import { findRecordings, type Recording } from '../replay/recording';
import { replayRecording } from '../replay/recording-replay';
import type { ReplayReport } from '../replay/report';
import { inMode } from '../statemachines/policy';
import { modes, type Mode } from '../statemachines/rule';
import { against, ofDeployment, openDeployment, type DeploymentOptions } from './deployment';
import { tell } from './command-result';
import { HistoryFile } from './history-file';
import { incidentText, summaryText } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';
import { looksLikeId, redecided } from './replay-history';

interface Options extends DeploymentOptions {
  readonly policy?: string;
  readonly account?: string;
  readonly mode: Mode;
  readonly approve?: true;
  readonly json?: true;
  readonly keepHistories?: string;
  readonly history?: string;
}

/** What says how a replay goes, and nothing to a history; and the other way round. */
const ofReplay = ['policy', 'account', 'mode', 'approve', 'keepHistories'];
const ofHistory = ['name', 'region', 'profile', 'endpoint'];

/** Events between two signs of life on a terminal. */
const progressEvery = 1_000;

/** `homeostat replay`: recorded events in, incidents with their timelines out; or recorded incidents, decided anew. */
export function registerReplay(program: Command, open = openDeployment): void {
  const command = program
    .command('replay')
    .description('replay recorded events on a simulated account: what would be decided, done and said')
    .argument('[path...]', 'an event, an array, JSON Lines, or folders of them')
    .option('--policy <file>', "the policy (default: the recording's own policy.yaml, else policies/default.yaml)")
    .option('--account <file>', "the account (default: the recording's own account.yaml, else it is assumed)")
    .addOption(new Option('--mode <mode>', 'how far the rules may go').choices(modes).default('act'))
    .option('--approve', 'whoever is asked for approval agrees after a minute (default: nobody answers)')
    .option('--keep-histories <file>', 'write the history of each incident to a new file, as JSON Lines')
    .option('--json', 'print one JSON object')
    .addOption(
      new Option(
        '--history <file|id>',
        'instead of a path: decide recorded incidents anew, those of a file or one of a deployment, and name the first decision that differs',
      ).conflicts(ofReplay),
    );
  ofDeployment(command).action(async (paths: string[], options: Options) => {
    const { history, json } = options;
    if (history === undefined) {
      checkPlain(command, paths);
      await replayPaths(paths, options);
    } else if (paths.length > 0) {
      command.error(`error: --history takes the place of a path, and ${paths.join(' ')} is one too`, { exitCode: 2 });
    } else if (looksLikeId.test(history)) {
      await against(open(options), async (deployment) => redecided(history, () => deployment, json));
    } else {
      tell(await redecided(history, () => open(options), json));
    }
  });
}

/** Throws for what only makes sense with --history, as commander does for what it does not know. */
function checkPlain(command: Command, paths: readonly string[]): void {
  if (paths.length === 0) command.error("error: missing required argument 'path'", { exitCode: 2 });
  const stray = ofHistory.find((name) => command.getOptionValueSource(name) === 'cli');
  if (stray)
    command.error(`error: option '--${stray}' is of --history ID: a replay asks no deployment`, { exitCode: 2 });
}

async function replayPaths(paths: readonly string[], options: Options): Promise<void> {
  const recordings = await findRecordings(paths);
  if (recordings.length === 0)
    throw new Error(`there are no recorded events under ${paths.join(', ')}: .json, .jsonl or .ndjson files, also .gz`);
  const kept = options.keepHistories === undefined ? undefined : new HistoryFile(options.keepHistories);
  const reports: ReplayReport[] = [];
  for (const recording of recordings) {
    reports.push(await replayOne(recording, options, recordings.length > 1, kept));
  }
  kept?.close();
  const whole = joined(reports);
  if (options.json) console.log(JSON.stringify(whole, null, 2));
  else console.log(summaryText(whole));
  if (whole.invalid > 0) process.exitCode = 1;
}

async function replayOne(
  recording: Recording,
  options: Options,
  titled: boolean,
  kept?: HistoryFile,
): Promise<ReplayReport> {
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
    ...(kept && { onCommit: kept.onCommit, onHistory: kept.onHistory }),
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
