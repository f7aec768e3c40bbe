import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import type { BusEvent } from '../../../simulator/event-bus';
import type { ClusterDescription } from '../../../simulator/rds/cluster';
import { World, type SimulatedAccount } from '../../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;
const DBClusterIdentifier = 'ledger';

interface Room {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly rds: RDS;
  readonly events: BusEvent[];
  readonly metric: (name: string, dimensions: Record<string, string>) => number | undefined;
}

function room(cluster: Partial<ClusterDescription> = {}): Room {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  account.services.rds.addCluster({
    id: 'ledger',
    members: [
      { id: 'ledger-a', writer: true },
      { id: 'ledger-b', tier: 2 },
      { id: 'ledger-c', tier: 1 },
    ],
    ...cluster,
  });
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  const metric: Room['metric'] = (name, dimensions) =>
    account.services.cloudwatch.value({ namespace: 'AWS/RDS', name, dimensions });
  return { account, clock, rds, events, metric };
}

async function show(rds: RDS) {
  return (await rds.describeDBClusters({ DBClusterIdentifier })).DBClusters![0]!;
}

async function writerOf(rds: RDS): Promise<string | undefined> {
  return (await show(rds)).DBClusterMembers!.find((member) => member.IsClusterWriter)?.DBInstanceIdentifier;
}

test('a cluster needs no more than an id: it gets a writer and a reader in two zones, and the clock stays empty', async () => {
  const { clock, rds } = room({ members: undefined });
  expect(await show(rds)).toMatchObject({
    Status: 'available',
    DBClusterArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:ledger',
    Engine: 'aurora-postgresql',
    MultiAZ: true,
    DBClusterMembers: [
      { DBInstanceIdentifier: 'ledger-1', IsClusterWriter: true, PromotionTier: 1 },
      { DBInstanceIdentifier: 'ledger-2', IsClusterWriter: false, PromotionTier: 1 },
    ],
  });
  const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier: 'ledger-2' });
  expect(DBInstances![0]).toMatchObject({
    DBClusterIdentifier: 'ledger',
    AvailabilityZone: 'eu-west-1b',
    MultiAZ: false,
    PromotionTier: 1,
  });
  expect(clock.nextAt()).toBeUndefined();
});

test('two writers are not a cluster', () => {
  const members = ['a', 'b'].map((id) => ({ id, writer: true }));
  expect(() => room({ members })).toThrow(/one writer/);
});

test('a failover to a named reader takes half a minute and says so', async () => {
  const { clock, rds, events } = room();
  const { DBCluster } = await rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier: 'ledger-b' });
  expect(DBCluster?.Status).toBe('failing-over');
  await clock.runUntil(start + 34_000);
  expect(await writerOf(rds)).toBe('ledger-a');
  await clock.runUntil(start + 40_000);
  expect(await writerOf(rds)).toBe('ledger-b');
  expect(await show(rds)).toMatchObject({ Status: 'available' });
  expect(clock.nextAt()).toBeUndefined();
  const clusterEvents = events.filter((event) => event['detail-type'] === 'RDS DB Cluster Event');
  expect(clusterEvents.map(({ detail }) => (detail as { EventID: string }).EventID)).toEqual([
    'RDS-EVENT-0073',
    'RDS-EVENT-0071',
  ]);
  expect(clusterEvents[1]).toMatchObject({
    source: 'aws.rds',
    time: '2026-03-02T10:00:35Z',
    resources: ['arn:aws:rds:eu-west-1:123456789012:cluster:ledger'],
  });
  expect(clusterEvents[1]!.detail).toEqual({
    EventCategories: ['failover'],
    SourceType: 'CLUSTER',
    SourceArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:ledger',
    Date: '2026-03-02T10:00:35.000Z',
    Message: 'Completed failover to DB instance: ledger-b',
    SourceIdentifier: 'ledger',
    EventID: 'RDS-EVENT-0071',
  });
});

test('without a target the lowest tier is promoted', async () => {
  const { clock, rds } = room();
  await rds.failoverDBCluster({ DBClusterIdentifier });
  await clock.runUntil(start + minute);
  expect(await writerOf(rds)).toBe('ledger-c');
});

test('a failover within one zone is told as such', async () => {
  const { account, clock, events } = room({ members: ['a', 'b'].map((id) => ({ id, zone: 'eu-west-1a' })) });
  account.services.rds.failOver('ledger');
  await clock.runUntil(start + 10_000);
  expect(events[0]!.detail).toMatchObject({ EventID: 'RDS-EVENT-0072' });
});

test.each<[string, Partial<ClusterDescription>, string | undefined, string]>([
  ['an unknown target', {}, 'ledger-z', 'InvalidDBInstanceStateFault'],
  ['the writer as target', {}, 'ledger-a', 'InvalidDBClusterStateFault'],
  ['a cluster that is busy', { status: 'modifying' }, 'ledger-b', 'InvalidDBClusterStateFault'],
  ['a cluster without reader', { members: [{ id: 'ledger-a' }] }, undefined, 'InvalidDBClusterStateFault'],
  ['a global secondary', { globalSecondary: true }, 'ledger-b', 'InvalidDBClusterStateFault'],
  ['a target on a Multi-AZ MySQL cluster', { engine: 'mysql' }, 'ledger-b', 'InvalidParameterCombination'],
  [
    'a target that restarts',
    { members: [{ id: 'ledger-a' }, { id: 'ledger-b', status: 'rebooting' }, { id: 'ledger-c' }] },
    'ledger-b',
    'InvalidDBInstanceStateFault',
  ],
])('%s is refused and changes nothing', async (_, cluster, TargetDBInstanceIdentifier, name) => {
  const { clock, rds } = room(cluster);
  const before = await show(rds);
  await expect(rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier })).rejects.toMatchObject({
    name,
  });
  expect(await show(rds)).toEqual(before);
  expect(clock.nextAt()).toBeUndefined();
});

