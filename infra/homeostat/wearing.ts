import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type Deployment, rolePrefix } from './deployment';
import { inParts } from './parts';
import { roleNames } from './roles';

/** Roles that fit into one policy, all of them with the longest name that IAM takes in the partition of the longest name. */
const most = 50;

/** What lets the functions put on the other roles: by the name of each, so that a role of an earlier policy is not worn. */
export function createWearing(
  scope: Construct,
  deployment: Deployment,
  functions: readonly IRole[],
): readonly ManagedPolicy[] {
  const { name, partition, account } = deployment;
  const arns = roleNames(deployment).map((role) => `arn:${partition}:iam::${account}:role/${role}`);
  return inParts(arns, most).map((resources, part) => {
    const actions = ['sts:AssumeRole'];
    return new ManagedPolicy(scope, `WearingPolicy${part + 1}`, {
      managedPolicyName: `${rolePrefix(deployment)}wearing-${part + 1}`,
      description: `The roles that the functions of Homeostat ${name} may put on`,
      statements: [new PolicyStatement({ sid: 'PutOnRoles', actions, resources: [...resources] })],
      roles: [...functions],
    });
  });
}
