import type { Calls } from '../aws';
import type { Table } from './table';

/** Whether, and to which moments, a table can be restored; times in milliseconds. */
export interface Recovery {
  readonly isOn: boolean;
  /** Absent while it is off, or too new for any. */
  readonly window: { readonly earliest: number; readonly latest: number } | undefined;
}

/** Reads how a table can be restored to a moment of the past. */
export async function readRecovery(name: string, aws: Calls<'dynamodb:DescribeContinuousBackups'>): Promise<Recovery> {
  const { ContinuousBackupsDescription } = await aws.dynamodb.describeContinuousBackups({ TableName: name });
  const told = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  if (!told?.PointInTimeRecoveryStatus) throw new Error(`DynamoDB does not say whether ${name} can be restored`);
  const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } = told;
  return {
    isOn: told.PointInTimeRecoveryStatus === 'ENABLED',
    window: earliest && latest && { earliest: earliest.getTime(), latest: latest.getTime() },
  };
}

/** What keeps a table from being lost, in the order in which it is given. */
export const protections = ['point-in-time recovery', 'deletion protection'] as const;

/** Which of them a table lacks. */
export async function readLacking(
  { name, deletionProtection }: Pick<Table, 'name' | 'deletionProtection'>,
  aws: Calls<'dynamodb:DescribeContinuousBackups'>,
): Promise<readonly (typeof protections)[number][]> {
  const has = {
    'point-in-time recovery': (await readRecovery(name, aws)).isOn,
    'deletion protection': deletionProtection,
  };
  return protections.filter((protection) => !has[protection]);
}
