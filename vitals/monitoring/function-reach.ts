import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { topicArn } from './topic';

/** Whether SNS may call a function for a topic: `shut` where no leave for it is in the function's policy. */
export type FunctionReach = 'open' | 'shut' | 'gone';

type Topic = Pick<Resource, 'id' | 'account' | 'region'>;

/** The action of `readFunctionReach`. */
export const functionReachReads = ['lambda:GetPolicy'] as const;

/** Name of the function that a subscription calls, in the topic's own account and Region; undefined of any other, and of an alias. */
export function functionOf(protocol: string, endpoint: string, { account, region }: Topic): string | undefined {
  const [, at, of, name] = /^arn:[a-z-]+:lambda:([a-z0-9-]+):(\d{12}):function:([\w-]+)$/.exec(endpoint) ?? [];
  return protocol === 'lambda' && at === region && of === account ? name : undefined;
}

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Principal: z.union([z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))]),
      Action: z.union([z.string(), z.array(z.string())]),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
    }),
  ),
});
type Statement = z.infer<typeof policySchema>['Statement'][number];

/** Reads the policy of a function. Lambda names a missing policy and a missing function alike, but for the words. */
export async function readFunctionReach(
  name: string,
  topic: Topic,
  aws: Calls<(typeof functionReachReads)[number]>,
): Promise<FunctionReach> {
  try {
    const { Policy = '{}' } = await aws.lambda.getPolicy({ FunctionName: name });
    const { Statement } = policySchema.parse(JSON.parse(Policy));
    return Statement.some((one) => allows(one, topicArn(topic))) ? 'open' : 'shut';
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    return error.message.startsWith('Function not found') ? 'gone' : 'shut';
  }
}

/** A condition that is not understood is no leave: one leave too many does no harm, and one too few loses messages. */
function allows({ Effect, Principal, Action, Condition }: Statement, topic: string): boolean {
  const principals = typeof Principal === 'string' ? [Principal] : [Principal['Service'] ?? []].flat();
  const asked = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  return (
    Effect === 'Allow' &&
    principals.some((one) => one === 'sns.amazonaws.com' || one === '*') &&
    [Action].flat().some((one) => ['lambda:InvokeFunction', 'lambda:*', '*'].includes(one)) &&
    asked.every(([key, value]) => key.toLowerCase() === 'aws:sourcearn' && [value].flat().includes(topic))
  );
}
