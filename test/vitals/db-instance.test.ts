import { dbInstanceVitals } from '../../vitals/db-instance';
import { bench } from '../remediations/account';

const look = async (status: string, condition = 'db-instance-impaired') => {
  const { account, aws, resource } = bench();
  account.services.rds.addDatabase({ id: 'orders', status, tags: { service: 'shop' } });
  return dbInstanceVitals.health(resource('db-instance', 'orders'), condition, aws);
};

test('an instance that answers its clients is healthy', async () => {
  expect(await look('available')).toEqual({ kind: 'healthy', detail: 'orders is available in eu-central-1a' });
});

test.each(['storage-optimization', 'backing-up', 'configuring-enhanced-monitoring'])(
  '%s is no sickness',
  async (status) => {
    expect(await look(status)).toMatchObject({ kind: 'healthy' });
  },
);

test.each(['rebooting', 'failed', 'stopped', 'incompatible-parameters', 'a-status-of-next-year'])(
  'an instance that is %s is unhealthy',
  async (status) => {
    expect(await look(status)).toEqual({ kind: 'unhealthy', detail: `orders is ${status}` });
  },
);

test('an instance that is being deleted is gone', async () => {
  expect(await look('deleting')).toEqual({ kind: 'gone', detail: 'orders is being deleted' });
});

test('storage is low while a tenth of it or less is free, and whether it is full or not', async () => {
  const { account, aws, resource } = bench();
  const { rds } = account.services;
  rds.addDatabase({ id: 'orders', storageGiB: 200 });
  const health = () => dbInstanceVitals.health(resource('db-instance', 'orders'), 'db-storage-low', aws);
  rds.setFreeStorage('orders', 20);
  expect(await health()).toEqual({ kind: 'unhealthy', detail: '10 % of the 200 GiB of orders are free' });
  rds.setFreeStorage('orders', 50);
  expect(await health()).toEqual({ kind: 'healthy', detail: '25 % of the 200 GiB of orders are free' });
  rds.setFreeStorage('orders', 0);
  expect(await health()).toEqual({ kind: 'unhealthy', detail: 'orders is storage-full' });
});

test('storage that no metric tells of is unknown', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addDatabase({ id: 'orders' });
  const silent = { ...aws, cloudwatch: { ...aws.cloudwatch, getMetricData: async () => ({ $metadata: {} }) } };
  expect(await dbInstanceVitals.health(resource('db-instance', 'orders'), 'db-storage-low', silent)).toEqual({
    kind: 'unknown',
    detail: 'how much storage of orders is free is not told by FreeStorageSpace',
  });
});

test.each([
  [[], 'unknown'],
  [[{ StatusType: 'read replication', Normal: false, Status: 'error' }], 'unhealthy'],
  [[{ StatusType: 'read replication', Normal: true, Status: 'replicating' }], 'healthy'],
])('a replica of which RDS says %j is %s', async (StatusInfos, kind) => {
  const { account, aws, resource } = bench();
  account.services.rds.addDatabase({ id: 'orders' });
  const describeDBInstances = async (input: { DBInstanceIdentifier: string }) => {
    const answer = await aws.rds.describeDBInstances(input);
    return { ...answer, DBInstances: answer.DBInstances?.map((each) => ({ ...each, StatusInfos })) };
  };
  const telling = { ...aws, rds: { ...aws.rds, describeDBInstances } } as never;
  expect(
    await dbInstanceVitals.health(resource('db-instance', 'orders'), 'db-replication-broken', telling),
  ).toMatchObject({
    kind,
  });
});

test('an instance that RDS does not know is gone, and has no tags', async () => {
  const { aws, resource } = bench();
  const lost = resource('db-instance', 'orders');
  expect(await dbInstanceVitals.health(lost, 'db-instance-impaired', aws)).toEqual({
    kind: 'gone',
    detail: 'orders no longer exists',
  });
  expect(await dbInstanceVitals.tags(lost, aws)).toEqual({});
});

test('tags are those of the instance', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addDatabase({ id: 'orders', tags: { service: 'shop' } });
  expect(await dbInstanceVitals.tags(resource('db-instance', 'orders'), aws)).toEqual({ service: 'shop' });
});

test('what cannot be an identifier is unknown, and is not sent to AWS', async () => {
  const { aws, calls, resource } = bench();
  const hostile = resource('db-instance', 'orders; $(reboot)\u001b[2J');
  expect(await dbInstanceVitals.health(hostile, 'db-instance-impaired', aws)).toMatchObject({ kind: 'unknown' });
  expect(calls).toEqual([]);
});

test('an answer about another instance is unknown', async () => {
  const { aws, resource } = bench();
  const astray = { ...aws, rds: { ...aws.rds, describeDBInstances: async () => ({ DBInstances: [], $metadata: {} }) } };
  expect(await dbInstanceVitals.health(resource('db-instance', 'orders'), 'db-instance-impaired', astray)).toEqual({
    kind: 'unknown',
    detail: 'RDS did not answer with exactly one instance named orders',
  });
});

test('a read that is denied is unknown', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addDatabase({ id: 'orders' });
  account.faults.plant('rds', 'DescribeDBInstances', 'denied');
  expect(await dbInstanceVitals.health(resource('db-instance', 'orders'), 'db-instance-impaired', aws)).toMatchObject({
    kind: 'unknown',
  });
});

test('tags that RDS does not answer are not taken for none', async () => {
  const { aws, resource } = bench();
  const astray = { ...aws, rds: { ...aws.rds, describeDBInstances: async () => ({ DBInstances: [], $metadata: {} }) } };
  await expect(dbInstanceVitals.tags(resource('db-instance', 'orders'), astray)).rejects.toThrow(
    'RDS did not answer with exactly one instance named orders',
  );
});
