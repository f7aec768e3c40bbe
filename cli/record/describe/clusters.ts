import type { DBCluster } from '@aws-sdk/client-rds';
import { isNotFound } from '../../aws-fault';
import { findDatabase } from './databases';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

/** Aurora and Multi-AZ clusters, with their members. */
export const clusters: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (
      await eachOf(ids, async (id) => {
        const cluster = await find(id, describing);
        return cluster ? [await entryOf(id, cluster, describing)] : [];
      })
    ).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};

async function find(id: string, { aws }: Describing): Promise<DBCluster | undefined> {
  try {
    const { DBClusters = [] } = await aws.rds.describeDBClusters({ DBClusterIdentifier: id });
    return DBClusters[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function entryOf(of: string, cluster: DBCluster, describing: Describing): Promise<Entry> {
  const { redaction } = describing;
  const members = await eachOf(cluster.DBClusterMembers ?? [], async (member) => {
    const { DBInstanceIdentifier: id = '', IsClusterWriter, PromotionTier } = member;
    const instance = await findDatabase(id, describing);
    return item({
      id: redaction.name(id),
      zone: instance?.AvailabilityZone,
      class: instance?.DBInstanceClass,
      tier: PromotionTier,
      writer: IsClusterWriter || undefined,
      status: instance?.DBInstanceStatus,
      tags: redaction.tags(pairs(instance?.TagList)),
    });
  });
  const globalCluster = cluster.GlobalClusterIdentifier;
  const hasWriter = members.some(({ writer }) => writer === true);
  return {
    of,
    item: {
      ...item({
        id: redaction.name(cluster.DBClusterIdentifier ?? of),
        engine: cluster.Engine,
        status: cluster.Status,
        globalCluster: globalCluster ? redaction.name(globalCluster) : undefined,
        capacity: capacityOf(cluster),
        backupDays: cluster.BackupRetentionPeriod,
        deletionProtection: cluster.DeletionProtection || undefined,
        globalSecondary: (globalCluster && !hasWriter) || undefined,
        tags: redaction.tags(pairs(cluster.TagList)),
      }),
      // Without a list the simulator would make members up.
      members,
    },
    notes: cluster.ReplicationSourceIdentifier ? ['that it is a replica of another cluster'] : [],
  };
}

function capacityOf({ ServerlessV2ScalingConfiguration: range }: DBCluster): object | undefined {
  const { MinCapacity: least, MaxCapacity: most } = range ?? {};
  return least === undefined || most === undefined ? undefined : { least, most };
}
