import { promoteReadReplica } from '../../../remediations/rds/promote-read-replica';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

/** The replica of `orders`, which has failed unless `source` says otherwise. */
function on(
  replica: Partial<Database> = {},
  source: Partial<Database> = { status: 'failed' },
  parameters: object = {},
) {
  const place = bench();
  const { rds } = place.account.services;
  rds.addDatabase({ id: 'orders', ...source });
  rds.addDatabase({ id: 'copy', replicaOf: 'orders', multiAz: false, ...replica });
  const target = { resource: place.resource('db-instance', 'copy'), condition: 'db-source-lost' };
  return { ...place, ...attempt(promoteReadReplica, place, target, parameters) };
}

const elsewhere = { replicaOf: 'arn:aws:rds:eu-west-1:111122223333:db:orders', sourceLost: true };

test('the plan says up to when the replica has followed, and what is lost', async () => {
  expect(await on().plan()).toMatchObject({
    kind: 'planned',
    plan: { replica: 'copy', source: 'orders', backupDays: 7 },
    summary: expect.stringContaining('as orders was at 2026-11-21T01:59:00Z') as string,
    destroys: ['what was written to orders after 2026-11-21T01:59:00Z, which copy has not got'],
    touches: [{ kind: 'db-instance', id: 'copy' }],
    group: 'alone',
  });
});

test('what would be lost reads the same while people are asked', async () => {
  const place = on();
  const first = await place.plan();
  await place.pass(1_234);
  expect(await place.plan()).toEqual(first);
});

test.each<[string, Partial<Database>, Partial<Database>, RegExp]>([
  ['whose source serves', {}, {}, /RDS does not say that copy has lost orders/],
  ['whose source is only stopped', {}, { status: 'stopped' }, /orders is stopped: it could take writes beside copy/],
  ['that is down itself', { status: 'failed' }, { status: 'failed' }, /copy is failed itself/],
  ['whose storage is optimized', { status: 'storage-optimization' }, { status: 'failed' }, /only what is available/],
  ['without backups', { backupDays: 0 }, { status: 'failed' }, /copy has no automated backups yet/],
  ['of another Region', elsewhere, {}, /is in another Region, where it cannot be seen to be lost/],
])('a replica %s is left as it is', async (_, replica, source, reason) => {
  const place = on(replica, source);
  expect(await place.plan()).toEqual(no('refused', reason));
  expect(place.writes()).toEqual([]);
});

test('a policy may take a replica without backups, and one of another Region', async () => {
  expect(await on({ backupDays: 0 }, { status: 'failed' }, { evenWithoutBackups: true }).plan()).toMatchObject({
    kind: 'planned',
  });
  expect(await on(elsewhere, {}, { evenFromElsewhere: true }).plan()).toMatchObject({ kind: 'planned' });
});

test('a source that no longer exists is lost', async () => {
  expect(await on({ replicaOf: 'gone' }).plan()).toMatchObject({ kind: 'planned', plan: { source: 'gone' } });
});

test.each(['backing-up', 'rebooting', 'modifying'])('a replica that is %s is waited for', async (status) => {
  expect(await on({ status }).plan()).toEqual(no('busy', /RDS promotes only what is available/));
});

test('an instance that follows nothing needs no promotion, and a member of a cluster has none', async () => {
  const place = bench();
  place.account.services.rds.addDatabase({ id: 'orders' });
  const plan = (id: string) =>
    attempt(promoteReadReplica, place, {
      resource: place.resource('db-instance', id),
      condition: 'db-source-lost',
    }).plan();
  expect(await plan('orders')).toEqual(no('notNeeded', /orders follows no other database/));
});

test('nothing is promoted when nobody knows how far it has followed', async () => {
  const place = on();
  answerWith(place, 'cloudwatch', 'GetMetricData', { MetricDataResults: [{ Id: 'lag', Timestamps: [], Values: [] }] });
  expect(await place.plan()).toEqual(no('refused', /ReplicaLag does not tell how far copy has followed orders/));
});

test('a lag that RDS could not tell is passed over for the last one that it could', async () => {
  const place = on();
  const at = (time: string) => new Date(`2026-11-21T${time}Z`);
  const told = { Timestamps: [at('01:59:00'), at('01:58:00'), at('01:57:00')], Values: [-1, 30, 2] };
  answerWith(place, 'cloudwatch', 'GetMetricData', { MetricDataResults: [{ Id: 'lag', ...told }] });
  expect(await place.plan()).toMatchObject({
    destroys: ['what was written to orders after 2026-11-21T01:57:00Z, which copy has not got'],
  });
});

test('a source that came back while people were asked keeps its replica', async () => {
  const place = on();
  await place.plan();
  place.account.services.rds.addDatabase({ id: 'orders' });
  expect(await place.start()).toEqual(no('refused', /RDS does not say that copy has lost orders/));
  expect(place.writes()).toEqual([]);
});

test('a replica that follows another source by now is left to it', async () => {
  const place = on();
  await place.plan();
  place.account.services.rds.addDatabase({ id: 'copy', replicaOf: 'sales' });
  expect(await place.start()).toEqual(no('refused', /copy follows sales now, and not orders/));
});

test('it is done once it follows nothing and serves; a second start changes nothing', async () => {
  const place = on({}, { status: 'failed' }, { backupDays: 14 });
  expect(await place.check()).toMatchObject({ kind: 'notStarted' });
  expect(await place.start()).toEqual({ kind: 'started' });
  expect(place.writes()).toMatchObject([
    { operation: 'PromoteReadReplica', input: { DBInstanceIdentifier: 'copy', BackupRetentionPeriod: 14 } },
  ]);
  await place.pass(150);
  expect(await place.check()).toEqual({ kind: 'pending', detail: 'copy is rebooting' });
  await place.pass(120);
  expect(await place.check()).toEqual({
    kind: 'done',
    detail:
      'copy follows orders no longer and takes writes: send clients to copy.simulated.eu-central-1.rds.amazonaws.com',
  });
  expect(await place.start()).toEqual({ kind: 'started' });
  expect(place.writes()).toHaveLength(1);
});
