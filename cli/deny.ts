import type { Command } from 'commander';
import { answered, askedIncident, askedText, unconfirmed } from './asked-incident';
import type { CommandResult } from './command-result';
import { against, ofDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { ownTools, type Tools } from './operator';

interface Options {
  readonly yes?: true;
}

/** Adds `homeostat deny ID`. */
export function registerDeny(program: Command, tools: Tools = ownTools): void {
  ofDeployment(
    program
      .command('deny')
      .description('say no to what an incident asks to do: nothing is done, and people are called to take over')
      .argument('<id>', 'as the message and homeostat incidents name it')
      .option('--yes', 'do not ask'),
  ).action(async (id: string, options: Options & DeploymentOptions) => {
    await against(tools.open(options), (deployment) => deny(deployment, id, options, tools));
  });
}

/** Says no, whatever the plan is by then. */
export async function deny(deployment: Deployment, id: string, { yes }: Options, tools: Tools): Promise<CommandResult> {
  const asked = await askedIncident(await deployment.store(), id);
  if ('status' in asked) return asked;
  tools.say(askedText(asked, tools.clock.now()));
  const objection = yes ? undefined : await unconfirmed('\nType yes to deny: ', 'pass --yes to deny', tools);
  return objection ?? answered({ type: 'approval.denied', incident: id }, asked, deployment, tools);
}
