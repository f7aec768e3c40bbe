import { restoreDbToPointInTime } from '../../../remediations/rds/restore-db-to-point-in-time';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

type Rds = Bench['account']['services']['rds'];
type Database = Parameters<Rds['addDatabase']>[0];
type Cluster = Parameters<Rds['addCluster']>[0];

const copy = 'orders-homeostat-4ab45bee';

/** `orders`, an instance that has failed for good. */
function failed(database: Partial<Database> = {}, parameters: object = {}) {
  const place = bench();
  place.account.services.rds.addDatabase({ id: 'orders', status: 'failed', tags: { service: 'shop' }, ...database });
  const target = { resource: place.resource('db-instance', 'orders'), condition: 'db-instance-failed' };
  return { ...place, ...attempt(restoreDbToPointInTime, place, target, parameters) };
}

/** `orders`, a cluster whose data is wrong. */
function wrong(cluster: Partial<Cluster> = {}, parameters: object = { minutesBack: 90 }) {
  const place = bench();
  place.account.services.rds.addCluster({ id: 'orders', tags: { service: 'shop' }, ...cluster });
  const target = { resource: place.resource('db-cluster', 'orders'), condition: 'db-data-lost' };
  return { ...place, ...attempt(restoreDbToPointInTime, place, target, parameters) };
}

