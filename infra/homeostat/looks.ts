import { ManagedPolicy, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePatterns } from './acknowledgement';
import { type Deployment, rolePrefix } from './deployment';
import { inParts } from './parts';
import { looking, readStatement } from './statements';

/** Actions that fit into one policy, all of them with long names. */
const most = 100;

/** What lets the reader look: each action by its name, in as many policies as these take. */
export function createLooks(scope: Construct, deployment: Deployment, reader: Role, reads: readonly string[]): void {
  inParts(reads, most).forEach((actions, part) => {
    const statement = readStatement(actions);
    const policy = new ManagedPolicy(scope, `LookPolicy${part + 1}`, {
      managedPolicyName: `${rolePrefix(deployment)}look-${part + 1}`,
      description: `What the reader of Homeostat ${deployment.name} looks at`,
      statements: [statement],
      roles: [reader],
    });
    acknowledgePatterns(policy, [statement], looking);
  });
}
