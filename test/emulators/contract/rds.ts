import { casesOf, refusal } from './case';
import type { Place } from './place';

async function writerOf({ rds }: Place, DBClusterIdentifier: string): Promise<string | undefined> {
  const { DBClusters = [] } = await rds.describeDBClusters({ DBClusterIdentifier });
  return DBClusters[0]?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
}

const pair = { id: 'orders', members: ['orders-1', 'orders-2'] } as const;

export const rdsCases = casesOf([
  {
    operation: 'rds:DescribeDBInstances',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.describeDBInstances({ DBInstanceIdentifier: 'none' })),
  },
  {
    operation: 'rds:DescribeDBInstances',
    name: 'what we read of one is there',
    agreed: { status: 'available', multiAz: true, engine: 'postgres', storage: 100 },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders', multiAz: true });
      const [one] = (await rds.describeDBInstances({ DBInstanceIdentifier: 'orders' })).DBInstances ?? [];
      return {
        status: one?.DBInstanceStatus,
        multiAz: one?.MultiAZ,
        engine: one?.Engine,
        storage: one?.AllocatedStorage,
      };
    },
  },
  {
    operation: 'rds:DescribeDBInstances',
    name: 'a marker leads to the rest',
    agreed: { first: 20, second: 1, isAtEnd: true },
    seen: async ({ rds, add }) => {
      for (let count = 0; count < 21; count += 1) await add.database({ id: `orders-${count}` });
      const first = await rds.describeDBInstances({ MaxRecords: 20 });
      const second = await rds.describeDBInstances({ MaxRecords: 20, Marker: first.Marker });
      return { first: first.DBInstances?.length, second: second.DBInstances?.length, isAtEnd: !second.Marker };
    },
  },
  {
    operation: 'rds:DescribeDBClusters',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: ({ rds }) => refusal(rds.describeDBClusters({ DBClusterIdentifier: 'none' })),
  },
  {
    operation: 'rds:DescribeDBClusters',
    name: 'it tells its status, its members and who of them writes',
    agreed: { status: 'available', members: { 'orders-1': true, 'orders-2': false } },
    seen: async ({ rds, add }) => {
      await add.cluster(pair);
      const [cluster] = (await rds.describeDBClusters({ DBClusterIdentifier: 'orders' })).DBClusters ?? [];
      const members = (cluster?.DBClusterMembers ?? []).map((one) => [one.DBInstanceIdentifier, one.IsClusterWriter]);
      return { status: cluster?.Status, members: Object.fromEntries(members) as unknown };
    },
  },
  {
    operation: 'rds:DescribeEvents',
    name: 'a source without its type is refused',
    agreed: { refused: 'InvalidParameterCombination' },
    seen: ({ rds }) => refusal(rds.describeEvents({ SourceIdentifier: 'orders' })),
  },
  {
    operation: 'rds:DescribeEvents',
    name: 'there are none of what does not exist',
    agreed: 0,
    seen: async ({ rds }) => {
      const answer = await rds.describeEvents({ SourceIdentifier: 'none', SourceType: 'db-instance', Duration: 60 });
      return answer.Events?.length ?? 0;
    },
  },
  {
    operation: 'rds:DescribeGlobalClusters',
    name: 'there are none unless one was made',
    agreed: 0,
    seen: async ({ rds, add }) => {
      await add.cluster(pair);
      return (await rds.describeGlobalClusters({})).GlobalClusters?.length ?? 0;
    },
  },
  {
    operation: 'rds:RebootDBInstance',
    name: 'it reboots, and is available again',
    agreed: { at: 'rebooting', then: 'available' },
    seen: async ({ rds, add, settle }) => {
      await add.database({ id: 'orders' });
      const { DBInstance } = await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders' });
      await settle();
      const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: 'orders' });
      return { at: DBInstance?.DBInstanceStatus, then: DBInstances[0]?.DBInstanceStatus };
    },
  },
  {
    operation: 'rds:RebootDBInstance',
    name: 'a failover of one without a standby is refused',
    agreed: { refused: 'InvalidParameterCombination' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      return refusal(rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true }));
    },
  },
  {
    operation: 'rds:RebootDBInstance',
    name: 'a failover of one with a standby is taken',
    agreed: 'not refused',
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders', multiAz: true });
      return refusal(rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true }));
    },
  },
  {
    operation: 'rds:RebootDBInstance',
    name: 'a second one while it reboots is refused',
    agreed: { refused: 'InvalidDBInstanceStateFault' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders' });
      return refusal(rds.rebootDBInstance({ DBInstanceIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:RebootDBInstance',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.rebootDBInstance({ DBInstanceIdentifier: 'none' })),
  },
  {
    operation: 'rds:FailoverDBCluster',
    name: 'the reader that is named comes to write',
    agreed: 'orders-2',
    seen: async (place) => {
      await place.add.cluster(pair);
      await place.rds.failoverDBCluster({ DBClusterIdentifier: 'orders', TargetDBInstanceIdentifier: 'orders-2' });
      await place.settle();
      return writerOf(place, 'orders');
    },
  },
  {
    operation: 'rds:FailoverDBCluster',
    name: 'a cluster without a reader is refused',
    agreed: { refused: 'InvalidDBClusterStateFault' },
    seen: async ({ rds, add }) => {
      await add.cluster({ id: 'orders', members: ['orders-1'] });
      return refusal(rds.failoverDBCluster({ DBClusterIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:FailoverDBCluster',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: ({ rds }) => refusal(rds.failoverDBCluster({ DBClusterIdentifier: 'none' })),
  },
]);