describe('an instance', () => {
  test('is restored beside itself, to the last moment that there is', async () => {
    expect(await failed().plan()).toMatchObject({
      kind: 'planned',
      plan: { kind: 'db-instance', source: 'orders', copy, at: Date.parse('2026-11-21T01:54:59Z') },
      summary: `restore orders as of 2026-11-21T01:54:59Z beside it, as ${copy}; people must then cut over to that`,
      touches: [{ kind: 'db-instance', id: 'orders' }],
      group: 'alone',
    });
  });

  test('gets its groups, its class, its standby and its protection with it, but no place of its own', async () => {
    const place = failed({
      class: 'db.r6g.2xlarge',
      multiAz: true,
      deletionProtection: true,
      subnetGroup: 'inner',
      securityGroups: ['sg-1', 'sg-2'],
      parameterGroup: 'pg-orders',
      optionGroup: 'og-orders',
      storageType: 'io2',
      iops: 9_000,
      maxStorageGiB: 500,
      backupDays: 30,
    });
    expect(await place.start()).toEqual({ kind: 'started' });
    const [write, ...more] = place.writes();
    expect(more).toEqual([]);
    expect(write).toMatchObject({
      operation: 'RestoreDBInstanceToPointInTime',
      input: {
        SourceDBInstanceIdentifier: 'orders',
        TargetDBInstanceIdentifier: copy,
        RestoreTime: new Date('2026-11-21T01:54:59Z'),
        DBInstanceClass: 'db.r6g.2xlarge',
        MultiAZ: true,
        DeletionProtection: true,
        DBSubnetGroupName: 'inner',
        VpcSecurityGroupIds: ['sg-1', 'sg-2'],
        DBParameterGroupName: 'pg-orders',
        OptionGroupName: 'og-orders',
        StorageType: 'io2',
        Iops: 9_000,
        MaxAllocatedStorage: 500,
        BackupRetentionPeriod: 30,
        Tags: [
          { Key: 'homeostat:attempt', Value: 'incident-1/1' },
          { Key: 'service', Value: 'shop' },
        ],
      },
    });
    expect(write?.input).not.toHaveProperty('AvailabilityZone');
    expect(write?.input).not.toHaveProperty('UseLatestRestorableTime');
  });

  test('is left as it is, and the person reads where the copy is and that to cut over is theirs', async () => {
    const place = failed();
    expect(await place.check()).toMatchObject({ kind: 'notStarted' });
    await place.start();
    expect(await place.check()).toEqual({ kind: 'pending', detail: `the copy ${copy} is creating` });
    await place.pass(1_800);
    expect(await place.check()).toEqual({
      kind: 'done',
      detail: `${copy} holds orders as of 2026-11-21T01:54:59Z, at ${copy}.simulated.eu-central-1.rds.amazonaws.com; orders is left as it is. Look at the data, then cut over: rename orders to another name and ${copy} to orders, or send clients to the copy`,
    });
    expect(place.writes()).toHaveLength(1);
  });

  test.each<[string, Partial<Database>, object, RegExp]>([
    ['without backups', { backupDays: 0 }, {}, /RDS tells no moment to which orders could be restored/],
    ['that is stopped', { status: 'stopped' }, {}, /orders is stopped, which is no failure that takes a restore/],
    ['that is being deleted', { status: 'deleting' }, {}, /orders is being deleted/],
    ['that is a replica', { replicaOf: 'sales' }, {}, /a read replica of sales: make another one/],
    ['to a moment before its backups', {}, { minutesBack: 20_000 }, /to 2026-11-14T02:00:00Z at the earliest/],
    ['to a moment not yet backed up', {}, { minutesBack: 2 }, /to 2026-11-21T01:54:59Z at the latest/],
  ])('%s is not restored', async (_, database, parameters, reason) => {
    const place = failed(database, parameters);
    expect(await place.plan()).toEqual(no('refused', reason));
    expect(place.writes()).toEqual([]);
  });

  test('that serves has not failed, and one that starts is waited for', async () => {
    expect(await failed({ status: 'available' }).plan()).toEqual(no('notNeeded', /it has not failed/));
    expect(await failed({ status: 'starting' }).plan()).toEqual(no('busy', /orders is starting/));
  });

  test('that came back while people were asked is not restored', async () => {
    const place = failed();
    await place.plan();
    place.account.services.rds.addDatabase({ id: 'orders' });
    expect(await place.start()).toEqual(no('refused', /orders is available, which is no failure/));
    expect(place.writes()).toEqual([]);
  });

  test('that has been restored already is not restored again; replicas are no copies', async () => {
    const place = failed();
    place.account.services.rds.addDatabase({ id: 'orders-homeostat-replica', replicaOf: 'orders' });
    expect(await place.plan()).toMatchObject({ kind: 'planned' });
    place.account.services.rds.addDatabase({ id: 'orders-homeostat-0ther001' });
    expect(await place.plan()).toEqual(no('refused', /orders has been restored already, as orders-homeostat-0ther001/));
  });

  test('in a cluster is restored with its cluster', async () => {
    const place = bench();
    place.account.services.rds.addCluster({ id: 'shop', members: [{ id: 'one', status: 'failed' }] });
    const target = { resource: place.resource('db-instance', 'one'), condition: 'db-instance-failed' };
    expect(await attempt(restoreDbToPointInTime, place, target).plan()).toEqual(
      no('refused', /one is a member of the cluster shop, which is restored as a whole/),
    );
  });

  test('that is gone is left to people, who know its backups', async () => {
    const place = failed();
    answerWith(
      place,
      'rds',
      'DescribeDBInstances',
      Object.assign(new Error('gone'), { name: 'DBInstanceNotFoundFault' }),
    );
    expect(await place.plan()).toEqual(no('refused', /orders no longer exists: only people know which backup/));
  });

  test('a copy that fails to come up has failed, and one of others is none', async () => {
    const place = failed();
    await place.start();
    place.account.services.rds.addDatabase({
      id: copy,
      status: 'incompatible-restore',
      tags: { 'homeostat:attempt': 'incident-1/1' },
    });
    expect(await place.check()).toEqual({ kind: 'failed', detail: `the copy ${copy} is incompatible-restore` });
    place.account.services.rds.addDatabase({ id: copy });
    expect(await place.check()).toMatchObject({
      kind: 'failed',
      detail: expect.stringMatching(/somebody else/) as string,
    });
    expect(await place.start()).toEqual(no('refused', /not of this attempt/));
  });
});

