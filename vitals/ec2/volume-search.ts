import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { isInstanceId } from './instance';
import { isVolumeId, readVolume, readVolumesOf, type Volume, type volumeReads } from './volume';

type Reads = Calls<(typeof volumeReads)[number]>;

export type VolumeFinding =
  | { readonly kind: 'found'; readonly volume: Volume; readonly instance: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The volume that is meant, and the one instance that it is attached to: the volume itself, or of an instance the only one, or
 * the one under `device`. Which volume a full disk is on, no alarm tells.
 */
export async function findVolume(
  { kind, id }: Pick<Resource, 'kind' | 'id'>,
  device: string | undefined,
  aws: Reads,
): Promise<VolumeFinding> {
  return kind === 'volume' ? volumeItself(id, aws) : volumeOfInstance(id, device, aws);
}

async function volumeItself(id: string, aws: Reads): Promise<VolumeFinding> {
  if (!isVolumeId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of a volume` };
  const volume = await readVolume(id, aws);
  return volume.kind === 'absent' ? { kind: 'refused', reason: `${id} no longer exists` } : attachedOnce(volume);
}

async function volumeOfInstance(id: string, device: string | undefined, aws: Reads): Promise<VolumeFinding> {
  if (!isInstanceId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of an EC2 instance` };
  const all = await readVolumesOf(id, aws);
  const [volume, ...more] = device === undefined ? all : all.filter((each) => isUnder(device, each, id));
  if (!volume) return { kind: 'refused', reason: `${id} has no EBS volume${device ? ` under ${device}` : ''}` };
  if (more.length > 0) {
    const devices = all.flatMap(({ attachments }) => attachments.map((attachment) => attachment.device)).sort();
    return { kind: 'refused', reason: `${id} has several volumes (${devices.join(', ')}): name one by device` };
  }
  return attachedOnce(volume);
}

function isUnder(device: string, { attachments }: Volume, instance: string): boolean {
  return attachments.some((attachment) => attachment.instance === instance && attachment.device === device);
}

function attachedOnce(volume: Volume): VolumeFinding {
  const { id, attachments } = volume;
  const [attachment, ...more] = attachments;
  if (!attachment) return { kind: 'refused', reason: `${id} is attached to no instance that could use more of it` };
  if (more.length > 0)
    return { kind: 'refused', reason: `${id} is attached to ${attachments.length} instances at once` };
  return isInstanceId(attachment.instance)
    ? { kind: 'found', volume, instance: attachment.instance }
    : { kind: 'refused', reason: `${id} is attached to what is no instance: ${plainText(attachment.instance)}` };
}
