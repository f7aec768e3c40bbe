import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import type { BusEvent } from '../../../simulator/event-bus';
import type { ClusterDescription } from '../../../simulator/rds/cluster';
import { World } from '../../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;
const own = 'arn:aws:rds:eu-west-1:123456789012:cluster:ledger';
const primary = 'arn:aws:rds:us-east-1:123456789012:cluster:ledger-primary';
const move = { GlobalClusterIdentifier: 'world', TargetDbClusterIdentifier: own };

function room(cluster: Partial<ClusterDescription> = {}) {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  account.services.rds.addCluster({ id: 'ledger', globalSecondary: true, globalCluster: 'world', ...cluster });
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const ids: string[] = [];
  account.bus.subscribe(({ detail }: BusEvent) => void ids.push((detail as { EventID: string }).EventID));
  const lag = () =>
    account.services.cloudwatch.value({
      namespace: 'AWS/RDS',
      name: 'AuroraGlobalDBReplicationLag',
      dimensions: { DBClusterIdentifier: 'ledger' },
    });
  const show = async () => (await rds.describeGlobalClusters({ GlobalClusterIdentifier: 'world' })).GlobalClusters![0]!;
  return { account, clock, rds, ids, lag, show };
}

test('a secondary is shown with its primary, which is in another region', async () => {
  const { show, lag } = room();
  expect(await show()).toMatchObject({
    GlobalClusterArn: 'arn:aws:rds::123456789012:global-cluster:world',
    Status: 'available',
    GlobalClusterMembers: [
      { DBClusterArn: primary, IsWriter: true },
      { DBClusterArn: own, IsWriter: false },
    ],
  });
  expect(await show()).not.toHaveProperty('FailoverState');
  expect(lag()).toBe(150);
});

test('a switchover takes its time, and ends with a writer here and no lag', async () => {
  const { clock, rds, ids, show, lag } = room();
  const { GlobalCluster } = await rds.switchoverGlobalCluster(move);
  expect(GlobalCluster).toMatchObject({
    Status: 'switching-over',
    FailoverState: { FromDbClusterArn: primary, ToDbClusterArn: own, IsDataLossAllowed: false },
  });
  await expect(rds.switchoverGlobalCluster(move)).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
  await clock.runUntil(start + 5 * minute);
  expect(await show()).toMatchObject({
    Status: 'available',
    GlobalClusterMembers: [
      { DBClusterArn: primary, IsWriter: false },
      { DBClusterArn: own, IsWriter: true },
    ],
  });
  expect(lag()).toBeUndefined();
  expect(ids).toEqual(['RDS-EVENT-0181', 'RDS-EVENT-0185']);
  await expect(rds.switchoverGlobalCluster(move)).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
});

test('a primary that is lost hands nothing over, and can be given up', async () => {
  const { account, clock, rds, ids, lag, show } = room();
  account.services.rds.setPrimaryOf('ledger', 'lost');
  await clock.runUntil(start + 2 * minute);
  expect(lag()).toBe(2 * minute + 150);
  await expect(rds.switchoverGlobalCluster(move)).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
  // Without AllowDataLoss it is a switchover.
  await expect(rds.failoverGlobalCluster(move)).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
  const { GlobalCluster } = await rds.failoverGlobalCluster({ ...move, AllowDataLoss: true });
  expect(GlobalCluster).toMatchObject({ Status: 'failing-over', FailoverState: { IsDataLossAllowed: true } });
  await clock.runUntil(start + 10 * minute);
  expect((await show()).GlobalClusterMembers).toContainEqual({ DBClusterArn: own, IsWriter: true, Readers: [] });
  expect(ids).toEqual(['RDS-EVENT-0181', 'RDS-EVENT-0238']);
});

test.each<[string, Partial<ClusterDescription>, object, string]>([
  ['of no such name', {}, { GlobalClusterIdentifier: 'none' }, 'GlobalClusterNotFoundFault'],
  ['to a stranger', {}, { TargetDbClusterIdentifier: `${own}-2` }, 'DBClusterNotFoundFault'],
  ['to a cluster without members', { members: [] }, {}, 'InvalidDBClusterStateFault'],
  ['to a cluster that is busy', { status: 'modifying' }, {}, 'InvalidDBClusterStateFault'],
])('a move %s is refused', async (_, cluster, input, name) => {
  const { rds } = room(cluster);
  await expect(rds.switchoverGlobalCluster({ ...move, ...input })).rejects.toMatchObject({ name });
});
