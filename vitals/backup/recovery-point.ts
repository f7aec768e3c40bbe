import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** A backup that a resource can be restored from. */
export interface RecoveryPoint {
  readonly arn: string;
  /** Name of the vault that it is in. */
  readonly vault: string;
  /** AWS's word: `COMPLETED`, `PARTIAL`, `EXPIRED`, … */
  readonly status: string;
  /** The moment that it holds, give or take how long the backup took. */
  readonly createdAt: EpochMillis;
  /** ARN of the role that made it. */
  readonly role: string | undefined;
  /** Told by `readRecoveryPoint` only: to bring it out of the cold takes up to three days, and costs. */
  readonly isCold: boolean;
}

/** Whether it is whole. */
export const isWhole = ({ status }: Pick<RecoveryPoint, 'status'>): boolean =>
  status === 'COMPLETED' || status === 'AVAILABLE';

/** What AWS answers of one. */
interface Described {
  readonly RecoveryPointArn?: string | undefined;
  readonly Status?: string | undefined;
  readonly CreationDate?: Date | undefined;
  readonly IamRoleArn?: string | undefined;
  readonly StorageClass?: string | undefined;
}

function pointOf(vault: string, told: Described): RecoveryPoint {
  const { RecoveryPointArn: arn, Status: status, CreationDate, IamRoleArn: role, StorageClass } = told;
  if (!arn || !status || !CreationDate) throw new Error(`AWS Backup answered half a recovery point in ${vault}`);
  return { arn, vault, status, createdAt: CreationDate.getTime(), role, isCold: StorageClass === 'COLD' };
}

/** All recovery points of a resource in a vault, the newest first. */
export async function readRecoveryPoints(
  vault: string,
  resource: string,
  aws: Calls<'backup:ListRecoveryPointsByBackupVault'>,
): Promise<readonly RecoveryPoint[]> {
  const found = await everyItem(
    (token) =>
      aws.backup.listRecoveryPointsByBackupVault({ BackupVaultName: vault, ByResourceArn: resource, ...token }),
    (page) => page.RecoveryPoints,
  );
  return found
    .filter(({ ResourceArn }) => ResourceArn === resource)
    .map((one) => pointOf(vault, one))
    .sort((one, other) => other.createdAt - one.createdAt);
}

export async function readRecoveryPoint(
  vault: string,
  arn: string,
  aws: Calls<'backup:DescribeRecoveryPoint'>,
): Promise<RecoveryPoint | undefined> {
  try {
    return pointOf(vault, await aws.backup.describeRecoveryPoint({ BackupVaultName: vault, RecoveryPointArn: arn }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
