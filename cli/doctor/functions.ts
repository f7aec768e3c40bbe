import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { isNotFound } from '../aws-fault';
import { workerQueueCheck } from './worker-queue';
import { sweeperRunsCheck } from './sweeper-runs';
import {
  arnOf,
  deployAgain,
  missing,
  notChecked,
  ok,
  orByHand,
  warning,
  type Answer,
  type Check,
  type Site,
} from './check';

/** What is known of a function; undefined when it is not there. */
async function functionCalled({ deployment }: Site, name: string): Promise<FunctionConfiguration | undefined> {
  const lambda = await deployment.client('lambda');
  try {
    return await lambda.getFunctionConfiguration({ FunctionName: name });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What the function has to be told of its surroundings, to work in this deployment and in no other. */
async function surroundings(site: Site): Promise<Readonly<Record<string, string>>> {
  const { name } = site.deployment;
  return {
    HOMEOSTAT_TABLE: name,
    HOMEOSTAT_QUEUE_ARN: await arnOf(site, 'sqs', `${name}-work`),
    HOMEOSTAT_ROLE_PREFIX: `${name}-${await site.deployment.region()}-`,
  };
}

async function judged(site: Site, name: string, found: FunctionConfiguration): Promise<Answer> {
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Environment } = found;
  // AWS puts a function to sleep that nothing has called for weeks, and wakes it by the next call.
  if (State !== 'Active' && State !== 'Inactive') {
    const is = `${name} is ${State ?? 'unknown'}${StateReason ? `: ${StateReason}` : ''}`;
    return State === 'Failed' ? missing(is, deployAgain) : warning(is, 'look again in a minute');
  }
  if (LastUpdateStatus === 'InProgress') return warning(`${name} is being updated`, 'look again in a minute');
  if (LastUpdateStatus === 'Failed') {
    return warning(
      `the last update of ${name} failed: ${LastUpdateStatusReason ?? 'AWS does not say why'}`,
      deployAgain,
    );
  }
  // Its environment is encrypted by the deployment's key, which not everybody who may look at the function may use.
  if (Environment?.Error) {
    return notChecked(
      `${name} is active, but you may not read its environment (${Environment.Error.ErrorCode ?? 'no reason given'})`,
      'use credentials that may decrypt by its key, with --profile',
    );
  }
  const wrong = Object.entries(await surroundings(site)).filter(
    ([key, value]) => Environment?.Variables?.[key] !== value,
  );
  if (wrong.length > 0) {
    return missing(`${name} is not told ${wrong.map(([key, value]) => `${key}=${value}`).join(', ')}`, deployAgain);
  }
  return (await isCutOff(site, name))
    ? warning(
        `${name} may not run at all: its reserved concurrency is 0, as in an emergency`,
        `once that is over: aws lambda delete-function-concurrency --function-name ${name}`,
      )
    : ok(`${name}, ${State.toLowerCase()}, told of its table and queue`);
}

/** Whether somebody has cut its hands off, as docs/operating.md says how to. */
async function isCutOff({ deployment }: Site, name: string): Promise<boolean> {
  const lambda = await deployment.client('lambda');
  const { ReservedConcurrentExecutions } = await lambda.getFunctionConcurrency({ FunctionName: name });
  return ReservedConcurrentExecutions === 0;
}

function functionCheck(what: string, without: string): Check {
  return {
    name: what,
    look: async (site) => {
      const name = `${site.deployment.name}-${what}`;
      return orByHand(`aws lambda get-function-configuration --function-name ${name}`, async () => {
        const found = await functionCalled(site, name);
        return found ? judged(site, name, found) : missing(`there is no function ${name}: ${without}`, deployAgain);
      });
    },
  };
}

/** The two functions: whether they are there, are called, and what their metrics tell. */
export const functionChecks: readonly Check[] = [
  functionCheck('worker', 'nothing is ever healed'),
  workerQueueCheck,
  functionCheck('sweeper', 'lost timers are not found'),
  sweeperRunsCheck,
];
