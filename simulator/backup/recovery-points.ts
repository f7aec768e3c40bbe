import type * as sdk from '@aws-sdk/client-backup';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { idIn, typeOf } from './protected';

export type Point = sdk.RecoveryPointByBackupVault & {
  readonly RecoveryPointArn: string;
  readonly ResourceArn: string;
  readonly StorageClass: 'WARM' | 'COLD';
};
type Answer<Output> = Omit<Output, '$metadata'>;

interface Made {
  readonly resource: string;
  readonly vault: string;
  readonly role: string;
  readonly lifecycle?: sdk.Lifecycle | undefined;
  readonly cold?: boolean;
}

/** The vaults of an account, and what is in them. */
export class RecoveryPoints {
  readonly #vaults = new Set<string>(['Default']);
  readonly #points: Point[] = [];

  constructor(private readonly account: SimulatedAccount) {}

  addVault(name: string): void {
    this.#vaults.add(name);
  }

  hasVault(name: string): boolean {
    return this.#vaults.has(name);
  }

  /** Answers the ARN of what is made. */
  make({ resource, vault, role, lifecycle, cold = false }: Made, at: Date): string {
    const type = typeOf(resource);
    const arn = this.#arnOf(type);
    this.#points.push({
      RecoveryPointArn: arn,
      BackupVaultName: vault,
      BackupVaultArn: this.account.arn('backup', `backup-vault:${vault}`),
      ResourceArn: resource,
      ResourceType: type,
      IamRoleArn: role,
      Status: 'COMPLETED',
      CreationDate: at,
      CompletionDate: new Date(this.account.clock.now()),
      Lifecycle: lifecycle,
      IsEncrypted: false,
      StorageClass: cold ? 'COLD' : 'WARM',
    });
    return arn;
  }

  find(arn: string | undefined): Point | undefined {
    return this.#points.find((point) => point.RecoveryPointArn === arn);
  }

  /** Somebody, or its lifecycle, deletes it. */
  delete(arn: string): void {
    const place = this.#points.findIndex((point) => point.RecoveryPointArn === arn);
    if (place >= 0) this.#points.splice(place, 1);
  }

  readonly operations = {
    ListRecoveryPointsByBackupVault: (
      input: sdk.ListRecoveryPointsByBackupVaultInput,
    ): Answer<sdk.ListRecoveryPointsByBackupVaultCommandOutput> => {
      const { BackupVaultName = '', ByResourceArn, MaxResults = 1_000, NextToken } = input;
      this.#knownVault(BackupVaultName);
      const found = this.#points.filter(
        (point) =>
          point.BackupVaultName === BackupVaultName &&
          (ByResourceArn === undefined || point.ResourceArn === ByResourceArn),
      );
      const limit = Math.min(MaxResults, this.account.pageSize);
      const { items, next } = page(found, limit, NextToken, 'InvalidParameterValueException');
      // How it is stored only a look at one point tells.
      return { RecoveryPoints: items.map(({ StorageClass: _, ...point }) => ({ ...point })), NextToken: next };
    },
    DescribeRecoveryPoint: (input: sdk.DescribeRecoveryPointInput): Answer<sdk.DescribeRecoveryPointCommandOutput> => ({
      ...this.#knownPoint(input),
    }),
    GetRecoveryPointRestoreMetadata: (
      input: sdk.GetRecoveryPointRestoreMetadataInput,
    ): Answer<sdk.GetRecoveryPointRestoreMetadataCommandOutput> => {
      const { RecoveryPointArn, BackupVaultArn, ResourceType = '', ResourceArn } = this.#knownPoint(input);
      return { RecoveryPointArn, BackupVaultArn, ResourceType, RestoreMetadata: metadataOf(ResourceType, ResourceArn) };
    },
  };

  #knownVault(name: string): void {
    if (this.#vaults.has(name)) return;
    throw new Refusal('ResourceNotFoundException', `Backup vault ${name} does not exist`);
  }

  #knownPoint({ BackupVaultName = '', RecoveryPointArn = '' }: sdk.DescribeRecoveryPointInput): Point {
    this.#knownVault(BackupVaultName);
    const point = this.find(RecoveryPointArn);
    if (point?.BackupVaultName === BackupVaultName) return point;
    throw new Refusal('ResourceNotFoundException', `Cannot find recovery point: ${RecoveryPointArn}`);
  }

  /** What is no backup of AWS Backup's own is a snapshot of the service. */
  #arnOf(type: string): string {
    const id = this.account.newId('00000000-0000-4000-8000-', 12);
    if (type === 'EBS') {
      const [, partition = 'aws'] = this.account.arn('ec2', '').split(':');
      return `arn:${partition}:ec2:${this.account.region}::snapshot/${this.account.newId('snap-')}`;
    }
    if (type === 'RDS') return this.account.arn('rds', `snapshot:awsbackup:job-${id}`);
    if (type === 'Aurora') return this.account.arn('rds', `cluster-snapshot:awsbackup:job-${id}`);
    return this.account.arn('backup', `recovery-point:${id.toUpperCase()}`);
  }
}

/** What a recovery point says of what was backed up. */
function metadataOf(type: string, arn: string): Record<string, string> {
  const id = idIn(arn);
  switch (type) {
    case 'EBS':
      return { encrypted: 'false', volumeId: id };
    case 'EFS':
      return { 'file-system-id': id, Encrypted: 'true', PerformanceMode: 'generalPurpose', newFileSystem: 'false' };
    case 'DynamoDB':
      return { encryptionType: 'Default' };
    case 'RDS':
      return { DBInstanceIdentifier: id, DBInstanceClass: 'db.m6g.large', MultiAZ: 'false' };
    default:
      return {};
  }
}
