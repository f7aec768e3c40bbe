import type { SimulatedAccount } from '../../simulator/world';

/** What the recovery point that a call names is a backup of: a restore names what it restores in no other way. Empty for any other call. */
export function backedUp(account: SimulatedAccount, input: object): string {
  const { RecoveryPointArn: arn } = input as { readonly RecoveryPointArn?: string };
  return account.services.backup.points.find(arn)?.ResourceArn ?? '';
}