test('a cluster that nobody has is refused by its modelled name', async () => {
  const { rds } = room();
  await expect(rds.failoverDBCluster({ DBClusterIdentifier: 'none' })).rejects.toMatchObject({
    name: 'DBClusterNotFoundFault',
  });
});

test('a second failover is refused while the first one runs', async () => {
  const { rds } = room();
  await rds.failoverDBCluster({ DBClusterIdentifier });
  await expect(rds.failoverDBCluster({ DBClusterIdentifier })).rejects.toMatchObject({
    name: 'InvalidDBClusterStateFault',
  });
});

test('a global secondary has no writer, and shows of what it is a part', async () => {
  const { rds } = room({ globalSecondary: true });
  expect(await writerOf(rds)).toBeUndefined();
  expect(await show(rds)).toMatchObject({
    GlobalClusterIdentifier: 'ledger-global',
    GlobalWriteForwardingStatus: 'disabled',
  });
});

describe('a sick writer', () => {
  const ofCluster = { DBClusterIdentifier };

  test('stays behind as a reader after a failover, and recovers in a while; the role is well at once', async () => {
    const { account, clock, rds, metric } = room();
    account.services.rds.sicken('ledger');
    expect(metric('WriteLatency', ofCluster)).toBe(1.5);
    expect(metric('CommitLatency', { ...ofCluster, Role: 'WRITER' })).toBe(1_500);
    await rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier: 'ledger-b' });
    await clock.runUntil(start + minute);
    expect(metric('WriteLatency', ofCluster)).toBe(0.002);
    expect(metric('WriteLatency', { DBInstanceIdentifier: 'ledger-a' })).toBe(1.5);
    expect(metric('AuroraReplicaLagMaximum', ofCluster)).toBe(60_000);
    await clock.runUntil(start + 12 * minute);
    expect(metric('WriteLatency', { DBInstanceIdentifier: 'ledger-a' })).toBe(0.002);
    expect(metric('AuroraReplicaLag', { DBInstanceIdentifier: 'ledger-a' })).toBe(20);
    expect(metric('AuroraReplicaLag', { DBInstanceIdentifier: 'ledger-b' })).toBeUndefined();
    expect(clock.nextAt()).toBeUndefined();
  });

  test('that falls sick anew while its host is replaced is not taken for recovered', async () => {
    const { account, clock, rds, metric } = room();
    account.services.rds.sicken('ledger');
    await rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier: 'ledger-b' });
    await clock.runUntil(start + 5 * minute);
    account.services.rds.sicken('ledger-a', { kind: 'engine' });
    await clock.runUntil(start + 20 * minute);
    expect(metric('WriteLatency', { DBInstanceIdentifier: 'ledger-a' })).toBe(1.5);
  });

  test('drowned in work, its load follows the role to the new writer', async () => {
    const { account, clock, rds, metric } = room();
    account.services.rds.sicken('ledger', { kind: 'overloaded' });
    await rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier: 'ledger-b' });
    await clock.runUntil(start + minute);
    expect(metric('CPUUtilization', ofCluster)).toBe(99);
    expect(metric('CPUUtilization', { DBInstanceIdentifier: 'ledger-a' })).toBe(30);
  });

  test('is not helped by a reader that is just as sick', async () => {
    const { account, clock, rds, metric } = room();
    account.services.rds.sicken('ledger');
    account.services.rds.sicken('ledger-b');
    await rds.failoverDBCluster({ DBClusterIdentifier, TargetDBInstanceIdentifier: 'ledger-b' });
    await clock.runUntil(start + minute);
    expect(metric('WriteLatency', ofCluster)).toBe(1.5);
  });

  test('nobody writes while the role moves', async () => {
    const { clock, rds, metric } = room();
    await rds.failoverDBCluster({ DBClusterIdentifier });
    expect(metric('DatabaseConnections', ofCluster)).toBe(0);
    await clock.runUntil(start + minute);
    expect(metric('DatabaseConnections', ofCluster)).toBe(40);
  });

  test('a failover that a recording completes is done at once, to the member that it names', async () => {
    const { account, clock, rds, metric, events } = room();
    account.services.rds.sicken('ledger');
    account.services.rds.failOver('ledger');
    account.services.rds.completeFailover('ledger', 'ledger-b');
    await clock.runUntil(start + minute);
    expect(await writerOf(rds)).toBe('ledger-b');
    expect(await show(rds)).toMatchObject({ Status: 'available' });
    expect(metric('WriteLatency', ofCluster)).toBe(0.002);
    expect(events).toEqual([]);
  });
});

test('a global cluster tells which of its clusters here writes', async () => {
  const { account, rds } = room({ globalCluster: 'world' });
  account.services.rds.addCluster({ id: 'far', globalSecondary: true, globalCluster: 'world' });
  account.services.rds.addCluster({ id: 'local' });
  const { GlobalClusters } = await rds.describeGlobalClusters({});
  expect(GlobalClusters).toMatchObject([
    {
      GlobalClusterIdentifier: 'world',
      GlobalClusterMembers: [
        { DBClusterArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:ledger', IsWriter: true },
        { DBClusterArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:far', IsWriter: false },
      ],
    },
  ]);
  await expect(rds.describeGlobalClusters({ GlobalClusterIdentifier: 'none' })).rejects.toMatchObject({
    name: 'GlobalClusterNotFoundFault',
  });
});
