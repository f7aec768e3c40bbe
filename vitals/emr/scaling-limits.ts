import type { ManagedScalingPolicy } from '@aws-sdk/client-emr';
import type { Calls } from '../aws';
import type { EmrCluster } from './cluster';

/** Between what limits EMR scales a cluster by itself. */
export interface ScalingLimits {
  /** `Instances`, `VCPU` or `InstanceFleetUnits`. */
  readonly unit: string;
  readonly most: number;
  /** All of it, as EMR takes it back. */
  readonly policy: ManagedScalingPolicy;
}

/** The action of `readScalingLimits`. */
export const scalingLimitReads = ['elasticmapreduce:GetManagedScalingPolicy'] as const;

/** The limits of managed scaling; undefined where EMR does not scale the cluster. */
export async function readScalingLimits(
  { id }: EmrCluster,
  aws: Calls<(typeof scalingLimitReads)[number]>,
): Promise<ScalingLimits | undefined> {
  const { ManagedScalingPolicy: policy } = await aws.elasticmapreduce.getManagedScalingPolicy({ ClusterId: id });
  const limits = policy?.ComputeLimits;
  if (!policy || !limits) return undefined;
  const { UnitType: unit, MaximumCapacityUnits: most } = limits;
  if (!unit || most === undefined) throw new Error(`EMR answered the scaling limits of ${id} without unit or maximum`);
  return { unit, most, policy };
}

/** The same policy with another maximum. Narrower limits that were as high as the old one stay as high as the new one. */
export function withMost({ policy, most }: ScalingLimits, to: number): ManagedScalingPolicy {
  const limits = Object.entries(policy.ComputeLimits ?? {}).map(([name, value]) => [
    name,
    name.startsWith('Maximum') && value === most ? to : (value as unknown),
  ]);
  return { ...policy, ComputeLimits: Object.fromEntries(limits) as ManagedScalingPolicy['ComputeLimits'] };
}
