import { protectedResourceVitals } from '../../../vitals/backup/protected-resource';
import { protectedOf } from '../../../vitals/backup/protected';
import type { ProtectedInput } from '../../../simulator/backup/protected';
import { bench } from '../../remediations/account';

const arn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';

function look(described: Partial<ProtectedInput> | undefined = {}, id = arn) {
  const on = bench();
  const { backup } = on.account.services;
  backup.add({ arn: id, ...described });
  const resource = on.resource('protected-resource', id);
  const health = (condition = 'backup-failed') => protectedResourceVitals.health(resource, condition, on.aws);
  return {
    ...on,
    backup,
    health,
    tags: () => protectedResourceVitals.tags(resource, on.aws),
    busy: () => protectedResourceVitals.busy?.(resource, on.aws),
    place: () => protectedResourceVitals.place(resource, on.aws),
  };
}

describe('health', () => {
  test('what was backed up last is well', async () => {
    expect(await look().health()).toEqual({
      kind: 'healthy',
      detail: expect.stringMatching(/is COMPLETED, and its recovery point in nightly is COMPLETED$/) as string,
    });
  });

  test.each(['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'] as const)('a last job that is %s is told', async (state) => {
    expect(await look({ lastJob: { id: 'J', state, message: 'no room' } }).health()).toEqual({
      kind: 'unhealthy',
      detail: `the last backup job, J, is ${state}: no room`,
    });
  });

  test('a job under way changes nothing until it has ended', async () => {
    const { health, backup, pass } = look({ lastJob: {} });
    backup.jobs.begin(arn);
    expect(await health()).toMatchObject({ kind: 'unhealthy' });
    await pass(900);
    expect(await health()).toMatchObject({ kind: 'healthy' });
  });

  test('a job that is complete is not enough, if what it made is gone', async () => {
    const { health, backup } = look();
    const [job] = backup.jobs.operations.ListBackupJobs({}).BackupJobs ?? [];
    backup.points.delete(job?.RecoveryPointArn ?? '');
    expect(await health()).toMatchObject({
      kind: 'unhealthy',
      detail: expect.stringMatching(/has not what it made/) as string,
    });
  });

  test('what no job has ended on in eight days is not taken for well, nor what cannot be read', async () => {
    expect(await look({ points: [9 * 24] }).health()).toMatchObject({ kind: 'unknown' });
    const { account, health } = look();
    account.faults.plant('backup', 'ListBackupJobs', 'denied');
    expect(await health()).toMatchObject({ kind: 'unknown' });
  });

  test('a copy that failed is not taken for made by a backup that is there', async () => {
    expect(await look({ lastJob: {} }).health('backup-copy-failed')).toMatchObject({ kind: 'unknown' });
  });

  test('lost data is nothing that AWS Backup sees', async () => {
    expect(await look({ lastJob: {} }).health('data-lost')).toMatchObject({ kind: 'healthy' });
    expect(protectedResourceVitals.sees).toEqual(['backup-failed']);
  });
});

describe('tags are those of what is protected', () => {
  const tags = { 'homeostat:heal': 'yes' };

  test.each([
    [arn, 'a table'],
    ['arn:aws:ec2:eu-central-1:111122223333:volume/vol-0aaaaaaaaaaaaaaa1', 'a volume'],
    ['arn:aws:ec2:eu-central-1:111122223333:instance/i-0aaaaaaaaaaaaaaa1', 'an instance'],
    ['arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0', 'a file system'],
    ['arn:aws:rds:eu-central-1:111122223333:db:ledger', 'a database'],
    ['arn:aws:rds:eu-central-1:111122223333:cluster:shop', 'a cluster'],
  ])('%s is %s', async (id) => {
    const there = look({}, id);
    const { dynamodb, ec2, elasticfilesystem, rds } = there.account.services;
    expect(await there.tags()).toEqual({});
    dynamodb.control.add({ name: 'orders', tags });
    ec2.addInstance({ id: 'i-0aaaaaaaaaaaaaaa1', tags, volumes: [{ id: 'vol-0aaaaaaaaaaaaaaa1', tags }] });
    elasticfilesystem.add({ id: 'fs-0123456789abcdef0', tags });
    rds.addDatabase({ id: 'ledger', tags });
    rds.addCluster({ id: 'shop', members: [{ id: 'shop-1' }], tags });
    expect(await there.tags()).toEqual(tags);
  });

  test('of a type that nothing here knows they cannot be read', async () => {
    await expect(look({}, 'arn:aws:s3:::shop').tags()).rejects.toThrow('nothing here knows what it is');
  });
});

test('a backup and a restore are work on it, and it stands nowhere', async () => {
  const { busy, backup, pass, account, place } = look();
  expect(await busy()).toBeUndefined();
  backup.jobs.begin(arn);
  expect(await busy()).toMatch(/^backup job .* is CREATED$/);
  await pass(900);
  const [point] =
    backup.points.operations.ListRecoveryPointsByBackupVault({ BackupVaultName: 'nightly' }).RecoveryPoints ?? [];
  account.call('backup', 'StartRestoreJob', {
    RecoveryPointArn: point?.RecoveryPointArn,
    Metadata: { targetTableName: 'again' },
  });
  expect(await busy()).toMatch(/^restore job .* is PENDING$/);
  expect(await place()).toEqual({ groups: [] });
});

test('every page of jobs is read', async () => {
  const { account, health } = look({ points: [50, 26, 2], lastJob: { minutesAgo: 30, message: 'no room' } });
  account.pageSize = 1;
  expect(await health()).toMatchObject({ kind: 'unhealthy' });
});

test.each(['orders', 'arn:aws:dynamodb:eu-central-1:111122223333:table/a b', 'arn:aws:ec2:eu-central-1:1:volume/x'])(
  '%s names nothing that AWS Backup could know',
  (id) => {
    const resource = { kind: 'protected-resource', id, account: '1', region: 'eu-central-1' } as const;
    expect(protectedOf(resource)).toBeUndefined();
  },
);

test('a volume of another partition has the ARN of that', () => {
  const id = 'vol-0aaaaaaaaaaaaaaa1';
  const resource = { kind: 'volume', id, account: '111122223333', region: 'cn-north-1' } as const;
  expect(protectedOf(resource)).toEqual({
    arn: `arn:aws-cn:ec2:cn-north-1:111122223333:volume/${id}`,
    type: 'EBS',
    id,
  });
});
