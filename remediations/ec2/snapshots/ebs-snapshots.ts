import type { CreateSnapshotRequest } from '@aws-sdk/client-ec2';
import type { Calls } from '../../../vitals/aws';
import { readSnapshots, snapshotReads } from '../../../vitals/ec2/snapshot';
import { attemptTag, type Created } from '../../named-creation';
import type { WritePermission } from '../../remediation';
import type { OwnSnapshot } from '../../snapshot-kind';

/** Seconds: the first snapshot of a volume copies all of it, later ones what has changed. */
export const ebsGivesUpAfter = 4 * 3_600;

/** What is said of each snapshot when it is made. EBS gives it an id of its own: it is found again by its tag. */
export function saidOfSnapshots({
  of,
  name,
  attemptKey,
}: OwnSnapshot): Pick<CreateSnapshotRequest, 'Description' | 'TagSpecifications'> {
  const Tags = [
    { Key: attemptTag, Value: attemptKey },
    { Key: 'Name', Value: name },
  ];
  return {
    Description: `Homeostat: before ${of.id} is touched`,
    TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
  };
}

/** How far the snapshots of the attempt have come, which are one of each volume. */
export async function standingOfSnapshots(
  { attemptKey, holds }: OwnSnapshot,
  aws: Calls<(typeof snapshotReads)[number]>,
): Promise<Created> {
  const made = await readSnapshots({ key: attemptTag, value: attemptKey }, aws);
  if (made.length === 0) return { kind: 'absent' };
  const failed = made.find(({ state }) => state === 'error');
  if (failed) return { kind: 'found', status: `in error: ${failed.id} of ${failed.volume}`, standing: 'broken' };
  const awaited = holds.filter(({ id }) => !made.some(({ volume, state }) => volume === id && state === 'completed'));
  return awaited.length > 0
    ? { kind: 'found', status: `pending, for ${awaited.map(({ id }) => id).join(', ')}`, standing: 'underWay' }
    : { kind: 'found', status: 'complete', standing: 'ready' };
}

/** Leave to tag the snapshots as they are made, which have no tags before. */
export function leaveToTagSnapshots(by: 'CreateSnapshot' | 'CreateSnapshots'): WritePermission {
  return {
    action: 'ec2:CreateTags',
    on: 'arn:*:ec2:*::snapshot/*',
    tagged: false,
    condition: { StringEquals: { 'ec2:CreateAction': by } },
  };
}
