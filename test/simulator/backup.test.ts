import { Backup } from '@aws-sdk/client-backup';
import { connect } from '../../simulator/connect';
import { buildAccount } from '../../simulator/description';
import { World } from '../../simulator/world';
import { VirtualClock } from '../../simulator/clock';
import { minute, room, start } from './compute';

const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const role = 'arn:aws:iam::123456789012:role/backup';

function withBackup(described: object = {}) {
  const made = room();
  const client = new Backup({ region: 'us-east-1' });
  connect(client, 'backup', made.account);
  made.account.services.backup.add({ arn, ...described });
  const begin = () => client.startBackupJob({ BackupVaultName: 'nightly', ResourceArn: arn, IamRoleArn: role });
  const stateOf = async (BackupJobId: string | undefined) => (await client.describeBackupJob({ BackupJobId })).State;
  return { ...made, client, begin, stateOf };
}

test('a backup is created, runs and is complete, which the bus tells with what was backed up', async () => {
  const { begin, stateOf, clock, events } = withBackup();
  const { BackupJobId } = await begin();
  expect(await stateOf(BackupJobId)).toBe('CREATED');
  await clock.runUntil(start + 2 * minute);
  expect(await stateOf(BackupJobId)).toBe('RUNNING');
  await clock.runUntil(start + 15 * minute);
  expect(await stateOf(BackupJobId)).toBe('COMPLETED');
  expect(events).toMatchObject([
    {
      source: 'aws.backup',
      'detail-type': 'Backup Job State Change',
      detail: { backupJobId: BackupJobId, resourceArn: arn, resourceType: 'DynamoDB', state: 'COMPLETED' },
    },
  ]);
});

test('one that a description says to fail fails with its message, until that is over', async () => {
  const { begin, stateOf, clock, events, account } = withBackup({ failing: 'An internal error occurred.' });
  const { BackupJobId } = await begin();
  await clock.runUntil(start + 15 * minute);
  expect(await stateOf(BackupJobId)).toBe('FAILED');
  expect(events[0]?.detail).toMatchObject({ statusMessage: '"An internal error occurred."' });
  account.services.backup.befall({ resource: arn, failing: null, begins: true });
  await clock.runUntil(start + 40 * minute);
  expect(events[1]?.detail).toMatchObject({ state: 'COMPLETED' });
});

test('a second one at the same time fails, and the first goes on', async () => {
  const { begin, stateOf, clock, client } = withBackup();
  const first = await begin();
  const second = await begin();
  await clock.runUntil(start + 15 * minute);
  expect(await stateOf(first.BackupJobId)).toBe('COMPLETED');
  expect(await client.describeBackupJob({ BackupJobId: second.BackupJobId })).toMatchObject({
    State: 'FAILED',
    StatusMessage: 'Backup job failed because there was a running job for the same resource.',
  });
});

test('a restore under the name of what there is fails, and takes nothing away', async () => {
  const { client, clock, events } = withBackup();
  const { RecoveryPoints: [point] = [] } = await client.listRecoveryPointsByBackupVault({ BackupVaultName: 'nightly' });
  const restore = (targetTableName: string) =>
    client.startRestoreJob({
      RecoveryPointArn: point?.RecoveryPointArn,
      Metadata: { targetTableName },
      IamRoleArn: role,
    });
  await restore('orders');
  await restore('orders-again');
  await clock.runUntil(start + 15 * minute);
  expect(events.map(({ detail }) => detail)).toMatchObject([
    { status: 'FAILED', sourceResourceArn: arn },
    { status: 'COMPLETED', createdResourceArn: `${arn}-again` },
  ]);
});

test('what a description says befalls what it protects, and nothing else', async () => {
  const clock = new VirtualClock(start);
  const described = {
    account: '123456789012',
    region: 'us-east-1',
    protectedResources: [{ arn, points: [] }],
    happenings: [{ at: 'PT5M', backup: { resource: arn, begins: true } }],
  };
  const account = buildAccount(new World(clock), described);
  await clock.runUntil(start + 5.5 * minute);
  expect(account.services.backup.jobs.operations.ListBackupJobs({}).BackupJobs).toMatchObject([
    { State: 'CREATED', CreatedBy: { BackupPlanId: expect.any(String) as string } },
  ]);
  expect(() => {
    account.services.backup.befall({ resource: 'arn:other' });
  }).toThrow('AWS Backup protects no arn:other');
});
