import { casesOf, refusal } from './case';
import type { Place } from './place';

const vault = 'nightly';
const role = (account: string): string => `arn:aws:iam::${account}:role/service-role/AWSBackupDefaultServiceRole`;

/** A table and a vault; answers the ARN of the table. */
async function withTable(place: Place): Promise<string> {
  await place.add.table({ name: 'orders' });
  await place.add.vault(vault);
  return `arn:aws:dynamodb:${place.region}:${place.account}:table/orders`;
}

function begin({ backup, account }: Place, ResourceArn: string, more: object = {}) {
  return backup.startBackupJob({ BackupVaultName: vault, ResourceArn, IamRoleArn: role(account), ...more });
}

/** A table that has been backed up; answers its ARN and that of the recovery point. */
async function backedUp(place: Place): Promise<{ readonly table: string; readonly point: string }> {
  const table = await withTable(place);
  const { BackupJobId } = await begin(place, table, { Lifecycle: { DeleteAfterDays: 7 } });
  await place.settle();
  const { RecoveryPointArn = '' } = await place.backup.describeBackupJob({ BackupJobId });
  return { table, point: RecoveryPointArn };
}

function restore({ backup, account }: Place, RecoveryPointArn: string, Metadata: Record<string, string>, more = {}) {
  return backup.startRestoreJob({ RecoveryPointArn, Metadata, IamRoleArn: role(account), ...more });
}

const beside = { targetTableName: 'orders-again', encryptionType: 'Default' };

