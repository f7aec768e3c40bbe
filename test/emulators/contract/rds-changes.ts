import { casesOf, refusal } from './case';
import type { Place } from './place';

async function shown({ rds }: Place, DBInstanceIdentifier = 'orders') {
  return (await rds.describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];
}

const nobody = {
  GlobalClusterIdentifier: 'none',
  TargetDbClusterIdentifier: 'arn:aws:rds:eu-central-1:1:cluster:none',
};

/** What changes a database that there is, or what it belongs to. */
export const rdsChangeCases = casesOf([
  {
    operation: 'rds:ModifyDBInstance',
    name: 'storage that is asked for at once comes to be there',
    agreed: 150,
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      await place.rds.modifyDBInstance({
        DBInstanceIdentifier: 'orders',
        AllocatedStorage: 150,
        ApplyImmediately: true,
      });
      await place.settle();
      return (await shown(place))?.AllocatedStorage;
    },
  },
  {
    operation: 'rds:ModifyDBInstance',
    name: 'less storage than there is is refused',
    agreed: { refused: 'InvalidParameterCombination' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      return refusal(
        rds.modifyDBInstance({ DBInstanceIdentifier: 'orders', AllocatedStorage: 50, ApplyImmediately: true }),
      );
    },
  },
  {
    operation: 'rds:ModifyDBInstance',
    name: 'a ceiling of storage autoscaling is told from then on',
    agreed: { before: undefined, after: 300 },
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      const before = (await shown(place))?.MaxAllocatedStorage;
      await place.rds.modifyDBInstance({ DBInstanceIdentifier: 'orders', MaxAllocatedStorage: 300 });
      return { before, after: (await shown(place))?.MaxAllocatedStorage };
    },
  },
  {
    operation: 'rds:ModifyDBInstance',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.modifyDBInstance({ DBInstanceIdentifier: 'none', AllocatedStorage: 150 })),
  },
  {
    operation: 'rds:StartDBInstance',
    name: 'one that was stopped serves again',
    agreed: { stopped: 'stopped', started: 'available' },
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      await place.rds.stopDBInstance({ DBInstanceIdentifier: 'orders' });
      await place.settle();
      const stopped = (await shown(place))?.DBInstanceStatus;
      await place.rds.startDBInstance({ DBInstanceIdentifier: 'orders' });
      await place.settle();
      return { stopped, started: (await shown(place))?.DBInstanceStatus };
    },
  },
  {
    operation: 'rds:StartDBInstance',
    name: 'one that runs is refused',
    agreed: { refused: 'InvalidDBInstanceStateFault' },
    seen: async ({ rds, add }) => {
      await add.database({ id: 'orders' });
      return refusal(rds.startDBInstance({ DBInstanceIdentifier: 'orders' }));
    },
  },
  {
    operation: 'rds:StartDBInstance',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBInstanceNotFoundFault' },
    seen: ({ rds }) => refusal(rds.startDBInstance({ DBInstanceIdentifier: 'none' })),
  },
  {
    operation: 'rds:DescribeDBInstances',
    name: 'whether its parameters wait for a restart is told',
    agreed: ['in-sync'],
    seen: async (place) => {
      await place.add.database({ id: 'orders' });
      return (await shown(place))?.DBParameterGroups?.map((group) => group.ParameterApplyStatus);
    },
  },
  {
    operation: 'rds:ModifyDBCluster',
    name: 'the range of a serverless cluster is told from then on',
    agreed: { MinCapacity: 1, MaxCapacity: 8.5 },
    seen: async ({ rds, add }) => {
      await add.cluster({ id: 'shop', members: ['shop-1'] });
      await rds.modifyDBCluster({
        DBClusterIdentifier: 'shop',
        ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8.5 },
        ApplyImmediately: true,
      });
      const [cluster] = (await rds.describeDBClusters({ DBClusterIdentifier: 'shop' })).DBClusters ?? [];
      const { MinCapacity, MaxCapacity } = cluster?.ServerlessV2ScalingConfiguration ?? {};
      return { MinCapacity, MaxCapacity };
    },
  },
  {
    operation: 'rds:ModifyDBCluster',
    name: 'one that does not exist is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: ({ rds }) => refusal(rds.modifyDBCluster({ DBClusterIdentifier: 'none' })),
  },
  {
    operation: 'rds:DescribeGlobalClusters',
    name: 'it tells which of its clusters writes, by its ARN',
    agreed: { status: 'available', members: [{ arn: 'cluster:shop', writes: true }] },
    seen: async ({ rds, add }) => {
      await add.globalDatabase({ name: 'world', primary: 'shop' });
      const [one] = (await rds.describeGlobalClusters({ GlobalClusterIdentifier: 'world' })).GlobalClusters ?? [];
      const members = (one?.GlobalClusterMembers ?? []).map(({ DBClusterArn = '', IsWriter: writes }) => ({
        arn: DBClusterArn.split(':').slice(-2).join(':'),
        writes,
      }));
      return { status: one?.Status, members };
    },
  },
  {
    operation: 'rds:SwitchoverGlobalCluster',
    name: 'one that does not exist is an error',
    agreed: { refused: 'GlobalClusterNotFoundFault' },
    seen: ({ rds }) => refusal(rds.switchoverGlobalCluster(nobody)),
  },
  {
    operation: 'rds:SwitchoverGlobalCluster',
    name: 'a cluster that is no part of it is an error',
    agreed: { refused: 'DBClusterNotFoundFault' },
    seen: async ({ rds, add }) => {
      await add.globalDatabase({ name: 'world', primary: 'shop' });
      return refusal(rds.switchoverGlobalCluster({ ...nobody, GlobalClusterIdentifier: 'world' }));
    },
  },
  {
    operation: 'rds:FailoverGlobalCluster',
    name: 'one that does not exist is an error',
    agreed: { refused: 'GlobalClusterNotFoundFault' },
    seen: ({ rds }) => refusal(rds.failoverGlobalCluster({ ...nobody, AllowDataLoss: true })),
  },
]);
