import type { SeenCall } from './seen-calls';
import { knownResourceType, takesNoResource } from './iam-facts';
import { resources as arcZonalShift } from './resources/arc-zonal-shift';
import { resources as autoscaling } from './resources/autoscaling';
import { resources as cloudwatch } from './resources/cloudwatch';
import { implied as impliedByDynamodb, resources as dynamodb, says } from './resources/dynamodb';
import { newSnapshot, resources as ec2 } from './resources/ec2';
import { resources as elasticache, says as saidToElastiCache } from './resources/elasticache';
import { resources as elasticloadbalancing } from './resources/elasticloadbalancing';
import { resources as rds } from './resources/rds';
import { implied as impliedByRds, resources as rdsCreation } from './resources/rds-creation';
import { resources as ssm } from './resources/ssm';
import { arn, execution, region, texts, type Arns, type Input } from './resources/resource';

export { account, arn, region } from './resources/resource';

/** One question that AWS asks IAM when it gets a call. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** What the request says besides the tags of the resource. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What AWS asks IAM about for each operation that takes a resource; one file for each service. */
const resourcesOf: Readonly<Record<string, Arns>> = {
  ...arcZonalShift,
  ...autoscaling,
  ...cloudwatch,
  ...dynamodb,
  ...ec2,
  ...elasticache,
  ...elasticloadbalancing,
  ...rds,
  ...rdsCreation,
  ...ssm,
};

/** What AWS asks besides, of the one who calls, for something that is done on his behalf. */
const impliedBy: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  // Tags that it is taken with.
  'ec2:CreateSnapshot': ({ TagSpecifications }) =>
    TagSpecifications === undefined
      ? []
      : [{ action: 'ec2:CreateTags', resource: newSnapshot, context: { 'ec2:CreateAction': 'CreateSnapshot' } }],
  ...impliedByDynamodb,
  ...impliedByRds,
  // Volumes under a key of the customer.
  'ec2:StartInstances': () => [
    {
      action: 'kms:CreateGrant',
      resource: arn('kms', 'key/0a1b2c3d-0000-4000-8000-000000000001'),
      context: { 'kms:GrantIsForAWSResource': 'true', 'kms:ViaService': `ec2.${region}.amazonaws.com` },
    },
  ],
  'ssm:StartAutomationExecution': ({ Parameters, Tags }) => [
    ...texts((Parameters as Input | undefined)?.AutomationAssumeRole).map((role) => ({
      action: 'iam:PassRole',
      resource: role,
      context: { 'iam:PassedToService': 'ssm.amazonaws.com' },
    })),
    ...(Tags === undefined
      ? []
      : [
          {
            action: 'ssm:AddTagsToResource',
            resource: arn('ssm', `automation-execution/${execution}`),
            context: {},
          },
        ]),
  ],
};

/** Everything that IAM is asked because of a call. Throws for an operation whose resources this table does not know. */
export async function requestsOf(call: SeenCall): Promise<readonly IamRequest[]> {
  const input = call.input as Input;
  const implied = impliedBy[call.action]?.(input) ?? [];
  const of = resourcesOf[call.action];
  const resources = (await takesNoResource(call.action)) ? ['*'] : of?.(input, call);
  if (!resources) {
    throw new Error(
      `${call.action} has no line in test/permissions/resources/: say there which ARNs AWS asks IAM about`,
    );
  }
  if (resources.length === 0) throw new Error(`${call.action} names no resource: ${JSON.stringify(input)}`);
  const context = (says[call.action] ?? saidToElastiCache[call.action])?.(input) ?? {};
  const own = resources.map((resource) => ({ action: call.action, resource, context }));
  for (const { action, resource } of [...own, ...implied]) await knownResourceType(action, resource);
  return [...own, ...implied];
}
