import type { Calls } from '../../../vitals/aws';
import type { Protected } from '../../../vitals/backup/protected';
import {
  isWhole,
  readRecoveryPoint,
  readRecoveryPoints,
  type RecoveryPoint,
} from '../../../vitals/backup/recovery-point';

/** To the minute: no backup is more exact than that. */
export const momentText = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}Z`;

/** The newest whole recovery point of before a moment, or why there is none that may be restored. */
export async function pointToRestore(
  { arn }: Protected,
  vaults: readonly string[],
  before: number,
  aws: Calls<'backup:ListRecoveryPointsByBackupVault' | 'backup:DescribeRecoveryPoint'>,
): Promise<RecoveryPoint | string> {
  const found = (await Promise.all(vaults.map((vault) => readRecoveryPoints(vault, arn, aws)))).flat();
  const [newest] = found
    // One that goes on for days is restored to a moment of its own, by its own service.
    .filter((point) => isWhole(point) && point.createdAt <= before && !point.arn.includes(':continuous:'))
    .sort((one, other) => other.createdAt - one.createdAt);
  const where = vaults.join(' and ');
  if (!newest) return `there is no whole recovery point of ${arn} of before ${momentText(before)} in ${where}`;
  const point = await readRecoveryPoint(newest.vault, newest.arn, aws);
  return objectionToPoint(newest.arn, point) ?? point ?? newest;
}

/** Why this recovery point must not be restored as it stands; undefined when it may. */
export function objectionToPoint(arn: string, point: RecoveryPoint | undefined): string | undefined {
  if (!point) return `the recovery point ${arn} is gone`;
  if (!isWhole(point)) return `the recovery point ${arn} is ${point.status}`;
  if (arn.includes(':table/')) return `the recovery point ${arn} is a backup of DynamoDB's own: restore it there`;
  return point.isCold
    ? `the recovery point ${arn} is in cold storage: to bring it back takes days and money, so a person must`
    : undefined;
}
