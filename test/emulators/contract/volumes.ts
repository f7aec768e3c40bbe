import { casesOf, refusal } from './case';
import type { Place } from './place';

const missing = 'vol-0123456789abcdef0';
const attempt = { Key: 'homeostat:attempt', Value: 'one' };

/** The volume of an instance that runs. */
async function volume({ ec2, add, settle }: Place): Promise<{ readonly id: string; readonly instance: string }> {
  const instance = await add.instance();
  await settle();
  const Filters = [{ Name: 'attachment.instance-id', Values: [instance] }];
  const { Volumes = [] } = await ec2.describeVolumes({ Filters });
  return { id: Volumes[0]?.VolumeId ?? 'none', instance };
}

async function modified(place: Place): Promise<string> {
  const { id } = await volume(place);
  await place.ec2.modifyVolume({ VolumeId: id, Size: 40 });
  return id;
}

async function snapshotOf({ ec2 }: Place, VolumeId: string): Promise<void> {
  await ec2.createSnapshot({ VolumeId, TagSpecifications: [{ ResourceType: 'snapshot', Tags: [attempt] }] });
}

export const volumeCases = casesOf([
  {
    operation: 'ec2:DescribeVolumes',
    name: 'those of an instance are found by it, and tell what we read',
    agreed: { state: 'in-use', hasSize: true, attached: 1, isAttachedTo: true },
    seen: async (place) => {
      const { id, instance } = await volume(place);
      const { Volumes = [] } = await place.ec2.describeVolumes({ VolumeIds: [id] });
      const { State, Size = 0, Attachments = [] } = Volumes[0] ?? {};
      return {
        state: State,
        hasSize: Size > 0,
        attached: Attachments.length,
        isAttachedTo: Attachments[0]?.InstanceId === instance,
      };
    },
  },
  {
    operation: 'ec2:DescribeVolumes',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidVolume.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.describeVolumes({ VolumeIds: [missing] })),
  },
  {
    operation: 'ec2:DescribeVolumeStatus',
    name: 'one in use passes its check',
    agreed: 'ok',
    seen: async (place) => {
      const { id } = await volume(place);
      const { VolumeStatuses = [] } = await place.ec2.describeVolumeStatus({ VolumeIds: [id] });
      return VolumeStatuses[0]?.VolumeStatus?.Status;
    },
  },
  {
    operation: 'ec2:ModifyVolume',
    name: 'the size that is asked for is the one that it gets',
    agreed: { told: 40, later: 40 },
    seen: async (place) => {
      const { id } = await volume(place);
      const { VolumeModification } = await place.ec2.modifyVolume({ VolumeId: id, Size: 40 });
      await place.settle();
      const { Volumes = [] } = await place.ec2.describeVolumes({ VolumeIds: [id] });
      return { told: VolumeModification?.TargetSize, later: Volumes[0]?.Size };
    },
  },
  {
    operation: 'ec2:ModifyVolume',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidVolume.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.modifyVolume({ VolumeId: missing, Size: 40 })),
  },
  {
    operation: 'ec2:ModifyVolume',
    name: 'a smaller size is refused',
    agreed: { refused: 'InvalidParameterValue' },
    seen: async (place) => {
      const { id } = await volume(place);
      return refusal(place.ec2.modifyVolume({ VolumeId: id, Size: 1 }));
    },
  },
  {
    operation: 'ec2:DescribeVolumesModifications',
    name: 'the last change is found by the volume, with its size and its time',
    agreed: { count: 1, size: 40, hasTime: true },
    seen: async (place) => {
      const Filters = [{ Name: 'volume-id', Values: [await modified(place)] }];
      const { VolumesModifications = [] } = await place.ec2.describeVolumesModifications({ Filters });
      const [last] = VolumesModifications;
      return { count: VolumesModifications.length, size: last?.TargetSize, hasTime: last?.StartTime instanceof Date };
    },
  },
  {
    operation: 'ec2:DescribeVolumesModifications',
    name: 'a volume that was never changed has none by a filter',
    agreed: 0,
    seen: async (place) => {
      const Filters = [{ Name: 'volume-id', Values: [(await volume(place)).id] }];
      return (await place.ec2.describeVolumesModifications({ Filters })).VolumesModifications?.length ?? 0;
    },
  },
  {
    operation: 'ec2:CreateSnapshot',
    name: 'a volume that does not exist is an error',
    agreed: { refused: 'InvalidVolume.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.createSnapshot({ VolumeId: missing })),
  },
  {
    operation: 'ec2:DescribeSnapshots',
    name: 'one is found by its volume and the tag that it was taken with, and by no other',
    agreed: { found: 1, others: 0 },
    seen: async (place) => {
      const { id } = await volume(place);
      await snapshotOf(place, id);
      const found = async (value: string) => {
        const Filters = [
          { Name: 'volume-id', Values: [id] },
          { Name: `tag:${attempt.Key}`, Values: [value] },
        ];
        return (await place.ec2.describeSnapshots({ OwnerIds: ['self'], Filters })).Snapshots?.length;
      };
      return { found: await found('one'), others: await found('two') };
    },
  },
]);
