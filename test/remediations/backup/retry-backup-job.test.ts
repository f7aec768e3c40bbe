import { retryBackupJob } from '../../../remediations/backup/retry-backup-job';
import { arns, busy, onProtected } from './protected';

const failed = { lastJob: { id: 'JOB-1', message: busy } };
const on = (described: Parameters<typeof onProtected>[1] = failed) => onProtected(retryBackupJob, described);

test('a backup that failed is started once more as it was, and is done when its recovery point is there', async () => {
  const { started, writes, pass } = on();
  const { start, check } = await started();
  expect(await start()).toEqual({ kind: 'started', handle: expect.any(String) as string });
  expect(writes().map(({ input }) => input)).toEqual([
    {
      BackupVaultName: 'Default',
      ResourceArn: arns.DynamoDB,
      IamRoleArn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole',
      IdempotencyToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      Lifecycle: { DeleteAfterDays: 35 },
      StartWindowMinutes: 60,
      CompleteWindowMinutes: 480,
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending' });
  await pass(900);
  expect(await check()).toMatchObject({
    kind: 'done',
    detail: expect.stringMatching(/recovery point is COMPLETED$/) as string,
  });
});

test('what would be kept for ever is kept as long as the policy says', async () => {
  const { plan } = on({ ...failed, keepDays: null });
  expect(await plan({ keepDays: 7 })).toMatchObject({
    summary: expect.stringMatching(/keep that for 7 days$/) as string,
  });
});

test('options of the job that failed are those of the next', async () => {
  const { account, pass, started, writes } = on({ failing: busy });
  account.call('backup', 'StartBackupJob', {
    BackupVaultName: 'Default',
    ResourceArn: arns.DynamoDB,
    IamRoleArn: 'arn:aws:iam::111122223333:role/AWSBackup-nightly',
    BackupOptions: { WindowsVSS: 'enabled' },
  });
  await pass(900);
  await (await started()).start();
  expect(writes().at(-1)?.input).toMatchObject({
    IamRoleArn: 'arn:aws:iam::111122223333:role/AWSBackup-nightly',
    BackupOptions: { WindowsVSS: 'enabled' },
  });
});

test.each([
  ['You are not authorized to perform this operation.', /is FAILED, which trying again does not mend: You are not/],
  ['KMS key is either disabled or pending deletion or access to KMS key is denied', /does not mend: KMS key/],
  ['Backup job failed because backup vault nightly does not exist.', /does not mend: Backup job failed/],
  ['', /does not mend: AWS gives no reason/],
])('a job that failed with "%s" is not retried', async (message, reason) => {
  expect(await on({ lastJob: { message } }).reason()).toMatch(reason);
});

test.each([
  busy,
  'Backup job could not start because it is either inside or too close to the automated backup window configured in RDS.',
  'The instance is not in the available state',
  'Subscriber limit exceeded: You have reached the maximum concurrent number of backups, which is 300.',
  'An internal error occurred.',
])('a job that failed with "%s" is retried', async (message) => {
  expect(await on({ lastJob: { message } }).reason()).toBe('planned');
});

test('a job of a role that is not meant for AWS Backup by its name is not retried', async () => {
  const { account, pass, reason } = on({ failing: busy });
  const IamRoleArn = 'arn:aws:iam::111122223333:role/admin';
  account.call('backup', 'StartBackupJob', { BackupVaultName: 'Default', ResourceArn: arns.DynamoDB, IamRoleArn });
  await pass(900);
  expect(await reason()).toMatch(/^refused: the role .*role\/admin is not handed over: .*; start the backup yourself$/);
});

test('a job that expired without a word is retried, and one that somebody stopped is not', async () => {
  expect(await on({ lastJob: { state: 'EXPIRED' } }).reason()).toBe('planned');
  expect(await on({ lastJob: { state: 'ABORTED', message: busy } }).reason()).toMatch(/was stopped by somebody/);
});

test('a job of which the hours are over is left to the next backup, also if they are over when it is to start', async () => {
  expect(await on({ lastJob: { message: busy, minutesAgo: 9 * 60 } }).reason()).toMatch(
    /^refused: it could be retried until 2026-11-21T01:00: leave it to the next backup/,
  );
  const { started, pass, writes } = on({ lastJob: { message: busy, minutesAgo: 7 * 60 } });
  const { start } = await started();
  await pass(2 * 3_600);
  expect(await start()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/it could be retried/) as string,
  });
  expect(writes()).toEqual([]);
});

test('nothing is started once a backup has ended since the plan, nor while one is under way', async () => {
  const { account, started, pass, writes, reason } = on();
  const { start } = await started();
  account.services.backup.jobs.begin(arns.DynamoDB);
  expect(await start()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/is CREATED$/) as string });
  expect(await reason()).toMatch(/^busy: /);
  await pass(900);
  expect(await start()).toMatchObject({ reason: expect.stringMatching(/has been backed up, or failed/) as string });
  expect(await reason()).toMatch(/^notNeeded: /);
  expect(writes()).toEqual([]);
});

test('a resource that was never backed up, and an id that is no ARN, are refused', async () => {
  expect(await on({ points: [] }).reason()).toMatch(/knows of no job of .* in eight days/);
  const none = onProtected(retryBackupJob, failed, ({ resource }) => resource('protected-resource', 'orders'));
  expect(await none.reason()).toMatch(/orders is not the ARN of a resource/);
});

test('a backup that fails once more has failed, and one whose recovery point is gone again is not done', async () => {
  const again = on({ ...failed, failing: 'An internal error occurred.' });
  const { start, check } = await again.started();
  await start();
  await again.pass(900);
  expect(await check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/An internal error/) as string });
  const gone = on();
  const retried = await gone.started();
  await retried.start();
  await gone.pass(900);
  const [newest] = gone.account.services.backup.jobs.operations.ListBackupJobs({}).BackupJobs?.slice(-1) ?? [];
  gone.account.services.backup.points.delete(newest?.RecoveryPointArn ?? '');
  expect(await retried.check()).toMatchObject({
    kind: 'pending',
    detail: expect.stringMatching(/not shown yet$/) as string,
  });
});

test.each<[string, string]>([
  ['PARTIAL', 'failed'],
  ['EXPIRED', 'failed'],
  ['CREATING', 'pending'],
  ['AVAILABLE', 'done'],
])('a backup whose recovery point is %s is %s', async (Status, kind) => {
  const ground = on();
  const { start, check } = await ground.started();
  await start();
  await ground.pass(900);
  const { operations } = ground.account.services.backup;
  const describe = operations.DescribeRecoveryPoint;
  operations.DescribeRecoveryPoint = (input) => ({ ...describe(input), Status: Status as 'PARTIAL' });
  expect(await check()).toMatchObject({
    kind,
    detail: expect.stringMatching(new RegExp(`recovery point is ${Status}$`)) as string,
  });
});

test('a second start finds the job of the first, whatever has come of it', async () => {
  const { started, writes, pass } = on({ ...failed, failing: 'An internal error occurred.' });
  const { start } = await started();
  const first = await start();
  await pass(900);
  expect(await start()).toEqual(first);
  expect(writes()).toHaveLength(1);
});
