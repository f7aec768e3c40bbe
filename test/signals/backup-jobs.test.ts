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
