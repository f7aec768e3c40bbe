import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { BusEvent } from '../../simulator/event-bus';
import { World, type SimulatedAccount } from '../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;

function room(): { account: SimulatedAccount; clock: VirtualClock; rds: RDS; events: BusEvent[] } {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  return { account, clock, rds, events };
}

async function instance(rds: RDS, DBInstanceIdentifier = 'orders') {
  const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier });
  return DBInstances![0]!;
}

describe('an instance', () => {
  test('a described one shows zones, storage, status and tags, and leaves the clock empty', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({
      id: 'orders',
      tags: { service: 'shop' },
      pendingModifications: { class: 'db.r6g.xlarge' },
    });
    account.services.rds.addDatabase({ id: 'orders-replica', replicaOf: 'orders', multiAz: false });
    expect(await instance(rds)).toMatchObject({
      DBInstanceArn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
      DBInstanceStatus: 'available',
      MultiAZ: true,
      AvailabilityZone: 'eu-west-1a',
      SecondaryAvailabilityZone: 'eu-west-1b',
      PendingModifiedValues: { DBInstanceClass: 'db.r6g.xlarge' },
      AllocatedStorage: 100,
      ReadReplicaDBInstanceIdentifiers: ['orders-replica'],
      TagList: [{ Key: 'service', Value: 'shop' }],
    });
    const replica = await instance(rds, 'orders-replica');
    expect(replica.SecondaryAvailabilityZone).toBeUndefined();
    expect(replica.ReadReplicaSourceDBInstanceIdentifier).toBe('orders');
    expect(clock.nextAt()).toBeUndefined();
  });

  test('one that nobody has is refused by its modelled name', async () => {
    const { rds } = room();
    await expect(rds.describeDBInstances({ DBInstanceIdentifier: 'orders' })).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
    });
  });

  test('pages are cut and linked by markers', async () => {
    const { account, rds } = room();
    account.pageSize = 2;
    for (const id of ['a', 'b', 'c']) account.services.rds.addDatabase({ id });
    const first = await rds.describeDBInstances({});
    expect(first.DBInstances!.map((each) => each.DBInstanceIdentifier)).toEqual(['a', 'b']);
    const second = await rds.describeDBInstances({ Marker: first.Marker });
    expect(second.DBInstances!.map((each) => each.DBInstanceIdentifier)).toEqual(['c']);
    expect(second.Marker).toBeUndefined();
    for (const wrong of [{ Marker: 'mine' }, { MaxRecords: 10 }]) {
      await expect(rds.describeDBInstances(wrong)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    }
  });

  test('filters narrow, and a filter that RDS does not know is refused', async () => {
    const { account, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    account.services.rds.addCluster({ id: 'ledger' });
    const { DBInstances } = await rds.describeDBInstances({ Filters: [{ Name: 'db-cluster-id', Values: ['ledger'] }] });
    expect(DBInstances!.map((each) => each.DBInstanceIdentifier)).toEqual(['ledger-1', 'ledger-2']);
    await expect(rds.describeDBInstances({ Filters: [{ Name: 'colour', Values: ['red'] }] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('a forced failover', () => {
  test('swaps the zones after a good minute, and is available again', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders', zone: 'eu-west-1c', standbyZone: 'eu-west-1a' });
    const { DBInstance } = await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
    expect(DBInstance).toMatchObject({ DBInstanceStatus: 'rebooting', AvailabilityZone: 'eu-west-1c' });
    await clock.runUntil(start + 74_000);
    expect(await instance(rds)).toMatchObject({ DBInstanceStatus: 'rebooting', AvailabilityZone: 'eu-west-1c' });
    await clock.runUntil(start + 75_000);
    expect(await instance(rds)).toMatchObject({
      DBInstanceStatus: 'available',
      AvailabilityZone: 'eu-west-1a',
      SecondaryAvailabilityZone: 'eu-west-1c',
    });
    expect(clock.nextAt()).toBeUndefined();
  });

  test('done twice, it fails back', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    for (let times = 1; times <= 2; times += 1) {
      await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
      await clock.runUntil(clock.now() + 2 * minute);
    }
    expect(await instance(rds)).toMatchObject({
      AvailabilityZone: 'eu-west-1a',
      SecondaryAvailabilityZone: 'eu-west-1b',
    });
  });

  test('is refused while the first one runs', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
    await clock.runUntil(start + 30_000);
    await expect(rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
  });

  test('is refused on a Single-AZ instance and on a member of a cluster', async () => {
    const { account, rds } = room();
    account.services.rds.addDatabase({ id: 'orders', multiAz: false });
    account.services.rds.addCluster({ id: 'ledger' });
    for (const DBInstanceIdentifier of ['orders', 'ledger-1']) {
      await expect(rds.rebootDBInstance({ DBInstanceIdentifier, ForceFailover: true })).rejects.toMatchObject({
        name: 'InvalidParameterCombination',
      });
    }
    expect(await instance(rds)).toMatchObject({ DBInstanceStatus: 'available' });
  });

  test('whose answer got lost has happened all the same', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    account.faults.plant('rds', 'RebootDBInstance', 'lostAnswer');
    await expect(rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await clock.runUntil(start + 2 * minute);
    expect(await instance(rds)).toMatchObject({ AvailabilityZone: 'eu-west-1b' });
  });

  test('tells EventBridge in the order and with the fields of RDS', async () => {
    const { account, clock, rds, events } = room();
    account.services.rds.addDatabase({ id: 'orders', tags: { service: 'shop' } });
    await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
    await clock.runUntil(start + 2 * minute);
    expect(events.map(({ detail }) => (detail as { EventID: string }).EventID)).toEqual([
      'RDS-EVENT-0013',
      'RDS-EVENT-0006',
      'RDS-EVENT-0049',
    ]);
    expect(events[2]).toEqual({
      version: '0',
      id: expect.any(String) as string,
      'detail-type': 'RDS DB Instance Event',
      source: 'aws.rds',
      account: '123456789012',
      time: '2026-03-02T10:01:07Z',
      region: 'eu-west-1',
      resources: ['arn:aws:rds:eu-west-1:123456789012:db:orders'],
      detail: {
        EventCategories: ['failover'],
        SourceType: 'DB_INSTANCE',
        SourceArn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
        Date: '2026-03-02T10:01:07.000Z',
        Message: 'Multi-AZ instance failover completed',
        SourceIdentifier: 'orders',
        EventID: 'RDS-EVENT-0049',
        Tags: { service: 'shop' },
      },
    });
  });
});

describe('DescribeEvents', () => {
  test('shows what happened to one source within the asked minutes', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    account.services.rds.addDatabase({ id: 'other' });
    account.services.rds.failOver('orders');
    account.services.rds.failOver('other');
    await clock.runUntil(start + 30 * minute);
    const asked = { SourceIdentifier: 'orders', SourceType: 'db-instance' } as const;
    const { Events } = await rds.describeEvents({ ...asked, Duration: 30 });
    expect(Events!.map((event) => event.Message)).toEqual([
      'Multi-AZ instance failover started.',
      'DB instance restarted',
      'Multi-AZ instance failover completed',
      'The primary host of the RDS Multi-AZ instance is unhealthy.',
    ]);
    expect((await rds.describeEvents({ ...asked, Duration: 28 })).Events).toEqual([]);
    expect((await rds.describeEvents({ ...asked, EventCategories: ['failover'] })).Events).toHaveLength(2);
    expect((await rds.describeEvents({ StartTime: new Date(start + 60_000) })).Events).toHaveLength(4);
  });

  test('shows nothing after the asked end, and nothing that is older than two weeks', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    account.services.rds.failOver('orders');
    await clock.runUntil(start + 30 * minute);
    const since = { StartTime: new Date(start) };
    expect((await rds.describeEvents({ ...since, EndTime: new Date(start + 40_000) })).Events).toHaveLength(2);
    await clock.runUntil(start + 15 * 24 * 60 * minute);
    expect((await rds.describeEvents(since)).Events).toEqual([]);
  });

  test('an identifier without a type is refused', async () => {
    const { rds } = room();
    await expect(rds.describeEvents({ SourceIdentifier: 'orders' })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });
});

describe('sickness', () => {
  const latency = { namespace: 'AWS/RDS', name: 'WriteLatency', dimensions: { DBInstanceIdentifier: 'orders' } };
  const free = { ...latency, name: 'FreeStorageSpace' };

  test.each([
    ['failover', { kind: 'host' }, true],
    ['failover', { kind: 'engine', curedBy: ['reboot'] }, false],
    ['reboot', { kind: 'engine', curedBy: ['reboot'] }, true],
    ['reboot', { kind: 'host' }, false],
    ['reboot', { kind: 'overloaded' }, false],
  ] as const)('a %s on %j heals: %s', async (how, sick, heals) => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({
      id: 'orders',
      sick: { ...sick, curedBy: 'curedBy' in sick ? [...sick.curedBy] : undefined },
    });
    expect(account.services.cloudwatch.value(latency)).toBe(1.5);
    await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: how === 'failover' });
    await clock.runUntil(start + 2 * minute);
    expect(account.services.cloudwatch.value(latency)).toBe(heals ? 0.002 : 1.5);
  });

  test('failing back to the bad host within minutes brings its sickness back', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'host' } });
    const failOver = () => rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
    await failOver();
    await clock.runUntil(start + 2 * minute);
    await failOver();
    await clock.runUntil(start + 4 * minute);
    expect(account.services.cloudwatch.value(latency)).toBe(1.5);
    await failOver();
    await clock.runUntil(start + 20 * minute);
    await failOver();
    await clock.runUntil(start + 22 * minute);
    expect(account.services.cloudwatch.value(latency)).toBe(0.002);
  });

  test('its alarm rings by itself, and is OK again after the failover', async () => {
    const { account, clock, rds, events } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    account.call('cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'slow-writes',
      Namespace: 'AWS/RDS',
      MetricName: 'WriteLatency',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders' }],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0.1,
      Period: 60,
      EvaluationPeriods: 2,
      Statistic: 'Average',
    });
    await clock.runUntil(start + 10 * minute);
    account.services.rds.sicken('orders');
    await clock.runUntil(start + 20 * minute);
    expect(account.services.cloudwatch.alarm('slow-writes')?.standing.value).toBe('ALARM');
    await rds.rebootDBInstance({ DBInstanceIdentifier: 'orders', ForceFailover: true });
    await clock.runUntil(start + 30 * minute);
    expect(account.services.cloudwatch.alarm('slow-writes')?.standing.value).toBe('OK');
    expect(events.filter((event) => event.source === 'aws.cloudwatch').length).toBeGreaterThan(1);
    expect(clock.nextAt()).toBeUndefined();
  });

  test('it can be cured outright, or by a runbook that helps', () => {
    const { account } = room();
    const { rds, cloudwatch } = account.services;
    rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded' } });
    rds.applyCure('orders', 'reboot');
    expect(cloudwatch.value(latency)).toBe(1.5);
    rds.applyCure('orders', 'runbook');
    expect(cloudwatch.value(latency)).toBe(0.002);
    rds.sicken('arn:aws:rds:eu-west-1:123456789012:db:orders', { kind: 'engine', curedBy: [] });
    rds.cure('orders');
    expect(cloudwatch.value(latency)).toBe(0.002);
  });

  test('a completed failover of the recording ends the one under way, and does not swap twice', async () => {
    const { account, clock, rds, events } = room();
    account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'host' } });
    account.services.rds.failOver('orders');
    await clock.runUntil(start + 20_000);
    account.services.rds.completeFailover('orders');
    await clock.runUntil(start + 5 * minute);
    expect(await instance(rds)).toMatchObject({ AvailabilityZone: 'eu-west-1b', DBInstanceStatus: 'available' });
    expect(account.services.cloudwatch.value(latency)).toBe(0.002);
    expect(events).toHaveLength(1);
  });

  test('a member of a cluster is not stopped alone', async () => {
    const { account, rds } = room();
    account.services.rds.addCluster({ id: 'ledger' });
    await expect(rds.stopDBInstance({ DBInstanceIdentifier: 'ledger-1' })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
  });

  test('a stopped instance sends no metrics', async () => {
    const { account, clock, rds } = room();
    account.services.rds.addDatabase({ id: 'orders' });
    await rds.stopDBInstance({ DBInstanceIdentifier: 'orders' });
    await clock.runUntil(start + 3 * minute);
    expect(await instance(rds)).toMatchObject({ DBInstanceStatus: 'stopped' });
    expect(account.services.cloudwatch.value(latency)).toBeUndefined();
    expect(account.services.cloudwatch.value(free)).toBeUndefined();
  });
});

