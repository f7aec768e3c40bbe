import type { Calls } from '../aws';
import type { Instance } from './instance';

/** The action of `hasInstanceStore`. */
export const instanceStoreReads = ['ec2:DescribeInstanceTypes'] as const;

/** Whether the host gives the instance disks whose data ends with a stop: only its type tells, not its own devices. */
export async function hasInstanceStore(
  { id, type, root }: Instance,
  aws: Calls<(typeof instanceStoreReads)[number]>,
): Promise<boolean> {
  if (root === 'instance-store') return true;
  const answer = await aws.ec2.describeInstanceTypes({ InstanceTypes: [type as never] });
  const info = (answer.InstanceTypes ?? []).find(({ InstanceType }) => InstanceType === type);
  if (info?.InstanceStorageSupported === undefined) {
    throw new Error(`EC2 did not answer whether ${type}, the type of ${id}, has instance store`);
  }
  return info.InstanceStorageSupported;
}
