import { listed, type Disagreement } from '../disagreement';

/** AWS Backup: its vaults and jobs. */
export const aboutBackup: readonly Disagreement[] = [
  ...listed(
    'moto',
    'of AWS Backup it has plans and vaults only, and answers about jobs and recovery points with a page of HTML',
    [
      ['backup:StartBackupJob', 'a vault that does not exist is an error'],
      ['backup:StartBackupJob', 'a window of less than an hour is an error'],
      ['backup:StartBackupJob', 'a token that was used before starts nothing more'],
      ['backup:DescribeBackupJob', 'one that does not exist is an error'],
      ['backup:ListBackupJobs', 'what we read of a job that was started on demand is there'],
      ['backup:ListBackupJobs', 'jobs of another resource, and of before, are left out'],
      ['backup:ListRecoveryPointsByBackupVault', 'a vault that does not exist is an error'],
      [
        'backup:ListRecoveryPointsByBackupVault',
        'those of a resource are told with what they are of, and who made them',
      ],
      ['backup:DescribeRecoveryPoint', 'one that does not exist is an error'],
      ['backup:DescribeRecoveryPoint', 'one says how it is stored'],
      ['backup:GetRecoveryPointRestoreMetadata', 'what a restore needs is told, but for the name of the new one'],
      ['backup:StartRestoreJob', 'a recovery point that does not exist is an error'],
      ['backup:StartRestoreJob', 'a table without a name for the new one is an error'],
      ['backup:StartRestoreJob', 'a token that was used before starts nothing more, and a key is taken in any case'],
      ['backup:DescribeRestoreJob', 'one that does not exist is an error'],
      ['backup:DescribeRestoreJob', 'one that is complete names what it made, beside what there was'],
      [
        'backup:ListRestoreJobsByProtectedResource',
        'those of a resource are told with the recovery point that they restore',
      ],
    ],
  ),
  ...listed('ministack', 'it does not look at the window', [
    ['backup:StartBackupJob', 'a window of less than an hour is an error'],
  ]),
  ...listed('ministack', 'it does not look at the token', [
    ['backup:StartBackupJob', 'a token that was used before starts nothing more'],
  ]),
  ...listed('ministack', 'a job says nothing of how long what it makes is kept', [
    ['backup:ListBackupJobs', 'what we read of a job that was started on demand is there'],
  ]),
  ...listed('ministack', 'it does not look at the time that is asked for', [
    ['backup:ListBackupJobs', 'jobs of another resource, and of before, are left out'],
  ]),
  ...listed('ministack', 'a job names a recovery point that is not there', [
    ['backup:ListRecoveryPointsByBackupVault', 'those of a resource are told with what they are of, and who made them'],
    ['backup:DescribeRecoveryPoint', 'one says how it is stored'],
    ['backup:GetRecoveryPointRestoreMetadata', 'what a restore needs is told, but for the name of the new one'],
  ]),
  ...listed('ministack', 'it has no restore jobs that could be started', [
    ['backup:StartRestoreJob', 'a recovery point that does not exist is an error'],
    ['backup:StartRestoreJob', 'a table without a name for the new one is an error'],
    ['backup:StartRestoreJob', 'a token that was used before starts nothing more, and a key is taken in any case'],
    ['backup:DescribeRestoreJob', 'one that is complete names what it made, beside what there was'],
    [
      'backup:ListRestoreJobsByProtectedResource',
      'those of a resource are told with the recovery point that they restore',
    ],
  ]),
];
