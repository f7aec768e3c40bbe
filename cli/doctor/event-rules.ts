import { heardSources, mappingName } from '../../statemachines/policy/heard-sources';
import { listed } from '../../statemachines/policy/nearest-name';
import { isNotFound } from '../aws-fault';
import { numbered } from '../incident-text';
import { arnOf, deployAgain, deployPolicy, missing, ok, warning, type Check, type Site } from './check';

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

/** Names of the rules that this policy is deployed with; patterns that are too long for one make more. */
function rulesFor({ deployment: { name }, policy }: Site): readonly string[] {
  const sources = heardSources(policy).map((source) => source.name);
  return [...sources, ...policy.mappings.map((_mapping, index) => mappingName(index))].map((of) => `${name}-${of}`);
}

const eventRulesCheck: Check = {
  name: 'event rules',
  look: async (site) => {
    const queue = `${site.deployment.name}-work`;
    const names = await rulesTo(site, await arnOf(site, 'sqs', queue));
    const wanted = rulesFor(site);
    if (wanted.length > 0 && names.length === 0) {
      return missing(`no rule sends events to ${queue}: nothing is ever heard of`, deployAgain);
    }
    const lacking = wanted.filter((name) => !names.includes(name));
    if (lacking.length > 0) {
      return missing(
        `no rule ${listed(lacking, 'or')} sends to ${queue}: the policy waits for its events`,
        deployPolicy,
      );
    }
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
