import { listed, type Disagreement } from '../disagreement';

/** What makes a database, takes one away, or makes a replica stand for itself. */
export const aboutRdsCreation: readonly Disagreement[] = [
  ...listed('ministack', 'it restores nothing, and knows no backups', [
    ['rds:RestoreDBInstanceToPointInTime', 'a copy comes to be beside what it is of'],
    ['rds:RestoreDBInstanceToPointInTime', 'a name that is taken is refused'],
    ['rds:RestoreDBInstanceToPointInTime', 'a source that does not exist is an error'],
    ['rds:RestoreDBInstanceToPointInTime', 'a moment must be named, or the latest'],
    ['rds:RestoreDBClusterToPointInTime', 'the copy has no member'],
    ['rds:RestoreDBClusterToPointInTime', 'a name that is taken is refused'],
    ['rds:RestoreDBClusterToPointInTime', 'a source that does not exist is an error'],
    ['rds:DescribeDBInstanceAutomatedBackups', 'there are none of what does not exist'],
    ['rds:DescribeDBInstanceAutomatedBackups', 'it tells from when on an instance can be restored'],
  ]),
  ...listed('ministack', 'it promotes no replica', [
    ['rds:PromoteReadReplica', 'it follows nothing any more'],
    ['rds:PromoteReadReplica', 'what is no replica is refused'],
    ['rds:PromoteReadReplica', 'one that does not exist is an error'],
  ]),
  ...listed(['moto', 'ministack'], 'it does not tell how a replica follows', [
    ['rds:CreateDBInstanceReadReplica', 'it tells how it follows'],
  ]),
  ...listed('ministack', 'it makes a member of a cluster that is not there', [
    ['rds:CreateDBInstance', 'a cluster that does not exist is an error'],
  ]),
  ...listed(['moto', 'ministack'], 'it deletes without a word about a last snapshot', [
    ['rds:DeleteDBInstance', 'a last snapshot must be named or declined'],
  ]),
  ...listed('ministack', 'it has no Application Auto Scaling', [
    [
      'application-autoscaling:DescribeScalableTargets',
      'there are none of the readers of a cluster unless one was registered',
    ],
  ]),
  ...listed('moto', 'it puts the replica in the place of what has that name', [
    ['rds:CreateDBInstanceReadReplica', 'a name that is taken is refused'],
  ]),
  ...listed('moto', 'what is promoted stays a replica, and what is none may be', [
    ['rds:PromoteReadReplica', 'it follows nothing any more'],
    ['rds:PromoteReadReplica', 'what is no replica is refused'],
    ['rds:PromoteReadReplica', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it takes no moment for the latest', [
    ['rds:RestoreDBInstanceToPointInTime', 'a moment must be named, or the latest'],
  ]),
  ...listed('moto', 'its backups have no window', [
    ['rds:DescribeDBInstanceAutomatedBackups', 'it tells from when on an instance can be restored'],
  ]),
  ...listed('moto', 'it speaks of a snapshot of that name', [
    ['rds:RestoreDBClusterToPointInTime', 'a name that is taken is refused'],
  ]),
];
