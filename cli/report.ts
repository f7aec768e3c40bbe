import { InvalidArgumentError, Option, type Command } from 'commander';
import { remediations } from '../remediations';
import { findRecordings } from '../replay/recording';
import { replayRecording } from '../replay/recording-replay';
import { timeText } from '../replay/report';
import { systemClock } from '../runtime/clock';
import type { IncidentStore } from '../runtime/store/incident-store';
import { trackRecordOf } from '../runtime/story/track-record';
import type { Story } from '../runtime/story/track-record/story';
import type { EpochMillis } from '../signals/signal';
import { inMode } from '../statemachines/policy';
import { modes, type Mode } from '../statemachines/rule';
import { fine, tell, type CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type DeploymentOptions } from './deployment';
import { numbered } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';
import { trackRecordText } from './report-text';
import { readStories, type Stories } from './stories';

interface Options {
  readonly days: number;
  readonly rule?: string;
  readonly json?: true;
}

interface ReplayOptions {
  readonly replay?: readonly string[];
  readonly mode: Mode;
  readonly policy?: string;
  readonly account?: string;
}

const day = 86_400_000;
/** Longest that a history is sure to be kept, in days. */
const daysAtMost = 400;
/** More incidents would take minutes to read. */
const incidentsAtMost = 2_000;

/** Adds `homeostat report`. */
export function registerReport(program: Command, open = openDeployment): void {
  ofDeployment(
    program
      .command('report')
      .description('say how each rule did, or would have done, and what that speaks for: before it is let go further')
      .option('--days <number>', 'incidents that were opened in so many days', daysOf, 30)
      .option('--rule <rule>', 'of this rule only')
      .option('--json', 'print one JSON object'),
  )
    .option('--replay <path...>', 'of recorded events instead, replayed on a simulated account')
    .addOption(new Option('--mode <mode>', 'with --replay: how far the rules may go').choices(modes).default('observe'))
    .option('--policy <file>', "with --replay: the policy (default: the recording's own, else policies/default.yaml)")
    .option('--account <file>', "with --replay: the account (default: the recording's own, else it is assumed)")
    .action(async (options: Options & ReplayOptions & DeploymentOptions) => {
      if (options.replay) tell(await reportOnRecordings(options.replay, options));
      else
        await against(open(options), async (deployment) =>
          reportOnTable(await deployment.store(), options, systemClock.now()),
        );
    });
}

function daysOf(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= daysAtMost) return days;
  throw new InvalidArgumentError(`it is a whole number from 1 to ${daysAtMost}: histories are kept no longer.`);
}

/** How the rules of a deployment did in the days before `now`. */
export async function reportOnTable(
  store: IncidentStore,
  { days, rule, json }: Options,
  now: EpochMillis,
  atMost = incidentsAtMost,
): Promise<CommandResult> {
  const read = await readStories(store, { since: now - days * day, atMost, ...(rule !== undefined && { rule }) });
  return told(read, { during: `in ${numbered(days, 'day')}`, of: 'table', rule, json }, [
    ...(read.cut ? [`Only the latest ${atMost} incidents were looked at: there are more in these days.`] : []),
    ...(read.unreadable.length > 0
      ? [
          `${numbered(read.unreadable.length, 'incident')} of another version could not be read, and ${read.unreadable.length === 1 ? 'is' : 'are'} not counted: ${read.unreadable.slice(0, 3).join(', ')}${read.unreadable.length > 3 ? ' and others' : ''}.`,
        ]
      : []),
  ]);
}

/** How the rules would have done on recorded events. Status 1 when some of them could not be read. */
export async function reportOnRecordings(
  paths: readonly string[],
  { mode, policy, account, rule, json }: Omit<Options, 'days'> & ReplayOptions,
): Promise<CommandResult> {
  const recordings = await findRecordings(paths);
  if (recordings.length === 0) {
    throw new Error(`there are no recorded events under ${paths.join(', ')}: .json, .jsonl or .ndjson files, also .gz`);
  }
  const stories: Story[] = [];
  let invalid = 0;
  for (const recording of recordings) {
    const written = policyFrom(policy ?? recording.policyFile ?? defaultPolicyFile);
    const report = await replayRecording(recording, inMode(mode, written), account, {
      onHistory: (incident, history) => {
        if (rule === undefined || incident.rule.name === rule) stories.push({ incident, history });
      },
    });
    invalid += report.invalid;
  }
  const result = told(
    { stories, cut: false, unreadable: [] },
    { during: 'in what was recorded', of: 'recording', rule, json },
    [
      'The account is simulated: what nobody recorded was assumed, as homeostat replay says.',
      ...(invalid > 0 ? [`${numbered(invalid, 'event')} could not be read: homeostat replay says which.`] : []),
    ],
  );
  return invalid > 0 ? { ...result, status: 1 } : result;
}

interface Asked {
  /** Such as `in 30 days`. */
  readonly during: string;
  readonly of: 'table' | 'recording';
  readonly rule: string | undefined;
  readonly json: true | undefined;
}

function told(
  { stories, cut, unreadable }: Stories,
  { during, of, rule, json }: Asked,
  limits: readonly string[],
): CommandResult {
  const record = trackRecordOf(stories);
  const opened = stories.map(({ incident }) => incident.openedAt);
  const notKnown = stories.length === 0 ? limits : [...limits, ...blindSpots(stories)];
  if (json) {
    const [from, to] =
      opened.length === 0 ? [null, null] : [timeText(Math.min(...opened)), timeText(Math.max(...opened))];
    const whole = { of, from, to, incidents: stories.length, cut, unreadable, ...record, notKnown };
    return fine(JSON.stringify(whole, null, 2));
  }
  if (stories.length > 0) return fine(trackRecordText(record, during, notKnown));
  const none = `There was no incident ${rule === undefined ? '' : `of rule ${rule} `}${during}: there is nothing to report.`;
  return fine([none, ...limits].join('\n'));
}

/** What these stories cannot tell. */
function blindSpots(stories: readonly Story[]): readonly string[] {
  const watched = stories.filter(({ incident }) => incident.rule.mode === 'observe');
  if (watched.length === 0) return [];
  const planned = new Set(watched.flatMap(({ incident }) => incident.memory.planned?.remediation ?? []));
  return [
    'In observe nothing is started: whether it would have helped is not known.',
    'A guard is asked once, when it was its turn: what it held might have started later.',
    'What people did otherwise than Homeostat would have done leaves no trace here, and counts as recovered by itself.',
    ...remediations
      .filter(({ name, unseen }) => planned.has(name) && unseen !== undefined)
      .map(({ name, unseen = '' }) => `${name}: ${unseen}.`),
  ];
}
