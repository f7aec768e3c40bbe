import { restoreFromRecoveryPoint } from '../../../remediations/backup/restore-from-recovery-point';
import { answerWith } from '../attempt';
import { arns, onProtected } from './protected';

const on = (...rest: Parameters<typeof onProtected> extends [unknown, ...infer Rest] ? Rest : never) =>
  onProtected(restoreFromRecoveryPoint, ...rest);

test('a table is restored from its newest backup beside itself, and people are told what to do with it', async () => {
  const { started, writes, pass } = on({ points: [50, 26] });
  const { start, check } = await started();
  expect(await start()).toMatchObject({
    kind: 'started',
    progressOf: { kind: 'protected-resource', id: arns.DynamoDB },
  });
  const table = expect.stringMatching(/^orders-homeostat-[0-9a-f]{8}$/) as string;
  expect(writes().map(({ input }) => input)).toEqual([
    {
      RecoveryPointArn: expect.stringMatching(/:recovery-point:/) as string,
      Metadata: { encryptionType: 'Default', targetTableName: table },
      IamRoleArn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole',
      IdempotencyToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      ResourceType: 'DynamoDB',
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(900);
  expect(await check()).toEqual({
    kind: 'done',
    detail: expect.stringMatching(
      /table\/orders-homeostat-\w{8} holds .*table\/orders as of 2026-11-20T00:00Z; that is left as it is\. .*point the application at it$/,
    ) as string,
  });
});

test.each([
  [arns.RDS, { DBInstanceIdentifier: expect.stringMatching(/^ledger-homeostat-[0-9a-f]{8}$/) as string }],
  [arns.EFS, { newFileSystem: 'true', CreationToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }],
])('%s is restored under a name or token of its own, never over itself', async (arn, changes) => {
  const { started, writes } = on({ arn });
  await (await started()).start();
  expect(writes()[0]?.input).toMatchObject({ Metadata: changes });
});

test('a volume is restored into the zone that it is in, as the type that it is', async () => {
  const { started, writes } = on({ arn: arns.EBS }, (bench) => {
    bench.account.services.ec2.addInstance({
      id: 'i-0aaaaaaaaaaaaaaa1',
      zone: 'eu-central-1b',
      volumes: [{ id: 'vol-0aaaaaaaaaaaaaaa1', type: 'io2' }],
    });
    return bench.resource('volume', 'vol-0aaaaaaaaaaaaaaa1');
  });
  await (await started()).start();
  expect(writes()[0]?.input).toMatchObject({
    RecoveryPointArn: expect.stringMatching(/:snapshot\/snap-/) as string,
    Metadata: { availabilityZone: 'eu-central-1b', volumeType: 'io2', encrypted: 'false' },
  });
});

test('a volume that is gone is refused, since nobody knows where another one is needed', async () => {
  const { reason } = on({ arn: arns.EBS }, ({ resource }) => resource('volume', 'vol-0aaaaaaaaaaaaaaa1'));
  expect(await reason()).toMatch(/^refused: in which zone the volume vol-0aaaaaaaaaaaaaaa1 was EC2 does not say/);
});

test.each(['arn:aws:s3:::shop-images', 'arn:aws:rds:eu-central-1:111122223333:cluster:ledger'])(
  '%s is refused: how it is restored beside itself is not known here',
  async (arn) => {
    expect(await on({ arn }).reason()).toMatch(/^refused: how arn:.* is restored beside itself is not known here/);
  },
);

test('the newest backup of before the moment that the policy says is taken, in the vaults that it names', async () => {
  const summary = async (parameters: object) => {
    const planning = await on({ points: [50, 26, 2] }).plan(parameters);
    return planning.kind === 'planned' ? planning.summary : planning;
  };
  expect(await summary({})).toMatch(/of 2026-11-21T00:00Z into the table/);
  expect(await summary({ minutesBack: 180 })).toMatch(/of 2026-11-20T00:00Z into/);
  expect(await summary({ minutesBack: 60 * 60 })).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/no whole recovery point .* of before 2026-11-18T14:00Z in Default$/) as string,
  });
  await expect(on({ points: [26] }).plan({ vaults: ['other'] })).rejects.toThrow('other does not exist');
});

test('what is in cold storage takes a person', async () => {
  expect(await on({ cold: true }).reason()).toMatch(/is in cold storage: to bring it back takes days and money/);
});

test('the role that the policy names is used in the place of the one that made the backup', async () => {
  const role = 'arn:aws:iam::111122223333:role/AWSBackup-restore';
  const { started, writes } = on();
  await (await started({ role })).start();
  expect(writes()[0]?.input).toMatchObject({ IamRoleArn: role });
});

test('a role that is not meant for AWS Backup by its name is handed to nobody', async () => {
  const role = 'arn:aws:iam::111122223333:role/admin';
  expect(await on().reason({ role })).toMatch(/^refused: the role .*role\/admin is not handed over: .*; name another/);
});

test("a backup of DynamoDB's own is left to DynamoDB, whose backups carry no tags of ours", async () => {
  const { account, reason } = on({ points: [] });
  const point = `${arns.DynamoDB}/backup/01489173575360-b308cd7d`;
  const found = { RecoveryPointArn: point, ResourceArn: arns.DynamoDB, Status: 'COMPLETED', CreationDate: new Date(0) };
  Object.assign(account.services.backup.operations, {
    ListRecoveryPointsByBackupVault: () => ({ RecoveryPoints: [found] }),
    DescribeRecoveryPoint: () => found,
  });
  expect(await reason()).toMatch(/is a backup of DynamoDB's own: restore it there$/);
});

test('what was restored within a day is not restored again, by whichever incident', async () => {
  const { started, pass, reason, plan } = on();
  await (await started()).start();
  await pass(60);
  expect(await reason()).toMatch(/^busy: restore job .* is RUNNING/);
  await pass(900);
  expect(await reason()).toMatch(/restored in the last 24 hours, as arn:.*: cut over to that, or delete it/);
  await pass(25 * 3_600);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('a recovery point that is gone since the plan is not restored', async () => {
  const { account, started, writes } = on();
  const { start, plan } = await started();
  account.services.backup.points.delete((plan as { point: string }).point);
  expect(await start()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/is gone$/) as string });
  expect(writes()).toEqual([]);
});

test('a restore that only tries the backup out, and is deleted again, is not taken for this one', async () => {
  const ground = on();
  const { plan, start, check } = await ground.started();
  const tried = {
    RestoreJobId: 'TEST-1',
    Status: 'COMPLETED',
    CreationDate: new Date(ground.clock.now()),
    RecoveryPointArn: (plan as { point: string }).point,
    CreatedResourceArn: `${arns.DynamoDB}-tried`,
    CreatedBy: { RestoreTestingPlanArn: 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:nightly' },
  };
  answerWith(ground, 'backup', 'ListRestoreJobsByProtectedResource', { RestoreJobs: [tried] });
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  expect(await start()).toMatchObject({ kind: 'started' });
  expect(ground.writes()).toHaveLength(1);
});

test('a restore that fails has failed, with what AWS says', async () => {
  const { account, started, pass } = on();
  const { plan, start, check } = await started();
  const { metadata } = plan as { metadata: Record<string, string> };
  metadata['targetTableName'] = 'orders';
  expect(await start()).toMatchObject({ kind: 'started' });
  await pass(900);
  expect(await check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/already exists/) as string });
  expect(account.services.backup.points.find('none')).toBeUndefined();
});
