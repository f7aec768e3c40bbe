import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { Option, type Command } from 'commander';
import { backtest, type PolicyText } from '../replay/backtest';
import type { Comparison } from '../replay/backtest/comparison';
import { backtestJson } from '../replay/backtest/json';
import { reportPage } from '../replay/backtest/page';
import { findRecordings } from '../replay/recording';
import { modes, type Mode } from '../statemachines/rule';
import { backtestText } from './backtest-text';
import { tell, type CommandResult } from './command-result';
import { defaultPolicyFile, policyFrom } from './policy-option';

interface Options {
  readonly policy: string;
  readonly against: string;
  readonly account?: string;
  readonly mode: Mode;
  readonly approve?: true;
  readonly html?: string;
  readonly json?: true;
}

/** `homeostat backtest`: what a period would have been like under another policy. */
export function registerBacktest(program: Command): void {
  program
    .command('backtest')
    .description('replay a period under two policies: what would be done otherwise, and by which rule')
    .argument('<events...>', 'recorded events: a file, JSON Lines, or folders of them')
    .requiredOption('--policy <file>', 'the policy that is to come')
    .option('--against <file>', 'the policy that it is compared with', relative(process.cwd(), defaultPolicyFile))
    .option('--account <file>', "the account (default: the recording's own account.yaml, else it is assumed)")
    .addOption(new Option('--mode <mode>', 'how far the rules may go').choices(modes).default('act'))
    .option('--approve', 'whoever is asked for approval agrees after a minute (default: nobody answers)')
    .option('--html <file>', 'write a report for a review: one page that needs nothing else')
    .option('--json', 'print one JSON object')
    .action(async (paths: string[], options: Options) => {
      tell(await backtestOf(paths, options));
    });
}

async function backtestOf(paths: readonly string[], options: Options): Promise<CommandResult> {
  const recordings = await findRecordings(paths);
  if (recordings.length === 0)
    throw new Error(`there are no recorded events under ${paths.join(', ')}: .json, .jsonl or .ndjson files, also .gz`);
  // Minutes of work are not to be lost to a folder that is not there.
  if (options.html !== undefined) accessSync(dirname(options.html), constants.W_OK);
  const comparison = await backtest({
    recordings,
    old: policyText(options.against),
    new: policyText(options.policy),
    mode: options.mode,
    accountFile: options.account,
    peopleApprove: options.approve === true,
    onProgress: (events) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${events} events `);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  if (options.html !== undefined) writeFileSync(options.html, reportPage(comparison));
  return {
    status: comparison.invalid.length > 0 ? 1 : 0,
    out: options.json ? JSON.stringify(backtestJson(comparison), null, 2) : textOf(comparison, options),
    err: comparison.invalid.map((reason) => `homeostat: ${reason}`).join('\n'),
  };
}

const textOf = (comparison: Comparison, { html }: Options): string =>
  `${backtestText(comparison)}${html === undefined ? '' : `\n\nThe report is in ${html}: open it in a browser.`}`;

/** The text of a policy that is good. Throws a `PolicyError` with all that is wrong with it. */
function policyText(file: string): PolicyText {
  policyFrom(file);
  return { file, text: readFileSync(file, 'utf8') };
}
