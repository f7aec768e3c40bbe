import { isNotFound } from '../aws-fault';
import { arnOf, deployAgain, missing, ok, warning, type Check, type Site } from './check';
import { disabledOf, rulesTo } from './event-rules';

interface Found {
  readonly name: string;
  readonly enabled: boolean;
}

/** What calls a function again and again: schedules named like the deployment, or rules with a rate. */
async function callersOf(site: Site, functionArn: string): Promise<readonly Found[]> {
  const { deployment } = site;
  const { Schedules = [] } = await (
    await deployment.client('scheduler')
  ).listSchedules({ NamePrefix: `${deployment.name}-`, MaxResults: 100 });
  const found = Schedules.filter(({ Target }) => isOf(functionArn, Target?.Arn)).map(({ Name = '', State }) => ({
    name: Name,
    enabled: State === 'ENABLED',
  }));
  if (found.length > 0) return found;
  const rules = await rulesTo(site, functionArn);
  const disabled = await disabledOf(site, rules);
  return rules.map((name) => ({ name, enabled: !disabled.includes(name) }));
}

/** The function itself, or a version or alias of it. */
function isOf(functionArn: string, target = ''): boolean {
  return target === functionArn || target.startsWith(`${functionArn}:`);
}

const scheduleGroupCheck: Check = {
  name: 'schedule group',
  look: async ({ deployment }) => {
    const { name } = deployment;
    try {
      const { State } = await (await deployment.client('scheduler')).getScheduleGroup({ Name: name });
      return State === 'ACTIVE' ? ok(name) : warning(`schedule group ${name} is ${State ?? 'unknown'}`, deployAgain);
    } catch (error) {
      if (isNotFound(error)) return missing(`there is no schedule group ${name}: no timer can be armed`, deployAgain);
      throw error;
    }
  },
};

const sweeperScheduleCheck: Check = {
  name: "sweeper's schedule",
  look: async (site) => {
    const sweeper = `${site.deployment.name}-sweeper`;
    const found = await callersOf(site, await arnOf(site, 'lambda', `function:${sweeper}`));
    const enabled = found.find((one) => one.enabled);
    if (enabled) return ok(`${enabled.name}, enabled`);
    const [disabled] = found;
    return disabled
      ? warning(`${disabled.name} is disabled: lost timers are not found`, 'enable it')
      : missing(`nothing calls ${sweeper}: lost timers are not found`, deployAgain);
  },
};

/** What wakes incidents, and what finds the wake-ups that were lost. */
export const scheduleChecks: readonly Check[] = [scheduleGroupCheck, sweeperScheduleCheck];
