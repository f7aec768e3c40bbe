import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const vault: Arns = ({ BackupVaultName }) =>
  texts(BackupVaultName).map((name) => arn('backup', `backup-vault:${name}`));
const point: Arns = ({ RecoveryPointArn }) => texts(RecoveryPointArn);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'backup:StartBackupJob': vault,
  'backup:ListRecoveryPointsByBackupVault': vault,
  'backup:DescribeRecoveryPoint': point,
  'backup:GetRecoveryPointRestoreMetadata': point,
  'backup:StartRestoreJob': point,
};

const passed = ({ IamRoleArn }: Input): readonly IamRequest[] =>
  texts(IamRoleArn).map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': 'backup.amazonaws.com' },
  }));

/** What AWS asks besides, of the one who calls. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'backup:StartBackupJob': passed,
  'backup:StartRestoreJob': passed,
};
