import { casesOf, refusal } from './case';
import type { Place } from './place';

const SecurityGroups = ['sg-0123456789abcdef0'];

async function one({ efs }: Place, FileSystemId: string) {
  const { FileSystems = [] } = await efs.describeFileSystems({ FileSystemId });
  return FileSystems[0];
}

async function mountTarget({ efs }: Place, FileSystemId: string) {
  const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId });
  return MountTargets[0];
}

async function groupsOf({ ec2 }: Place, id = '') {
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [id] });
  return NetworkInterfaces[0]?.Groups?.map(({ GroupId }) => GroupId);
}

/** A security group that there is, where the place asks for one. */
async function securityGroups({ ec2 }: Place): Promise<string[]> {
  try {
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: 'mounts', Description: 'mounts' });
    return GroupId === undefined ? SecurityGroups : [GroupId];
  } catch {
    return SecurityGroups;
  }
}

export const elasticfilesystemCases = casesOf([
  {
    operation: 'elasticfilesystem:DescribeFileSystems',
    name: 'what we read of one is there',
    agreed: {
      state: 'available',
      mode: 'bursting',
      performance: 'generalPurpose',
      hasSize: true,
      tags: [{ Key: 'service', Value: 'shop' }],
    },
    seen: async (place) => {
      const { id } = await place.add.fileSystem({ tags: { service: 'shop' } });
      const found = await one(place, id);
      return {
        state: found?.LifeCycleState,
        mode: found?.ThroughputMode,
        performance: found?.PerformanceMode,
        hasSize: found?.SizeInBytes?.Value !== undefined,
        tags: found?.Tags,
      };
    },
  },
  {
    operation: 'elasticfilesystem:DescribeFileSystems',
    name: 'one that does not exist is an error',
    agreed: { refused: 'FileSystemNotFound' },
    seen: (place) => refusal(one(place, 'fs-0123456789abcdef0')),
  },
  {
    operation: 'elasticfilesystem:UpdateFileSystem',
    name: 'its throughput is provisioned',
    agreed: ['provisioned', 20],
    seen: async (place) => {
      const { id: FileSystemId } = await place.add.fileSystem();
      await place.efs.updateFileSystem({
        FileSystemId,
        ThroughputMode: 'provisioned',
        ProvisionedThroughputInMibps: 20,
      });
      await place.settle();
      const found = await one(place, FileSystemId);
      return [found?.ThroughputMode, found?.ProvisionedThroughputInMibps];
    },
  },
  {
    operation: 'elasticfilesystem:UpdateFileSystem',
    name: 'its mode is changed once a day',
    agreed: { refused: 'TooManyRequests' },
    seen: async (place) => {
      const { id: FileSystemId } = await place.add.fileSystem();
      await place.efs.updateFileSystem({ FileSystemId, ThroughputMode: 'elastic' });
      await place.settle();
      return refusal(place.efs.updateFileSystem({ FileSystemId, ThroughputMode: 'bursting' }));
    },
  },
  {
    operation: 'elasticfilesystem:UpdateFileSystem',
    name: 'one that does not exist is an error',
    agreed: { refused: 'FileSystemNotFound' },
    seen: ({ efs }) =>
      refusal(efs.updateFileSystem({ FileSystemId: 'fs-0123456789abcdef0', ThroughputMode: 'elastic' })),
  },
  {
    operation: 'elasticfilesystem:DescribeMountTargets',
    name: 'what we read of one is there',
    agreed: { state: 'available', zoned: true, hasInterface: true },
    seen: async (place) => {
      const { id } = await place.add.fileSystem({ mounted: true });
      const found = await mountTarget(place, id);
      return {
        state: found?.LifeCycleState,
        zoned: found?.AvailabilityZoneName?.startsWith(place.region),
        hasInterface: found?.NetworkInterfaceId?.startsWith('eni-'),
      };
    },
  },
  {
    operation: 'elasticfilesystem:CreateMountTarget',
    name: 'a zone gets one in the subnet that is named',
    agreed: { isThere: true, state: 'available' },
    seen: async (place) => {
      const { id: FileSystemId, subnets } = await place.add.fileSystem();
      const [SubnetId = ''] = subnets;
      await place.efs.createMountTarget({ FileSystemId, SubnetId, SecurityGroups: await securityGroups(place) });
      await place.settle();
      const found = await mountTarget(place, FileSystemId);
      return { isThere: found?.SubnetId === SubnetId, state: found?.LifeCycleState };
    },
  },
  {
    operation: 'elasticfilesystem:CreateMountTarget',
    name: 'a zone takes one only',
    agreed: { refused: 'MountTargetConflict' },
    seen: async (place) => {
      const { id: FileSystemId, subnets } = await place.add.fileSystem({ mounted: true });
      const [SubnetId = ''] = subnets;
      return refusal(place.efs.createMountTarget({ FileSystemId, SubnetId }));
    },
  },
  {
    operation: 'elasticfilesystem:ModifyMountTargetSecurityGroups',
    name: 'all of its groups are replaced',
    agreed: true,
    seen: async (place) => {
      const { id } = await place.add.fileSystem({ mounted: true });
      const found = await mountTarget(place, id);
      const groups = await securityGroups(place);
      await place.efs.modifyMountTargetSecurityGroups({
        MountTargetId: found?.MountTargetId,
        SecurityGroups: groups,
      });
      return JSON.stringify(await groupsOf(place, found?.NetworkInterfaceId)) === JSON.stringify(groups);
    },
  },
  {
    operation: 'elasticfilesystem:ModifyMountTargetSecurityGroups',
    name: 'one that does not exist is an error',
    agreed: { refused: 'MountTargetNotFound' },
    seen: ({ efs }) =>
      refusal(efs.modifyMountTargetSecurityGroups({ MountTargetId: 'fsmt-0123456789abcdef0', SecurityGroups })),
  },
  {
    operation: 'ec2:DescribeNetworkInterfaces',
    name: 'that of a mount target has security groups',
    agreed: true,
    seen: async (place) => {
      const { id } = await place.add.fileSystem({ mounted: true });
      const groups = await groupsOf(place, (await mountTarget(place, id))?.NetworkInterfaceId);
      return groups !== undefined && groups.length > 0;
    },
  },
  {
    operation: 'ec2:DescribeNetworkInterfaces',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidNetworkInterfaceID.NotFound' },
    seen: (place) => refusal(groupsOf(place, 'eni-0123456789abcdef0')),
  },
]);
