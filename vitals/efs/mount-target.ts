import type { MountTargetDescription } from '@aws-sdk/client-efs';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import type { FileSystem } from './file-system';

/** Where a file system can be mounted: one for each zone at most. */
export interface MountTarget {
  readonly id: string;
  readonly zone: string;
  /** EFS's word: `available`, `creating`, … */
  readonly state: string;
  /** Ids of the security groups that let clients in, sorted. */
  readonly groups: readonly string[];
}

/** The actions of `readMountTargets`. EFS asks for leave to look at the network interfaces anyway. */
export const mountTargetReads = ['elasticfilesystem:DescribeMountTargets', 'ec2:DescribeNetworkInterfaces'] as const;
type Reads = Calls<(typeof mountTargetReads)[number]>;

/** All mount targets of a file system that are not about to go. Those without a network interface have no groups. */
export async function readMountTargets({ id }: FileSystem, aws: Reads): Promise<readonly MountTarget[]> {
  const described = await everyItem(
    async ({ NextToken: Marker }) => {
      const { MountTargets, NextMarker } = await aws.elasticfilesystem.describeMountTargets({
        FileSystemId: id,
        ...(Marker !== undefined && { Marker }),
      });
      return { MountTargets, NextToken: NextMarker };
    },
    ({ MountTargets }) => MountTargets,
  );
  const there = described.filter(({ LifeCycleState: state }) => state !== 'deleting' && state !== 'deleted');
  const groups = await readGroups(there, aws);
  return there.map(({ MountTargetId, AvailabilityZoneName, LifeCycleState, NetworkInterfaceId = '' }) => {
    if (!MountTargetId || !AvailabilityZoneName || !LifeCycleState) {
      throw new Error(`EFS answered a mount target of ${id} without id, zone or state`);
    }
    return {
      id: MountTargetId,
      zone: AvailabilityZoneName,
      state: LifeCycleState,
      groups: groups.get(NetworkInterfaceId) ?? [],
    };
  });
}

/** The security groups of their network interfaces, by the id of the interface. */
async function readGroups(
  targets: readonly MountTargetDescription[],
  aws: Reads,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const NetworkInterfaceIds = targets.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  // EC2 takes no ids at all for all that there are.
  if (NetworkInterfaceIds.length === 0) return new Map();
  const found = await everyItem(
    (token) => aws.ec2.describeNetworkInterfaces({ NetworkInterfaceIds, ...token }),
    ({ NetworkInterfaces }) => NetworkInterfaces,
  );
  return new Map(
    found.map(({ NetworkInterfaceId = '', Groups = [] }) => [
      NetworkInterfaceId,
      Groups.flatMap(({ GroupId }) => GroupId ?? []).sort(),
    ]),
  );
}

/** What EFS is doing to one of them, in one line. */
export function workOnMountTargets(targets: readonly MountTarget[]): string | undefined {
  const working = targets.find(({ state }) => state === 'creating' || state === 'updating');
  return working && `the mount target ${working.id} in ${working.zone} is ${working.state}`;
}
