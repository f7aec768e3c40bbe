import type { RDS } from '@aws-sdk/client-rds';
import { casesOf, refusal } from './case';

async function instance(rds: RDS, DBInstanceIdentifier: string) {
  return (await rds.describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];
}

const replicate = (rds: RDS, source = 'orders') =>
  rds.createDBInstanceReadReplica({ DBInstanceIdentifier: 'copy', SourceDBInstanceIdentifier: source });

const restore = (rds: RDS, source = 'orders') =>
  rds.restoreDBInstanceToPointInTime({
    SourceDBInstanceIdentifier: source,
    TargetDBInstanceIdentifier: 'copy',
    UseLatestRestorableTime: true,
  });

const restoreCluster = (rds: RDS, source = 'orders') =>
  rds.restoreDBClusterToPointInTime({
    SourceDBClusterIdentifier: source,
    DBClusterIdentifier: 'copy',
    UseLatestRestorableTime: true,
  });

const addMember = (rds: RDS, id: string, cluster = 'orders') =>
  rds.createDBInstance({
    DBInstanceIdentifier: id,
    DBClusterIdentifier: cluster,
    DBInstanceClass: 'db.r6g.large',
    Engine: 'aurora-postgresql',
  });

const pair = { id: 'orders', members: ['orders-1', 'orders-2'] } as const;

