import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** A snapshot of one volume: what it holds is what was there when it was begun, also while it is `pending`. */
export interface Snapshot {
  readonly id: string;
  readonly volume: string;
  /** `pending`, `completed`, `error`, … */
  readonly state: string;
}

/** The action of `readSnapshots`. */
export const snapshotReads = ['ec2:DescribeSnapshots'] as const;

/** The account's snapshots that carry this tag. */
export async function readSnapshots(
  tag: { readonly key: string; readonly value: string },
  aws: Calls<(typeof snapshotReads)[number]>,
): Promise<readonly Snapshot[]> {
  const found = await everyItem(
    (token) =>
      aws.ec2.describeSnapshots({
        OwnerIds: ['self'],
        Filters: [{ Name: `tag:${tag.key}`, Values: [tag.value] }],
        ...token,
      }),
    (page) => page.Snapshots,
  );
  return found.map(({ SnapshotId, VolumeId, State }) => ({
    id: SnapshotId ?? 'unknown',
    volume: VolumeId ?? 'unknown',
    state: State ?? 'unknown',
  }));
}
