import type { WritePermission } from '../../remediation';

/**
 * AWS Backup works with a role of the operators, which whoever starts a job hands to it. Its own policies let no other role be
 * handed over than one that says by its name that it is meant for that; so do these.
 */
const names = ['AWSBackup', 'AwsBackup'] as const;

/** Leave to hand such a role to AWS Backup, and to nobody else. */
export const passRoleToBackup: readonly WritePermission[] = names.map((name) => ({
  action: 'iam:PassRole',
  on: `arn:*:iam::*:role/*${name}*`,
  tagged: false,
  condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
}));

/** Why a role may not be handed over; undefined when it may. */
export function objectionToRole(role: string): string | undefined {
  if (names.some((name) => role.includes(name))) return undefined;
  return `the role ${role} is not handed over: it has neither ${names.join(' nor ')} in its name`;
}