test('a stopped instance starts within minutes; a running one is not started again', async () => {
  const { account, clock, rds, events } = room();
  account.services.rds.addDatabase({ id: 'orders', status: 'stopped' });
  expect((await rds.startDBInstance({ DBInstanceIdentifier: 'orders' })).DBInstance?.DBInstanceStatus).toBe('starting');
  await expect(rds.startDBInstance({ DBInstanceIdentifier: 'orders' })).rejects.toMatchObject({
    name: 'InvalidDBInstanceStateFault',
  });
  await clock.runUntil(start + 6 * minute);
  expect(await instance(rds)).toMatchObject({ DBInstanceStatus: 'available' });
  expect(events.map(({ detail }) => (detail as { EventID: string }).EventID)).toEqual(['RDS-EVENT-0088']);
});

test('tags are listed by ARN, of instances and clusters', async () => {
  const { account, rds } = room();
  account.services.rds.addDatabase({ id: 'orders', tags: { tier: '1' } });
  account.services.rds.addCluster({ id: 'orders', tags: { tier: '2' } });
  const tagsOf = async (ResourceName: string) => (await rds.listTagsForResource({ ResourceName })).TagList;
  expect(await tagsOf('arn:aws:rds:eu-west-1:123456789012:db:orders')).toEqual([{ Key: 'tier', Value: '1' }]);
  expect(await tagsOf('arn:aws:rds:eu-west-1:123456789012:cluster:orders')).toEqual([{ Key: 'tier', Value: '2' }]);
  await expect(tagsOf('arn:aws:rds:eu-west-1:123456789012:cluster:none')).rejects.toMatchObject({
    name: 'DBClusterNotFoundFault',
  });
});
