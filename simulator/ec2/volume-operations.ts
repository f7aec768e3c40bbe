import type * as sdk from '@aws-sdk/client-ec2';
import { matching, type Looks } from './filter';
import { refuseDryRun } from './instance-refusal';
import type { Snapshots } from './snapshot';
import type { Modification, Volume, Volumes } from './volume';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { Service } from '../account';
import type { SimulatedAccount } from '../world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** What EC2 answers about EBS volumes. */
export function volumeOperations(
  account: SimulatedAccount,
  volumes: Volumes,
  snapshots: Snapshots,
): Service['operations'] {
  const pageOf = <Item>(items: readonly Item[], most: number | undefined, token: string | undefined) =>
    page(items, Math.min(most ?? 500, account.pageSize), token, 'InvalidNextToken');
  const find = (input: sdk.DescribeVolumesRequest): readonly Volume[] => {
    const named = input.VolumeIds?.length ? input.VolumeIds.map((id) => known(volumes, id)) : volumes.all();
    return matching(named, input.Filters, volumeLooks);
  };
  return {
    DescribeVolumes: (input: sdk.DescribeVolumesRequest): Answer<sdk.DescribeVolumesCommandOutput> => {
      refuseDryRun(input.DryRun);
      const { items, next } = pageOf(find(input), input.MaxResults, input.NextToken);
      return { Volumes: items.map(describeVolume), NextToken: next };
    },
    DescribeVolumeStatus: (input: sdk.DescribeVolumeStatusRequest): Answer<sdk.DescribeVolumeStatusCommandOutput> => {
      const { items, next } = pageOf(find(input), input.MaxResults, input.NextToken);
      return {
        VolumeStatuses: items.map(({ id, zone, lost }) => ({
          VolumeId: id,
          AvailabilityZone: zone,
          VolumeStatus: lost
            ? { Status: 'impaired', Details: [{ Name: 'io-enabled', Status: 'failed' }] }
            : { Status: 'ok', Details: [{ Name: 'io-enabled', Status: 'passed' }] },
          Actions: [],
          Events: [],
        })),
        NextToken: next,
      };
    },
    DescribeVolumesModifications: (
      input: sdk.DescribeVolumesModificationsRequest,
    ): Answer<sdk.DescribeVolumesModificationsCommandOutput> => {
      const changed = find(input.VolumeIds ? { VolumeIds: input.VolumeIds } : {}).flatMap((volume) => {
        const last = volume.modifications.at(-1);
        return last ? [describeModification(volume, last)] : [];
      });
      if (input.VolumeIds?.length && changed.length === 0) {
        const message = `Modification for volume '${input.VolumeIds.join(', ')}' does not exist.`;
        throw new Refusal('InvalidVolumeModification.NotFound', message);
      }
      const found = matching(changed, input.Filters, modificationLooks);
      const { items, next } = pageOf(found, input.MaxResults, input.NextToken);
      return { VolumesModifications: items, NextToken: next };
    },
    ModifyVolume: (input: sdk.ModifyVolumeRequest): Answer<sdk.ModifyVolumeCommandOutput> => {
      const volume = known(volumes, input.VolumeId ?? '');
      if (input.Size === undefined) {
        throw new Refusal('NotSimulated', 'The simulated ModifyVolume changes the size only.', 501);
      }
      refuseDryRun(input.DryRun);
      const change = volumes.resize(volume, input.Size);
      return { VolumeModification: describeModification(volume, change) };
    },
    CreateSnapshot: (input: sdk.CreateSnapshotRequest): Answer<sdk.CreateSnapshotCommandOutput> =>
      snapshots.create(input),
    CreateSnapshots: (input: sdk.CreateSnapshotsRequest): Answer<sdk.CreateSnapshotsCommandOutput> =>
      snapshots.createAll(input),
    DescribeSnapshots: (input: sdk.DescribeSnapshotsRequest): Answer<sdk.DescribeSnapshotsCommandOutput> =>
      snapshots.describe(input),
  };
}

function known(volumes: Volumes, id: string): Volume {
  const volume = volumes.find(id);
  if (volume) return volume;
  if (!/^vol-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new Refusal('InvalidParameterValue', `Value (${id}) for parameter volumeId is invalid. Expected: 'vol-...'.`);
  }
  throw new Refusal('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
}

function describeVolume(volume: Volume): sdk.Volume {
  const { id, instance, device, zone, type, sizeGiB, tags, createdAt, lost } = volume;
  return {
    VolumeId: id,
    State: lost ? 'error' : 'in-use',
    Size: sizeGiB,
    VolumeType: type,
    AvailabilityZone: zone,
    CreateTime: new Date(createdAt),
    Encrypted: false,
    MultiAttachEnabled: false,
    Attachments: [
      {
        VolumeId: id,
        InstanceId: instance,
        Device: device,
        State: 'attached',
        AttachTime: new Date(createdAt),
        DeleteOnTermination: true,
      },
    ],
    Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
  };
}

function describeModification(
  { id, type }: Volume,
  { from, to, state, startedAt, endedAt }: Modification,
): sdk.VolumeModification {
  return {
    VolumeId: id,
    ModificationState: state,
    ...(state === 'failed' && { StatusMessage: 'The modification failed because of an internal error.' }),
    OriginalSize: from,
    TargetSize: to,
    OriginalVolumeType: type,
    TargetVolumeType: type,
    Progress: state === 'completed' ? 100 : 0,
    StartTime: new Date(startedAt),
    ...(endedAt !== undefined && { EndTime: new Date(endedAt) }),
  };
}

const volumeLooks: Looks<Volume> = (name) => {
  if (name.startsWith('tag:')) return ({ tags }) => [tags.get(name.slice('tag:'.length))];
  switch (name) {
    case 'volume-id':
      return ({ id }) => [id];
    case 'attachment.instance-id':
      return ({ instance }) => [instance];
    case 'attachment.device':
      return ({ device }) => [device];
    default:
      return undefined;
  }
};

const modificationLooks: Looks<sdk.VolumeModification> = (name) =>
  name === 'volume-id'
    ? ({ VolumeId }) => [VolumeId]
    : name === 'modification-state'
      ? ({ ModificationState }) => [ModificationState]
      : undefined;
