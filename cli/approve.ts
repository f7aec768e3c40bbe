import type { Command } from 'commander';
import { answered, askedIncident, askedText, unconfirmed } from './asked-incident';
import { failed, type CommandResult } from './command-result';
import { against, ofDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { ownTools, type Tools } from './operator';

interface Options {
  readonly plan?: string;
  readonly yes?: true;
}

/** Adds `homeostat approve ID`. */
export function registerApprove(program: Command, tools: Tools = ownTools): void {
  ofDeployment(
    program
      .command('approve')
      .description('show what an incident asks to do, and agree to it under your AWS credentials')
      .argument('<id>', 'as the message and homeostat incidents name it')
      .option('--plan <hash>', 'agree to this plan and no other')
      .option('--yes', 'do not ask; needs --plan, since nobody reads what is shown'),
  ).action(async (id: string, options: Options & DeploymentOptions) => {
    await against(tools.open(options), (deployment) => approve(deployment, id, options, tools));
  });
}

/** Agrees to the plan that an incident asks about, once whoever asks has seen it. */
export async function approve(
  deployment: Deployment,
  id: string,
  { plan, yes }: Options,
  tools: Tools,
): Promise<CommandResult> {
  if (yes && plan === undefined) {
    return {
      status: 2,
      out: '',
      err: `homeostat: with --yes say which plan you agree to: --plan, as the message names it`,
    };
  }
  const asked = await askedIncident(await deployment.store(), id);
  if ('status' in asked) return asked;
  const { planHash } = asked;
  tools.say(askedText(asked, tools.clock.now()));
  if (plan !== undefined && plan !== planHash) {
    return failed(`the plan of incident ${id} is not ${plan} but ${planHash}: read it anew before you agree`);
  }
  const objection = yes
    ? undefined
    : await unconfirmed('\nType yes to approve: ', `pass --yes --plan ${planHash} if you agree`, tools);
  return objection ?? answered({ type: 'approval.granted', incident: id, planHash }, asked, deployment, tools);
}
