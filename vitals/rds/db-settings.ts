import type {
  CreateDBInstanceMessage,
  CreateDBInstanceReadReplicaMessage,
  DBCluster,
  DBInstance,
  RestoreDBClusterToPointInTimeMessage,
  RestoreDBInstanceToPointInTimeMessage,
} from '@aws-sdk/client-rds';

/**
 * What a copy of an instance is told so that it becomes like it, in the words of the call that makes it. RDS gives a copy its
 * defaults otherwise: the default security group, parameter group and subnet group, one zone, and gp3 storage.
 */
export interface DbSettings {
  /** A read replica in the same Region takes subnet group, parameter group and option group from its source by itself. */
  readonly ofReplica: Partial<CreateDBInstanceReadReplicaMessage>;
  readonly ofRestored: Partial<RestoreDBInstanceToPointInTimeMessage>;
  /** A further member of its cluster; what is set for all members is the cluster's. */
  readonly ofMember: Partial<CreateDBInstanceMessage>;
}

/** The same for a copy of a whole cluster, which RDS makes without any member. */
export type DbClusterSettings = Partial<RestoreDBClusterToPointInTimeMessage>;

/** IOPS that gp3 has anyway: RDS takes no number for storage that is too small to have another. */
const basicIops = 3_000;

export function dbSettings(raw: DBInstance): DbSettings {
  const any = told({
    PubliclyAccessible: raw.PubliclyAccessible,
    AutoMinorVersionUpgrade: raw.AutoMinorVersionUpgrade,
    CACertificateIdentifier: raw.CACertificateIdentifier,
  });
  const ofReplica = told({
    ...any,
    ...storageOf(raw),
    DBInstanceClass: raw.DBInstanceClass,
    VpcSecurityGroupIds: idsOf(raw.VpcSecurityGroups),
    EnableIAMDatabaseAuthentication: raw.IAMDatabaseAuthenticationEnabled,
    EnableCloudwatchLogsExports: raw.EnabledCloudwatchLogsExports,
    CopyTagsToSnapshot: raw.CopyTagsToSnapshot,
    MaxAllocatedStorage: raw.MaxAllocatedStorage,
  });
  const parameterGroup = raw.DBParameterGroups?.[0]?.DBParameterGroupName;
  return {
    ofReplica,
    ofRestored: told({
      ...ofReplica,
      DBSubnetGroupName: raw.DBSubnetGroup?.DBSubnetGroupName,
      DBParameterGroupName: parameterGroup,
      OptionGroupName: raw.OptionGroupMemberships?.[0]?.OptionGroupName,
      MultiAZ: raw.MultiAZ,
      DeletionProtection: raw.DeletionProtection,
      BackupRetentionPeriod: raw.BackupRetentionPeriod,
    }),
    ofMember: told({ ...any, DBInstanceClass: raw.DBInstanceClass, DBParameterGroupName: parameterGroup }),
  };
}

export function dbClusterSettings(raw: DBCluster): DbClusterSettings {
  const { MinCapacity, MaxCapacity } = raw.ServerlessV2ScalingConfiguration ?? {};
  return told({
    DBSubnetGroupName: raw.DBSubnetGroup,
    DBClusterParameterGroupName: raw.DBClusterParameterGroup,
    VpcSecurityGroupIds: idsOf(raw.VpcSecurityGroups),
    Port: raw.Port,
    StorageType: raw.StorageType,
    DeletionProtection: raw.DeletionProtection,
    BackupRetentionPeriod: raw.BackupRetentionPeriod,
    CopyTagsToSnapshot: raw.CopyTagsToSnapshot,
    EnableIAMDatabaseAuthentication: raw.IAMDatabaseAuthenticationEnabled,
    EnableCloudwatchLogsExports: raw.EnabledCloudwatchLogsExports,
    ServerlessV2ScalingConfiguration:
      MinCapacity === undefined || MaxCapacity === undefined ? undefined : { MinCapacity, MaxCapacity },
  });
}

function storageOf({
  StorageType,
  Iops,
  StorageThroughput,
}: DBInstance): Partial<RestoreDBInstanceToPointInTimeMessage> {
  const isBasic = StorageType === 'gp2' || (StorageType === 'gp3' && Iops === basicIops);
  return isBasic ? { StorageType } : { StorageType, Iops, StorageThroughput };
}

function idsOf(groups: DBInstance['VpcSecurityGroups']): string[] | undefined {
  const ids = (groups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
  return ids.length > 0 ? ids : undefined;
}

/** Without the fields that AWS told nothing of, and without empty lists: a call leaves these out. */
function told<T extends object>(fields: T): T {
  const kept = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as T;
}
