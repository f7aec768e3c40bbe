import { RDS } from '@aws-sdk/client-rds';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import type { BusEvent } from '../../../simulator/event-bus';
import { World, type SimulatedAccount } from '../../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;

interface Room {
  readonly account: SimulatedAccount;
  readonly rds: RDS;
  readonly events: readonly BusEvent[];
  readonly pass: (minutes: number) => Promise<void>;
  readonly value: (name: string, id: string) => number | undefined;
}

function room(): Room {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  const rds = new RDS({ region: 'eu-west-1' });
  connect(rds, 'rds', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  return {
    account,
    rds,
    events,
    pass: (minutes) => clock.runUntil(clock.now() + minutes * minute),
    value: (name, id) =>
      account.services.cloudwatch.value({ namespace: 'AWS/RDS', name, dimensions: { DBInstanceIdentifier: id } }),
  };
}

async function instance({ rds }: Room, DBInstanceIdentifier: string) {
  return (await rds.describeDBInstances({ DBInstanceIdentifier })).DBInstances![0]!;
}

const ids = ({ events }: Room) => events.map(({ detail }) => (detail as { readonly EventID?: string }).EventID);

const named = (name: string) => expect.objectContaining({ name }) as Error;

describe('a read replica', () => {
  const replicate = ({ rds }: Room, more: object = {}) =>
    rds.createDBInstanceReadReplica({ DBInstanceIdentifier: 'copy', SourceDBInstanceIdentifier: 'orders', ...more });

  test('takes its groups from its source, but the default security group and no backups', async () => {
    const place = room();
    place.account.services.rds.addDatabase({
      id: 'orders',
      parameterGroup: 'pg',
      optionGroup: 'og',
      subnetGroup: 'sub',
    });
    await replicate(place);
    expect(await instance(place, 'copy')).toMatchObject({
      DBInstanceStatus: 'creating',
      ReadReplicaSourceDBInstanceIdentifier: 'orders',
      DBParameterGroups: [{ DBParameterGroupName: 'pg' }],
      OptionGroupMemberships: [{ OptionGroupName: 'og' }],
      DBSubnetGroup: { DBSubnetGroupName: 'sub' },
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-default' }],
      BackupRetentionPeriod: 0,
      MultiAZ: false,
    });
    expect(await instance(place, 'orders')).toMatchObject({ ReadReplicaDBInstanceIdentifiers: ['copy'] });
  });

  test('follows once it is there, says so, and helps a source that has too many reads', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded', curedBy: ['reader'] } });
    await replicate(place);
    await place.pass(11);
    expect(place.value('CPUUtilization', 'orders')).toBeGreaterThan(90);
    await place.pass(2);
    expect(place.value('CPUUtilization', 'orders')).toBeLessThan(50);
    expect(await instance(place, 'copy')).toMatchObject({
      DBInstanceStatus: 'available',
      StatusInfos: [{ StatusType: 'read replication', Normal: true, Status: 'replicating' }],
    });
    expect(ids(place)).toEqual(['RDS-EVENT-0005']);
  });

  test.each([
    ['of what has no backups', { backupDays: 0 }, 'InvalidDBInstanceStateFault'],
    ['of what is not available', { status: 'storage-full' }, 'InvalidDBInstanceStateFault'],
  ])('%s is refused', async (_, database, name) => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders', ...database });
    await expect(replicate(place)).rejects.toEqual(named(name));
  });

  test('of a name that is taken is refused, and so is one of nothing', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders' });
    await replicate(place);
    await expect(replicate(place)).rejects.toEqual(named('DBInstanceAlreadyExistsFault'));
    await expect(replicate(place, { SourceDBInstanceIdentifier: 'none' })).rejects.toEqual(
      named('DBInstanceNotFoundFault'),
    );
  });

  test('that has lost its source lags by the age of the last change', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders' });
    place.account.services.rds.addDatabase({ id: 'copy', replicaOf: 'orders' });
    expect(place.value('ReplicaLag', 'copy')).toBe(0.5);
    place.account.services.rds.fail('orders');
    await place.pass(10);
    expect(place.value('ReplicaLag', 'copy')).toBe(600);
    expect(place.value('ReplicaLag', 'orders')).toBeUndefined();
    expect(await instance(place, 'copy')).toMatchObject({ StatusInfos: [{ Normal: false, Status: 'error' }] });
  });

  test('stands for itself after a promotion and a restart, with backups', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders', status: 'failed' });
    place.account.services.rds.addDatabase({ id: 'copy', replicaOf: 'orders', backupDays: 0 });
    const promote = () => place.rds.promoteReadReplica({ DBInstanceIdentifier: 'copy', BackupRetentionPeriod: 3 });
    expect((await promote()).DBInstance).toMatchObject({ DBInstanceStatus: 'modifying' });
    await expect(promote()).rejects.toEqual(named('InvalidDBInstanceStateFault'));
    await place.pass(5);
    const promoted = await instance(place, 'copy');
    expect(promoted).toMatchObject({ DBInstanceStatus: 'available', BackupRetentionPeriod: 3 });
    expect(promoted).not.toHaveProperty('ReadReplicaSourceDBInstanceIdentifier');
    expect(promoted).not.toHaveProperty('StatusInfos');
    await expect(promote()).rejects.toEqual(named('InvalidDBInstanceStateFault'));
  });
});

