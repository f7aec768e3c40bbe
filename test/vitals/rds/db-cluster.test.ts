import { dbClusterVitals } from '../../../vitals/rds/db-cluster';
import { bench, type Bench } from '../../remediations/account';

type Cluster = Parameters<ReturnType<typeof bench>['account']['services']['rds']['addCluster']>[0];

const look = async (cluster: Partial<Cluster>) => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop', ...cluster });
  return dbClusterVitals.health(resource('db-cluster', 'shop'), 'db-writer-unhealthy', aws);
};

test('a cluster whose writer answers is healthy', async () => {
  expect(await look({})).toEqual({
    kind: 'healthy',
    detail: 'shop is available and its writer shop-1 is available',
  });
});

test('a cluster that is failing over is unhealthy', async () => {
  expect(await look({ status: 'failing-over' })).toEqual({ kind: 'unhealthy', detail: 'shop is failing-over' });
});

test('a cluster whose writer restarts is unhealthy', async () => {
  expect(await look({ members: [{ id: 'one', status: 'rebooting' }, { id: 'two' }] })).toEqual({
    kind: 'unhealthy',
    detail: 'one, the writer of shop, is rebooting',
  });
});

test('a sick reader does not make the cluster sick', async () => {
  expect(await look({ members: [{ id: 'one' }, { id: 'two', status: 'rebooting' }] })).toMatchObject({
    kind: 'healthy',
  });
});

test('a cluster without a writer is unhealthy', async () => {
  expect(await look({ globalSecondary: true })).toEqual({ kind: 'unhealthy', detail: 'shop has no writer' });
});

test('a cluster that is being deleted is gone, and so is one that RDS does not know', async () => {
  expect(await look({ status: 'deleting' })).toMatchObject({ kind: 'gone' });
  const { aws, resource } = bench();
  expect(await dbClusterVitals.health(resource('db-cluster', 'shop'), 'db-writer-unhealthy', aws)).toMatchObject({
    kind: 'gone',
  });
});

test('every member is read, however many pages they fill', async () => {
  const { account, aws, resource } = bench();
  const readers = Array.from({ length: 15 }, (_, place) => ({ id: `reader-${place}` }));
  account.services.rds.addCluster({ id: 'shop', members: [...readers, { id: 'last', writer: true }] });
  account.pageSize = 4;
  expect(await dbClusterVitals.health(resource('db-cluster', 'shop'), 'db-writer-unhealthy', aws)).toMatchObject({
    kind: 'healthy',
  });
});

test('a cluster whose members are not all shown is unknown', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop' });
  const astray = {
    ...aws,
    rds: {
      ...aws.rds,
      describeDBClusters: aws.rds.describeDBClusters.bind(aws.rds),
      describeDBInstances: async () => ({ DBInstances: [], $metadata: {} }),
    },
  };
  expect(await dbClusterVitals.health(resource('db-cluster', 'shop'), 'db-writer-unhealthy', astray)).toEqual({
    kind: 'unknown',
    detail: 'RDS does not show every member of shop as an instance',
  });
});

test('tags are those of the cluster', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop', tags: { service: 'shop' } });
  expect(await dbClusterVitals.tags(resource('db-cluster', 'shop'), aws)).toEqual({ service: 'shop' });
});

test('tags that RDS does not answer are not taken for none', async () => {
  const { aws, resource } = bench();
  const astray = { ...aws, rds: { ...aws.rds, describeDBClusters: async () => ({ DBClusters: [], $metadata: {} }) } };
  await expect(dbClusterVitals.tags(resource('db-cluster', 'shop'), astray)).rejects.toThrow(
    'RDS did not answer with exactly one cluster named shop',
  );
});

const around = (cluster: Partial<Cluster> | undefined, fault?: 'denied') => {
  const on: Bench = bench();
  if (cluster) on.account.services.rds.addCluster({ id: 'shop', ...cluster });
  if (fault) on.account.faults.plant('rds', 'DescribeDBClusters', fault, 100);
  const resource = on.resource('db-cluster', 'shop');
  return {
    resource,
    place: () => dbClusterVitals.place(resource, on.aws),
    members: () => dbClusterVitals.members?.(resource, on.aws),
    busy: () => dbClusterVitals.busy?.(resource, on.aws),
  };
};

test('a cluster is the group that it stands in, where its writer is', async () => {
  const on = around({ members: [{ id: 'one' }, { id: 'two', zone: 'eu-central-1c', writer: true }] });
  expect(await on.place()).toEqual({ zone: 'eu-central-1c', groups: [on.resource] });
});

test('a cluster without a writer is in no zone', async () => {
  const on = around({ globalSecondary: true });
  expect(await on.place()).toEqual({ groups: [on.resource] });
});

test('members that do not answer are the sick ones', async () => {
  const members = [{ id: 'one' }, { id: 'two', status: 'rebooting' }, { id: 'three', status: 'backing-up' }];
  expect(await around({ members }).members()).toEqual({ size: 3, sick: 1 });
});

test.each(['failing-over', 'modifying', 'maintenance', 'upgrading', 'promoting'])(
  'somebody is at work on a cluster that is %s',
  async (status) => {
    expect(await around({ status }).busy()).toBe(`shop is ${status}`);
  },
);

test('nobody is at work on a cluster that is available, though a reader restarts', async () => {
  expect(await around({ members: [{ id: 'one' }, { id: 'two', status: 'rebooting' }] }).busy()).toBeUndefined();
});

test('a cluster that is gone stands nowhere, has no members, and nobody is at work on it', async () => {
  const on = around(undefined);
  expect(await on.place()).toEqual({ groups: [] });
  expect(await on.members()).toEqual({ size: 0, sick: 0 });
  expect(await on.busy()).toBeUndefined();
});

test.each(['place', 'members', 'busy'] as const)(
  'the %s of a cluster that cannot be read is not made up',
  async (what) => {
    await expect(around({}, 'denied')[what]()).rejects.toThrow('not authorized');
  },
);

test('that a writer answers late is not seen by a read of its status', () => {
  expect(dbClusterVitals.sees).toEqual([]);
});
