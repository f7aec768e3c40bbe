import type { IamRequest } from '../requests';
import { arn, region, texts, type Arns, type Input } from './resource';

/** A snapshot of a volume before it is taken: it belongs to no account by its ARN. */
const newSnapshot = `arn:aws:ec2:${region}::snapshot/snap-0123456789abcdef0`;

const named =
  (service: string, kind: string, field: string): Arns =>
  (input) =>
    texts(input[field]).map((id) => arn(service, `${kind}:${id}`));

const dbSnapshot = named('rds', 'snapshot', 'DBSnapshotIdentifier');
const clusterSnapshot = named('rds', 'cluster-snapshot', 'DBClusterSnapshotIdentifier');
const cacheSnapshot = named('elasticache', 'snapshot', 'SnapshotName');

const all =
  (...of: readonly Arns[]): Arns =>
  (input, call) =>
    of.flatMap((one) => one(input, call));

/** What AWS asks IAM about for each operation that takes a snapshot, or looks at one. */
export const resources: Readonly<Record<string, Arns>> = {
  'ec2:CreateSnapshot': ({ VolumeId }) => [...texts(VolumeId).map((id) => arn('ec2', `volume/${id}`)), newSnapshot],
  'ec2:CreateSnapshots': ({ InstanceSpecification }, { touches }) => [
    ...texts((InstanceSpecification as Input).InstanceId).map((id) => arn('ec2', `instance/${id}`)),
    ...touches.filter(({ kind }) => kind === 'volume').map(({ id }) => arn('ec2', `volume/${id}`)),
    newSnapshot,
  ],
  'rds:CreateDBSnapshot': all(named('rds', 'db', 'DBInstanceIdentifier'), dbSnapshot),
  'rds:DescribeDBSnapshots': dbSnapshot,
  'rds:CreateDBClusterSnapshot': all(named('rds', 'cluster', 'DBClusterIdentifier'), clusterSnapshot),
  'rds:DescribeDBClusterSnapshots': clusterSnapshot,
  'elasticache:CreateSnapshot': all(
    named('elasticache', 'replicationgroup', 'ReplicationGroupId'),
    named('elasticache', 'cluster', 'CacheClusterId'),
    cacheSnapshot,
  ),
  'elasticache:DescribeSnapshots': cacheSnapshot,
};

const key = arn('kms', 'key/0a1b2c3d-0000-4000-8000-000000000001');
const viaRds = { 'kms:ViaService': `rds.${region}.amazonaws.com` };

const ofRds =
  (snapshot: Arns) =>
  (input: Input): readonly IamRequest[] => [
    ...tagsOf('rds', snapshot)(input),
    { action: 'kms:CreateGrant', resource: key, context: { 'kms:GrantIsForAWSResource': 'true', ...viaRds } },
    { action: 'kms:DescribeKey', resource: key, context: viaRds },
  ];

const tagsOf =
  (service: string, snapshot: Arns) =>
  (input: Input): readonly IamRequest[] =>
    snapshot(input, undefined as never).map((resource) => ({
      action: `${service}:AddTagsToResource`,
      resource,
      context: {},
    }));

const tagsOfVolumes = (by: string) => (): readonly IamRequest[] => [
  { action: 'ec2:CreateTags', resource: newSnapshot, context: { 'ec2:CreateAction': by } },
];

/** Tags that it is taken with, and the key of the customer that it is under. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'ec2:CreateSnapshot': tagsOfVolumes('CreateSnapshot'),
  'ec2:CreateSnapshots': tagsOfVolumes('CreateSnapshots'),
  'rds:CreateDBSnapshot': ofRds(dbSnapshot),
  'rds:CreateDBClusterSnapshot': ofRds(clusterSnapshot),
  'elasticache:CreateSnapshot': tagsOf('elasticache', cacheSnapshot),
};
