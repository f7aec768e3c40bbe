import { readDbInstance } from '../../../vitals/rds/db-instance';
import { readDbSnapshot } from '../../../vitals/rds/db-snapshot';
import { defineSnapshotKind } from '../../snapshot-kind';
import { leaveToEncrypt } from '../creation/leave';
import { leaveToTagSnapshot, outlookOf, rdsGivesUpAfter, snapshotTags, standingOfSnapshot } from './rds-snapshot';

/** A snapshot of a database that is in no cluster. */
export const dbSnapshot = defineSnapshotKind({
  of: 'db-instance',
  permissions: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'],
    write: [
      { action: 'rds:CreateDBSnapshot', on: 'arn:*:rds:*:*:db:*', tagged: true },
      { action: 'rds:CreateDBSnapshot', on: 'arn:*:rds:*:*:snapshot:*-homeostat-*', tagged: false },
    ],
    implied: [leaveToTagSnapshot('snapshot'), ...leaveToEncrypt],
  },
  giveUpAfter: rdsGivesUpAfter,

  async look(id, aws) {
    const reading = await readDbInstance(id, aws);
    if (reading.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    return reading.kind === 'found'
      ? outlookOf('db-instance', reading.instance)
      : { kind: 'refused', reason: reading.detail };
  },

  async create(snapshot, aws) {
    await aws.rds.createDBSnapshot({
      DBSnapshotIdentifier: snapshot.name,
      DBInstanceIdentifier: snapshot.of.id,
      Tags: snapshotTags(snapshot),
    });
  },

  read: async (snapshot, aws) => standingOfSnapshot(await readDbSnapshot(snapshot.name, aws), snapshot),
});
