import { iamActions } from '../../remediations/iam-action';
import type { SeenCall } from './seen-calls';
import { knownResourceType, takesNoResource } from './iam-facts';
import { resources as arcZonalShift } from './resources/arc-zonal-shift';
import { resources as autoscaling } from './resources/autoscaling';
import { implied as impliedByBackup, resources as backup } from './resources/backup';
import { resources as cloudwatch } from './resources/cloudwatch';
import { implied as impliedByDynamodb, resources as dynamodb, says } from './resources/dynamodb';
import { resources as ec2 } from './resources/ec2';
import { implied as impliedByEcs, resources as ecs } from './resources/ecs';
import { resources as elasticache, says as saidToElastiCache } from './resources/elasticache';
import { implied as impliedByEfs, resources as elasticfilesystem } from './resources/elasticfilesystem';
import { resources as elasticmapreduce } from './resources/elasticmapreduce';
import { resources as elasticloadbalancing } from './resources/elasticloadbalancing';
import { resources as lambda } from './resources/lambda';
import { resources as rds } from './resources/rds';
import { actionOf, resources as s3 } from './resources/s3';
import { resources as route53, says as saidToRoute53 } from './resources/route53';
import { implied as impliedByRds, resources as rdsCreation } from './resources/rds-creation';
import { implied as impliedBySnapshots, resources as snapshots } from './resources/snapshots';
import { resources as ssm } from './resources/ssm';
import { implied as impliedByWatchers, resources as watchers, says as saidToWatchers } from './resources/watchers';
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
  ...backup,
  ...cloudwatch,
  ...dynamodb,
  ...ec2,
  ...ecs,
  ...elasticache,
  ...elasticfilesystem,
  ...elasticmapreduce,
  ...elasticloadbalancing,
  ...lambda,
  ...rds,
  ...rdsCreation,
  ...route53,
  ...s3,
  ...snapshots,
  ...ssm,
  ...watchers,
};

/** What AWS asks besides, of the one who calls, for something that is done on his behalf. */
const impliedBy: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  ...impliedBySnapshots,
  ...impliedByBackup,
  ...impliedByDynamodb,
  ...impliedByEcs,
  ...impliedByEfs,
  ...impliedByRds,
  ...impliedByWatchers,
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

/** Permissions by the names that IAM gives their actions. */
export function byIamName<P extends { readonly action: string }>(permissions: readonly P[]): readonly P[] {
  return permissions.flatMap((one) => iamActions(one.action).map((action) => ({ ...one, action })));
}

/** What a call says besides the tags of its resource. */
const saidTo: Readonly<Record<string, (input: Input) => IamRequest['context']>> = {
  ...says,
  ...saidToElastiCache,
  ...saidToWatchers,
  ...saidToRoute53,
};

/** Everything that IAM is asked because of a call. Throws for an operation whose resources this table does not know. */
export async function requestsOf(call: SeenCall): Promise<readonly IamRequest[]> {
  const input = call.input as Input;
  const implied = impliedBy[call.action]?.(input) ?? [];
  const of = resourcesOf[call.action];
  const action = actionOf(call);
  const resources = (await takesNoResource(action)) ? ['*'] : of?.(input, call);
  if (!resources) {
    throw new Error(
      `${call.action} has no line in test/permissions/resources/: say there which ARNs AWS asks IAM about`,
    );
  }
  if (resources.length === 0) throw new Error(`${call.action} names no resource: ${JSON.stringify(input)}`);
  const context = saidTo[call.action]?.(input) ?? {};
  const own = resources.map((resource) => ({ action, resource, context }));
  for (const one of [...own, ...implied]) await knownResourceType(one.action, one.resource);
  return [...own, ...implied];
}
