import { numbered } from '../incident-text';
import { isNotFound } from '../aws-fault';
import { arnOf, deployAgain, missing, ok, warning, type Check, type Site } from './check';

/** The names of the rules that send to this ARN, on the account's own bus. */
export async function rulesTo({ deployment }: Site, target: string): Promise<readonly string[]> {
  const events = await deployment.client('eventbridge');
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await events.listRuleNamesByTarget({
      TargetArn: target,
      ...(token !== undefined && { NextToken: token }),
    });
    names.push(...(page.RuleNames ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return names;
}

/** Those of the rules that are not enabled. */
export async function disabledOf({ deployment }: Site, names: readonly string[]): Promise<readonly string[]> {
  const events = await deployment.client('eventbridge');
  const rules = await Promise.all(names.map((name) => events.describeRule({ Name: name })));
  return names.filter((_name, index) => !(rules[index]?.State ?? '').startsWith('ENABLED'));
}

const eventRulesCheck: Check = {
  name: 'event rules',
  look: async (site) => {
    const queue = `${site.deployment.name}-work`;
    const names = await rulesTo(site, await arnOf(site, 'sqs', queue));
    if (names.length === 0) return missing(`no rule sends events to ${queue}: nothing is ever heard of`, deployAgain);
    const disabled = await disabledOf(site, names);
    return disabled.length > 0
      ? warning(`disabled: ${disabled.join(', ')}`, `aws events enable-rule --name ${disabled[0] ?? ''}`)
      : ok(`${numbered(names.length, 'rule')}, enabled, to ${queue}`);
  },
};

const eventBusCheck: Check = {
  name: 'event bus',
  look: async ({ deployment }) => {
    try {
      await (await deployment.client('eventbridge')).describeEventBus({ Name: deployment.name });
      return ok(deployment.name);
    } catch (error) {
      if (isNotFound(error)) return missing(`there is no event bus ${deployment.name}`, deployAgain);
      throw error;
    }
  },
};

/** How events come in, and how what becomes of them is told. */
export const eventChecks: readonly Check[] = [eventRulesCheck, eventBusCheck];
