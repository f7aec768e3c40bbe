import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { registerAcknowledge } from './acknowledge';
import { registerApprove } from './approve';
import { registerBacktest } from './backtest';
import { registerCheck } from './check';
import { registerDeny } from './deny';
import { registerDoctor } from './doctor';
import { registerEvents } from './events';
import { registerExplain } from './explain';
import { registerGraph } from './graph';
import { registerHold } from './hold';
import { registerIncident } from './incident';
import { registerIncidents } from './incidents';
import { registerNew } from './new';
import { registerRecord } from './record';
import { registerReplay } from './replay';
import { registerReport } from './report';
import { registerSimulate } from './simulate';
import { registerStart } from './start';
import { registerTestEventPattern } from './test-event-pattern';

/** Status of a call whose words are wrong. */
const wrongUsage = 2;

/** Runs what somebody typed after `homeostat`. The exit status is in `process.exitCode` then, as commands leave it there. */
export async function homeostat(words: readonly string[], output: OutputConfiguration = {}): Promise<void> {
  const program = new Command()
    .name('homeostat')
    .description(
      "Brings an AWS workload back to health by itself, proves that it did, and calls a person when it can't.",
    )
    .exitOverride()
    .configureOutput(output)
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(--help shows what there is)');
  registerStart(program);
  registerRecord(program);
  registerReplay(program);
  registerBacktest(program);
  registerSimulate(program);
  registerExplain(program);
  registerCheck(program);
  registerTestEventPattern(program);
  registerGraph(program);
  registerIncidents(program);
  registerIncident(program);
  registerReport(program);
  registerApprove(program);
  registerDeny(program);
  registerAcknowledge(program);
  registerHold(program);
  registerDoctor(program);
  registerEvents(program);
  registerNew(program);
  // Subcommands do not inherit it from a program that they were added to before it was set.
  for (const command of program.commands) command.exitOverride().showHelpAfterError('(--help shows what there is)');
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Says what went wrong in one line; a stack trace helps nobody who types a command. Answers the exit status. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage;
  const { message, code, path } = error as { message?: string; code?: string; path?: string };
  console.error(
    code === 'ENOENT'
      ? `homeostat: there is no file or folder ${path ?? 'of that name'}`
      : `homeostat: ${message ?? String(error)}`,
  );
  return code === 'ENOENT' ? wrongUsage : 1;
}
