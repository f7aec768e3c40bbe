import type { KnownCondition } from '../../conditions';
import type { AlarmCondition } from '../alarm-condition';
import { functionAlias, lambdaFunction, type Subject } from '../subjects';

/**
 * What an alarm on a count of invocations tells. That many run at one time is no sickness: one that is turned away is. What waits
 * in a queue only the metrics of the queue tell, and these name no function.
 */
const meanings: readonly (readonly [KnownCondition, readonly string[]])[] = [
  ['function-throttled', ['Throttles']],
  ['function-erroring', ['Errors', 'Duration']],
  ['event-source-late', ['IteratorAge', 'OffsetLag']],
];

/** Lambda has each metric by function, by what was invoked of it, and by the version that answered. */
const besideOf = new Map<Subject, AlarmCondition['beside']>([
  [lambdaFunction, { Resource: 'any', ExecutedVersion: 'any' }],
  [functionAlias, { FunctionName: 'any', ExecutedVersion: 'any' }],
]);

export const lambdaMetrics: readonly AlarmCondition[] = meanings.flatMap(([condition, metrics]) =>
  [...besideOf].map(([subject, beside = {}]) => ({ namespaces: ['AWS/Lambda'], metrics, subject, beside, condition })),
);
