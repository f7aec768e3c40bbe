import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';

/** Fields of a description for what is set about an instance or a cluster besides what it runs on. */
export const settingsFields = {
  /** Days that automated backups are kept; 0 is none, and then there is nothing to restore from. */
  backupDays: z.int().min(0).max(35).default(7),
  deletionProtection: z.boolean().default(false),
  subnetGroup: z.string().default('private'),
  securityGroups: z.array(z.string()).default(['sg-0aaaaaaaaaaaaaaa1']),
  /** Name of the parameter group; of a cluster, of its own kind of group. */
  parameterGroup: z.string().default('tuned'),
  optionGroup: z.string().default('plain'),
};

/** What is set about an instance or a cluster. */
export interface DatabaseSettings {
  backupDays: number;
  readonly deletionProtection: boolean;
  readonly subnetGroup: string;
  readonly securityGroups: readonly string[];
  readonly parameterGroup: string;
  readonly optionGroup: string;
}

/** What RDS sets where a call says nothing: its defaults, and no copies of the source's. */
export const defaultSettings: DatabaseSettings = {
  backupDays: 1,
  deletionProtection: false,
  subnetGroup: 'default',
  securityGroups: ['sg-default'],
  parameterGroup: 'default',
  optionGroup: 'default',
};

/** The settings as DescribeDBInstances shows them. */
export function describeSettings(settings: DatabaseSettings): DBInstance {
  return {
    BackupRetentionPeriod: settings.backupDays,
    DeletionProtection: settings.deletionProtection,
    DBSubnetGroup: { DBSubnetGroupName: settings.subnetGroup },
    VpcSecurityGroups: settings.securityGroups.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    DBParameterGroups: [{ DBParameterGroupName: settings.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    OptionGroupMemberships: [{ OptionGroupName: settings.optionGroup, Status: 'in-sync' }],
  };
}

/** Settings as a call gives them. */
interface Asked {
  readonly BackupRetentionPeriod?: number | undefined;
  readonly DeletionProtection?: boolean | undefined;
  readonly DBSubnetGroupName?: string | undefined;
  readonly VpcSecurityGroupIds?: readonly string[] | undefined;
  readonly DBParameterGroupName?: string | undefined;
  readonly DBClusterParameterGroupName?: string | undefined;
  readonly OptionGroupName?: string | undefined;
}

/** What is set about something new: what the call says, and `otherwise` where it says nothing. */
export function settingsFrom(asked: Asked, otherwise: DatabaseSettings): DatabaseSettings {
  return {
    backupDays: asked.BackupRetentionPeriod ?? otherwise.backupDays,
    deletionProtection: asked.DeletionProtection ?? otherwise.deletionProtection,
    subnetGroup: asked.DBSubnetGroupName ?? otherwise.subnetGroup,
    securityGroups: asked.VpcSecurityGroupIds ?? otherwise.securityGroups,
    parameterGroup: asked.DBParameterGroupName ?? asked.DBClusterParameterGroupName ?? otherwise.parameterGroup,
    optionGroup: asked.OptionGroupName ?? otherwise.optionGroup,
  };
}
