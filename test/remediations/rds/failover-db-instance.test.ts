import { failoverDbInstance } from '../../../remediations/rds/failover-db-instance';
import { bench, type Bench } from '../account';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

/** The plan for `orders`, whose primary is in zone a and its standby in zone b unless `database` says otherwise. */
async function planFor(database: Partial<Database> = {}, parameters: object = {}) {
  const on = bench();
  on.account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'host' }, ...database });
  const target = { resource: on.resource('db-instance', 'orders'), condition: 'db-instance-impaired', attemptKey: 'k' };
  const plan = () => failoverDbInstance.plan(target, parameters, on.aws);
  return { ...on, plan, planning: await plan() };
}

async function started() {
  const on = await planFor();
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  const start = () => failoverDbInstance.start(plan, on.aws);
  const check = () => failoverDbInstance.check(plan, undefined, on.aws);
  return { ...on, start, check };
}

test('a Multi-AZ instance is failed over to the zone of its standby', async () => {
  const { planning } = await planFor();
  expect(planning).toMatchObject({
    kind: 'planned',
    plan: { instance: 'orders', fromZone: 'eu-central-1a', toZone: 'eu-central-1b' },
    summary: 'fail orders over from eu-central-1a to its standby in eu-central-1b',
    touches: [{ kind: 'db-instance', id: 'orders' }],
    group: { size: 2, healthyOthers: 1 },
  });
});

test.each<[string, Partial<Database>, object, RegExp]>([
  ['without a standby', { multiAz: false }, {}, /orders has no standby: it is not Multi-AZ/],
  ['whose storage is being optimized', { status: 'storage-optimization' }, {}, /RDS fails over only what is available/],
  ['with changes waiting', { pendingModifications: { class: 'db.r6g.xlarge' } }, {}, /waiting.*DBInstanceClass/],
  ['of SQL Server', { engine: 'sqlserver-se' }, {}, /reboot without failover/],
  [
    'whose standby is in a zone to avoid',
    {},
    { avoidZones: ['eu-central-1b'] },
    /standby of orders is in eu-central-1b/,
  ],
])('an instance %s is left alone', async (_, database, parameters, reason) => {
  const { planning, writes } = await planFor(database, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test.each(['modifying', 'rebooting', 'maintenance', 'upgrading'])(
  'an instance that is %s is waited for, unless it would be left alone all the same',
  async (status) => {
    const { planning, writes } = await planFor({ status });
    expect(planning).toEqual({ kind: 'busy', reason: `orders is ${status}: RDS fails over only what is available` });
    expect(writes()).toEqual([]);
    expect((await planFor({ status, multiAz: false })).planning).toMatchObject({ kind: 'refused' });
  },
);

test('a member of a cluster is left to failover-db-cluster', async () => {
  const { account, aws, resource } = bench();
  account.services.rds.addCluster({ id: 'shop' });
  const target = { resource: resource('db-instance', 'shop-1'), condition: 'db-instance-impaired', attemptKey: 'k' };
  expect(await failoverDbInstance.plan(target, {}, aws)).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/shop-1 is a member of the cluster shop: use failover-db-cluster/) as string,
  });
});

test('an instance that has just failed over is left where it is for half an hour', async () => {
  const { account, plan, pass } = await planFor();
  account.services.rds.failOver('orders');
  await pass(120);
  expect(await plan()).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(/had a failover in the last 30 minutes/) as string,
  });
  await pass(1800);
  expect(await plan()).toMatchObject({ kind: 'planned', plan: { fromZone: 'eu-central-1b', toZone: 'eu-central-1a' } });
});

test('an instance whose events cannot be read is not failed over', async () => {
  const { account, plan, writes } = await planFor();
  account.faults.plant('rds', 'DescribeEvents', 'denied');
  await expect(plan()).rejects.toThrow(/not authorized/);
  expect(writes()).toEqual([]);
});

test('the failover is done once the instance serves from the other zone', async () => {
  const { start, check, pass, writes } = await started();
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toMatchObject([
    { operation: 'RebootDBInstance', input: { DBInstanceIdentifier: 'orders', ForceFailover: true } },
  ]);
  await pass(20);
  expect(await check()).toEqual({ kind: 'pending', detail: 'orders is rebooting' });
  await pass(100);
  expect(await check()).toEqual({
    kind: 'done',
    detail: 'orders is available in eu-central-1b, no longer in eu-central-1a',
  });
});

test('a second start never brings the database back to where it was', async () => {
  const { start, check, pass, writes } = await started();
  await start();
  expect(await start()).toEqual({ kind: 'refused', reason: expect.stringMatching(/orders is rebooting/) as string });
  await pass(600);
  expect(await start()).toEqual({
    kind: 'refused',
    reason: 'orders serves from eu-central-1b and not from eu-central-1a any more: it has failed over already',
  });
  expect(writes()).toHaveLength(1);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a plan that waited for its approval while RDS failed over by itself is refused', async () => {
  const { account, start, pass, writes } = await started();
  account.services.rds.failOver('orders');
  await pass(3_600);
  expect(await start()).toMatchObject({ kind: 'refused' });
  expect(writes()).toEqual([]);
});

test('an instance that turns busy between the read and the call is refused, and says that it may be failing over', async () => {
  const { aws, planning } = await started();
  if (planning.kind !== 'planned') throw new Error('not planned');
  const busy = Object.assign(new Error('Instance orders is not in available state.'), {
    name: 'InvalidDBInstanceStateFault',
  });
  const rds = {
    describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
    describeEvents: aws.rds.describeEvents.bind(aws.rds),
    rebootDBInstance: () => Promise.reject(busy),
  };
  expect(await failoverDbInstance.start(planning.plan, { ...aws, rds: { ...aws.rds, ...rds } })).toEqual({
    kind: 'refused',
    reason: 'orders is busy, maybe failing over already: Instance orders is not in available state.',
  });
});

test.each([
  [
    "Amazon RDS isn't attempting a requested failover because a failover recently occurred on the DB instance.",
    { kind: 'failed' },
  ],
  ['Multi-AZ instance failover started.', { kind: 'pending' }],
  ['Words that RDS uses from next year on', { kind: 'pending' }],
])('RDS saying "%s" is told apart', async (message, outcome) => {
  const { aws, planning } = await started();
  if (planning.kind !== 'planned') throw new Error('not planned');
  const rds = {
    describeDBInstances: aws.rds.describeDBInstances.bind(aws.rds),
    describeEvents: async () => ({ Events: [{ Message: message, EventCategories: ['failover'] }], $metadata: {} }),
  };
  const answer = await failoverDbInstance.check(planning.plan, undefined, { ...aws, rds: { ...aws.rds, ...rds } });
  expect(answer).toMatchObject(outcome);
});
