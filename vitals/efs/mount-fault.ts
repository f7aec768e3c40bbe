import type { Calls } from '../aws';
import { everyItem } from '../pages';
import type { FileSystem } from './file-system';
import { mountTargetReads, readMountTargets, type MountTarget } from './mount-target';

/** Tags of a file system by which its owner says how it is to be mounted: ids, with spaces between. Nothing else tells. */
export const mountTags = { subnets: 'homeostat:mount-subnets', groups: 'homeostat:mount-groups' } as const;

/** A zone in which a file system cannot be mounted as its owner says. */
export type MountFault =
  | {
      readonly kind: 'missing';
      readonly zone: string;
      readonly subnet: string;
      /** IPv4 addresses that are left in the subnet. */
      readonly freeAddresses: number;
      /** Groups that a mount target there should have; undefined where neither a tag nor the others tell. */
      readonly groups: readonly string[] | undefined;
    }
  | {
      readonly kind: 'groups';
      readonly zone: string;
      readonly mountTarget: string;
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  | { readonly kind: 'broken'; readonly zone: string; readonly mountTarget: string; readonly state: string };

/** How a file system is mounted. */
export interface Mounts {
  readonly targets: readonly MountTarget[];
  /** Whether the owner has said where it should be mounted: without that, none is missing. */
  readonly declared: boolean;
  readonly faults: readonly MountFault[];
}

/** The actions of `readMounts`. */
export const mountReads = [...mountTargetReads, 'ec2:DescribeSubnets'] as const;
type Reads = Calls<(typeof mountReads)[number]>;

/** Reads where a file system is mounted, and holds that against what its tags say. What can't be read is thrown. */
export async function readMounts(fileSystem: FileSystem, aws: Reads): Promise<Mounts> {
  const subnets = idsIn(fileSystem.tags[mountTags.subnets]);
  const declaredGroups = idsIn(fileSystem.tags[mountTags.groups]);
  const targets = await readMountTargets(fileSystem, aws);
  const groups = declaredGroups.length > 0 ? declaredGroups : sameOfAll(targets);
  const broken = targets.filter(({ state }) => !['available', 'creating', 'updating'].includes(state));
  const other = targets.filter((target) => declaredGroups.length > 0 && differs(target.groups, declaredGroups));
  return {
    targets,
    declared: subnets.length > 0,
    faults: [
      ...broken.map(({ id: mountTarget, zone, state }) => ({ kind: 'broken' as const, zone, mountTarget, state })),
      ...(await readMissing(subnets, targets, groups, aws)),
      ...other.map(({ id: mountTarget, zone, groups: from }) => ({
        kind: 'groups' as const,
        zone,
        mountTarget,
        from,
        to: declaredGroups,
      })),
    ],
  };
}

/** Zones of those subnets that have no mount target, not even in another subnet: clients of the zone share one. */
async function readMissing(
  SubnetIds: string[],
  targets: readonly MountTarget[],
  groups: readonly string[] | undefined,
  aws: Reads,
): Promise<readonly MountFault[]> {
  if (SubnetIds.length === 0) return [];
  const found = await everyItem(
    (token) => aws.ec2.describeSubnets({ SubnetIds, ...token }),
    ({ Subnets }) => Subnets,
  );
  return SubnetIds.flatMap((subnet) => {
    const described = found.find(({ SubnetId }) => SubnetId === subnet);
    if (!described?.AvailabilityZone) throw new Error(`EC2 answered nothing about ${subnet}`);
    const { AvailabilityZone: zone, AvailableIpAddressCount: freeAddresses = 0 } = described;
    return targets.some((target) => target.zone === zone)
      ? []
      : [{ kind: 'missing' as const, zone, subnet, freeAddresses, groups }];
  });
}

function idsIn(tag = ''): string[] {
  return tag
    .split(/\s+/)
    .filter((id) => id !== '')
    .sort();
}

/** The groups that all of them have; undefined where they differ, or there is none. */
function sameOfAll(targets: readonly MountTarget[]): readonly string[] | undefined {
  const [first, ...others] = targets.map(({ groups }) => groups);
  return first && first.length > 0 && others.every((groups) => !differs(groups, first)) ? first : undefined;
}

function differs(some: readonly string[], others: readonly string[]): boolean {
  return some.join() !== others.join();
}

/** The fault in words. */
export function faultInWords(fault: MountFault): string {
  switch (fault.kind) {
    case 'missing':
      return `there is no mount target in ${fault.zone}`;
    case 'groups':
      return `the mount target in ${fault.zone} has the security groups ${fault.from.join(' and ') || 'none'}`;
    case 'broken':
      return `the mount target ${fault.mountTarget} in ${fault.zone} is in the state ${fault.state}`;
  }
}
