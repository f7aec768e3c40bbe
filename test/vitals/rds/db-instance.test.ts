import { dbInstanceVitals } from '../../../vitals/rds/db-instance';
import { bench, type Bench } from '../../remediations/account';

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

describe('the place of an instance', () => {
  const placeOf = ({ aws, resource }: Bench, id: string) => dbInstanceVitals.place(resource('db-instance', id), aws);

  test('is the zone that it serves from', async () => {
    const on = bench();
    on.account.services.rds.addDatabase({ id: 'orders', zone: 'eu-central-1b' });
    expect(await placeOf(on, 'orders')).toEqual({ zone: 'eu-central-1b', groups: [] });
  });

  test('is its cluster, too, if it is a member of one', async () => {
    const on = bench();
    on.account.services.rds.addCluster({ id: 'shop' });
    expect(await placeOf(on, 'shop-2')).toEqual({ zone: 'eu-central-1b', groups: [on.resource('db-cluster', 'shop')] });
  });

  test('is nowhere once it is gone, and unknown where it cannot be read', async () => {
    const on = bench();
    expect(await placeOf(on, 'orders')).toEqual({ groups: [] });
    await expect(placeOf(on, 'orders; $(reboot)')).rejects.toThrow('is not an identifier that RDS gives');
    on.account.faults.plant('rds', 'DescribeDBInstances', 'denied');
    await expect(placeOf(on, 'orders')).rejects.toThrow('not authorized');
  });
});

describe('somebody is at work on an instance', () => {
  const workOn = (status: string, fault?: 'denied') => {
    const { account, aws, resource } = bench();
    account.services.rds.addDatabase({ id: 'orders', status });
    if (fault) account.faults.plant('rds', 'DescribeDBInstances', fault);
    return dbInstanceVitals.busy?.(resource('db-instance', 'orders'), aws);
  };

  test.each(['backing-up', 'maintenance', 'modifying', 'rebooting', 'renaming', 'starting', 'stopping', 'upgrading'])(
    'while it is %s',
    async (status) => {
      expect(await workOn(status)).toBe(`orders is ${status}`);
    },
  );

  test.each(['available', 'failed', 'stopped', 'storage-full', 'storage-optimization', 'a-status-of-next-year'])(
    'but not while it is %s: that is no work, or lasts',
    async (status) => {
      expect(await workOn(status)).toBeUndefined();
    },
  );

  test('or it cannot be told, when the read is denied', async () => {
    await expect(workOn('available', 'denied')).rejects.toThrow('not authorized');
  });

  test('but not when it is gone', async () => {
    const { aws, resource } = bench();
    expect(await dbInstanceVitals.busy?.(resource('db-instance', 'orders'), aws)).toBeUndefined();
  });
});

test.each([
  ['db-instance-failed', 'failed'],
  ['db-parameters-incompatible', 'incompatible-parameters'],
  ['db-network-incompatible', 'incompatible-network'],
])('what the read sees, %s, it proves and disproves', async (condition, status) => {
  expect(dbInstanceVitals.sees).toContain(condition);
  expect(await look(status, condition)).toMatchObject({ kind: 'unhealthy' });
  expect(await look('available', condition)).toMatchObject({ kind: 'healthy' });
});

test('what no status tells is not seen', () => {
  for (const condition of ['db-instance-impaired', 'db-overloaded', 'db-storage-low']) {
    expect(dbInstanceVitals.sees).not.toContain(condition);
  }
});
