import type { WritePermission } from './remediation';

/** What KMS asks of whoever has a service use a volume or a database that is encrypted under a key of the customer. */
export function leaveToGrant(service: 'ec2' | 'rds'): WritePermission {
  return {
    action: 'kms:CreateGrant',
    on: 'arn:*:kms:*:*:key/*',
    tagged: true,
    condition: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringLike: { 'kms:ViaService': `${service}.*.amazonaws.com` },
    },
  };
}
