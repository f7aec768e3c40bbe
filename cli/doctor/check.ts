import type { Policy } from '../../statemachines/policy';
import { awsFault, isDenied } from '../aws-fault';
import type { Caller } from '../caller';
import type { Deployment } from '../deployment';

/** What looking came to. `not checked` is honest: it may be well or not. */
export type Status = 'ok' | 'missing' | 'warning' | 'not checked';

export interface Answer {
  readonly status: Status;
  readonly found: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly next?: string;
}

/** What is looked at, and with what. */
export interface Site {
  readonly deployment: Deployment;
  readonly policy: Policy;
  /** Asked once for all checks. */
  readonly caller: () => Promise<Caller>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One thing to look at. What `look` throws leaves it not checked, and no other check is the worse for it. */
export interface Check {
  readonly name: string;
  readonly look: (site: Site) => Promise<Answer>;
}

export const ok = (found: string): Answer => ({ status: 'ok', found });
export const missing = (found: string, next: string): Answer => ({ status: 'missing', found, next });
export const warning = (found: string, next: string): Answer => ({ status: 'warning', found, next });
export const notChecked = (found: string, next?: string): Answer => ({
  status: 'not checked',
  found,
  ...(next !== undefined && { next }),
});

/** The next step for whatever the deployment should have made and has not. */
export const deployAgain = 'deploy Homeostat again, or look whether --name, --region and --profile are meant';

/** The next step where it may be the policy that is not the deployed one. */
export const deployPolicy = 'deploy this policy, or name the deployed one with --policy';

/** What `look` finds; where AWS lets the caller not look, the command for somebody whom it does. */
export async function orByHand(command: string, look: () => Promise<Answer>): Promise<Answer> {
  try {
    return await look();
  } catch (error) {
    if (!isDenied(error)) throw error;
    return notChecked(awsFault(error).what, `with credentials that may: ${command}`);
  }
}

/** ARN of something of the deployment's own account and region. */
export async function arnOf({ deployment, caller }: Site, service: string, id: string): Promise<string> {
  const { partition, account } = await caller();
  return `arn:${partition}:${service}:${await deployment.region()}:${account}:${id}`;
}