describe('a restored instance', () => {
  const restore = ({ rds }: Room, more: object = { UseLatestRestorableTime: true }) =>
    rds.restoreDBInstanceToPointInTime({
      SourceDBInstanceIdentifier: 'orders',
      TargetDBInstanceIdentifier: 'copy',
      ...more,
    });

  test('has defaults wherever the call says nothing, and one zone', async () => {
    const place = room();
    place.account.services.rds.addDatabase({
      id: 'orders',
      class: 'db.r6g.xlarge',
      deletionProtection: true,
      backupDays: 9,
    });
    await restore(place);
    await place.pass(26);
    expect(await instance(place, 'copy')).toMatchObject({
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.r6g.xlarge',
      MultiAZ: false,
      DeletionProtection: false,
      BackupRetentionPeriod: 9,
      DBParameterGroups: [{ DBParameterGroupName: 'default' }],
      DBSubnetGroup: { DBSubnetGroupName: 'default' },
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-default' }],
    });
  });

  test.each<[string, object, object, string]>([
    ['without backups', { backupDays: 0 }, { UseLatestRestorableTime: true }, 'PointInTimeRestoreNotEnabledFault'],
    ['to no moment', {}, {}, 'InvalidParameterCombination'],
    [
      'to two moments',
      {},
      { UseLatestRestorableTime: true, RestoreTime: new Date(start - 60 * minute) },
      'InvalidParameterCombination',
    ],
    ['to a moment to come', {}, { RestoreTime: new Date(start) }, 'InvalidParameterValue'],
    ['to a moment too long ago', {}, { RestoreTime: new Date(start - 8 * 24 * 60 * minute) }, 'InvalidParameterValue'],
  ])('%s is refused', async (_, database, asked, name) => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders', ...database });
    await expect(restore(place, asked)).rejects.toEqual(named(name));
  });

  test('is put in the place of what failed by its people, two minutes later', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders' });
    place.account.services.rds.fail('orders');
    await restore(place);
    await place.pass(26);
    expect(await instance(place, 'orders')).toMatchObject({ DBInstanceStatus: 'failed' });
    expect(ids(place)).toEqual(['RDS-EVENT-0031', 'RDS-EVENT-0005']);
    await place.pass(2);
    expect(await instance(place, 'orders')).toMatchObject({ DBInstanceStatus: 'available' });
  });

  test('reaches as far back as its source keeps backups, and what has failed no further than that', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders', backupDays: 2 });
    place.account.services.rds.fail('orders');
    await place.pass(60);
    const { DBInstanceAutomatedBackups } = await place.rds.describeDBInstanceAutomatedBackups({
      DBInstanceIdentifier: 'orders',
    });
    const latest = new Date(start - 5 * minute);
    expect(DBInstanceAutomatedBackups).toMatchObject([
      { RestoreWindow: { EarliestTime: new Date(start + 60 * minute - 2 * 24 * 60 * minute), LatestTime: latest } },
    ]);
    expect(await instance(place, 'orders')).toMatchObject({ LatestRestorableTime: latest });
    const none = await place.rds.describeDBInstanceAutomatedBackups({ DBInstanceIdentifier: 'none' });
    expect(none.DBInstanceAutomatedBackups).toEqual([]);
  });
});

