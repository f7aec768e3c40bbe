import { addReadReplica } from '../../../remediations/rds/add-read-replica';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

/** The plan for `orders`, a database that gets more reads than it can carry. */
function on(database: Partial<Database> = {}, parameters: object = {}) {
  const place = bench();
  place.account.services.rds.addDatabase({
    id: 'orders',
    tags: { service: 'shop', 'aws:cloudformation:stack-name': 'shop' },
    sick: { kind: 'overloaded', curedBy: ['reader'] },
    ...database,
  });
  const target = { resource: place.resource('db-instance', 'orders'), condition: 'db-overloaded' };
  return { ...place, ...attempt(addReadReplica, place, target, parameters) };
}

const replica = 'orders-homeostat-4ab45bee';

async function shown({ aws }: Bench, id = replica) {
  const rds = aws as { rds: { describeDBInstances(input: object): Promise<{ DBInstances?: object[] }> } };
  return (await rds.rds.describeDBInstances({ DBInstanceIdentifier: id })).DBInstances?.[0];
}

test('it gets a replica of its own class, under a name of the attempt', async () => {
  expect(await on().plan()).toMatchObject({
    kind: 'planned',
    plan: { source: 'orders', replica, mostReplicas: 2 },
    summary: `add the read replica ${replica} of class db.r6g.large to orders`,
    touches: [{ kind: 'db-instance', id: 'orders' }],
    group: 'alone',
  });
});

test.each<[string, Partial<Database>, object, RegExp]>([
  ['without backups', { backupDays: 0 }, {}, /orders has no automated backups/],
  ['whose storage is full', { status: 'storage-full' }, {}, /needs storage before it can be copied/],
  ['that is stopped', { status: 'stopped' }, {}, /orders is stopped: RDS copies only what is available/],
  ['that is a replica', { replicaOf: 'sales' }, {}, /orders is a read replica itself, of sales/],
])('an instance %s is left alone', async (_, database, parameters, reason) => {
  const place = on(database, parameters);
  expect(await place.plan()).toEqual(no('refused', reason));
  expect(place.writes()).toEqual([]);
});

test('a member of a cluster is left to add-cluster-reader', async () => {
  const place = bench();
  place.account.services.rds.addCluster({ id: 'shop' });
  const target = { resource: place.resource('db-instance', 'shop-1'), condition: 'db-overloaded' };
  expect(await attempt(addReadReplica, place, target).plan()).toEqual(no('refused', /use add-cluster-reader/));
});

test('replicas that others made count, too', async () => {
  const place = on({}, { mostReplicas: 1 });
  place.account.services.rds.addDatabase({ id: 'by-people', replicaOf: 'orders' });
  expect(await place.plan()).toEqual(no('refused', /orders has 1 read replicas, and may have 1/));
});

test('replicas that were added since the plan count, too', async () => {
  const place = on({}, { mostReplicas: 1 });
  await place.plan();
  place.account.services.rds.addDatabase({ id: 'by-people', replicaOf: 'orders' });
  expect(await place.start()).toEqual(no('refused', /and may have 1/));
  expect(place.writes()).toEqual([]);
});

test('the replica has the security groups, storage and tags of its source, and those of AWS are not copied', async () => {
  const place = on();
  expect(await place.start()).toEqual({ kind: 'started' });
  expect(place.writes()).toMatchObject([
    {
      operation: 'CreateDBInstanceReadReplica',
      input: {
        SourceDBInstanceIdentifier: 'orders',
        DBInstanceClass: 'db.r6g.large',
        VpcSecurityGroupIds: ['sg-0aaaaaaaaaaaaaaa1'],
        StorageType: 'gp3',
        Tags: [
          { Key: 'homeostat:attempt', Value: 'incident-1/1' },
          { Key: 'service', Value: 'shop' },
        ],
      },
    },
  ]);
  expect(place.writes()[0]?.input).not.toHaveProperty('Iops');
});

test('a policy may choose another class', async () => {
  const place = on({}, { instanceClass: 'db.r6g.xlarge' });
  await place.start();
  await place.pass(900);
  expect(await shown(place)).toMatchObject({ DBInstanceClass: 'db.r6g.xlarge' });
});

test('it is done once the replica follows, and says where reads are to be sent', async () => {
  const place = on();
  expect(await place.check()).toMatchObject({ kind: 'notStarted' });
  await place.start();
  expect(await place.check()).toEqual({ kind: 'pending', detail: `the replica ${replica} is creating` });
  await place.pass(900);
  expect(await place.check()).toEqual({
    kind: 'done',
    detail: `${replica} follows orders: send reads to ${replica}.simulated.eu-central-1.rds.amazonaws.com`,
  });
});

test('a replica that does not follow is no success', async () => {
  const place = on();
  await place.start();
  await place.pass(900);
  place.account.services.rds.fail('orders');
  expect(await place.check()).toEqual({ kind: 'failed', detail: `${replica} does not follow orders` });
});

test('something of that name that somebody else made is neither taken for it nor deleted', async () => {
  const place = on();
  await place.plan();
  place.account.services.rds.addDatabase({ id: replica });
  expect(await place.start()).toEqual(no('refused', /not of this attempt/));
  expect(await place.check()).toMatchObject({ kind: 'failed' });
  expect(await place.undo()).toEqual(no('refused', /not of this attempt: it stays/));
  expect(place.writes()).toEqual([]);
});

test('one that appears between the look and the call is left to the check', async () => {
  const place = on();
  await place.plan();
  const exists = Object.assign(new Error('DB instance already exists'), { name: 'DBInstanceAlreadyExistsFault' });
  answerWith(place, 'rds', 'CreateDBInstanceReadReplica', exists);
  expect(await place.start()).toEqual({ kind: 'started' });
});

test('undo deletes the replica, once', async () => {
  const place = on();
  await place.start();
  await place.pass(900);
  expect(await place.undo()).toEqual({ kind: 'started' });
  expect(await place.undo()).toEqual({ kind: 'started' });
  await place.pass(900);
  expect(await place.undo()).toEqual({ kind: 'started' });
  expect(place.writes().map(({ operation }) => operation)).toEqual(['CreateDBInstanceReadReplica', 'DeleteDBInstance']);
  expect(place.writes().at(-1)).toMatchObject({ input: { DBInstanceIdentifier: replica, SkipFinalSnapshot: true } });
});

test('undo leaves a replica alone that has been made a database of its own since', async () => {
  const place = on();
  await place.start();
  await place.pass(900);
  place.account.call('rds', 'PromoteReadReplica', { DBInstanceIdentifier: replica });
  await place.pass(900);
  expect(await place.undo()).toEqual(no('refused', /does not follow orders any more: it has data of its own/));
  expect(place.writes().map(({ operation }) => operation)).not.toContain('DeleteDBInstance');
});