/** What makes a database, takes one away, or makes a replica stand for itself. */
export const rdsCreationCases = casesOf([
  {
    operation: 'rds:CreateDBInstanceReadReplica',
    name: 'the replica names its source, and the source its replica',
    agreed: { source: 'orders', replicas: ['copy'], status: 'available' },
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      await replicate(rds);
      await settle();
      const [source, copy] = [await instance(rds, 'orders'), await instance(rds, 'copy')];
      return {
        source: copy?.ReadReplicaSourceDBInstanceIdentifier,
        replicas: source?.ReadReplicaDBInstanceIdentifiers,
        status: copy?.DBInstanceStatus,
      };
    },
  },
  {
    operation: 'rds:CreateDBInstanceReadReplica',
    name: 'it tells how it follows',
    agreed: [{ type: 'read replication', normal: true }],
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      await replicate(rds);
      await settle();
      const { StatusInfos = [] } = (await instance(rds, 'copy')) ?? {};
      return StatusInfos.map(({ StatusType: type, Normal: normal }) => ({ type, normal }));
    },
  },
  {
    operation: 'rds:CreateDBInstanceReadReplica',
    name: 'its tags are there',
    agreed: [{ Key: 'homeostat:attempt', Value: 'inc-1/0' }],
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      await rds.createDBInstanceReadReplica({
        DBInstanceIdentifier: 'copy',
        SourceDBInstanceIdentifier: 'orders',
        Tags: [{ Key: 'homeostat:attempt', Value: 'inc-1/0' }],
      });
      return (await instance(rds, 'copy'))?.TagList;
    },
  },
  {
    operation: 'rds:CreateDBInstanceReadReplica',
    name: 'a name that is taken is refused',
    agreed: { refused: 'DBInstanceAlreadyExistsFault' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      await add.database({ id: 'copy' });
      return refusal(replicate(rds));
    },
  },
  {
    operation: 'rds:CreateDBInstanceReadReplica',
    name: 'a source that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(replicate(rds, 'none')),
  },
  {
    operation: 'rds:PromoteReadReplica',
    name: 'it follows nothing any more',
    agreed: { follows: false, replicas: 0, backupDays: 5 },
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      await replicate(rds);
      await settle();
      await rds.promoteReadReplica({ DBInstanceIdentifier: 'copy', BackupRetentionPeriod: 5 });
      await settle();
      const [source, copy] = [await instance(rds, 'orders'), await instance(rds, 'copy')];
      return {
        follows: Boolean(copy?.ReadReplicaSourceDBInstanceIdentifier),
        replicas: source?.ReadReplicaDBInstanceIdentifiers?.length ?? 0,
        backupDays: copy?.BackupRetentionPeriod,
      };
    },
  },
  {
    operation: 'rds:PromoteReadReplica',
    name: 'what is no replica is refused',
    agreed: { refused: 'InvalidDBInstanceStateFault' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      return refusal(rds.promoteReadReplica({ DBInstanceIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:PromoteReadReplica',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.promoteReadReplica({ DBInstanceIdentifier: 'none' })),
  },
  {
    operation: 'rds:RestoreDBInstanceToPointInTime',
    name: 'a copy comes to be beside what it is of',
    agreed: { source: 'available', copy: 'available', engine: 'postgres' },
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      await restore(rds);
      await settle();
      await settle();
      const [source, copy] = [await instance(rds, 'orders'), await instance(rds, 'copy')];
      return { source: source?.DBInstanceStatus, copy: copy?.DBInstanceStatus, engine: copy?.Engine };
    },
  },
  {
    operation: 'rds:RestoreDBInstanceToPointInTime',
    name: 'a name that is taken is refused',
    agreed: { refused: 'DBInstanceAlreadyExistsFault' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      await add.database({ id: 'copy' });
      return refusal(restore(rds));
    },
  },
  {
    operation: 'rds:RestoreDBInstanceToPointInTime',
    name: 'a source that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(restore(rds, 'none')),
  },
  {
    operation: 'rds:RestoreDBInstanceToPointInTime',
    name: 'a moment must be named, or the latest',
    agreed: { refused: 'InvalidParameterCombination' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      const asked = { SourceDBInstanceIdentifier: 'orders', TargetDBInstanceIdentifier: 'copy' };
      return refusal(rds.restoreDBInstanceToPointInTime(asked));
    },
  },
  {
    operation: 'rds:DescribeDBInstanceAutomatedBackups',
    name: 'there are none of what does not exist',
    agreed: 0,
    seen: async ({ rds }) => {
      const answer = await rds.describeDBInstanceAutomatedBackups({ DBInstanceIdentifier: 'none' });
      return answer.DBInstanceAutomatedBackups?.length ?? 0;
    },
  },
  {
    operation: 'rds:DescribeDBInstanceAutomatedBackups',
    name: 'it tells from when on an instance can be restored',
    agreed: { isWindow: true },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      const answer = await rds.describeDBInstanceAutomatedBackups({ DBInstanceIdentifier: 'orders' });
      const { EarliestTime, LatestTime } = answer.DBInstanceAutomatedBackups?.[0]?.RestoreWindow ?? {};
      return { isWindow: EarliestTime !== undefined && LatestTime !== undefined && EarliestTime <= LatestTime };
    },
  },
  {
    operation: 'rds:RestoreDBClusterToPointInTime',
    name: 'the copy has no member',
    agreed: { status: 'available', members: 0, engine: 'aurora-postgresql' },
    seen: async ({ rds, add, settle }) => {
      await add.cluster(pair);
      await restoreCluster(rds);
      await settle();
      const [copy] = (await rds.describeDBClusters({ DBClusterIdentifier: 'copy' })).DBClusters ?? [];
      return { status: copy?.Status, members: copy?.DBClusterMembers?.length ?? 0, engine: copy?.Engine };
    },
  },
  {
    operation: 'rds:RestoreDBClusterToPointInTime',
    name: 'a name that is taken is refused',
    agreed: { refused: 'DBClusterAlreadyExistsFault' },
    seen: async ({ rds, add }) => {
      await add.cluster(pair);
      await add.cluster({ id: 'copy', members: ['copy-1'] });
      return refusal(restoreCluster(rds));
    },
  },
  {
    operation: 'rds:RestoreDBClusterToPointInTime',
    name: 'a source that does not exist is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: ({ rds }) => refusal(restoreCluster(rds, 'none')),
  },
  {
    operation: 'rds:CreateDBInstance',
    name: 'a further member of a cluster does not write',
    agreed: { 'orders-1': true, 'orders-2': false, 'orders-3': false },
    seen: async ({ rds, add, settle }) => {
      await add.cluster(pair);
      await addMember(rds, 'orders-3');
      await settle();
      const [cluster] = (await rds.describeDBClusters({ DBClusterIdentifier: 'orders' })).DBClusters ?? [];
      const members = (cluster?.DBClusterMembers ?? []).map((one) => [one.DBInstanceIdentifier, one.IsClusterWriter]);
      return Object.fromEntries(members) as unknown;
    },
  },
  {
    operation: 'rds:CreateDBInstance',
    name: 'a name that is taken is refused',
    agreed: { refused: 'DBInstanceAlreadyExistsFault' },
    seen: async ({ rds, add }) => {
      await add.cluster(pair);
      return refusal(addMember(rds, 'orders-2'));
    },
  },
  {
    operation: 'rds:CreateDBInstance',
    name: 'a cluster that does not exist is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: ({ rds }) => refusal(addMember(rds, 'orders-3', 'none')),
  },
  {
    operation: 'rds:DeleteDBInstance',
    name: 'it is gone in the end',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      await rds.deleteDBInstance({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true });
      await settle();
      return refusal(rds.describeDBInstances({ DBInstanceIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:DeleteDBInstance',
    name: 'a last snapshot must be named or declined',
    agreed: { refused: 'InvalidParameterCombination' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      return refusal(rds.deleteDBInstance({ DBInstanceIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:DeleteDBInstance',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.deleteDBInstance({ DBInstanceIdentifier: 'none', SkipFinalSnapshot: true })),
  },
  {
    operation: 'application-autoscaling:DescribeScalableTargets',
    name: 'there are none of the readers of a cluster unless one was registered',
    agreed: 0,
    seen: async ({ applicationAutoScaling, add }) => {
      await add.cluster(pair);
      const { ScalableTargets = [] } = await applicationAutoScaling.describeScalableTargets({
        ServiceNamespace: 'rds',
        ResourceIds: ['cluster:orders'],
        ScalableDimension: 'rds:cluster:ReadReplicaCount',
      });
      return ScalableTargets.length;
    },
  },
]);
