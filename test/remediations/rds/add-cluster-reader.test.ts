import { addClusterReader } from '../../../remediations/rds/add-cluster-reader';
import { bench, type Bench } from '../account';
import { attempt, no } from '../attempt';

type Cluster = Parameters<Bench['account']['services']['rds']['addCluster']>[0];

const writer = { id: 'one', zone: 'eu-central-1a', class: 'db.r6g.xlarge', tags: { service: 'shop' } };
const reader = { id: 'two', zone: 'eu-central-1b', class: 'db.r6g.large' };

/** The cluster `shop`: a writer in zone a and a smaller reader in zone b unless it is said otherwise. */
function on(cluster: Partial<Cluster> = {}, condition = 'db-overloaded', parameters: object = {}) {
  const place = bench();
  place.account.services.rds.addCluster({ id: 'shop', members: [writer, reader], ...cluster });
  const target = { resource: place.resource('db-cluster', 'shop'), condition };
  return { ...place, ...attempt(addClusterReader, place, target, parameters) };
}

const added = 'shop-homeostat-4ab45bee';

test('the reader has the class of the writer, and stands in a zone without a member', async () => {
  const place = on();
  expect(await place.plan()).toMatchObject({
    kind: 'planned',
    plan: { cluster: 'shop', reader: added, zone: 'eu-central-1c' },
    summary: `add the reader ${added} to shop, in eu-central-1c and of the class of its writer`,
    touches: [{ kind: 'db-cluster', id: 'shop' }],
    group: { size: 2, healthyOthers: 2 },
  });
  await place.start();
  expect(place.writes()).toMatchObject([
    {
      operation: 'CreateDBInstance',
      input: {
        DBInstanceIdentifier: added,
        DBClusterIdentifier: 'shop',
        DBInstanceClass: 'db.r6g.xlarge',
        Engine: 'aurora-postgresql',
        AvailabilityZone: 'eu-central-1c',
        PromotionTier: 1,
        DBParameterGroupName: 'tuned',
        Tags: [
          { Key: 'homeostat:attempt', Value: 'incident-1/1' },
          { Key: 'service', Value: 'shop' },
        ],
      },
    },
  ]);
});

test('where every zone has a member, the one with the fewest is taken, but none to avoid', async () => {
  const members = [writer, reader, { id: 'three', zone: 'eu-central-1c' }, { id: 'four', zone: 'eu-central-1a' }];
  const zone = async (avoidZones: string[]) => on({ members }, 'db-overloaded', { avoidZones, mostReaders: 9 }).plan();
  expect(await zone([])).toMatchObject({ plan: { zone: 'eu-central-1b' } });
  expect(await zone(['eu-central-1b'])).toMatchObject({ plan: { zone: 'eu-central-1c' } });
  expect(await zone(['eu-central-1a', 'eu-central-1b', 'eu-central-1c'])).toEqual(
    no('refused', /every zone of shop is one to avoid/),
  );
});

test.each<[string, Partial<Cluster>, string, RegExp]>([
  ['whose readers could take over', {}, 'db-writer-unhealthy', /shop has a reader already: use failover-db-cluster/],
  ['that is no Aurora cluster', { engine: 'mysql' }, 'db-overloaded', /shop runs mysql: only an Aurora cluster/],
  ['that is stopped', { status: 'stopped' }, 'db-overloaded', /shop is stopped: RDS adds a reader only to what/],
  ['without a writer', { globalSecondary: true }, 'db-overloaded', /shop has no writer/],
  [
    'with as many readers as it may have',
    { members: [writer, reader, { id: 'three' }, { id: 'four' }] },
    'db-overloaded',
    /shop has 3 readers, and may have 3/,
  ],
])('a cluster %s is left alone', async (_, cluster, condition, reason) => {
  const place = on(cluster, condition);
  expect(await place.plan()).toEqual(no('refused', reason));
  expect(place.writes()).toEqual([]);
});

test('a writer that has no reader gets one, to take over', async () => {
  expect(await on({ members: [writer] }, 'db-writer-unhealthy').plan()).toMatchObject({ kind: 'planned' });
});

test('a cluster whose readers auto scaling counts is left to that', async () => {
  const place = on();
  place.account.services['application-autoscaling'].add({
    resource: 'cluster:shop',
    dimension: 'rds:cluster:ReadReplicaCount',
    min: 1,
    max: 4,
  });
  expect(await place.plan()).toEqual(no('refused', /auto scaling keeps 1 to 4 readers in shop: raise its bounds/));
});

test.each(['creating', 'deleting'])('it waits while a member is %s', async (status) => {
  expect(await on({ members: [writer, { ...reader, status }] }).plan()).toEqual(
    no('busy', new RegExp(`two of shop is ${status}`)),
  );
});

test('a reader that came since the plan makes a second one needless', async () => {
  const place = on({}, 'db-overloaded', { mostReaders: 2 });
  await place.plan();
  place.account.services.rds.addCluster({ id: 'shop', members: [writer, reader, { id: 'three' }] });
  expect(await place.start()).toEqual(no('refused', /shop has 2 readers, and may have 2/));
  expect(place.writes()).toEqual([]);
});

test('it is done once the reader serves, and undo deletes it', async () => {
  const place = on();
  expect(await place.check()).toMatchObject({ kind: 'notStarted' });
  await place.start();
  expect(await place.start()).toEqual({ kind: 'started' });
  expect(await place.checkWithoutHandle()).toEqual({ kind: 'pending', detail: `the reader ${added} is creating` });
  await place.pass(400);
  expect(await place.check()).toEqual({ kind: 'done', detail: `the reader ${added} is available` });
  expect(await place.undo()).toEqual({ kind: 'started' });
  expect(place.writes().map(({ operation }) => operation)).toEqual(['CreateDBInstance', 'DeleteDBInstance']);
});

test('undo leaves a member alone that somebody else made', async () => {
  const place = on();
  await place.plan();
  place.account.services.rds.addDatabase({ id: added });
  expect(await place.undo()).toEqual(no('refused', /not of this attempt: it stays/));
});

test('undo leaves a reader alone that has become the writer since', async () => {
  const place = on();
  await place.start();
  await place.pass(400);
  place.account.call('rds', 'FailoverDBCluster', { DBClusterIdentifier: 'shop', TargetDBInstanceIdentifier: added });
  await place.pass(400);
  expect(await place.undo()).toEqual(no('refused', /is the writer of shop by now/));
  expect(place.writes().map(({ operation }) => operation)).not.toContain('DeleteDBInstance');
});
