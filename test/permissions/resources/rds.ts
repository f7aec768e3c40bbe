import { arn, texts, type Arns } from './resource';

const database = (id: string): string => arn('rds', `db:${id}`);
const cluster = (id: string): string => arn('rds', `cluster:${id}`);

/** It is in no region. */
const globalCluster = (name: string): string => arn('rds', `global-cluster:${name}`, '');

/** A global database, and the cluster of it that is to be its primary. */
const moved: Arns = ({ GlobalClusterIdentifier, TargetDbClusterIdentifier }) => [
  ...texts(GlobalClusterIdentifier).map(globalCluster),
  ...texts(TargetDbClusterIdentifier),
];

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  // By a filter, or without a name, it asks about all.
  'rds:DescribeDBClusters': ({ DBClusterIdentifier = '*' }) => texts(DBClusterIdentifier).map(cluster),
  'rds:DescribeDBInstances': ({ DBInstanceIdentifier = '*' }) => texts(DBInstanceIdentifier).map(database),
  'rds:DescribeGlobalClusters': ({ GlobalClusterIdentifier = '*' }) =>
    texts(GlobalClusterIdentifier).map(globalCluster),
  'rds:FailoverGlobalCluster': moved,
  'rds:ModifyDBCluster': ({ DBClusterIdentifier }) => texts(DBClusterIdentifier).map(cluster),
  // It asks about the groups, too, that a call names; ours name none.
  'rds:ModifyDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(database),
  'rds:StartDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(database),
  'rds:SwitchoverGlobalCluster': moved,
  'rds:FailoverDBCluster': ({ DBClusterIdentifier, TargetDBInstanceIdentifier }) => [
    ...texts(DBClusterIdentifier).map(cluster),
    ...texts(TargetDBInstanceIdentifier).map(database),
  ],
  'rds:RebootDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(database),
};
