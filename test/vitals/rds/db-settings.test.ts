import { dbClusterSettings, dbSettings } from '../../../vitals/rds/db-settings';

test('what AWS tells nothing of is left out of a copy, and so are empty lists', () => {
  expect(
    dbSettings({ DBInstanceClass: 'db.r6g.large', VpcSecurityGroups: [], EnabledCloudwatchLogsExports: [] }),
  ).toEqual({
    ofReplica: { DBInstanceClass: 'db.r6g.large' },
    ofRestored: { DBInstanceClass: 'db.r6g.large' },
    ofMember: { DBInstanceClass: 'db.r6g.large' },
  });
  expect(dbClusterSettings({})).toEqual({});
});

test.each([
  [{ StorageType: 'gp2', Iops: 300 }, { StorageType: 'gp2' }],
  [{ StorageType: 'gp3', Iops: 3_000, StorageThroughput: 125 }, { StorageType: 'gp3' }],
  [
    { StorageType: 'gp3', Iops: 12_000, StorageThroughput: 500 },
    { StorageType: 'gp3', Iops: 12_000, StorageThroughput: 500 },
  ],
  [
    { StorageType: 'io2', Iops: 3_000 },
    { StorageType: 'io2', Iops: 3_000 },
  ],
])('of storage %j a copy is told %j', (raw, told) => {
  expect(dbSettings(raw).ofRestored).toEqual(told);
});

test('a replica in the same Region is told no groups that it takes from its source', () => {
  const { ofReplica } = dbSettings({
    DBSubnetGroup: { DBSubnetGroupName: 'inner' },
    DBParameterGroups: [{ DBParameterGroupName: 'pg' }],
    OptionGroupMemberships: [{ OptionGroupName: 'og' }],
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
    DeletionProtection: true,
  });
  expect(ofReplica).toEqual({ VpcSecurityGroupIds: ['sg-1'] });
});

test('a copy of a serverless cluster keeps its bounds', () => {
  const ServerlessV2ScalingConfiguration = { MinCapacity: 0.5, MaxCapacity: 16 };
  expect(dbClusterSettings({ ServerlessV2ScalingConfiguration })).toEqual({ ServerlessV2ScalingConfiguration });
});