describe('a cluster', () => {
  test('is restored to the same moment whenever the plan is made', async () => {
    const { aws, pass, resource } = wrong();
    const since = Date.parse('2026-11-21T01:50:00Z');
    const target = { resource: resource('db-cluster', 'orders'), condition: 'db-data-lost', attemptKey: 'k', since };
    const plan = () => restoreDbToPointInTime.plan(target, { minutesBack: 30 }, aws);
    const first = await plan();
    expect(first).toMatchObject({ plan: { at: Date.parse('2026-11-21T01:20:00Z') } });
    await pass(3_600);
    expect(await plan()).toEqual(first);
  });

  test('is restored in two steps: its storage, then a writer of the same class', async () => {
    const members = [{ id: 'one', class: 'db.r6g.4xlarge', tags: { role: 'writer' } }];
    const place = wrong({
      members,
      deletionProtection: true,
      subnetGroup: 'inner',
      parameterGroup: 'cpg',
      backupDays: 9,
    });
    await place.start();
    expect(await place.check()).toEqual({ kind: 'pending', detail: `the copy ${copy} is creating` });
    expect(await place.start()).toEqual({ kind: 'started' });
    await place.pass(600);
    expect(await place.check()).toEqual({ kind: 'continue', detail: `${copy} is restored and needs a writer` });
    await place.start();
    await place.start();
    expect(await place.check()).toEqual({ kind: 'pending', detail: `the writer ${copy} of the copy is creating` });
    await place.pass(600);
    expect(await place.check()).toMatchObject({
      kind: 'done',
      detail: expect.stringMatching(
        /^orders-homeostat-4ab45bee holds orders as of 2026-11-21T00:30:00Z, at /,
      ) as string,
    });
    expect(place.writes()).toMatchObject([
      {
        operation: 'RestoreDBClusterToPointInTime',
        input: {
          SourceDBClusterIdentifier: 'orders',
          DBClusterIdentifier: copy,
          RestoreToTime: new Date('2026-11-21T00:30:00Z'),
          DBSubnetGroupName: 'inner',
          DBClusterParameterGroupName: 'cpg',
          VpcSecurityGroupIds: ['sg-0aaaaaaaaaaaaaaa1'],
          DeletionProtection: true,
          BackupRetentionPeriod: 9,
        },
      },
      {
        operation: 'CreateDBInstance',
        input: {
          DBInstanceIdentifier: copy,
          DBClusterIdentifier: copy,
          DBInstanceClass: 'db.r6g.4xlarge',
          Engine: 'aurora-postgresql',
          Tags: [
            { Key: 'homeostat:attempt', Value: 'incident-1/1' },
            { Key: 'role', Value: 'writer' },
          ],
        },
      },
    ]);
  });

  test('that is backed up, or changed by people, while it is restored has a writer put to its copy all the same', async () => {
    const place = wrong();
    await place.start();
    await place.pass(600);
    place.account.services.rds.addCluster({ id: 'orders', status: 'backing-up' });
    expect(await place.check()).toMatchObject({ kind: 'continue' });
    expect(await place.start()).toEqual({ kind: 'started' });
    expect(place.writes().map(({ operation }) => operation)).toEqual([
      'RestoreDBClusterToPointInTime',
      'CreateDBInstance',
    ]);
  });

  test('that is being backed up when its copy is to be made is not restored', async () => {
    const place = wrong();
    await place.plan();
    place.account.services.rds.addCluster({ id: 'orders', status: 'backing-up' });
    expect(await place.start()).toEqual(no('refused', /orders is backing-up/));
    expect(place.writes()).toEqual([]);
  });

  test.each<[string, Partial<Cluster>, object, RegExp]>([
    ['whose damage is in the last moment, too', {}, {}, /has the damage in it, too: let the policy say minutesBack/],
    ['without backups', { backupDays: 0 }, { minutesBack: 90 }, /RDS tells no moment/],
    ['that is no Aurora cluster', { engine: 'mysql' }, { minutesBack: 90 }, /only Aurora clusters are restored here/],
    ['without a writer', { globalSecondary: true }, { minutesBack: 90 }, /orders has no writer/],
    ['that is being deleted', { status: 'deleting' }, { minutesBack: 90 }, /orders is being deleted/],
  ])('%s is not restored', async (_, cluster, parameters, reason) => {
    const place = wrong(cluster, parameters);
    expect(await place.plan()).toEqual(no('refused', reason));
    expect(place.writes()).toEqual([]);
  });

  test('that is a replica of another is not restored', async () => {
    const place = wrong();
    const { DBClusters = [] } = await place.aws.rds.describeDBClusters({ DBClusterIdentifier: 'orders' });
    const follows = DBClusters.map((one) => ({ ...one, ReplicationSourceIdentifier: 'sales' }));
    answerWith(place, 'rds', 'DescribeDBClusters', { DBClusters: follows });
    expect(await place.plan()).toEqual(no('refused', /orders is a replica of sales: restore that/));
  });

  test('that has been restored already is not restored again', async () => {
    const place = wrong();
    place.account.services.rds.addCluster({ id: 'orders-homeostat-0ther001' });
    expect(await place.plan()).toEqual(no('refused', /has been restored already, as orders-homeostat-0ther001/));
  });

  test('of that name that somebody else made gets no member', async () => {
    const place = wrong();
    await place.plan();
    place.account.services.rds.addCluster({ id: copy, members: [] });
    expect(await place.start()).toEqual(no('refused', /not of this attempt/));
    expect(await place.check()).toMatchObject({ kind: 'failed' });
    expect(place.writes()).toEqual([]);
  });
});