describe('a restored cluster', () => {
  const restore = ({ rds }: Room, more: object = { UseLatestRestorableTime: true }) =>
    rds.restoreDBClusterToPointInTime({
      SourceDBClusterIdentifier: 'ledger',
      DBClusterIdentifier: 'copy',
      ...more,
    });
  const member = ({ rds }: Room, more: object = {}) =>
    rds.createDBInstance({
      DBInstanceIdentifier: 'copy',
      DBClusterIdentifier: 'copy',
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-postgresql',
      ...more,
    });

  test('has no member until one is made in it, which writes', async () => {
    const place = room();
    place.account.services.rds.addCluster({ id: 'ledger' });
    await restore(place);
    await expect(restore(place)).rejects.toEqual(named('DBClusterAlreadyExistsFault'));
    await expect(member(place)).rejects.toEqual(named('InvalidDBClusterStateFault'));
    await place.pass(11);
    const cluster = async () => (await place.rds.describeDBClusters({ DBClusterIdentifier: 'copy' })).DBClusters![0]!;
    expect(await cluster()).toMatchObject({ Status: 'available', DBClusterMembers: [] });
    await member(place, { PromotionTier: 3 });
    await place.pass(7);
    expect(await cluster()).toMatchObject({
      DBClusterMembers: [{ DBInstanceIdentifier: 'copy', IsClusterWriter: true, PromotionTier: 3 }],
    });
    expect(await instance(place, 'copy')).toMatchObject({ DBInstanceStatus: 'available', DBClusterIdentifier: 'copy' });
  });

  test('of no backups, or of nothing, is refused', async () => {
    const place = room();
    place.account.services.rds.addCluster({ id: 'ledger', backupDays: 0 });
    await expect(restore(place)).rejects.toEqual(named('PointInTimeRestoreNotEnabledFault'));
    await expect(restore(place, { SourceDBClusterIdentifier: 'none' })).rejects.toEqual(
      named('DBClusterNotFoundFault'),
    );
  });

  test('takes no member of another engine, nor is an instance made outside of any', async () => {
    const place = room();
    place.account.services.rds.addCluster({ id: 'ledger' });
    const asked = { DBClusterIdentifier: 'ledger' };
    await expect(member(place, { ...asked, Engine: 'mysql' })).rejects.toEqual(named('InvalidParameterCombination'));
    await expect(member(place, { ...asked, DBInstanceIdentifier: 'ledger-1' })).rejects.toEqual(
      named('DBInstanceAlreadyExistsFault'),
    );
    await expect(member(place, { DBClusterIdentifier: undefined })).rejects.toEqual(named('NotSimulated'));
  });
});

describe('an instance that is deleted', () => {
  test('is gone after some minutes, out of its cluster too', async () => {
    const place = room();
    place.account.services.rds.addCluster({ id: 'ledger' });
    await place.rds.deleteDBInstance({ DBInstanceIdentifier: 'ledger-2' });
    expect(await instance(place, 'ledger-2')).toMatchObject({ DBInstanceStatus: 'deleting' });
    await place.pass(5);
    await expect(instance(place, 'ledger-2')).rejects.toEqual(named('DBInstanceNotFoundFault'));
    const { DBClusters } = await place.rds.describeDBClusters({ DBClusterIdentifier: 'ledger' });
    expect(DBClusters![0]!.DBClusterMembers).toMatchObject([{ DBInstanceIdentifier: 'ledger-1' }]);
  });

  test('must name a snapshot or say that there is to be none, and not be protected', async () => {
    const place = room();
    place.account.services.rds.addDatabase({ id: 'orders' });
    place.account.services.rds.addDatabase({ id: 'safe', deletionProtection: true });
    const remove = (DBInstanceIdentifier: string, SkipFinalSnapshot?: boolean) =>
      place.rds.deleteDBInstance({ DBInstanceIdentifier, SkipFinalSnapshot });
    await expect(remove('orders')).rejects.toEqual(named('InvalidParameterCombination'));
    await expect(remove('safe', true)).rejects.toEqual(named('InvalidParameterCombination'));
    await remove('orders', true);
    await expect(remove('orders', true)).rejects.toEqual(named('InvalidDBInstanceStateFault'));
  });
});
