import type { DBInstance, PendingModifiedValues } from '@aws-sdk/client-rds';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, type Description, eachOf, item, missing, pairs } from './describer';

const storageTypes = ['gp2', 'gp3', 'io1', 'io2'];

/** RDS instances of their own; those of a cluster lead to it. */
export const databases: Describer = {
  atOnce: 20,
  describe: async (ids, describing) => {
    const found = await eachOf(ids, async (id) => ({ id, database: await findDatabase(id, describing) }));
    const described = found.flatMap(({ id, database }) => (database ? [describe(id, database, describing)] : []));
    const entries = described.flatMap((one) => one.entries);
    const inClusters = found.filter(({ database }) => database?.DBClusterIdentifier).map(({ id }) => id);
    return {
      entries: [
        ...entries,
        ...missing(
          ids.filter((id) => !inClusters.includes(id)),
          entries,
        ),
      ],
      leads: described.flatMap(({ leads }) => leads),
    };
  },
};

/** The instance of that identifier; undefined for one that is not there. */
export async function findDatabase(id: string, { aws }: Describing): Promise<DBInstance | undefined> {
  try {
    const { DBInstances = [] } = await aws.rds.describeDBInstances({ DBInstanceIdentifier: id });
    return DBInstances[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function describe(of: string, database: DBInstance, { redaction }: Describing): Description {
  const { DBClusterIdentifier: cluster } = database;
  if (cluster) return { entries: [], leads: [{ kind: 'clusters', id: cluster }] };
  const source = database.ReadReplicaSourceDBInstanceIdentifier || undefined;
  const entry = {
    of,
    item: item({
      id: redaction.name(database.DBInstanceIdentifier ?? of),
      engine: database.Engine,
      class: database.DBInstanceClass,
      zone: database.AvailabilityZone,
      standbyZone: database.SecondaryAvailabilityZone,
      multiAz: database.MultiAZ ?? false,
      status: database.DBInstanceStatus,
      pendingModifications: pendingOf(database.PendingModifiedValues),
      parametersWait:
        database.DBParameterGroups?.some((group) => group.ParameterApplyStatus === 'pending-reboot') || undefined,
      ...storageOf(database),
      backupDays: database.BackupRetentionPeriod,
      deletionProtection: database.DeletionProtection || undefined,
      replicaOf: redaction.ifNamed(source),
      tags: redaction.tags(pairs(database.TagList)),
    }),
    notes: storageNotes(database),
  };
  return { entries: [entry], leads: isHere(source) ? [{ kind: 'databases', id: source }] : [] };
}

/** Whether a replica's source can be described: one of another region is named by its ARN. */
const isHere = (source: string | undefined): source is string => source !== undefined && !source.startsWith('arn:');

/** Zero is no size of AWS's, but what an emulator says for none. */
function storageOf({ AllocatedStorage, MaxAllocatedStorage, StorageType = '', Iops }: DBInstance): object {
  return {
    storageGiB: AllocatedStorage || undefined,
    maxStorageGiB: MaxAllocatedStorage || undefined,
    storageType: storageTypes.includes(StorageType) ? StorageType : undefined,
    iops: Iops || undefined,
  };
}

function storageNotes({ StorageType = '' }: DBInstance): readonly string[] {
  return StorageType === '' || storageTypes.includes(StorageType) ? [] : [`its storage type ${StorageType}`];
}

function pendingOf(pending: PendingModifiedValues | undefined): Readonly<Record<string, unknown>> {
  return item({
    class: pending?.DBInstanceClass,
    storageGiB: pending?.AllocatedStorage,
    engineVersion: pending?.EngineVersion,
    multiAz: pending?.MultiAZ,
  });
}
