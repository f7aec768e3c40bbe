import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** A snapshot of a volume: what it holds is what was there when it was begun, also while it is `pending`. */
export interface Snapshot {
  readonly id: string;
  /** `pending`, `completed`, `error`, … */
  readonly state: string;
}

/** The action of `findSnapshot`. */
export const snapshotReads = ['ec2:DescribeSnapshots'] as const;

/** The account's snapshot of a volume that carries this tag; undefined when EC2 shows none. */
export async function findSnapshot(
  volumeId: string,
  tag: { readonly key: string; readonly value: string },
  aws: Calls<(typeof snapshotReads)[number]>,
): Promise<Snapshot | undefined> {
  const found = await everyItem(
    (token) =>
      aws.ec2.describeSnapshots({
        OwnerIds: ['self'],
        Filters: [
          { Name: 'volume-id', Values: [volumeId] },
          { Name: `tag:${tag.key}`, Values: [tag.value] },
        ],
        ...token,
      }),
    (page) => page.Snapshots,
  );
  const [snapshot] = found;
  return snapshot && { id: snapshot.SnapshotId ?? 'unknown', state: snapshot.State ?? 'unknown' };
}
