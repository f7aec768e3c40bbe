import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import type { ClusterDescription } from '../../../simulator/rds/cluster';
import { World } from '../../../simulator/world';

const DBClusterIdentifier = 'shop';

function room(cluster: Partial<ClusterDescription> = {}) {
  const account = new World(new VirtualClock(Date.parse('2026-03-02T10:00:00Z'))).account('123456789012', 'eu-west-1');
  const members = [{ id: 'shop-1', class: 'db.serverless' }, { id: 'shop-2' }];
  account.services.rds.addCluster({ id: 'shop', capacity: { least: 1, most: 10 }, members, ...cluster });
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const metric = (name: string, DBInstanceIdentifier = 'shop-1') =>
    account.services.cloudwatch.value({ namespace: 'AWS/RDS', name, dimensions: { DBInstanceIdentifier } });
  const set = (MinCapacity: number | undefined, MaxCapacity: number) =>
    rds.modifyDBCluster({ DBClusterIdentifier, ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity } });
  return { account, rds, metric, set };
}

test('a serverless member scales within its range, and one of fixed size does not', () => {
  const { account, metric } = room();
  expect(metric('ServerlessDatabaseCapacity')).toBe(3);
  expect(metric('ACUUtilization')).toBe(30);
  expect(metric('ServerlessDatabaseCapacity', 'shop-2')).toBeUndefined();
  account.services.rds.sicken('shop', { kind: 'overloaded' });
  expect(metric('ServerlessDatabaseCapacity')).toBe(10);
  expect(metric('ACUUtilization')).toBe(100);
});

test('a larger range is told, and heals what had too little of it', async () => {
  const { account, rds, metric, set } = room();
  account.services.rds.sicken('shop', { kind: 'overloaded', curedBy: ['capacity'] });
  await set(undefined, 20);
  const { DBClusters } = await rds.describeDBClusters({ DBClusterIdentifier });
  expect(DBClusters?.[0]?.ServerlessV2ScalingConfiguration).toEqual({ MinCapacity: 1, MaxCapacity: 20 });
  expect(metric('CPUUtilization')).toBe(30);
});

test.each([
  ['a third of a unit', 1, 8.3],
  ['more than there is', 1, 300],
  ['a minimum above the maximum', 9, 8],
  ['no room at all', 0, 0.5],
])('a range with %s is refused', async (_, least, most) => {
  const { set } = room();
  await expect(set(least, most)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('a cluster that is busy, and a setting that is not known, are refused', async () => {
  await expect(room({ status: 'upgrading' }).set(1, 20)).rejects.toMatchObject({ name: 'InvalidDBClusterStateFault' });
  const { rds } = room();
  await expect(rds.modifyDBCluster({ DBClusterIdentifier, Port: 5433 })).rejects.toMatchObject({
    name: 'NotSimulated',
  });
});
