import type { ResourceKind } from '../signals/signal';
import { instanceVolumesSnapshot } from './ec2/snapshots/instance-volumes-snapshot';
import { volumeSnapshot } from './ec2/snapshots/volume-snapshot';
import { cacheClusterSnapshot, cacheGroupSnapshot } from './elasticache/snapshots/cache-snapshot';
import { dbClusterSnapshot } from './rds/snapshots/db-cluster-snapshot';
import { dbSnapshot } from './rds/snapshots/db-snapshot';
import type { SnapshotKind } from './snapshot-kind';

/** Everything of which a snapshot can be made, and how. */
export const snapshotKinds: ReadonlyMap<ResourceKind, SnapshotKind> = new Map(
  [
    volumeSnapshot,
    instanceVolumesSnapshot,
    dbSnapshot,
    dbClusterSnapshot,
    cacheGroupSnapshot,
    cacheClusterSnapshot,
  ].map((kind) => [kind.of, kind]),
);

/** How a snapshot of that kind of resource is made. Throws where nobody has said. */
export function snapshotKindOf(kind: ResourceKind): SnapshotKind {
  const found = snapshotKinds.get(kind);
  if (!found) throw new Error(`remediations/snapshot-kinds.ts does not say how a snapshot of a ${kind} is made`);
  return found;
}
