import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Policy } from '../../statemachines/policy';

/** One Homeostat in one account and region. Account and region may be tokens that are known on deployment only. */
export interface Deployment {
  /** What its stack is called. */
  readonly stackName: string;
  /** What everything of it is named after. */
  readonly name: string;
  readonly policy: Policy;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Accounts whose events are taken. */
  readonly accounts: readonly string[];
  /** Regions whose resources are taken care of. */
  readonly regions: readonly string[];
}

/** A role's name has 64 characters at most, and a remediation and a region go into it. */
const shapeOfName = /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/;

/** The deployment that `scope` stands in. Throws for a name that cannot name everything. */
export function deploymentOf(scope: Construct, name: string, policy: Policy): Deployment {
  if (!shapeOfName.test(name)) {
    throw new Error(
      `"${name}" cannot name a deployment: use 2 to 24 lower-case letters, digits and hyphens, the first a letter.`,
    );
  }
  const { account, region, partition, stackName } = Stack.of(scope);
  const { accounts = [account], regions = [region] } = policy;
  return { stackName, name, policy, partition, account, region, accounts, regions };
}

/** What names of roles begin with; the function puts the name of a remediation behind it. */
export function rolePrefix({ name, region }: Pick<Deployment, 'name' | 'region'>): string {
  return `${name}-${region}-`;
}
