import { hostname } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { timeText } from '../replay/report';
import { systemClock } from '../runtime/clock';
import type { Hold, IncidentStore } from '../runtime/store/incident-store';
import { isPrintable } from '../signals/plain-text';
import type { EpochMillis } from '../signals/signal';
import { awsFault } from './aws-fault';
import { whoCalls } from './caller';
import { failed, fine, type CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type Deployment, type DeploymentOptions } from './deployment';

/** Asks who is calling: an ARN. */
type Identify = () => Promise<string>;

const longestReason = 400;

/** Adds `homeostat hold on|off|status`. */
export function registerHold(program: Command, open = openDeployment): void {
  const hold = program
    .command('hold')
    .description('keep every remediation of a deployment from starting, or let them again');
  ofDeployment(
    hold
      .command('on')
      .description('nothing starts from now on; what is under way goes on')
      .requiredOption('--reason <text>', 'why: whoever is called is told', reasonOf),
  ).action(async (options: { reason: string } & DeploymentOptions) => {
    await against(open(options), async (deployment) =>
      holdOn(await deployment.store(), callerOf(deployment), options.reason, systemClock.now()),
    );
  });
  ofDeployment(hold.command('off').description('remediations may start again')).action(
    async (options: DeploymentOptions) => {
      await against(open(options), async (deployment) => holdOff(await deployment.store(), callerOf(deployment)));
    },
  );
  ofDeployment(
    hold
      .command('status')
      .description('say whether it is on: who, when and why')
      .option('--json', 'print one JSON object'),
  ).action(async (options: { json?: true } & DeploymentOptions) => {
    await against(open(options), async (deployment) => holdStatus(await deployment.store(), options));
  });
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= longestReason && isPrintable(reason)) return reason;
  throw new InvalidArgumentError(`a reason is one line of 1 to ${longestReason} characters.`);
}

function callerOf(deployment: Deployment): Identify {
  return async () => (await whoCalls(deployment, systemClock.now)).arn;
}

/** Turns it on, whatever it was before and whoever asks: to stop must not hang on anything but the store. */
export async function holdOn(
  store: IncidentStore,
  identify: Identify,
  reason: string,
  at: EpochMillis,
): Promise<CommandResult> {
  let by: string;
  let warning = '';
  try {
    by = await identify();
  } catch (error) {
    by = `unknown caller on ${hostname()}`;
    warning = `homeostat: the hold is kept under "${by}", for AWS does not say who you are: ${awsFault(error).what}`;
  }
  const hold: Hold = { on: true, by, reason, at };
  await store.setHold(hold);
  return fine(holdText(hold), warning);
}

/** Turns it off, if AWS says who asks: somebody must answer for what starts then. */
export async function holdOff(store: IncidentStore, identify: Identify): Promise<CommandResult> {
  const before = await store.hold();
  if (!before.on) return fine('The hold was off already.');
  let by: string;
  try {
    by = await identify();
  } catch (error) {
    const { what, next } = awsFault(error);
    return failed(`the hold stays on, for AWS does not say who you are: ${what}: ${next}`);
  }
  await store.setHold({ on: false });
  return fine(
    `The hold is off: remediations may start again. ${by} ended the hold of ${before.by} (since ${timeText(before.at)}): ${before.reason}`,
  );
}

/** Whether it is on. */
export async function holdStatus(store: IncidentStore, { json }: { readonly json?: true }): Promise<CommandResult> {
  const hold = await store.hold();
  if (json) return fine(JSON.stringify(hold.on ? { ...hold, at: timeText(hold.at) } : hold, null, 2));
  return fine(holdText(hold));
}

function holdText(hold: Hold): string {
  if (!hold.on) return 'The hold is off: remediations may start.';
  const { by, at, reason } = hold;
  return `The hold is on since ${timeText(at)}: no remediation starts; what is under way goes on.\n  by   ${by}\n  why  ${reason}`;
}
