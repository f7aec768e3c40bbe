import type * as sdk from '@aws-sdk/client-ec2';
import { matching } from './filter';
import type { Volume, Volumes } from './volume';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** Milliseconds until a snapshot is complete; what it holds is what was there when it was begun. */
const takes = (sizeGiB: number): number => 60_000 + sizeGiB * 3_000;

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
  #nextFails = false;

  constructor(
    private readonly account: SimulatedAccount,
    private readonly volumes: Volumes,
  ) {}

  /** The next one that is begun ends in error. */
  failNext(): void {
    this.#nextFails = true;
  }

  /** Whether there is a complete snapshot of the volume that carries a tag of this value. */
  isKept(volume: string, tag: string): boolean {
    return this.#snapshots.some(
      (one) => one.volume === volume && one.state === 'completed' && [...one.tags.values()].includes(tag),
    );
  }

  create({ VolumeId = '', Description = '', TagSpecifications }: sdk.CreateSnapshotRequest): sdk.Snapshot {
    const volume = this.volumes.find(VolumeId);
    if (!volume) throw new Refusal('InvalidVolume.NotFound', `The volume '${VolumeId}' does not exist.`);
    return this.#shown(this.#begin(volume, Description, tagsIn(TagSpecifications)));
  }

  /** One of each volume of an instance, all of the same moment. */
  createAll(input: sdk.CreateSnapshotsRequest): { readonly Snapshots: sdk.SnapshotInfo[] } {
    const { InstanceSpecification, Description = '', TagSpecifications } = input;
    const instance = InstanceSpecification?.InstanceId ?? '';
    if (!this.account.services.ec2.instance(instance)) {
      throw new Refusal('InvalidInstanceID.NotFound', `The instance ID '${instance}' does not exist`);
    }
    const tags = tagsIn(TagSpecifications);
    return {
      Snapshots: this.volumes.of(instance).map((volume) => this.#infoOf(this.#begin(volume, Description, tags))),
    };
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

  #begin({ id: volume, sizeGiB }: Volume, description: string, tags: Snapshot['tags']): Snapshot {
    const outcome = this.#nextFails ? 'error' : 'completed';
    this.#nextFails = false;
    const { clock } = this.account;
    const id = this.account.newId('snap-');
    const snapshot: Snapshot = { id, volume, sizeGiB, description, tags, startedAt: clock.now(), state: 'pending' };
    this.#snapshots.push(snapshot);
    clock.after(takes(sizeGiB), () => {
      snapshot.state = outcome;
    });
    return snapshot;
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

  #infoOf(snapshot: Snapshot): sdk.SnapshotInfo {
    const { SnapshotId, VolumeId, VolumeSize, OwnerId, Description, StartTime, State, Progress, Tags } =
      this.#shown(snapshot);
    return { SnapshotId, VolumeId, VolumeSize, OwnerId, Description, StartTime, State, Progress, Tags };
  }
}

function tagsIn(specifications: readonly sdk.TagSpecification[] = []): Snapshot['tags'] {
  const tags = specifications
    .filter(({ ResourceType }) => ResourceType === 'snapshot')
    .flatMap(({ Tags = [] }) => Tags);
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function looks(name: string): ((snapshot: Snapshot) => readonly (string | undefined)[]) | undefined {
  if (name.startsWith('tag:')) return ({ tags }) => [tags.get(name.slice('tag:'.length))];
  return name === 'volume-id' ? ({ volume }) => [volume] : name === 'status' ? ({ state }) => [state] : undefined;
}
