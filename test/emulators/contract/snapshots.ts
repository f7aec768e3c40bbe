import { casesOf, refusal } from './case';
import type { Place } from './place';

const attempt = { Key: 'homeostat:attempt', Value: 'one' };
const name = 'kept-homeostat-1a2b3c4d';

const ofInstance = ({ rds }: Place, source = 'orders') =>
  rds.createDBSnapshot({ DBSnapshotIdentifier: name, DBInstanceIdentifier: source, Tags: [attempt] });

const ofCluster = ({ rds }: Place, source = 'orders') =>
  rds.createDBClusterSnapshot({ DBClusterSnapshotIdentifier: name, DBClusterIdentifier: source, Tags: [attempt] });

const ofGroup = ({ elasticache }: Place, source = 'sessions') =>
  elasticache.createSnapshot({ SnapshotName: name, ReplicationGroupId: source, Tags: [attempt] });

const pair = { id: 'orders', members: ['orders-1', 'orders-2'] } as const;

/** What is taken before something that could lose data. */
export const snapshotCases = casesOf([
  {
    operation: 'ec2:CreateSnapshots',
    name: 'one of each volume of an instance, found by the tag that they were taken with',
    agreed: { taken: 1, found: 1, isOfItsVolume: true },
    seen: async (place) => {
      const { ec2, add, settle } = place;
      const InstanceId = await add.instance();
      await settle();
      const { Snapshots: taken = [] } = await ec2.createSnapshots({
        InstanceSpecification: { InstanceId },
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [attempt] }],
      });
      const Filters = [{ Name: `tag:${attempt.Key}`, Values: [attempt.Value] }];
      const { Snapshots: found = [] } = await ec2.describeSnapshots({ OwnerIds: ['self'], Filters });
      const attached = [{ Name: 'attachment.instance-id', Values: [InstanceId] }];
      const { Volumes = [] } = await ec2.describeVolumes({ Filters: attached });
      const isOfItsVolume = found.every(({ VolumeId }) => Volumes.some((volume) => volume.VolumeId === VolumeId));
      return { taken: taken.length, found: found.length, isOfItsVolume };
    },
  },
  {
    operation: 'ec2:CreateSnapshots',
    name: 'an instance that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.createSnapshots({ InstanceSpecification: { InstanceId: 'i-0123456789abcdef0' } })),
  },
  {
    operation: 'ec2:DescribeSnapshots',
    name: 'it is completed in the end',
    agreed: 'completed',
    seen: async (place) => {
      const { ec2, add, settle } = place;
      const InstanceId = await add.instance();
      await settle();
      await ec2.createSnapshots({ InstanceSpecification: { InstanceId }, Description: name });
      await settle();
      const { Snapshots = [] } = await ec2.describeSnapshots({ OwnerIds: ['self'] });
      return Snapshots.find(({ Description }) => Description === name)?.State;
    },
  },
  {
    operation: 'rds:CreateDBSnapshot',
    name: 'it comes to be available, and the database is again, too',
    agreed: { snapshot: 'available', database: 'available' },
    seen: async (place) => {
      const { rds, add, settle } = place;
      await add.database({ id: 'orders' });
      await ofInstance(place);
      await settle();
      const { DBSnapshots = [] } = await rds.describeDBSnapshots({ DBSnapshotIdentifier: name });
      const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: 'orders' });
      return { snapshot: DBSnapshots[0]?.Status, database: DBInstances[0]?.DBInstanceStatus };
    },
  },
  {
    operation: 'rds:CreateDBSnapshot',
    name: 'a second one of a name is refused',
    agreed: { refused: 'DBSnapshotAlreadyExistsFault' },
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      await ofInstance(place);
      await place.settle();
      return refusal(ofInstance(place));
    },
  },
  {
    operation: 'rds:CreateDBSnapshot',
    name: 'a database that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: (place) => refusal(ofInstance(place, 'none')),
  },
  {
    operation: 'rds:DescribeDBSnapshots',
    name: 'it shows the tags that it was taken with',
    agreed: [attempt],
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      await ofInstance(place);
      const { DBSnapshots = [] } = await place.rds.describeDBSnapshots({ DBSnapshotIdentifier: name });
      return DBSnapshots[0]?.TagList;
    },
  },
  {
    operation: 'rds:DescribeDBSnapshots',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBSnapshotNotFoundFault' },
    seen: ({ rds }) => refusal(rds.describeDBSnapshots({ DBSnapshotIdentifier: name })),
  },
  {
    operation: 'rds:CreateDBClusterSnapshot',
    name: 'it comes to be available',
    agreed: 'available',
    seen: async (place) => {
      await place.add.cluster(pair);
      await ofCluster(place);
      await place.settle();
      const { DBClusterSnapshots = [] } = await place.rds.describeDBClusterSnapshots({
        DBClusterSnapshotIdentifier: name,
      });
      return DBClusterSnapshots[0]?.Status;
    },
  },
  {
    operation: 'rds:CreateDBClusterSnapshot',
    name: 'a second one of a name is refused',
    agreed: { refused: 'DBClusterSnapshotAlreadyExistsFault' },
    seen: async (place) => {
      await place.add.cluster(pair);
      await ofCluster(place);
      await place.settle();
      return refusal(ofCluster(place));
    },
  },
  {
    operation: 'rds:DescribeDBClusterSnapshots',
    name: 'it shows the tags that it was taken with',
    agreed: [attempt],
    seen: async (place) => {
      await place.add.cluster(pair);
      await ofCluster(place);
      const { DBClusterSnapshots = [] } = await place.rds.describeDBClusterSnapshots({
        DBClusterSnapshotIdentifier: name,
      });
      return DBClusterSnapshots[0]?.TagList;
    },
  },
  {
    operation: 'rds:DescribeDBClusterSnapshots',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBClusterSnapshotNotFoundFault' },
    seen: ({ rds }) => refusal(rds.describeDBClusterSnapshots({ DBClusterSnapshotIdentifier: name })),
  },
  {
    operation: 'elasticache:CreateSnapshot',
    name: 'it comes to be available, and names the group that it is of',
    agreed: { status: 'available', of: 'sessions' },
    seen: async (place) => {
      await place.add.cacheGroup({ id: 'sessions' });
      await ofGroup(place);
      await place.settle();
      const { Snapshots = [] } = await place.elasticache.describeSnapshots({ SnapshotName: name });
      return { status: Snapshots[0]?.SnapshotStatus, of: Snapshots[0]?.ReplicationGroupId };
    },
  },
  {
    operation: 'elasticache:CreateSnapshot',
    name: 'a second one of a name is refused',
    agreed: { refused: 'SnapshotAlreadyExistsFault' },
    seen: async (place) => {
      await place.add.cacheGroup({ id: 'sessions' });
      await ofGroup(place);
      await place.settle();
      return refusal(ofGroup(place));
    },
  },
  {
    operation: 'elasticache:CreateSnapshot',
    name: 'of Memcached there is none',
    agreed: { refused: 'SnapshotFeatureNotSupportedFault' },
    seen: async (place) => {
      await place.add.cacheCluster({ id: 'pages', nodes: 2 });
      return refusal(place.elasticache.createSnapshot({ SnapshotName: name, CacheClusterId: 'pages' }));
    },
  },
  {
    operation: 'elasticache:CreateSnapshot',
    name: 'a group that does not exist is an error',
    agreed: { refused: 'ReplicationGroupNotFoundFault' },
    seen: (place) => refusal(ofGroup(place, 'none')),
  },
  {
    operation: 'elasticache:DescribeSnapshots',
    name: 'one that does not exist is an error',
    agreed: { refused: 'SnapshotNotFoundFault' },
    seen: ({ elasticache }) => refusal(elasticache.describeSnapshots({ SnapshotName: name })),
  },
]);
