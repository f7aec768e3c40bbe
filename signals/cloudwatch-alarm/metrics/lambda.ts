import type { AlarmCondition } from '../alarm-condition';
import { functionAlias, lambdaFunction } from '../subjects';

/**
 * Lambda has each metric by function, by what was invoked of it, and by the version that answered. That many invocations run at one
 * time is no sickness: that some are turned away is.
 */
const subjects = [
  { subject: lambdaFunction, beside: { Resource: 'any', ExecutedVersion: 'any' } },
  { subject: functionAlias, beside: { FunctionName: 'any', ExecutedVersion: 'any' } },
] as const;

export const lambdaMetrics: readonly AlarmCondition[] = [
  ...subjects.flatMap((about): readonly AlarmCondition[] => [
    { namespaces: ['AWS/Lambda'], metrics: ['Throttles'], ...about, condition: 'function-throttled' },
    { namespaces: ['AWS/Lambda'], metrics: ['Errors', 'Duration'], ...about, condition: 'function-erroring' },
  ]),
  {
    // How old what waits in a queue is, the metrics of the queue tell, and these name no function.
    namespaces: ['AWS/Lambda'],
    metrics: ['IteratorAge', 'OffsetLag'],
    subject: lambdaFunction,
    condition: 'event-source-late',
  },
];
