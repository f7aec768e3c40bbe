import type { Calls } from '../aws';

/** The action of `readSharedConcurrency`. */
export const sharedConcurrencyReads = ['lambda:GetAccountSettings'] as const;

/** Invocations at one time that the functions share which have none of their own. Throws where Lambda does not tell. */
export async function readSharedConcurrency(aws: Calls<(typeof sharedConcurrencyReads)[number]>): Promise<number> {
  const { AccountLimit } = await aws.lambda.getAccountSettings({});
  const shared = AccountLimit?.UnreservedConcurrentExecutions;
  if (shared === undefined) throw new Error('Lambda does not tell how much concurrency the functions share');
  return shared;
}
