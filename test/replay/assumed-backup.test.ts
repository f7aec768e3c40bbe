import { ofProtected } from '../../replay/assumed-sickness/backup';
import type { Sick } from '../../replay/assumed-sickness/sickness';
import { VirtualClock } from '../../simulator/clock';
import { World } from '../../simulator/world';

const now = Date.parse('2026-03-02T10:00:00Z');
const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

function assumed(state: string, id = arn) {
  const account = new World(new VirtualClock(now)).account('111122223333', 'eu-west-1');
  const { backup } = account.services;
  const resource = { kind: 'protected-resource', id, account: '111122223333', region: 'eu-west-1' } as const;
  const told = { eventId: 'e', source: 'backup-job', at: now, evidence: {}, tags: {} };
  const detail = `its backup is ${state}: no room`;
  const signal: Sick = {
    kind: state === 'COMPLETED' ? 'recovered' : 'unhealthy',
    condition: 'backup-failed',
    resource,
    dedupKey: `backup-job/x/JOB-1/${state}`,
    detail,
    ...told,
  };
  const jobs = () => backup.jobs.operations.ListBackupJobs({ ByResourceArn: id }).BackupJobs ?? [];
  return { account, jobs, ...ofProtected(account, signal) };
}

test('a table whose backup failed is made up with a backup of before, and the job of which the event tells', () => {
  const { account, ensure, sicken, jobs } = assumed('FAILED');
  expect(ensure()).toBe(`${arn} is there, and has one backup, a day old`);
  expect(account.services.dynamodb.control.holds('orders')).toBe(true);
  sicken();
  sicken();
  expect(jobs()).toMatchObject([
    { State: 'COMPLETED' },
    { State: 'FAILED', BackupJobId: 'JOB-1', StatusMessage: 'no room' },
  ]);
  expect(ensure()).toBeUndefined();
});

test('a backup that the events tell of later has left its recovery point', () => {
  const { ensure, recover, jobs } = assumed('COMPLETED');
  ensure();
  recover();
  expect(jobs()[1]).toMatchObject({ BackupJobId: 'JOB-1', RecoveryPointArn: expect.any(String) as string });
});

test.each([
  'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0aaaaaaaaaaaaaaa1',
  'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0',
  'arn:aws:rds:eu-west-1:111122223333:db:ledger',
])('%s is made up as well', (id) => {
  expect(assumed('FAILED', id).ensure()).toMatch(/is there, and has one backup/);
});

test('of what nothing here knows only the backups are made up', () => {
  expect(assumed('FAILED', 'arn:aws:s3:::shop').ensure()).toMatch(/cannot be looked at by itself/);
});
