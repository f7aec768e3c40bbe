import type { DbSnapshot } from '../../../vitals/rds/db-snapshot';
import { attemptTag, type Created } from '../../named-creation';
import type { WritePermission } from '../../remediation';
import type { OwnSnapshot, SnapshotOutlook } from '../../snapshot-kind';

/** Seconds: the first snapshot of a large database takes hours. */
export const rdsGivesUpAfter = 4 * 3_600;

/** Tags of a snapshot of the attempt. */
export function snapshotTags({ attemptKey }: OwnSnapshot): { readonly Key: string; readonly Value: string }[] {
  return [{ Key: attemptTag, Value: attemptKey }];
}

/** How what RDS shows of that name stands to the attempt. */
export function standingOfSnapshot(found: DbSnapshot | undefined, { attemptKey }: OwnSnapshot): Created {
  if (!found) return { kind: 'absent' };
  if (found.tags[attemptTag] !== attemptKey) return { kind: 'foreign' };
  const { status } = found;
  const standing = status === 'available' ? 'ready' : status === 'creating' ? 'underWay' : 'broken';
  return { kind: 'found', status, standing };
}

/** Whether RDS can make one: of what is available, and of nothing else. */
export function outlookOf(
  kind: 'db-instance' | 'db-cluster',
  { id, status }: { readonly id: string; readonly status: string },
): SnapshotOutlook {
  return status === 'available'
    ? { kind: 'possible', holds: [{ kind, id }] }
    : { kind: 'refused', reason: `RDS makes no snapshot of ${id} while it is ${status}` };
}

/** Leave to tag it as it is made; it has no tags before. */
export function leaveToTagSnapshot(type: 'snapshot' | 'cluster-snapshot'): WritePermission {
  return { action: 'rds:AddTagsToResource', on: `arn:*:rds:*:*:${type}:*-homeostat-*`, tagged: false };
}
