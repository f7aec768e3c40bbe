import type { Calls } from '../aws';

/** How far auto scaling may take the writes of a global table, in units per second. */
export type ReplicaWrites =
  | { readonly kind: 'known'; readonly max: number }
  /** The copies differ, since DynamoDB changes one after the other. */
  | { readonly kind: 'changing'; readonly reason: string }
  /** The copies differ, or auto scaling is off for one of them: why, and what to do. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** Reads the one maximum that all copies of a global table have. */
export async function readReplicaWrites(
  name: string,
  aws: Calls<'dynamodb:DescribeTableReplicaAutoScaling'>,
): Promise<ReplicaWrites> {
  const { TableAutoScalingDescription } = await aws.dynamodb.describeTableReplicaAutoScaling({ TableName: name });
  const replicas = TableAutoScalingDescription?.Replicas ?? [];
  if (replicas.length === 0) throw new Error(`DynamoDB tells no copies of ${name}`);
  const told = replicas.map(({ RegionName, ReplicaProvisionedWriteCapacityAutoScalingSettings: settings }) => ({
    region: RegionName ?? 'an unnamed Region',
    max: settings?.AutoScalingDisabled ? undefined : settings?.MaximumUnits,
  }));
  const [max, ...others] = new Set(told.map((one) => one.max));
  if (max !== undefined && others.length === 0) return { kind: 'known', max };
  const statuses = [TableAutoScalingDescription?.TableStatus, ...replicas.map(({ ReplicaStatus }) => ReplicaStatus)];
  if (statuses.includes('UPDATING')) return { kind: 'changing', reason: `the copies of ${name} are being changed` };
  const off = told.find((one) => one.max === undefined);
  if (off)
    return { kind: 'unclear', reason: `auto scaling of the writes of ${name} is off in ${off.region}: set it up` };
  return { kind: 'unclear', reason: `auto scaling may give the copies of ${name} different writes: make them equal` };
}