export const backupCases = casesOf([
  {
    operation: 'backup:StartBackupJob',
    name: 'a vault that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: async (place) => refusal(begin(place, `arn:aws:dynamodb:${place.region}:${place.account}:table/orders`)),
  },
  {
    operation: 'backup:StartBackupJob',
    name: 'a window of less than an hour is an error',
    agreed: { refused: 'InvalidParameterValueException' },
    seen: async (place) => refusal(begin(place, await withTable(place), { StartWindowMinutes: 10 })),
  },
  {
    operation: 'backup:StartBackupJob',
    name: 'a token that was used before starts nothing more',
    agreed: { isSame: true, jobs: 1 },
    seen: async (place) => {
      const table = await withTable(place);
      const start = () => begin(place, table, { IdempotencyToken: '00000000-0000-4000-8000-000000000001' });
      const [one, other] = [await start(), await start()];
      const { BackupJobs = [] } = await place.backup.listBackupJobs({ ByResourceArn: table });
      return { isSame: one.BackupJobId === other.BackupJobId, jobs: BackupJobs.length };
    },
  },
  {
    operation: 'backup:DescribeBackupJob',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ backup }) => refusal(backup.describeBackupJob({ BackupJobId: '00000000-0000-4000-8000-0000000000ff' })),
  },
  {
    operation: 'backup:ListBackupJobs',
    name: 'what we read of a job that was started on demand is there',
    agreed: { state: 'COMPLETED', vault, isMine: true, days: 7, isPlanned: false, hasPoint: true, hasTime: true },
    seen: async (place) => {
      const { table } = await backedUp(place);
      const { BackupJobs: [job] = [] } = await place.backup.listBackupJobs({ ByResourceArn: table });
      return {
        state: job?.State,
        vault: job?.BackupVaultName,
        isMine: job?.IamRoleArn === role(place.account),
        days: job?.RecoveryPointLifecycle?.DeleteAfterDays,
        isPlanned: job?.CreatedBy?.BackupPlanId !== undefined,
        hasPoint: job?.RecoveryPointArn !== undefined,
        hasTime: job?.CreationDate instanceof Date,
      };
    },
  },
  {
    operation: 'backup:ListBackupJobs',
    name: 'jobs of another resource, and of before, are left out',
    agreed: { ofAnother: 0, ofLater: 0 },
    seen: async (place) => {
      const { table } = await backedUp(place);
      const count = async (asked: object) => (await place.backup.listBackupJobs(asked)).BackupJobs?.length;
      return {
        ofAnother: await count({ ByResourceArn: `${table}-archive` }),
        ofLater: await count({ ByResourceArn: table, ByCreatedAfter: new Date('2099-01-01T00:00:00Z') }),
      };
    },
  },
  {
    operation: 'backup:ListRecoveryPointsByBackupVault',
    name: 'a vault that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ backup }) => refusal(backup.listRecoveryPointsByBackupVault({ BackupVaultName: 'none' })),
  },
  {
    operation: 'backup:ListRecoveryPointsByBackupVault',
    name: 'those of a resource are told with what they are of, and who made them',
    agreed: { status: 'COMPLETED', isOfTable: true, isMine: true, hasTime: true, more: 0 },
    seen: async (place) => {
      const { table } = await backedUp(place);
      const { RecoveryPoints: [point, ...more] = [] } = await place.backup.listRecoveryPointsByBackupVault({
        BackupVaultName: vault,
        ByResourceArn: table,
      });
      return {
        status: point?.Status,
        isOfTable: point?.ResourceArn === table,
        isMine: point?.IamRoleArn === role(place.account),
        hasTime: point?.CreationDate instanceof Date,
        more: more.length,
      };
    },
  },
  {
    operation: 'backup:DescribeRecoveryPoint',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: async (place) => {
      await place.add.vault(vault);
      const arn = `arn:aws:backup:${place.region}:${place.account}:recovery-point:00000000-0000-4000-8000-0000000000FF`;
      return refusal(place.backup.describeRecoveryPoint({ BackupVaultName: vault, RecoveryPointArn: arn }));
    },
  },
  {
    operation: 'backup:DescribeRecoveryPoint',
    name: 'one says how it is stored',
    agreed: { status: 'COMPLETED', storage: 'WARM' },
    seen: async (place) => {
      const { point } = await backedUp(place);
      const asked = { BackupVaultName: vault, RecoveryPointArn: point };
      const { Status: status, StorageClass: storage } = await place.backup.describeRecoveryPoint(asked);
      return { status, storage };
    },
  },
  {
    operation: 'backup:GetRecoveryPointRestoreMetadata',
    name: 'what a restore needs is told, but for the name of the new one',
    agreed: { type: 'DynamoDB', encryptionType: 'Default', hasName: false },
    seen: async (place) => {
      const { point } = await backedUp(place);
      const { ResourceType: type, RestoreMetadata: told = {} } = await place.backup.getRecoveryPointRestoreMetadata({
        BackupVaultName: vault,
        RecoveryPointArn: point,
      });
      return { type, encryptionType: told['encryptionType'], hasName: 'targetTableName' in told };
    },
  },
  {
    operation: 'backup:StartRestoreJob',
    name: 'a recovery point that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: (place) => {
      const arn = `arn:aws:backup:${place.region}:${place.account}:recovery-point:00000000-0000-4000-8000-0000000000FF`;
      return refusal(restore(place, arn, beside));
    },
  },
  {
    operation: 'backup:StartRestoreJob',
    name: 'a table without a name for the new one is an error',
    agreed: { refused: 'InvalidParameterValueException' },
    seen: async (place) => refusal(restore(place, (await backedUp(place)).point, { encryptionType: 'Default' })),
  },
  {
    operation: 'backup:StartRestoreJob',
    name: 'a token that was used before starts nothing more, and a key is taken in any case',
    agreed: { isSame: true },
    seen: async (place) => {
      const { point } = await backedUp(place);
      const token = { IdempotencyToken: '00000000-0000-4000-8000-000000000002' };
      const metadata = { TARGETTABLENAME: 'orders-again', encryptionType: 'Default' };
      const one = await restore(place, point, metadata, token);
      const other = await restore(place, point, metadata, token);
      return { isSame: one.RestoreJobId !== undefined && one.RestoreJobId === other.RestoreJobId };
    },
  },
  {
    operation: 'backup:DescribeRestoreJob',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ backup }) => refusal(backup.describeRestoreJob({ RestoreJobId: '00000000-0000-4000-8000-0000000000FF' })),
  },
  {
    operation: 'backup:DescribeRestoreJob',
    name: 'one that is complete names what it made, beside what there was',
    agreed: { status: 'COMPLETED', made: 'orders-again' },
    seen: async (place) => {
      const { RestoreJobId } = await restore(place, (await backedUp(place)).point, beside);
      await place.settle();
      const { Status: status, CreatedResourceArn } = await place.backup.describeRestoreJob({ RestoreJobId });
      return { status, made: CreatedResourceArn?.split('/')[1] };
    },
  },
  {
    operation: 'backup:ListRestoreJobsByProtectedResource',
    name: 'those of a resource are told with the recovery point that they restore',
    agreed: { before: 0, isOfPoint: true },
    seen: async (place) => {
      const { table, point } = await backedUp(place);
      const jobs = async () =>
        (await place.backup.listRestoreJobsByProtectedResource({ ResourceArn: table })).RestoreJobs ?? [];
      const before = (await jobs()).length;
      await restore(place, point, beside);
      return { before, isOfPoint: (await jobs())[0]?.RecoveryPointArn === point };
    },
  },
]);
