import type { Resource, ResourceKind } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { arns } from './protected';

/** A resource that has two backups, of which the older is what people are restoring when they are at work. */
function restored(kind: ResourceKind, arn: string, id = arn, more: (bench: Bench) => void = () => undefined): Scenario {
  return {
    condition: kind === 'volume' ? 'volume-lost' : 'data-lost',
    takes: 900,
    build(bench: Bench): Resource {
      more(bench);
      bench.account.services.backup.add({ arn, vault: 'Default', points: [50, 26] });
      return bench.resource(kind, id);
    },
    putToWork({ account }: Bench): void {
      const input = { BackupVaultName: 'Default', ByResourceArn: arn };
      const { RecoveryPoints = [] } = account.services.backup.points.operations.ListRecoveryPointsByBackupVault(input);
      account.call('backup', 'StartRestoreJob', {
        RecoveryPointArn: RecoveryPoints[0]?.RecoveryPointArn,
        IamRoleArn: RecoveryPoints[0]?.IamRoleArn,
        Metadata: {
          availabilityZone: 'eu-central-1a',
          targetTableName: 'looked-at',
          DBInstanceIdentifier: 'looked-at',
          newFileSystem: 'true',
          Encrypted: 'true',
          PerformanceMode: 'generalPurpose',
        },
      });
    },
  };
}

/** What it is held to its contract with: one for each type that it restores. */
export const scenarios: readonly Scenario[] = [
  restored('volume', arns.EBS, 'vol-0aaaaaaaaaaaaaaa1', ({ account }) => {
    account.services.ec2.addInstance({ id: 'i-0aaaaaaaaaaaaaaa1', volumes: [{ id: 'vol-0aaaaaaaaaaaaaaa1' }] });
  }),
  restored('file-system', arns.EFS, 'fs-0123456789abcdef0'),
  restored('protected-resource', arns.DynamoDB),
  restored('protected-resource', arns.RDS),
];
