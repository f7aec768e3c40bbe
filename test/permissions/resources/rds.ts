import { arn, texts, type Arns } from './resource';

const database = (id: string): string => arn('rds', `db:${id}`);
const cluster = (id: string): string => arn('rds', `cluster:${id}`);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'rds:DescribeDBClusters': ({ DBClusterIdentifier }) => texts(DBClusterIdentifier).map(cluster),
  // By a filter it asks about all.
  'rds:DescribeDBInstances': ({ DBInstanceIdentifier = '*' }) => texts(DBInstanceIdentifier).map(database),
  'rds:FailoverDBCluster': ({ DBClusterIdentifier, TargetDBInstanceIdentifier }) => [
    ...texts(DBClusterIdentifier).map(cluster),
    ...texts(TargetDBInstanceIdentifier).map(database),
  ],
  'rds:RebootDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(database),
};
