import { remediations } from '../../remediations';
import type { WritePermission } from '../../remediations/remediation';
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
  {
    action: 'ec2:CreateTags',
    type: 'snapshot',
    why: 'It gets its first tags while it is taken.',
  },
  {
    action: 'application-autoscaling:RegisterScalableTarget',
    type: 'ScalableTarget',
    why: 'It has tags of its own, which hardly anybody sets: the table that it scales asks for the tag, in the plan.',
  },
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
  'ec2:CreateSnapshot snapshot': 'It does not exist before it is taken. The volume asks for the tag.',
  'ssm:StartAutomationExecution automation-definition':
    'AWS tells no tags of a version of a runbook. The policy names the runbook and its version.',
  'iam:PassRole role':
    'AWS tells no tags of a role that is passed on. The policy names the role, and it goes to SSM only.',
};

/** Why a permission does not ask for the opt-in tag; undefined where it does, or where there is no reason. */
export async function reasonNotToAsk(action: string, resource: string): Promise<string | undefined> {
  const type = await knownResourceType(action, resource);
  if (!(await knowsTags(action, resource))) return untold[`${action} ${type ?? '*'}`];
  return excuses.find((excuse) => excuse.action === action && excuse.type === type)?.why;
}

/** Declarations that ask for a tag that AWS does not tell, or do not ask for one that it does. */
export async function wrongDeclarations(): Promise<readonly string[]> {
  const all = remediations.flatMap(({ name, permissions: { write, implied = [] } }) =>
    [...write, ...implied].map((permission) => faultOf(name, permission)),
  );
  return (await Promise.all(all)).flat();
}

async function faultOf(name: string, { action, on, tagged }: WritePermission): Promise<readonly string[]> {
  const tells = await knowsTags(action, on);
  if (tagged && !tells) return [`${name} asks for a tag of ${on}, which AWS does not tell for ${action}`];
  if (!tagged && (await reasonNotToAsk(action, on)) === undefined) {
    return [
      `${name} does not ask for the opt-in tag for ${action} on ${on}: ${tells ? 'AWS tells it' : 'say why in untold'}`,
    ];
  }
  return [];
}
