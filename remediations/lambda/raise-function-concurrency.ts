import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { functionNameOf, functionOrReason, functionReads, type LambdaFunction } from '../../vitals/lambda/function';
import { readSharedConcurrency, sharedConcurrencyReads } from '../../vitals/lambda/shared-concurrency';
import { readThrottled, throttlingReads } from '../../vitals/lambda/throttling';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

const planned = z.object({
  function: z.string(),
  from: z.number(),
  to: z.number(),
  /** Invocations at one time that must stay with the functions which have none of their own. */
  leave: z.number(),
});

const parameters = z.strictObject({
  /** By how much it is raised, in percent of what it is. */
  step: z.int().min(1).max(400).default(100),
  /** Invocations at one time above which nothing is raised: what the function calls has to stand them. */
  ceiling: z.int().min(1).default(100),
  /** Invocations at one time that stay with the functions which have none of their own; Lambda itself demands 100. */
  leave: z.int().min(100).default(100),
});

/** Raises the reserved concurrency of a function that is throttled by it. */
export const raiseFunctionConcurrency = defineRemediation({
  name: 'raise-function-concurrency',
  title: 'Let a function run more often at one time',
  when: 'A function turns invocations away since it has used up the concurrency that is reserved for it.',
  whenNot:
    'What it calls, such as a database, cannot stand more, or its reserved concurrency is 0: then somebody stopped it.',
  heals: ['function-throttled', 'event-source-late'],
  takes: ['function', 'function-alias'],
  risk: 'medium',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...functionReads, ...throttlingReads, ...sharedConcurrencyReads],
    write: [{ action: 'lambda:PutFunctionConcurrency', on: 'arn:*:lambda:*:*:function:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,

  async plan({ resource }, { step, ceiling, leave }, aws) {
    const name = functionNameOf(resource);
    if (name === undefined)
      return { kind: 'refused', reason: `${plainText(resource.id)} is not the name of a function` };
    const found = await functionOrReason(name, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const objection = objectionTo(found);
    if (objection) return { kind: 'refused', reason: objection };
    if ((await readThrottled(resource, aws)) === 0) {
      return { kind: 'notNeeded', reason: `no invocation of ${resource.id} was turned away in the last minutes` };
    }
    const from = found.reserved ?? 0;
    const shared = await readSharedConcurrency(aws);
    const to = Math.min(ceiling, Math.ceil(from * (1 + step / 100)), from + shared - leave);
    if (to <= from) {
      const reason =
        ceiling <= from
          ? `${name} may run ${from} times at once, and the policy allows ${ceiling} (ceiling)`
          : `the other functions share ${shared}, and ${leave} must be left to them: ask AWS for a higher limit`;
      return { kind: 'refused', reason };
    }
    return {
      kind: 'planned',
      plan: { function: name, from, to, leave },
      summary: `raise the reserved concurrency of ${name} from ${from} to ${to}`,
      touches: [{ ...resource, kind: 'function', id: name }],
      group: 'alone',
    };
  },

  async start({ function: name, from, to, leave }, aws) {
    const found = await functionOrReason(name, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const answer = answerBefore(standingOf({ from, to }, found.reserved), whatOf(name));
    if (answer) return answer;
    const shared = await readSharedConcurrency(aws);
    if (shared - (to - from) < leave) {
      return { kind: 'refused', reason: `the other functions share ${shared} since the plan: too few would be left` };
    }
    await aws.lambda.putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: to });
    return { kind: 'started' };
  },

  async check({ function: name, from, to }, _handle, aws) {
    const found = await functionOrReason(name, aws);
    if (typeof found === 'string') return { kind: 'failed', detail: found };
    return checkOf(standingOf({ from, to }, found.reserved), whatOf(name), undefined);
  },

  async undo({ function: name, from, to }, aws) {
    const found = await functionOrReason(name, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const answer = answerBefore(standingOf(backFrom({ from, to }), found.reserved), whatOf(name));
    if (answer) return answer;
    await aws.lambda.putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: from });
    return { kind: 'started' };
  },
});

function whatOf(name: string): string {
  return `the reserved concurrency of ${name}`;
}

/** Why more must not be reserved for it; undefined when it may. */
function objectionTo({ name, reserved }: LambdaFunction): string | undefined {
  if (reserved === 0) return `the reserved concurrency of ${name} is 0: somebody has stopped it, and it stays so`;
  return reserved === undefined
    ? `${name} has no concurrency of its own: it runs into the limit of the account. Ask AWS for a higher one`
    : undefined;
}
