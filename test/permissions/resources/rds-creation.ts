import type { IamRequest } from '../requests';
import { arn, region, texts, type Arns, type Input } from './resource';

const rds = (kind: string) => (id: string) => arn('rds', `${kind}:${id}`);

/** Groups that RDS gives what it makes where the call names none: those of the source, or its defaults. */
const taken = ({ OptionGroupName, DBParameterGroupName, DBSubnetGroupName }: Input): readonly string[] => [
  ...texts(OptionGroupName ?? 'plain').map(rds('og')),
  ...texts(DBParameterGroupName ?? 'tuned').map(rds('pg')),
  ...texts(DBSubnetGroupName ?? 'private').map(rds('subgrp')),
];

/** What AWS asks IAM about for each operation that makes or takes away a database. */
export const resources: Readonly<Record<string, Arns>> = {
  'rds:CreateDBInstance': (input) => [
    ...texts(input['DBInstanceIdentifier']).map(rds('db')),
    ...texts(input['DBClusterIdentifier']).map(rds('cluster')),
    ...taken(input),
  ],
  'rds:CreateDBInstanceReadReplica': (input) => [
    ...texts(input['SourceDBInstanceIdentifier']).map(rds('db')),
    ...texts(input['DBInstanceIdentifier']).map(rds('db')),
    ...taken(input),
  ],
  'rds:DeleteDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(rds('db')),
  'rds:DescribeDBInstanceAutomatedBackups': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(rds('db')),
  'rds:PromoteReadReplica': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(rds('db')),
  'rds:RestoreDBInstanceToPointInTime': (input) => [
    ...texts(input['SourceDBInstanceIdentifier']).map(rds('db')),
    ...texts(input['TargetDBInstanceIdentifier']).map(rds('db')),
    ...taken(input),
  ],
  'rds:RestoreDBClusterToPointInTime': (input) => [
    ...texts(input['SourceDBClusterIdentifier']).map(rds('cluster')),
    ...texts(input['DBClusterIdentifier']).map(rds('cluster')),
    ...texts(input['OptionGroupName'] ?? 'plain').map(rds('og')),
    ...texts(input['DBClusterParameterGroupName']).map(rds('cluster-pg')),
    ...texts(input['DBSubnetGroupName']).map(rds('subgrp')),
  ],
};

const key = arn('kms', 'key/0a1b2c3d-0000-4000-8000-000000000001');
const viaRds = { 'kms:ViaService': `rds.${region}.amazonaws.com` };

/** First tags of what is made, and the key of the customer that it is under. */
const made =
  (kind: 'db' | 'cluster', field: string) =>
  (input: Input): readonly IamRequest[] => [
    ...texts(input[field]).map((id) => ({ action: 'rds:AddTagsToResource', resource: rds(kind)(id), context: {} })),
    { action: 'kms:CreateGrant', resource: key, context: { 'kms:GrantIsForAWSResource': 'true', ...viaRds } },
    { action: 'kms:DescribeKey', resource: key, context: viaRds },
  ];

/** What AWS asks besides, of the one who calls. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'rds:CreateDBInstance': made('db', 'DBInstanceIdentifier'),
  'rds:CreateDBInstanceReadReplica': made('db', 'DBInstanceIdentifier'),
  'rds:RestoreDBInstanceToPointInTime': made('db', 'TargetDBInstanceIdentifier'),
  'rds:RestoreDBClusterToPointInTime': made('cluster', 'DBClusterIdentifier'),
};
