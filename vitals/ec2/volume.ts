import type { Volume as SdkVolume } from '@aws-sdk/client-ec2';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { defineVitals, type Health } from '../vitals';
import { changeReads, readChanges, workOnVolume } from './volume-change';

/** An EBS volume as EC2 shows it now. */
export interface Volume {
  readonly kind: 'volume';
  readonly id: string;
  /** EC2's word: `in-use`, `available`, `error`, … */
  readonly state: string;
  readonly sizeGiB: number;
  /** `gp3`, `io2`, … */
  readonly type: string;
  readonly zone: string;
  /** The instances that it is attached to, each with the name of the device there. */
  readonly attachments: readonly { readonly instance: string; readonly device: string }[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The action of `readVolume` and `readVolumesOf`. */
export const volumeReads = ['ec2:DescribeVolumes'] as const;
type Reads = Calls<(typeof volumeReads)[number]>;

/** Whether the text can be the id of a volume. */
export function isVolumeId(id: string): boolean {
  return /^vol-[0-9a-f]{8,17}$/.test(id);
}

export async function readVolume(id: string, aws: Reads): Promise<Volume | { readonly kind: 'absent' }> {
  if (!isVolumeId(id)) throw new Error(`${plainText(id)} is not the id of a volume`);
  try {
    const { Volumes = [] } = await aws.ec2.describeVolumes({ VolumeIds: [id] });
    const found = Volumes.find(({ VolumeId }) => VolumeId === id);
    // EC2 answers an error for an id that it doesn't know, never an empty list.
    if (!found) throw new Error(`EC2 answered nothing about ${id}`);
    return volumeOf(found);
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidVolume.NotFound') return { kind: 'absent' };
    throw error;
  }
}

/** Every volume that is attached to an instance. */
export async function readVolumesOf(instanceId: string, aws: Reads): Promise<readonly Volume[]> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [instanceId] }];
  const found = await everyItem(
    (token) => aws.ec2.describeVolumes({ Filters, ...token }),
    (page) => page.Volumes,
  );
  return found.map(volumeOf);
}

function volumeOf({ VolumeId, State, Size, VolumeType, AvailabilityZone, Attachments, Tags }: SdkVolume): Volume {
  if (!VolumeId || !State || Size === undefined) throw new Error('EC2 answered a volume without id, state or size');
  return {
    kind: 'volume',
    id: VolumeId,
    state: State,
    sizeGiB: Size,
    type: VolumeType ?? 'unknown',
    zone: AvailabilityZone ?? 'unknown',
    attachments: (Attachments ?? []).map(({ InstanceId, Device, AssociatedResource }) => ({
      instance: InstanceId ?? AssociatedResource ?? 'unknown',
      device: Device ?? 'unknown',
    })),
    tags: Object.fromEntries((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

function healthOf({ id, state }: Volume, status: string | undefined): Health {
  if (state === 'deleted' || state === 'deleting') return { kind: 'gone', detail: `${id} is ${state}` };
  if (state === 'error') return { kind: 'unhealthy', detail: `${id} is in the state error` };
  if (status === 'impaired') return { kind: 'unhealthy', detail: `${id} fails its status check` };
  return status === 'ok'
    ? { kind: 'healthy', detail: `${id} is ${state} and passes its status check` }
    : { kind: 'unknown', detail: `the status check of ${id} is ${plainText(status ?? 'not told')}` };
}

/** EBS volumes. What stands on a volume, and how full it is, EC2 does not see: the alarm alone tells. */
export const volumeVitals = defineVitals({
  kind: 'volume',
  reads: [...volumeReads, ...changeReads, 'ec2:DescribeVolumeStatus'],
  sees: [],
  async health({ id }, _condition, aws) {
    const volume = await readVolume(id, aws);
    if (volume.kind === 'absent') return { kind: 'gone', detail: `${id} no longer exists` };
    const { VolumeStatuses = [] } = await aws.ec2.describeVolumeStatus({ VolumeIds: [id] });
    return healthOf(volume, VolumeStatuses.find(({ VolumeId }) => VolumeId === id)?.VolumeStatus?.Status);
  },
  async tags({ id }, aws) {
    const volume = await readVolume(id, aws);
    return volume.kind === 'absent' ? {} : volume.tags;
  },
  async place({ id }, aws) {
    const volume = await readVolume(id, aws);
    return volume.kind === 'absent' || volume.zone === 'unknown' ? { groups: [] } : { zone: volume.zone, groups: [] };
  },
  async busy({ id }, aws) {
    const volume = await readVolume(id, aws);
    return volume.kind === 'absent' ? undefined : workOnVolume(volume, await readChanges(id, aws));
  },
});
