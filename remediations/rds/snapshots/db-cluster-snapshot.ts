import { readDbCluster } from '../../../vitals/rds/db-cluster';
import { readDbClusterSnapshot } from '../../../vitals/rds/db-snapshot';
import { defineSnapshotKind } from '../../snapshot-kind';
import { leaveToEncrypt } from '../creation/leave';
import { leaveToTagSnapshot, outlookOf, rdsGivesUpAfter, snapshotTags, standingOfSnapshot } from './rds-snapshot';

/** A snapshot of the storage of a cluster, which all its members share. */
export const dbClusterSnapshot = defineSnapshotKind({
  of: 'db-cluster',
  permissions: {
    read: ['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots'],
    write: [
      { action: 'rds:CreateDBClusterSnapshot', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      { action: 'rds:CreateDBClusterSnapshot', on: 'arn:*:rds:*:*:cluster-snapshot:*-homeostat-*', tagged: false },
    ],
    implied: [leaveToTagSnapshot('cluster-snapshot'), ...leaveToEncrypt],
  },
  giveUpAfter: rdsGivesUpAfter,

  async look(id, aws) {
    const reading = await readDbCluster(id, aws);
    if (reading.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    return reading.kind === 'found'
      ? outlookOf('db-cluster', reading.cluster)
      : { kind: 'refused', reason: reading.detail };
  },

  async create(snapshot, aws) {
    await aws.rds.createDBClusterSnapshot({
      DBClusterSnapshotIdentifier: snapshot.name,
      DBClusterIdentifier: snapshot.of.id,
      Tags: snapshotTags(snapshot),
    });
  },

  read: async (snapshot, aws) => standingOfSnapshot(await readDbClusterSnapshot(snapshot.name, aws), snapshot),
});
