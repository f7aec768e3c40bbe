import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import type { Volume } from './volume';

/** The last change of a volume's size or kind, as far as EC2 tells of it. */
export interface VolumeChange {
  /** `modifying`, `optimizing`, `completed` or `failed`. The size can be used when it is no longer `modifying`. */
  readonly state: string;
  /** GiB. */
  readonly to: number;
  readonly startedAt: EpochMillis;
  /** What EC2 says of it; may be empty. */
  readonly said: string;
}

/** The action of `readChanges`. */
export const changeReads = ['ec2:DescribeVolumesModifications'] as const;

/** The changes of a volume that EC2 tells of, the newest first: mostly the last one only, and none of a volume that never had one. */
export async function readChanges(
  id: string,
  aws: Calls<(typeof changeReads)[number]>,
): Promise<readonly VolumeChange[]> {
  const changes = await everyItem(
    (token) => aws.ec2.describeVolumesModifications({ Filters: [{ Name: 'volume-id', Values: [id] }], ...token }),
    (page) => page.VolumesModifications,
  );
  return changes
    .filter(({ VolumeId, ModificationState }) => VolumeId === id && ModificationState !== undefined)
    .map(({ ModificationState = 'unknown', TargetSize, StartTime, StatusMessage }) => {
      if (TargetSize === undefined || !StartTime)
        throw new Error(`EC2 answered a change of ${id} without size or time`);
      const startedAt = StartTime.getTime();
      return { state: ModificationState, to: TargetSize, startedAt, said: plainText(StatusMessage ?? '') };
    })
    .sort((a, b) => b.startedAt - a.startedAt);
}

/** The most GiB that a volume of each type can have, by the reference of ModifyVolume. */
const largest: ReadonlyMap<string, number> = new Map([
  ['gp2', 16_384],
  ['gp3', 65_536],
  ['io1', 16_384],
  ['io2', 65_536],
  ['st1', 16_384],
  ['sc1', 16_384],
  ['standard', 1_024],
]);

const day = 24 * 3_600_000;

/** Why EBS would not make a volume so large, whatever anybody wants of it; undefined when it would. */
export function objectionOfEbs(
  { id, type }: Volume,
  sizeGiB: number,
  changes: readonly VolumeChange[],
  now: EpochMillis,
): string | undefined {
  const most = largest.get(type);
  if (most === undefined) return `how large a volume of type ${plainText(type)} can be is not known: ${id}`;
  if (sizeGiB > most) return `${id} would have ${sizeGiB} GiB, and EBS gives a ${type} volume ${most} at most`;
  if (changes.some(({ state }) => state === 'optimizing')) {
    return `EBS still optimizes ${id} after its last change, and takes the next one when it is done, within a day`;
  }
  const recent = changes.filter(({ startedAt }) => startedAt > now - day).length;
  return recent >= 4 ? `${id} was changed ${recent} times in 24 hours, and EBS takes four` : undefined;
}

/** What EBS or people are doing to the volume, in one line; each is over in minutes. */
export function workOnVolume({ id, state }: Volume, changes: readonly VolumeChange[]): string | undefined {
  if (state === 'creating' || state === 'deleting') return `${id} is ${state}`;
  return changes.some((change) => change.state === 'modifying') ? `${id} is being modified` : undefined;
}
