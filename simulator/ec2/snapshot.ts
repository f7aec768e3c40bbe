import type * as sdk from '@aws-sdk/client-ec2';
import { matching } from './filter';
import type { Volumes } from './volume';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** Until a snapshot is complete, in milliseconds; what it holds is what was there when it was begun. */
const takes = 300_000;

interface Snapshot {
  readonly id: string;
  readonly volume: string;
  readonly sizeGiB: number;
  readonly description: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly startedAt: number;
  state: 'pending' | 'completed' | 'error';
}

/** The snapshots of an account's volumes. */
export class Snapshots {
  readonly #snapshots: Snapshot[] = [];

  constructor(
    private readonly account: SimulatedAccount,
    private readonly volumes: Volumes,
  ) {}

  create({ VolumeId = '', Description = '', TagSpecifications = [] }: sdk.CreateSnapshotRequest): sdk.Snapshot {
    const volume = this.volumes.find(VolumeId);
    if (!volume) throw new Refusal('InvalidVolume.NotFound', `The volume '${VolumeId}' does not exist.`);
    const tags = TagSpecifications.filter(({ ResourceType }) => ResourceType === 'snapshot').flatMap(
      ({ Tags = [] }) => Tags,
    );
    const snapshot: Snapshot = {
      id: this.account.newId('snap-'),
      volume: VolumeId,
      sizeGiB: volume.sizeGiB,
      description: Description,
      tags: new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      startedAt: this.account.clock.now(),
      state: 'pending',
    };
    this.#snapshots.push(snapshot);
    this.account.clock.after(takes, () => {
      snapshot.state = 'completed';
    });
    return this.#shown(snapshot);
  }

  describe(input: sdk.DescribeSnapshotsRequest): Omit<sdk.DescribeSnapshotsCommandOutput, '$metadata'> {
    const unknown = input.SnapshotIds?.find((asked) => !this.#snapshots.some(({ id }) => id === asked));
    if (unknown !== undefined) {
      throw new Refusal('InvalidSnapshot.NotFound', `The snapshot '${unknown}' does not exist.`);
    }
    const named = this.#snapshots.filter(({ id }) => !input.SnapshotIds?.length || input.SnapshotIds.includes(id));
    const found = matching(named, input.Filters, looks);
    const limit = Math.min(input.MaxResults ?? 1_000, this.account.pageSize);
    const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
    return { Snapshots: items.map((each) => this.#shown(each)), NextToken: next };
  }

  #shown({ id, volume, sizeGiB, description, tags, startedAt, state }: Snapshot): sdk.Snapshot {
    return {
      SnapshotId: id,
      VolumeId: volume,
      VolumeSize: sizeGiB,
      OwnerId: this.account.id,
      Description: description,
      StartTime: new Date(startedAt),
      State: state,
      Progress: state === 'completed' ? '100%' : '0%',
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    };
  }
}

function looks(name: string): ((snapshot: Snapshot) => readonly (string | undefined)[]) | undefined {
  if (name.startsWith('tag:')) return ({ tags }) => [tags.get(name.slice('tag:'.length))];
  return name === 'volume-id' ? ({ volume }) => [volume] : name === 'status' ? ({ state }) => [state] : undefined;
}
