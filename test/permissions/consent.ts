import { remediations } from '../../remediations';
import { snapshotFirst } from '../../remediations/snapshot-first';
import type { WritePermission } from '../../remediations/remediation';
import { iamActions } from '../../remediations/iam-action';
import { knownResourceType, knowsTags } from './iam-facts';

/** Leave to write that does not ask for the opt-in tag though AWS would tell it, and why. */
export interface Excuse {
  readonly action: string;
  readonly type: string;
  readonly why: string;
}

/** What RDS makes under a name of ours, by the operation; with the groups that it gives it. */
const madeByRds = {
  'rds:CreateDBInstance': ['db', 'og', 'pg', 'subgrp'],
  'rds:CreateDBInstanceReadReplica': ['db', 'og', 'pg', 'subgrp'],
  'rds:RestoreDBClusterToPointInTime': ['cluster', 'cluster-pg', 'og', 'subgrp'],
  'rds:RestoreDBInstanceToPointInTime': ['db', 'og', 'pg', 'subgrp'],
  'rds:AddTagsToResource': ['cluster', 'db'],
} as const;

/** What is asked of a table that a restore makes, of which the name is ours. */
const restoredTable = [
  'RestoreTableToPointInTime',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

/** What is asked of what scales a table, or its copies. */
const scaling = [
  'RegisterScalableTarget',
  'DeregisterScalableTarget',
  'PutScalingPolicy',
  'DeleteScalingPolicy',
  'PutScheduledAction',
  'DeleteScheduledAction',
];

/** The network interface of a mount target is EFS's own. The file system asks for the tag. */
const madeByEfs: readonly Excuse[] = [
  {
    action: 'ec2:ModifyNetworkInterfaceAttribute',
    type: 'network-interface',
    why: 'EFS makes it, and gives it no tags of ours. The file system that it is of asks for the tag.',
  },
  ...(
    [
      ['ec2:CreateNetworkInterface', 'subnet'],
      ['ec2:CreateNetworkInterface', 'security-group'],
      ['ec2:ModifyNetworkInterfaceAttribute', 'security-group'],
    ] as const
  ).map(([action, type]) => ({
    action,
    type,
    why: 'It is used by the mount target, and not changed. The tags of the file system name it.',
  })),
];

export const excuses: readonly Excuse[] = [
  ...Object.entries(madeByRds).flatMap(([action, types]) =>
    types.map((type) => ({
      action,
      type,
      why:
        type === 'db' || type === 'cluster'
          ? 'It does not exist before it is made. What it is made from asks for the tag.'
          : 'It is used by what is made, and not changed.',
    })),
  ),
  {
    action: 'ssm:SendCommand',
    type: 'document',
    why: 'The policy names the document and its version, and AWS takes the hash of the text that the plan saw.',
  },
  ...madeByEfs,
  {
    action: 'ecs:StopServiceDeployment',
    type: 'service-deployment',
    why: 'ECS makes it, and gives it no tags of ours. The service asks for the tag, in the plan.',
  },
  {
    action: 'ecs:StopTask',
    type: 'task',
    why: 'ECS puts the tags of a service on its tasks only where the service says so. The service asks for the tag, in the plan.',
  },
  ...['ec2:CreateTags', 'rds:AddTagsToResource', 'elasticache:AddTagsToResource'].map((action) => ({
    action,
    type: 'snapshot',
    why: 'It gets its first tags while it is taken.',
  })),
  {
    action: 'rds:AddTagsToResource',
    type: 'cluster-snapshot',
    why: 'It gets its first tags while it is taken.',
  },
  ...[
    ['rds:CreateDBSnapshot', 'snapshot'],
    ['rds:CreateDBClusterSnapshot', 'cluster-snapshot'],
    ['elasticache:CreateSnapshot', 'snapshot'],
  ].map(([action = '', type = '']) => ({
    action,
    type,
    why: 'It does not exist before it is taken. What it is of asks for the tag.',
  })),
  ...['logs:CreateLogGroup', 'logs:TagResource'].map((action) => ({
    action,
    type: 'log-group',
    why: 'It does not exist, and has no tags, before it is made. The policy says which may be made anew.',
  })),
  {
    action: 'logs:PutSubscriptionFilter',
    type: 'destination',
    why: 'It is delivered to, and not changed. The policy names it, and its own policy says who may.',
  },
  ...scaling.map((operation) => ({
    action: `application-autoscaling:${operation}`,
    type: 'ScalableTarget',
    why: 'It has tags of its own, which hardly anybody sets: the table that it scales asks for the tag, in the plan.',
  })),
  ...restoredTable.map((action) => ({
    action: `dynamodb:${action}`,
    type: 'table',
    why: 'It does not exist before it is made, and a restore takes no tags. What it is made from asks for the tag.',
  })),
  {
    action: 'ssm:StartAutomationExecution',
    type: 'document',
    why: "AWS's own runbooks carry no tags of ours. The policy names each runbook.",
  },
  {
    action: 'ssm:StartAutomationExecution',
    type: 'automation-execution',
    why: 'It does not exist before it is started.',
  },
  {
    action: 'ssm:AddTagsToResource',
    type: 'automation-execution',
    why: 'It gets its first tags while it is started.',
  },
];

/** What stands for the tag where AWS tells none. */
export const untold: Readonly<Record<string, string>> = {
  's3:PutBucketPublicAccessBlock bucket':
    'AWS tells the tags of a bucket only where its owner has switched that on. The plan asks for the tag.',
  's3:SubmitMultiRegionAccessPointRoutes multiregionaccesspoint': 'It takes no tags. The policy names it.',
  'route53:ChangeResourceRecordSets hostedzone':
    'AWS tells no tags of a hosted zone. The plan asks for the tag, and the policy names the zone.',
  'route53-recovery-cluster:UpdateRoutingControlStates routingcontrol':
    'AWS tells no tags of a routing control. The policy names each.',
  'ec2:CreateSnapshot snapshot': 'It does not exist before it is taken. The volume asks for the tag.',
  'ec2:CreateSnapshots snapshot': 'It does not exist before it is taken. The instance and each volume ask for the tag.',
  'ec2:CreateNetworkInterface network-interface':
    'It does not exist before it is made. The file system whose mount target it is for asks for the tag.',
  'ssm:StartAutomationExecution automation-definition':
    'AWS tells no tags of a version of a runbook. The policy names the runbook and its version.',
  'iam:PassRole role':
    'AWS tells no tags of a role that is passed on. The policy names the role, or what is healed does; and it goes to one service only.',
};

/** Why a permission does not ask for the opt-in tag; undefined where it does, or where there is no reason. */
export async function reasonNotToAsk(action: string, resource: string): Promise<string | undefined> {
  const type = await knownResourceType(action, resource);
  if (!(await knowsTags(action, resource))) return untold[`${action} ${type ?? '*'}`];
  return excuses.find((excuse) => excuse.action === action && excuse.type === type)?.why;
}

/** Declarations that ask for a tag that AWS does not tell, or do not ask for one that it does. */
export async function wrongDeclarations(): Promise<readonly string[]> {
  const all = remediations
    .map(snapshotFirst)
    .flatMap(({ name, permissions: { write, implied = [] } }) =>
      [...write, ...implied].map((permission) => faultOf(name, permission)),
    );
  return (await Promise.all(all)).flat();
}

async function faultOf(name: string, { action: call, on, tagged }: WritePermission): Promise<readonly string[]> {
  const [action = call] = iamActions(call);
  const tells = await knowsTags(action, on);
  if (tagged && !tells) return [`${name} asks for a tag of ${on}, which AWS does not tell for ${action}`];
  if (!tagged && (await reasonNotToAsk(action, on)) === undefined) {
    return [
      `${name} does not ask for the opt-in tag for ${action} on ${on}: ${tells ? 'AWS tells it' : 'say why in untold'}`,
    ];
  }
  return [];
}
