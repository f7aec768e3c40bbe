import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const told = (sample: string, changes: object): string =>
  inWords(readEvent(sampleEvent(`backup/${sample}`, {}, changes as never), anywhere)).join(' + ');

const firstOf = (sample: string, changes: object = {}) => {
  const reading = readEvent(sampleEvent(`backup/${sample}`, {}, changes as never), anywhere);
  return reading.kind === 'signals' ? reading.signals[0] : undefined;
};

test.each(['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'])(
  'a backup job that is %s tells that a backup failed',
  (state) => {
    expect(told('backup-job-failed', { state })).toMatch(/^unhealthy backup-failed .*table\/orders$/);
  },
);

test.each(['CREATED', 'PENDING', 'RUNNING', 'ABORTING', 'NEWER'])('a backup job that is %s tells nothing', (state) => {
  expect(told('backup-job-failed', { state })).toMatch(/^ignored: .*nothing has come of it yet/);
});

test('the message of AWS is told without the quotation marks around it', () => {
  expect(firstOf('backup-job-failed')?.detail).toBe(
    'its backup is FAILED: Backup job failed because there was a running job for the same resource.',
  );
});

test('two ends of two jobs are two facts about one resource, and one end told twice is one', () => {
  const keyOf = (changes: object) => firstOf('backup-job-failed', changes)?.dedupKey;
  expect(keyOf({})).toBe(keyOf({ bytesTransferred: '1' }));
  expect(keyOf({})).not.toBe(keyOf({ backupJobId: 'another' }));
  expect(keyOf({})).not.toBe(keyOf({ state: 'COMPLETED' }));
  expect(firstOf('backup-job-failed')?.resource).toEqual(firstOf('backup-job-failed', { backupJobId: 'b' })?.resource);
});

test.each([
  'arn:aws:dynamodb:eu-west-1:444455556666:table/orders',
  'orders',
  'arn:aws:rds:us-east-1:111122223333:db:a',
])('a job of %s, which is not of this account and region, is ignored', (resourceArn) => {
  expect(told('backup-job-failed', { resourceArn })).toMatch(/^ignored: .*no resource of this account and region/);
});

test('a bucket, whose ARN says no region, is of the account and region that tell of it', () => {
  expect(told('backup-job-failed', { resourceArn: 'arn:aws:s3:::shop' })).toBe(
    'unhealthy backup-failed 111122223333/eu-west-1/protected-resource/arn:aws:s3:::shop',
  );
});

test('a restore that has ended is progress of what it restores, and nothing where it is not named', () => {
  expect(told('restore-job-completed', { status: 'FAILED' })).toMatch(/^progress .*table\/orders$/);
  expect(told('restore-job-completed', { sourceResourceArn: undefined })).toMatch(/^ignored: .*does not name what/);
});

test.each(['FAILED', 'PARTIAL'])('a copy job that is %s tells that a backup could not be copied', (state) => {
  expect(told('copy-job-failed', { state })).toMatch(/^unhealthy backup-copy-failed .*table\/orders$/);
});

test.each(['CREATED', 'RUNNING', 'COMPLETED', 'NEWER'])('a copy job that is %s tells nothing', (state) => {
  expect(told('copy-job-failed', { state })).toMatch(/^ignored: .*nothing is missing for that/);
});

test('a copy that failed is told with the vault that lacks it and with the message of AWS', () => {
  expect(firstOf('copy-job-failed')?.detail).toBe(
    'the copy of its backup into far-away of 111122223333 in eu-central-1 is FAILED: Access denied exception while trying to copy the recovery point',
  );
  expect(firstOf('copy-job-failed', { statusMessage: undefined, destinationBackupVaultArn: 'b' })?.detail).toBe(
    'the copy of its backup into a vault is FAILED: copy job 0175DE71-5784-589F-D8AC-541ACCB4CAC8 is FAILED',
  );
});

test('two copies that failed are two facts about one resource', () => {
  const keyOf = (changes: object) => firstOf('copy-job-failed', changes)?.dedupKey;
  expect(keyOf({})).toBe(keyOf({ backupSizeInBytes: 1 }));
  expect(keyOf({})).not.toBe(keyOf({ copyJobId: 'another' }));
});

test('a copy of what is not of this account and region is ignored', () => {
  const resourceArn = 'arn:aws:dynamodb:eu-west-1:444455556666:table/orders';
  expect(told('copy-job-failed', { resourceArn })).toMatch(/^ignored: .*no resource of this account and region/);
});
