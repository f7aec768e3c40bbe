import { hostname } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { timeText } from '../replay/report';
import { systemClock } from '../runtime/clock';
import type { Held, Hold, IncidentStore } from '../runtime/store/incident-store';
import { isPrintable } from '../signals/plain-text';
import type { EpochMillis } from '../signals/signal';
import { awsFault, isOfAws } from './aws-fault';
import { whoCalls } from './caller';
import { failed, fine, type CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { numbered } from './incident-text';

/** Asks who is calling: an ARN. */
type Identify = () => Promise<string>;

interface Scope {
  readonly rule?: string;
  readonly remediation?: string;
}

const longestReason = 400;
const longestName = 100;

/** Adds `homeostat hold on|off|status`. */
export function registerHold(program: Command, open = openDeployment): void {
  const hold = program
    .command('hold')
    .description('keep remediations of a deployment from starting: all, those of a rule, or one; or let them again');
  ofScope(
    hold
      .command('on')
      .description('nothing starts from now on; what is under way goes on')
      .requiredOption('--reason <text>', 'why: whoever is called is told', reasonOf),
  ).action(async (options: { reason: string } & Scope & DeploymentOptions) => {
    await against(open(options), async (deployment) =>
      holdOn(await deployment.store(), callerOf(deployment), heldOf(options), options.reason, systemClock.now()),
    );
  });
  ofScope(hold.command('off').description('what was held may start again')).action(
    async (options: Scope & DeploymentOptions) => {
      await against(open(options), async (deployment) =>
        holdOff(await deployment.store(), callerOf(deployment), heldOf(options)),
      );
    },
  );
  ofDeployment(
    hold
      .command('status')
      .description('say which holds are on: who, when and why')
      .option('--json', 'print one JSON object'),
  ).action(async (options: { json?: true } & DeploymentOptions) => {
    await against(open(options), async (deployment) => holdStatus(await deployment.store(), options));
  });
}

/** The name is compared with nothing: to stop must not hang on a policy that can be read. */
function ofScope(command: Command): Command {
  const remediation = new Option('--remediation <name>', 'this remediation only, whatever the rule').argParser(
    scopeNameOf,
  );
  return ofDeployment(
    command
      .addOption(new Option('--rule <name>', 'this rule only').argParser(scopeNameOf).conflicts('remediation'))
      .addOption(remediation),
  );
}

function scopeNameOf(text: string): string {
  if (text.trim() === text && text !== '' && text.length <= longestName && isPrintable(text)) return text;
  throw new InvalidArgumentError(`a name is one line of 1 to ${longestName} characters, as the policy has it.`);
}

function heldOf({ rule, remediation }: Scope): Held {
  if (rule !== undefined) return { rule };
  return remediation === undefined ? 'everything' : { remediation };
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
  of: Held,
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
  const hold: Hold = { of, by, reason, at };
  await store.setHold(hold);
  return fine(holdText(hold), warning);
}

/** Turns it off, if AWS says who asks: somebody must answer for what starts then. */
export async function holdOff(store: IncidentStore, identify: Identify, of: Held): Promise<CommandResult> {
  const on = await holdsIfReadable(store);
  const what = heldText(of);
  if (on && !on.some((hold) => heldText(hold.of) === what)) {
    return fine(`The hold on ${what} was off already.${othersText(on)}`);
  }
  let by: string;
  try {
    by = await identify();
  } catch (error) {
    const { what: why, next } = awsFault(error);
    return failed(`the hold on ${what} stays on, for AWS does not say who you are: ${why}: ${next}`);
  }
  const ended = await store.endHold(of);
  if (!ended) return fine(`The hold on ${what} was off already.`);
  const others = (on ?? []).filter((hold) => heldText(hold.of) !== what);
  const again = others.length > 0 ? '.' : ': remediations may start again.';
  return fine(
    `The hold on ${what} is off${again} ${by} ended the hold of ${ended.by} (since ${timeText(ended.at)}): ${ended.reason}${othersText(others)}`,
  );
}

/** Those that are on; undefined where one cannot be read, which is no reason to keep another. */
async function holdsIfReadable(store: IncidentStore): Promise<readonly Hold[] | undefined> {
  try {
    return await store.holds();
  } catch (error) {
    if (isOfAws(error)) throw error;
    return undefined;
  }
}

function othersText(others: readonly Hold[]): string {
  if (others.length === 0) return '';
  const [is, what] = [others.length === 1 ? 'is' : 'are', others.map(({ of }) => heldText(of)).join(', ')];
  return `\n${numbered(others.length, 'other hold')} ${is} still on: ${what}.`;
}

/** Which are on. */
export async function holdStatus(store: IncidentStore, { json }: { readonly json?: true }): Promise<CommandResult> {
  const holds = await store.holds();
  if (json) {
    const shown = holds.map(({ of, by, reason, at }) => ({ of, by, reason, at: timeText(at) }));
    return fine(JSON.stringify({ on: holds.length > 0, holds: shown }, null, 2));
  }
  return fine(holds.length > 0 ? holds.map(holdText).join('\n') : 'No hold is on: remediations may start.');
}

/** What a hold is on, in words: `everything`, `rule web-tier`, `remediation reboot-instance`. */
export function heldText(of: Held): string {
  if (of === 'everything') return of;
  return 'rule' in of ? `rule ${of.rule}` : `remediation ${of.remediation}`;
}

function holdText({ of, by, at, reason }: Hold): string {
  const what =
    of === 'everything'
      ? 'no remediation starts'
      : 'rule' in of
        ? 'nothing starts under it'
        : 'it does not start, whatever the rule';
  return `The hold on ${heldText(of)} is on since ${timeText(at)}: ${what}; what is under way goes on.\n  by   ${by}\n  why  ${reason}`;
}
